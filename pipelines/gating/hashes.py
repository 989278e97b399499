"""Finds rows with the same hash among millions, in not much more memory than hashes take; or proves without any."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.gating.batch import Places
from pipelines.gating.texts import Mask
from pipelines.staging.serial import Serial

FIRST_BITS = 20
SURE = 1_000
"""Texts from which on none rise by chance; fewer are hashed as well."""
NOWHERE = np.array([], dtype=np.int64)
Number = tuple[int, str]
"""A text in the order of serial numbers: R9 stands before R10."""


class Hashes:
    """Of rows of a batch."""

    def __init__(self) -> None:
        self.held: list[tuple[int, Mask, NDArray[np.uint64]]] = []
        self.again: list[Places] = []
        self.spans: list[tuple[Number, Number] | None] = []
        """Of each part of the rows the least and the greatest text, where they rise or fall from row to row."""
        self.unhashed = False
        """Of some part there is a span and nothing else."""

    def look(self, texts: pa.ChunkedArray) -> None:
        """At all texts of a part of the rows: where they rise or fall, two of them stand for all."""
        serial, present = Serial(), texts.drop_null()
        serial.add(present)
        if not serial:
            self.spans.append(None)
        elif len(present):
            least, greatest = sorted((len(text.encode()), text) for text in (present[0].as_py(), present[-1].as_py()))
            self.spans.append((least, greatest))
            self.unhashed = len(present) >= SURE

    @property
    def different(self) -> bool:
        """Whether it is proved without hashes: each part rises or falls, and none reaches into another."""
        spans = sorted(span for span in self.spans if span)
        apart = all(before[1] < after[0] for before, after in pairwise(spans))
        return bool(spans) and None not in self.spans and apart

    @property
    def known(self) -> bool:
        """Whether `compare` can tell: else the rows need to be read once more."""
        return self.different or not self.unhashed

    def add(self, hashes: pa.Array, before: int) -> None:
        """Of the rows behind so many others; null for rows that are not looked at."""
        which = np.ones(len(hashes), bool)
        if hashes.null_count:
            which, hashes = hashes.is_valid().to_numpy(zero_copy_only=False), hashes.drop_null()
        self.held.append((before, which, hashes.to_numpy().copy()))  # the copy lets go of all other columns

    def take(self, other: Hashes, before: int) -> None:
        """Those of rows behind so many others; they are with this one from now on."""
        self.held += [(before + places, which, hashes) for places, which, hashes in other.held]
        other.held = []
        self.spans, self.unhashed = self.spans + other.spans, self.unhashed or other.unhashed

    def compare(self) -> None:
        """What was added is compared, and not held any longer."""
        if self.different:
            self.held.clear()
        crowded = _crowded([hashes for _, _, hashes in self.held])
        places, found = [NOWHERE], [np.array([], dtype=np.uint64)]
        for before, which, hashes in self.held:
            suspected = np.flatnonzero(crowded[_begin(hashes)])
            if len(suspected):
                places.append(np.flatnonzero(which)[suspected] + before)
                found.append(hashes[suspected])
        _, group, times = np.unique(np.concatenate(found), return_inverse=True, return_counts=True)
        self.again.append(np.concatenate(places)[times[group] > 1])
        self.held.clear()

    @property
    def repeated(self) -> Places:
        """The rows whose hash is that of another, too."""
        return np.sort(np.concatenate([NOWHERE, *self.again]))


def _crowded(hashes: list[NDArray[np.uint64]]) -> Mask:
    """By the first bits of a hash, whether two may be equal that begin so: half of each is enough to say it."""
    halves = np.concatenate([np.array([], np.uint32), *((some >> np.uint64(32)).astype(np.uint32) for some in hashes)])
    halves.sort()
    found = np.zeros(2**FIRST_BITS, dtype=bool)
    found[halves[1:][halves[1:] == halves[:-1]] >> np.uint32(32 - FIRST_BITS)] = True
    return found


def _begin(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (hashes >> np.uint64(64 - FIRST_BITS)).view(np.int64)
