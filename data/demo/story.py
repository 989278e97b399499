"""The stories that can be told of Lindvale: two years in good order, and the same years with planted defects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from audit.errors import SourceError
from audit.text import Text
from audit.wording import say
from data.demo.business import Business, business
from data.demo.defects import Planted, plant, planted, spoil
from data.demo.documents import figures, papers
from data.demo.exports import exports
from data.demo.paper import Paper

DECLINE, HEALTHY = "decline", "healthy"


@dataclass(frozen=True)
class File:
    path: Path
    source: str
    mapping: Path | None


@dataclass(frozen=True)
class Document:
    """A document for the register, with its content in `file`."""

    kind: str
    title: str
    status: str
    owner: str
    reviewed_on: dt.date
    covers_from: dt.date | None
    covers_to: dt.date | None
    file: Path


@dataclass(frozen=True)
class Story:
    name: str
    files: tuple[File, ...]
    documents: tuple[Document, ...]
    planted: tuple[Planted, ...]


def stories() -> dict[str, Text]:
    """Each story with what it shows; the first is the demonstration."""
    return {
        DECLINE: say("A maker of water pumps whose satisfaction declines while nobody acts: four defects to find."),
        HEALTHY: say("The same maker of water pumps in good order: the same customers and orders, nothing to find."),
    }


def make(story: str, folder: Path) -> Story:
    """Writes the story's files into the folder. Raises SourceError where there is no such story."""
    if story not in stories():
        raise SourceError(f"there is no story '{story}'; known are: {', '.join(stories())}")
    declines = story == DECLINE
    good = business()
    told = plant(good) if declines else good
    return Story(
        story, _files(told, declines, folder), _documents(told, declines, folder), planted() if declines else ()
    )


def _files(told: Business, declines: bool, folder: Path) -> tuple[File, ...]:
    made = spoil(exports(told)) if declines else exports(told)
    return tuple(File(export.write(folder), export.source, export.mapping_path) for export in made)


def _documents(told: Business, declines: bool, folder: Path) -> tuple[Document, ...]:
    said = figures(told, declines)
    return tuple(_document(paper, paper.write(folder, said)) for paper in papers(declines))


def _document(paper: Paper, file: Path) -> Document:
    return Document(
        kind=paper.kind,
        title=paper.title,
        status=paper.status,
        owner=paper.owner,
        reviewed_on=paper.reviewed_on,
        covers_from=paper.covers_from,
        covers_to=paper.covers_to,
        file=file,
    )
