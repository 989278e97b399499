"""The levels of an indicator as lines that a person types: "satisfying 70 from 80 %", from worst to best."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from audit.errors import RecordError
from audit.targets.objective import spelled
from audit.targets.scorecard import WORDS, Band, Level, level_word
from audit.text import Language, Text, listed
from audit.wording import say

LINE = re.compile(r"(\S+)\s+(\d+(?:\.\d+)?)(?:\s+(?:from|自)\s+(.+))?")
FROM = {"en": "from", "zh": "自"}


def read(text: str) -> list[dict[str, Any]]:
    """As an indicator is written. Raises RecordError at the first line that cannot be read."""
    return [_level(line.strip()) for line in re.split(r"[\n;；]", text) if line.strip()]


def _level(line: str) -> dict[str, Any]:
    found = LINE.fullmatch(line)
    word = _word(found[1]) if found else None
    if found is None or word is None:
        raise RecordError(
            say(
                "the level '{line}' cannot be read; write one of {words}, its points and what it reaches, "
                "as in 'satisfying 70 from 80 %'",
                line=line,
                words=_words(),
            )
        )
    return {"word": word, "points": found[2], **({"reaches": found[3]} if found[3] else {})}


def _words() -> Text:
    return listed([level_word(word) for word in WORDS])


def _word(typed: str) -> str | None:
    """In either language."""
    known = {said: word for word in WORDS for said in (word, level_word(word).en, level_word(word).zh)}
    return known.get(typed.lower())


def written(levels: Iterable[Level], language: Language) -> str:
    return "\n".join(_line(level, language) for level in levels)


def _line(level: Level, language: Language) -> str:
    told = f"{level_word(level.word).said(language)} {level.points:.15g}"
    return f"{told} {FROM[language]} {spelled(level.reaches)}" if level.reaches else told


def written_bands(bands: Iterable[Band], language: Language) -> str:
    return "\n".join(f"{level_word(band.word).said(language)} {band.points:.15g}" for band in bands)
