"""What is known of a person who is to be erased, and whether a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.personal import identities
from pipelines.personal.pseudonyms import MADE, Pseudonyms
from pipelines.workspace import Workspace

INSTEAD = "[erased]"
# Chinese writes no blanks, so that only letters and digits of the Latin script make one word with another
LETTER = "[0-9A-Za-zÀ-ɏ]"
BEFORE, AFTER = f"(?<!{LETTER})(?<!{LETTER}[-_./])", f"(?![-_./]?{LETTER})"
SHORTEST = 5
"""Characters from which a name or identifier inside a longer text is taken for the person's."""


class Person:
    def __init__(self, pseudonym: str, originals: Iterable[str], held: Iterable[str]) -> None:
        self.pseudonym = pseudonym
        self.originals = {text.strip() for text in originals}
        """Identifiers as the files have them; none where only the pseudonym is known."""
        self.held = {text.strip() for text in held} - {""}
        """Names and contacts."""
        self.folded = {text.casefold() for text in self.originals | self.held}

    def is_named_by(self, cell: str) -> bool:
        """The cell is the person's name or contact and nothing else."""
        return cell.strip().casefold() in self._whole

    def is_identified_by(self, cell: str) -> bool:
        """The cell is an identifier of the person, and too long to be a number of something else."""
        return len(cell.strip()) >= SHORTEST and cell.strip() in self.originals

    def stands_in(self, text: str) -> bool:
        return bool(self._within and self._within.search(text))

    def may_stand_in(self, text: str) -> bool:
        """Also where the identifier is so short that it may be something else."""
        return self.stands_in(text) or bool(self.originals) and bool(self._as_words(self.originals).search(text))

    def without(self, text: str) -> str:
        return self._within.sub(INSTEAD, text) if self._within else text

    def cut_out_of(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        if self._within is None:
            return texts
        suspect = pc.fill_null(pc.match_substring_regex(texts, self._quick, ignore_case=True), False)
        if not pc.any(suspect).as_py():
            return texts
        cut = [self.without(text) for text in texts.filter(suspect).to_pylist()]
        return pc.replace_with_mask(texts.combine_chunks(), suspect.combine_chunks(), pa.array(cut, pa.string()))

    @property
    def _quick(self) -> str:
        """For Arrow, which does not look around a word."""
        return "|".join(map(re.escape, sorted(self._telling)))

    @cached_property
    def _whole(self) -> set[str]:
        return {text.casefold() for text in self.held if len(text) >= SHORTEST}

    @cached_property
    def _within(self) -> re.Pattern[str] | None:
        ordered = sorted(self._telling, key=len, reverse=True)
        return self._as_words(ordered) if ordered else None

    @property
    def _telling(self) -> set[str]:
        """A name of one word may be any word, so that in a longer text it says nothing."""
        names = {text for text in self.held if " " in text or any(sign in "@0123456789" for sign in text)}
        return {text for text in names | self.originals if len(text) >= SHORTEST}

    def _as_words(self, texts: Iterable[str]) -> re.Pattern[str]:
        """In identifiers capitals count; K-7 does not stand in K-77 nor in OK-7, and none in K-7-2."""
        words = [re.escape(one) if one in self.originals else f"(?i:{re.escape(one)})" for one in texts]
        return re.compile(BEFORE + f"(?:{'|'.join(words)})" + AFTER)


def known(workspace: Workspace, pseudonyms: Pseudonyms, customer: str) -> Person:
    """By identifier as the files have it, or by pseudonym."""
    pseudonym = pseudonyms.of(customer)
    found = identities.of(workspace.identity, pseudonym)
    given = [] if MADE.fullmatch(customer) else [customer]
    originals = [*given, *(one.original for one in found if not MADE.fullmatch(one.original))]
    return Person(pseudonym, originals, (value for one in found for value in one.held.values()))
