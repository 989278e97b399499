"""themes: what comments are about, by declared words."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from audit.errors import SourceError
from audit.wording import say
from pipelines import analyses
from pipelines.analyses.themes import SOURCES, Comment, comments
from pipelines.analyses.themes.found import Comments, Found, Line, Theme, Themes
from pipelines.analyses.themes.written import themes as declared
from pipelines.commands.assessing import latest
from pipelines.commands.method import csv_file
from pipelines.commands.method.run_survey import answered
from pipelines.commands.terminal import at_work
from pipelines.workspace import chosen

about = say("What do customers write about: comments by theme, from words declared in themes.yaml?")
HEADS = [
    "theme", "comments", "share %", "low", "high", "satisfaction", "others", "difference", "low", "high", "p", "words",
]  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--csv", metavar="FILE", help="a column of comments, and satisfaction where known")
    parser.add_argument("--text", metavar="COLUMN", default="comment", help="the column of comments in the file")
    parser.add_argument("--source", choices=list(SOURCES), default=next(iter(SOURCES)), help="of the last run")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        known = declared(chosen(asked.workspace))
        return _answer(known, comments(_of_file(asked.csv, asked.text), known))
    found = _of_run(asked)
    part = found.sources[asked.source]
    return answered(part) if part.result is None else _answer(found.themes, part.result)


def _of_file(path: str, column: str) -> list[Comment]:
    """Without the lines that hold no comment."""
    rows = csv_file.read(path, [column], ["satisfaction"])
    scores = [row.number("satisfaction") for row in rows]
    return [
        Comment(str(row.line), row.text(column), np.nan if score is None else score, Line(row.file, row.line))
        for row, score in zip(rows, scores, strict=True)
        if row.text(column)
    ]


def _of_run(asked: argparse.Namespace) -> Themes:
    with at_work(asked) as (workspace, _):
        run = latest(workspace)
        found: Themes | None = analyses.of_run("themes", workspace.runs / run.id)
    if found is None:
        raise SourceError(f"the run {run.id} did not look at comments; make a new one with 'python -m pipelines run'")
    return found


def _answer(known: Sequence[Theme], found: Comments) -> dict[str, Any]:
    names = {theme.id: theme.name for theme in known}
    without = {"comments": found.without.count, **_interval(found.without)}
    rows = [{"theme": one.theme, "name": names[one.theme].en, **_row(one)} for one in found.themes]
    silent = {"because": found.unscored.en} if found.unscored else {}
    return {"n": found.n, "scored": found.scored, "without_theme": without, "themes": rows, **silent}


def _row(one: Found) -> dict[str, Any]:
    counted, apart = one.counted, one.counted.apart
    quarters = {each.label: {"comments": each.share.count, "n": each.share.n} for each in counted.quarters}
    return {
        "comments": counted.share.count,
        **_interval(counted.share),
        "satisfaction": vars(apart) if apart else None,
        "words": dict(one.by_word),
        "quarters": {label: each for label, each in quarters.items() if label},
        "examples": [f"{line.load}:{line.line}" for line in one.examples],
    }


def _interval(share: Any) -> dict[str, float]:
    return {"share": share.value, "low": share.low, "high": share.high}


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield HEADS
    for one in answer.get("themes", ()):
        score = one["satisfaction"] or {}
        figures = [score.get(key) for key in ("own", "rest", "value", "low", "high", "adjusted")]
        words = ", ".join(f"{word} {count}" for word, count in list(one["words"].items())[:4])
        yield [one["theme"], one["comments"], one["share"], one["low"], one["high"], *figures, words]
    if "without_theme" in answer:
        none = answer["without_theme"]
        yield ["(no theme)", none["comments"], none["share"], none["low"], none["high"], *[None] * 7]
