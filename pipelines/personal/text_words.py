"""Each text as two words of 64 bits that no other text has: a short one is written into them, a long one hashed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Words = npt.NDArray[np.uint64]
SHORT = 15
"""Bytes that find room beside their number."""
LONG = np.uint64(0xFF << 56)
"""Stands where a short text has its number of bytes."""
FIRST = np.array([(1 << 8 * min(size, 8)) - 1 for size in range(SHORT + 1)], np.uint64)
SECOND = np.array([(1 << 8 * max(size - 8, 0)) - 1 for size in range(SHORT + 1)], np.uint64)
"""By number of bytes, the bits that they take in each word."""
ODD = np.uint64(0x9E3779B97F4A7C15)
SPLIT_MIX = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
TOP = np.uint64(56)


def words(texts: pa.StringArray, hashed: Callable[[pa.StringArray], tuple[Words, Words]]) -> tuple[Words, Words]:
    """
    Of texts of up to 15 bytes no two have the same words. `hashed` gives two hashes of 64 bits for each longer one, of
    which 120 bits are kept. What is missing may have any words.
    """
    begins, sizes, signs = _bytes(texts)
    known = np.minimum(sizes, SHORT)
    first = _eight(signs, begins) & FIRST[known]
    second = _eight(signs, begins + 8) & SECOND[known] | known.astype(np.uint64) << TOP
    long = np.flatnonzero(sizes > SHORT)
    if len(long):
        first[long], beside = hashed(texts.take(pa.array(long)))
        second[long] = beside | LONG
    return _scattered(first, second), second


def _scattered(first: Words, second: Words) -> Words:
    """
    As SplitMix64 ends (Steele, Lea, Flood 2014). With the other word beside it, it can be led back to what it was.
    """
    mixed: Words = first ^ second * ODD
    for shift, times in SPLIT_MIX:
        mixed = (mixed ^ mixed >> shift) * times
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _eight(signs: npt.NDArray[np.uint8], begins: npt.NDArray[np.int32]) -> Words:
    """The eight bytes from each place on, whatever they belong to."""
    every: Words = np.ndarray((len(signs) - 7,), "<u8", signs, strides=(1,))
    found: Words = every.take(begins, mode="clip")
    return found


def _bytes(
    texts: pa.StringArray,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Where each text begins, how many bytes it has, and the bytes of all with some more behind them."""
    _, where, data = texts.buffers()
    at = np.frombuffer(where, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    signs = np.frombuffer(data or b"", np.uint8)[at[0] : at[-1]]
    return at[:-1] - at[0], np.diff(at), np.concatenate([signs, np.zeros(16, np.uint8)])
