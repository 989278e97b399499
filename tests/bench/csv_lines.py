"""Columns of text written as lines of a comma-separated file, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Strings = Any
"""A string array of Arrow, which comes without types."""


def numbered(letter: str, numbers: np.ndarray) -> Strings:
    return pc.binary_join_element_wise(letter, pc.cast(pa.array(numbers), pa.string()), "")


def chosen(pool: Sequence[str], at: np.ndarray) -> Strings:
    return pa.array(pool, pa.string()).take(pa.array(at))


def blank_where(texts: Strings, mask: np.ndarray) -> Strings:
    return pc.if_else(pa.array(mask), "", texts)


def replaced(texts: Strings, at: np.ndarray, by: str) -> Strings:
    """`at` is a mask over the rows."""
    return pc.if_else(pa.array(at), by, texts)


def quoted(text: str) -> str:
    """As RFC 4180 writes a field: in quotes only where it must be."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n\r') else text


def write_lines(file: BinaryIO, columns: Sequence[Strings]) -> None:
    """The fields as they are given: quoted before, where they must be."""
    whole = pc.binary_join_element_wise(*columns[:-1], pc.binary_join_element_wise(columns[-1], "\n", ""), ",")
    offsets = np.frombuffer(whole.buffers()[1], dtype=np.int32)
    start, end = offsets[whole.offset], offsets[whole.offset + len(whole)]
    file.write(memoryview(whole.buffers()[2])[start:end])
