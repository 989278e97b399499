"""What customers write about: comments of the survey and notes of interactions, by declared words."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from pydantic import TypeAdapter

from audit.errors import DefinitionError
from audit.text import Text
from pipelines.analyses.asked import Asked
from pipelines.analyses.part import Part
from pipelines.analyses.section import Section
from pipelines.analyses.themes import told
from pipelines.analyses.themes.found import Comments, Found, Line, Theme, Themes
from pipelines.analyses.themes.written import themes as declared
from pipelines.measuring.lineage import Read
from pipelines.methods.keywords import Words, alike
from pipelines.methods.themes import themes

FILE = "themes.json"
FOUND = TypeAdapter(Themes)
EXAMPLES = 3


class Asks(NamedTuple):
    """Where comments stand in a source."""

    key: str
    day: str
    text: str
    score: str | None = None

    @property
    def read(self) -> frozenset[str]:
        return frozenset({self.key, self.day, self.text})


SOURCES = {
    "survey_responses": Asks("response_id", "answered_on", "comment", "satisfaction"),
    "interactions": Asks("interaction_id", "occurred_at", "note"),
}


class Comment(NamedTuple):
    key: str
    text: str
    score: float
    """nan where none was given."""
    line: Line
    quarter: str = ""
    lately: bool = True


def look(asked: Asked) -> Themes:
    try:
        known = declared(asked.workspace.folder)
    except DefinitionError as mistake:
        told = Text(en=mistake.said("en"), zh=mistake.said("zh"))
        return Themes((), dict.fromkeys(SOURCES, Part(None, told)))
    return Themes(known, {source: _of_source(asked, source, known) for source in SOURCES})


def sections(found: Themes) -> Sequence[Section]:
    return [told.section(found, source) for source in found.sources]


def without_small(found: Themes, least: int) -> Themes:
    return found.without_small(least)


def _of_source(asked: Asked, source: str, known: Sequence[Theme]) -> Part[Comments]:
    asks = SOURCES[source]
    return asked.part({source: asks.read}, lambda: _comments(asked, source, known))


def _comments(asked: Asked, source: str, known: Sequence[Theme]) -> Comments:
    asks, read = SOURCES[source], _scored(source)
    doubt = asked.trust.doubt_about(read, asked.latest).not_evaluated if read else None
    every = _read(asked, source, asks, scored=bool(read) and doubt is None)
    return comments(every, known, doubt)


def _scored(source: str) -> Read:
    score = SOURCES[source].score
    return {source: frozenset({score})} if score else {}


def _read(asked: Asked, source: str, asks: Asks, scored: bool) -> list[Comment]:
    since, ends = asked.latest.starts, asked.latest.ends
    day, score = f"cast({asks.day} as date)", asks.score if scored else "null"
    rows = asked.rows(
        f"select {asks.key}, {day}, {asks.text}, {score}, _load, _line from {source} "
        f"where {day} between $starts and $ends and trim({asks.text}) <> '' order by {asks.key}",
        starts=min(since, asked.period.starts),
        ends=ends,
    )
    return [
        Comment(str(key), text, np.nan if given is None else float(given), Line(load, line), _quarter(on), on >= since)
        for key, on, text, given, load, line in rows
    ]


def comments(every: Sequence[Comment], known: Sequence[Theme], unscored: Text | None = None) -> Comments:
    """Shares of those written lately, quarters of all. Raises Refused where they are few."""
    hits = _hits(every, known)
    about = np.array([[bool(hit) for hit in each] for each in hits], dtype=bool).reshape(len(every), len(known))
    lately = np.array([one.lately for one in every], dtype=bool)
    scores = np.array([one.score for one in every], dtype=float)
    counted = themes(about, scores, [one.quarter for one in every], lately)
    now = [at for at, one in enumerate(every) if one.lately]
    found = [
        Found(theme.id, counts, _by_word(hits, now, at), _examples(theme.id, [every[i] for i in now if about[i, at]]))
        for at, (theme, counts) in enumerate(zip(known, counted.themes, strict=True))
    ]
    found.sort(key=lambda one: (-one.counted.share.count, one.theme))
    return Comments(counted.n, counted.scored, counted.without, tuple(found), unscored)


def _hits(every: Sequence[Comment], known: Sequence[Theme]) -> list[list[set[str]]]:
    """For each comment and theme the words that count in it; what was written several times is looked at once."""
    words = [Words(theme.words, theme.but_not) for theme in known]
    seen: dict[str, list[set[str]]] = {}
    for text in {one.text for one in every}:
        like = alike(text)
        seen[text] = [each.stand_in(like) for each in words]
    return [seen[one.text] for one in every]


def _by_word(hits: Sequence[Sequence[set[str]]], places: Sequence[int], theme: int) -> Mapping[str, int]:
    counts = Counter(word for at in places for word in hits[at][theme])
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _examples(theme: str, having: Sequence[Comment]) -> tuple[Line, ...]:
    """By a hash of their key: nobody chooses them, and the same data gives the same. No text is shown twice."""
    drawn = sorted(having, key=lambda one: hashlib.sha256(f"{theme}\n{one.key}".encode()).digest())
    once: dict[str, Line] = {}
    for one in drawn:
        once.setdefault(alike(one.text).strip(), one.line)
        if len(once) == EXAMPLES:
            break
    return tuple(once.values())


def _quarter(day: dt.date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"
