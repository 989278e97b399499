"""Columns of texts, as bytes that can be looked at all at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

SPACE, DELETE = 0x20, 0x7F


def distinct(texts: pa.Array) -> pa.StringArray:
    """The different texts where they are coded, else all."""
    return texts.dictionary if pa.types.is_dictionary(texts.type) else texts


def offsets(texts: pa.StringArray) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
    """Where each text begins and ends in the bytes of all of them; none is null."""
    _, where, data = texts.buffers()
    at = np.frombuffer(where, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return at[:-1], at[1:], np.frombuffer(data or b"", dtype=np.uint8)


def plain(texts: pa.StringArray) -> NDArray[np.bool_]:
    """Texts that begin with a visible ASCII character: surely not blank."""
    begins, ends, data = offsets(texts)
    if not len(data):
        return np.zeros(len(texts), dtype=bool)
    first = data.take(begins, mode="clip")  # of a text without any character it is that of another
    return (ends > begins) & (first > SPACE) & (first < DELETE)


def perhaps_blank(columns: Iterable[pa.Array]) -> NDArray[np.int64]:
    """The rows that might hold nothing at all in these columns."""
    left: NDArray[np.int64] | None = None
    for column in columns:
        doubtful = ~plain(distinct(column))
        each = doubtful[column.indices.to_numpy()] if pa.types.is_dictionary(column.type) else doubtful
        left = np.flatnonzero(each) if left is None else left[each[left]]
        if not len(left):
            break
    return np.empty(0, dtype=np.int64) if left is None else left


def same(text: str, count: int) -> pa.Array:
    """One text, as often as that."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype=np.int32)), pa.array([text]))
