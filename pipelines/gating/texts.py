"""Tests of many texts at once, on the bytes of a column: what the usual expectations on names and codes ask."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.gating.pattern import MEMBER

Mask = NDArray[np.bool_]
Signs = NDArray[np.uint8]

PLAIN = r"(?![\\\[\](){}|.*+?^$])[ -~]|\\[.\-\]\[\\^/+*?$(){}|]"
ONE_OF = rf"\[(?:{MEMBER}(?:-[A-Za-z0-9])?)+-?\]"
# One sign, or one of several, so many times
PART = rf"({PLAIN}|{ONE_OF})(?:\{{([0-9]{{1,2}})\}})?"
FORM = re.compile(rf"\^(?:{PART})+\$")
NEWLINE = ord("\n")
ASCII = [chr(code) for code in range(128)]


@dataclass(frozen=True)
class Texts:
    """Some texts, and what several tests look at in them, which is found once."""

    array: pa.Array
    found: dict[int, tuple[Mask, Signs]] = field(default_factory=dict, compare=False)

    @cached_property
    def bounds(self) -> NDArray[np.int32]:
        """Where each text begins and the last one ends."""
        if not len(self.array):
            return np.zeros(1, np.int32)  # Arrow need not keep any for no text
        begin = self.array.offset
        return np.frombuffer(self.array.buffers()[1], np.int32)[begin : begin + len(self.array) + 1]

    @cached_property
    def signs(self) -> Signs:
        """The bytes of all."""
        return np.frombuffer(self.array.buffers()[2] or b"", np.uint8)

    @cached_property
    def lengths(self) -> NDArray[np.int32]:
        """In bytes; a missing text has none."""
        return np.diff(self.bounds)

    @cached_property
    def present(self) -> Mask:
        if not self.array.null_count:
            return np.ones(len(self.array), dtype=bool)
        found: Mask = self.array.is_valid().to_numpy(zero_copy_only=False)
        return found

    def of_length(self, width: int) -> tuple[Mask, Signs]:
        """Which texts have so many bytes, and these bytes: a row for each place, in it a byte of each text."""
        if width not in self.found:
            which = self.lengths == width
            self.found[width] = which, np.ascontiguousarray(self._bytes(which, width).T)
        return self.found[width]

    def _bytes(self, which: Mask, width: int) -> Signs:
        """One row for each text."""
        bounds, signs = self.bounds, self.signs
        if bounds[-1] - bounds[0] == width * which.sum():  # between them there is nothing
            return signs[bounds[0] : bounds[-1]].reshape(-1, width)
        found: Signs = signs[bounds[:-1][which][:, np.newaxis] + np.arange(width)]
        return found


class Test(Protocol):
    def unexpected(self, texts: Texts) -> Mask:
        """True for the texts that do not stand it; false for missing ones."""


@dataclass(frozen=True)
class Sign:
    """Which bytes may stand at one place."""

    allowed: Mask
    """By byte."""

    @cached_property
    def between(self) -> tuple[np.uint8, np.uint8] | None:
        """The first, and how many come behind it, where none is missing in between: that is compared faster."""
        found = np.flatnonzero(self.allowed)
        return (np.uint8(found[0]), np.uint8(len(found) - 1)) if len(found) == np.ptp(found) + 1 else None

    def among(self, signs: Signs) -> Mask:
        if self.between is None:
            by_table: Mask = self.allowed.take(signs)
            return by_table
        first, more = self.between
        found: Mask = signs - first <= more  # what is smaller than the first wraps round
        return found


@dataclass(frozen=True)
class Form:
    """A regex of so many signs one after the other, each of some of ASCII: '^R[0-9]{8}$'."""

    regex: str
    signs: tuple[Sign, ...] = field(compare=False)

    @staticmethod
    def of(regex: str) -> Form | None:
        """None where the regex is another. It is one that Python reads."""
        if not FORM.fullmatch(regex):
            return None
        signs: list[Sign] = []
        for sign, times in re.findall(PART, regex[1:-1]):
            signs += [Sign(_allowed(sign))] * int(times or 1)
        return Form(regex, tuple(signs)) if signs else None

    def unexpected(self, texts: Texts) -> Mask:
        width = len(self.signs)
        which, written = texts.of_length(width)
        fits = which.copy()
        fits[which] = self._hold(written)
        longer = np.flatnonzero(texts.present & (texts.lengths == width + 1))
        for at in longer[texts.signs[texts.bounds[longer + 1] - 1] == NEWLINE]:
            # $ also stands before a line break at the end
            fits[at] = re.search(self.regex, texts.array[int(at)].as_py()) is not None
        unexpected: Mask = texts.present & ~fits
        return unexpected

    def _hold(self, written: Signs) -> Mask:
        """`written` has a row for each place."""
        found = np.ones(written.shape[1], dtype=bool)
        for sign, signs in zip(self.signs, written, strict=True):
            found &= sign.among(signs)
        return found


@dataclass(frozen=True)
class Length:
    """At least and at most so many characters."""

    low: int | None
    high: int | None

    def unexpected(self, texts: Texts) -> Mask:
        lengths, bounds = texts.lengths, texts.bounds
        if len(lengths) and texts.signs[bounds[0] : bounds[-1]].max(initial=0) >= len(ASCII):
            lengths = pc.utf8_length(texts.array).fill_null(0).to_numpy()
        outside = np.zeros(len(lengths), dtype=bool)
        if self.low is not None:
            outside |= lengths < self.low
        if self.high is not None:
            outside |= lengths > self.high
        return outside & texts.present


def _allowed(one: str) -> Mask:
    """Which bytes are a sign that Python finds fit."""
    fits = re.compile(one).fullmatch
    return np.array([fits(sign) is not None for sign in ASCII] + [False] * 128)
