"""Where declared words stand in a text: exact, so that a reader sees why a text was counted.

Text and words are made alike first: NFKC (full-width letters become half-width), without capitals, without invisible
signs. A word in Latin letters stands alone; with a star at its end, as in deliver*, it may go on. Chinese writes no
blanks, so that a Chinese word counts wherever its characters stand. At each place the longest declared word is taken,
and it uses its letters up: where that is a word that excludes, nothing counts there (快 does not stand in 快递 where
快递 excludes). Limits: negation is not understood ("not late" holds late), nor irony, nor a word that nobody declared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

LATIN = "0-9a-z_\u00df-\u024f"
"""Letters and digits that make one word with their neighbours."""
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
SIGN = re.compile("(?s:.)[\u0300-\u036f]*")
"""A sign with its accents."""
STAR = "*"
MASKS = ("[e-mail]", "[phone]", "[erased]", "[name]", "[number]")
"""What stands in comments in the place of what was masked; nobody wrote it."""


class Place(NamedTuple):
    """A declared word, and where it stands in the text as it was given."""

    word: str
    begins: int
    ends: int


class Words:
    def __init__(self, words: Sequence[str], excluding: Sequence[str] = ()) -> None:
        """`words` count, `excluding` do not and keep shorter ones from counting."""
        known = dict.fromkeys(words, True) | dict.fromkeys((*excluding, *MASKS), False)
        # the longer one first; of two that are alike the one that excludes
        every = sorted(known, key=lambda word: (-len(word.rstrip(STAR)), known[word], word))
        self._each = [(word, known[word], re.compile(_letters(word))) for word in every]
        latin = [_letters(word) for word in every if not HAN.search(word)]
        han = [_letters(word) for word in every if HAN.search(word)]
        # what every Latin word begins with stands before all of them: ten times as fast
        self._any = re.compile("|".join([f"(?<![{LATIN}])(?:{'|'.join(latin)})", *han]))

    def found(self, text: str) -> list[Place]:
        """In the order of the text. What begins in the middle of another word's letters is not looked for."""
        like, origin = folded(text)
        return [Place(word, origin[begins][0], origin[ends - 1][1]) for word, begins, ends in self._hits(like)]

    def stand_in(self, like: str) -> set[str]:
        """The words that count in a text that was made alike."""
        return {place.word for place in self._hits(like)}

    def _hits(self, like: str) -> Iterator[Place]:
        for hit in self._any.finditer(like):
            begins, ends = hit.span()
            word, counts = next((word, counts) for word, counts, one in self._each if one.match(like, begins))
            if counts:
                yield Place(word, begins, ends)


def folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text made alike, and for each of its signs where it begins and ends in the text as it was given."""
    signs = [(hit.start(), hit.end()) for hit in SIGN.finditer(text)]
    parts = [_sign(text[begins:ends]) for begins, ends in signs]
    return "".join(parts), [place for place, part in zip(signs, parts, strict=True) for _ in part]


def alike(text: str) -> str:
    return text.lower() if text.isascii() else "".join(map(_sign, SIGN.findall(text)))


@lru_cache(maxsize=16_384)
def _sign(sign: str) -> str:
    """One sign alone, so that each place in the outcome has its place in the text."""
    if unicodedata.category(sign[0]) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", sign).casefold()
    return {"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"}.get(plain, plain)


def _letters(word: str) -> str:
    stem = alike(word.rstrip(STAR)).strip()
    if HAN.search(stem):
        return re.escape(stem)
    letters = r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", stem))
    return letters + (f"[{LATIN}]*" if word.endswith(STAR) else f"(?![{LATIN}])")
