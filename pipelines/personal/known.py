"""Which values were met before, and at which place: an open table of words, asked for a million values at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
FIRST_SIZE = 1 << 16
OTHER = -2
"""Instead of a place: the slot is that of another value."""
FULL = 0.4
"""Share of the slots beyond which looking takes long."""


def room(values: npt.NDArray[Any], count: int) -> npt.NDArray[Any]:
    """The same with place for so many: it doubles, so that they are seldom copied."""
    if count <= len(values):
        return values
    return np.concatenate([values, np.empty(max(count, 2 * len(values)) - len(values), values.dtype)])


class Known:
    """
    A value is known by two words of 64 bits (see `text_words`). Where they are hashes, of ten million values two are
    taken for one with odds of 1 to ten thousand million million million. The first one's last bits are taken to be
    scattered. Python's own dictionary does the same and takes ten times as long.
    """

    def __init__(self) -> None:
        self._count = 0
        self._first = np.empty(0, np.uint64)
        self._second = np.empty(0, np.uint64)
        self._slots = np.full(FIRST_SIZE, -1, np.int32)

    def places(self, first: Words, second: Words) -> Places:
        """The place of each value in the order of learning; -1 where it is new."""
        if not self._count:
            return np.full(len(first), -1, np.int64)
        slots = self._slot(first)
        found = self._at(slots, first, second)
        asking = np.flatnonzero(found == OTHER)
        slots = slots[asking]
        while asking.size:
            slots = self._next(slots)
            found[asking] = at = self._at(slots, first[asking], second[asking])
            asking, slots = asking[at == OTHER], slots[at == OTHER]
        return found

    def _at(self, slots: Places, first: Words, second: Words) -> Places:
        """The place of each as its slot says; -1 where that is free, OTHER where another value has it."""
        at = self._slots.take(slots).astype(np.int64)
        same = (self._first.take(at, mode="wrap") == first) & (self._second.take(at, mode="wrap") == second)
        return np.where(same | (at < 0), at, OTHER)

    def learn(self, first: Words, second: Words) -> slice:
        """New values, each once; where they are placed."""
        learnt = slice(self._count, self._count + len(first))
        place, self._count = learnt.start, learnt.stop
        self._first, self._second = room(self._first, self._count), room(self._second, self._count)
        self._first[place : self._count], self._second[place : self._count] = first, second
        if self._count > FULL * len(self._slots):
            size = 1 << int(np.ceil(np.log2(self._count / FULL * 2)))
            self._slots, place = np.full(size, -1, np.int32), 0
        self._enter(np.arange(place, self._count, dtype=np.int32))
        return learnt

    def _enter(self, places: npt.NDArray[np.int32]) -> None:
        slots = self._slot(self._first[places])
        while places.size:
            free = self._slots[slots] < 0
            self._slots[slots[free]] = places[free]
            # of several that wanted one slot the last has it; the others go on
            on = self._slots[slots] != places
            places, slots = places[on], self._next(slots[on])

    def _slot(self, hashes: Words) -> Places:
        return (hashes & np.uint64(len(self._slots) - 1)).astype(np.int64)

    def _next(self, slots: Places) -> Places:
        return (slots + 1) & (len(self._slots) - 1)
