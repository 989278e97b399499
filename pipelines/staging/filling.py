"""Reads the texts of one column as the type of its contract: each different text once, or many at once with a proof."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from audit.source import Column
from audit.text import Text
from pipelines.staging import texts as seen
from pipelines.staging.cell import Value
from pipelines.staging.rows import ARROW

FEW = 2_000
"""So many different texts are read one by one; beyond it a proof pays."""
MOST_KNOWN = 200_000
LONGEST_PROVEN = 1_000
FIRST_MOMENT = -62_135_596_800_000_000
"""Microseconds from 1970 back to the first day of Python's calendar."""
DIGITS = np.zeros(256, dtype=bool)
DIGITS[[ord(sign) for sign in "0123456789-."]] = True
Sure = NDArray[np.bool_]
Wrong = dict[int, tuple[str, Text]]


class Filled(NamedTuple):
    values: pa.Array
    """Of the contract's type, or a dictionary of it; null where nothing is written and where the text is wrong."""
    wrong: Wrong
    """By row: the text that cannot be used, and why."""


class Filling:
    """`read` is exact for every text. `as_written`: no key of a mapping and no list of values bears on the column."""

    def __init__(self, read: Callable[[str], Value | Text], column: Column, as_written: bool) -> None:
        self.read, self.column, self.as_written = read, column, as_written
        self.type = ARROW[column.type]
        self.known: dict[str, Value | Text] = {}

    def filled(self, texts: pa.Array) -> Filled:
        """`texts` are text, or a dictionary of text; none is null."""
        values, wrong = self._values(seen.distinct(texts))
        if not pa.types.is_dictionary(texts.type):
            return Filled(values, wrong)
        codes = texts.indices.to_numpy()
        rows = np.flatnonzero(np.isin(codes, list(wrong))).tolist() if wrong else []
        return Filled(_spread(values, codes), {row: wrong[int(codes[row])] for row in rows})

    def _values(self, different: pa.StringArray) -> tuple[pa.Array, Wrong]:
        proven = self._proven(different) if self.as_written and len(different) > FEW else None
        values, sure = proven or (pa.nulls(len(different), self.type), np.zeros(len(different), dtype=bool))
        if sure.all():
            return values, {}
        others = np.flatnonzero(~sure)
        left = different.take(pa.array(others)).dictionary_encode()
        texts, codes = left.dictionary.to_pylist(), left.indices.to_numpy()
        found = self._read(texts)
        bad = [code for code, value in enumerate(found) if isinstance(value, Text)]
        wrong = {
            int(others[at]): (texts[codes[at]], why)
            for at in (np.flatnonzero(np.isin(codes, bad)) if bad else ())
            if isinstance(why := found[codes[at]], Text)
        }
        exact = pa.array([None if isinstance(value, Text) else value for value in found], self.type)
        return pc.replace_with_mask(values, pa.array(~sure), exact.take(left.indices)), wrong

    def _read(self, texts: list[str]) -> list[Value | Text]:
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
        for text in texts:
            if text not in self.known:
                self.known[text] = self.read(text)
        return [self.known[text] for text in texts]

    def _proven(self, different: pa.StringArray) -> tuple[pa.Array, Sure] | None:
        """Values, and for which of them it is sure that the exact reader would say the same; None: for none."""
        begins, ends, data = seen.offsets(different)
        length = ends - begins
        if self.column.type == "text":
            return different, seen.plain(different) & (length <= LONGEST_PROVEN)
        if self.column.type == "boolean":
            return None
        if self.column.type in ("integer", "number"):
            others = np.concatenate(([0], np.cumsum(~DIGITS[data], dtype=np.int64)))
            return self._cast(different, (length > 0) & (length <= LONGEST_PROVEN) & (others[ends] == others[begins]))
        return self._cast(different, (length == 10) | ((length == 19) & (self.column.type == "timestamp")))

    def _cast(self, different: pa.StringArray, sure: Sure) -> tuple[pa.Array, Sure] | None:
        """Of these texts Arrow reads what the exact reader reads, and alike; it raises where one cannot be read."""
        try:
            values = pc.if_else(pa.array(sure), different, None).cast(self.type)
        except pa.ArrowInvalid:
            return None
        return values, sure & np.asarray(pc.and_(*self._within(values)).fill_null(False))

    def _within(self, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Beyond these ends the exact reader has something to say."""
        if self.column.type in ("date", "timestamp"):
            moments = values.cast(pa.timestamp("us")).cast(pa.int64())
            return pc.greater_equal(moments, FIRST_MOMENT), pc.is_valid(values)
        least, most = self._ends()
        return pc.greater_equal(values, pa.scalar(least, self.type)), pc.less_equal(values, pa.scalar(most, self.type))

    def _ends(self) -> tuple[float, float]:
        """In the column's own type: a whole number beyond 2**53 cannot be held against one with decimals."""
        scale = self.column.scale
        if self.column.type == "integer":
            return (math.ceil(scale.lowest), math.floor(scale.highest)) if scale else (-(2**63), 2**63 - 1)
        return (scale.lowest, scale.highest) if scale else (-sys.float_info.max, sys.float_info.max)


def _spread(values: pa.Array, codes: NDArray[np.int32]) -> pa.Array:
    """Row by row; texts stay coded, as a table keeps them too."""
    if not pa.types.is_string(values.type):
        return values.take(pa.array(codes))
    nothing = np.asarray(values.is_null())
    indices = pa.array(codes, mask=nothing[codes]) if nothing.any() else pa.array(codes)
    return pa.DictionaryArray.from_arrays(indices, values.fill_null(""))
