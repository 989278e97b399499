"""Bits of the rows of a value put together within each group, and counted over the values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

WORD = 64
Numbers = npt.NDArray[Any]
SET = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.int64)
"""Which bits are set in each value of a byte."""


def counted(values: Numbers, groups: Numbers, count: int, at: Numbers, words: Sequence[Numbers]) -> Numbers:
    """
    Row by row which value was met in which of `count` groups, and at which place of `words` its bits stand. The rows
    of a value follow one another. For each group, how many values have each bit.
    """
    order = np.argsort(_narrow(groups, count), kind="stable")
    groups, values, at = groups[order], values[order], at[order]
    first = np.flatnonzero(np.append(True, (groups[1:] != groups[:-1]) | (values[1:] != values[:-1])))
    where = groups[first] * 256
    found = []
    for word in words:
        bytes_ = np.bitwise_or.reduceat(word[at], first).astype("<u8").view(np.uint8).reshape(-1, 8)
        found += [np.bincount(where + byte, minlength=256 * count).reshape(count, 256) @ SET for byte in bytes_.T]
    return np.concatenate(found, axis=1)


def _narrow(groups: Numbers, count: int) -> Numbers:
    """Small numbers are sorted in fewer steps."""
    return groups.astype(np.uint16) if count <= 1 << 16 else groups
