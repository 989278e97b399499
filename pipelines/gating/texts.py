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


class Test(Protocol):
    def unexpected(self, texts: pa.Array) -> Mask:
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

    def unexpected(self, texts: pa.Array) -> Mask:
        bounds, signs = _bytes(texts)
        present, lengths, width = _present(texts), np.diff(bounds), len(self.signs)
        fits = lengths == width
        fits[fits] = self._hold(_of_one_length(bounds, signs, fits, width))
        longer = np.flatnonzero(present & (lengths == width + 1))
        for at in longer[signs[bounds[longer + 1] - 1] == NEWLINE]:  # $ also stands before a line break at the end
            fits[at] = re.search(self.regex, texts[int(at)].as_py()) is not None
        unexpected: Mask = present & ~fits
        return unexpected

    def _hold(self, texts: Signs) -> Mask:
        found = np.ones(len(texts), dtype=bool)
        for sign, written in zip(self.signs, np.ascontiguousarray(texts.T), strict=True):
            found &= sign.among(written)
        return found


@dataclass(frozen=True)
class Length:
    """At least and at most so many characters."""

    low: int | None
    high: int | None

    def unexpected(self, texts: pa.Array) -> Mask:
        bounds, signs = _bytes(texts)
        lengths = np.diff(bounds)
        if len(texts) and signs[bounds[0] : bounds[-1]].max(initial=0) >= len(ASCII):
            lengths = pc.utf8_length(texts).fill_null(0).to_numpy()
        outside = np.zeros(len(texts), dtype=bool)
        if self.low is not None:
            outside |= lengths < self.low
        if self.high is not None:
            outside |= lengths > self.high
        return outside & _present(texts)


def _allowed(one: str) -> Mask:
    """Which bytes are a sign that Python finds fit."""
    fits = re.compile(one).fullmatch
    return np.array([fits(sign) is not None for sign in ASCII] + [False] * 128)


def _bytes(texts: pa.Array) -> tuple[NDArray[np.int32], Signs]:
    """Where each text begins and the last one ends, and the bytes of all."""
    _, bounds, signs = texts.buffers()
    begin = texts.offset
    return np.frombuffer(bounds, np.int32)[begin : begin + len(texts) + 1], np.frombuffer(signs or b"", np.uint8)


def _of_one_length(bounds: NDArray[np.int32], signs: Signs, which: Mask, width: int) -> Signs:
    """The bytes of these texts, one row for each."""
    if bounds[-1] - bounds[0] == width * which.sum():  # between them there is nothing
        return signs[bounds[0] : bounds[-1]].reshape(-1, width)
    found: Signs = signs[bounds[:-1][which][:, np.newaxis] + np.arange(width)]
    return found


def _present(texts: pa.Array) -> Mask:
    if not texts.null_count:
        return np.ones(len(texts), dtype=bool)
    found: Mask = texts.is_valid().to_numpy(zero_copy_only=False)
    return found
