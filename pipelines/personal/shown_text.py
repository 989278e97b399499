"""Masks what people wrote once more before somebody reads it: contacts, long numbers, and who wrote it.

Tables hold comments with e-mail addresses and phone numbers masked (see free_text), but with order numbers and dates;
what is only looked at can do without them. Names of other people are not known here, and stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipelines.personal.free_text import masked_text

NAME, NUMBER = "[name]", "[number]"
SHORTEST_WORD = 3
"""Letters of a part of a name that is masked alone; shorter ones are words of their own, such as "Li" or "of"."""
SHORTEST_HAN = 2
LETTER = "[0-9A-Za-z\u00c0-\u024f]"
HAN = re.compile("[\u3400-\u9fff]")
DATE = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?![-/. ]?\d)"
LONG = re.compile(rf"(?<!{LETTER})(?!{DATE})(?:[A-Za-z]{{1,4}}[- ]?)?\d(?:[ ./-]?\d){{6,40}}[Xx]?(?!{LETTER})")
"""Seven digits or more: of an account, a card, a passport, an identity card."""


def shown_text(text: str, known_by: Iterable[str]) -> str:
    """`known_by` are names, contacts and identifiers of whoever wrote it."""
    text = LONG.sub(NUMBER, masked_text(text, Counter()))
    for part in sorted(_parts(known_by), key=lambda part: (-len(part), part)):
        text = re.sub(_as_word(part), NAME, text, flags=re.IGNORECASE)
    return text


def _parts(known_by: Iterable[str]) -> set[str]:
    """Each whole, and its words, but for "and" or "of" in the name of a firm."""
    wholes = {text.strip() for text in known_by}
    words = {word for whole in wholes for word in re.split(r"[\s,;]+", whole) if not word.islower()}
    return {part for part in wholes | words if len(part) >= (SHORTEST_HAN if HAN.search(part) else SHORTEST_WORD)}


def _as_word(part: str) -> str:
    """Chinese writes no blanks between words."""
    return re.escape(part) if HAN.search(part) else f"(?<!{LETTER}){re.escape(part)}(?!{LETTER})"
