"""Some records of a file, one after the other, as columns of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from audit.text import Text
from pipelines.staging.table import Record, Table, is_blank

MOST_RECORDS = 50_000


class Written(NamedTuple):
    record: Record
    text: str
    """The record as it stands in the file."""
    why: Text | None = None
    """Why it has no fields at all, where the format can say so."""


@dataclass(frozen=True)
class Block:
    texts: dict[int, pa.Array]
    """By position in the header, for the columns that were asked for: text, or a dictionary of text, never null."""
    lines: NDArray[np.int64]
    """The line on which each record begins."""
    misfits: list[Written] = field(default_factory=list)
    """Records that have not as many fields as the header."""
    blank: int = 0

    def __len__(self) -> int:
        return len(self.lines)


def blocks_of_table(read: Table, wanted: Sequence[int]) -> Iterator[Block]:
    width = len(read.header.fields)
    found = (Written(one, _text(read, one, width), read.broken.get(one.line)) for one in read.records)
    return blocks_of(found, width, wanted)


def blocks_of(found: Iterable[Written], width: int, wanted: Sequence[int]) -> Iterator[Block]:
    """For whoever has the records one by one."""
    rest = iter(found)
    while some := list(islice(rest, MOST_RECORDS)):
        yield block_of(some, width, wanted)


def block_of(some: Sequence[Written], width: int, wanted: Sequence[int]) -> Block:
    filled = [one for one in some if one.why or not is_blank(one.record.fields)]
    fits = [one.why is None and len(one.record.fields) == width for one in filled]
    fitting = [one.record for one, fit in zip(filled, fits, strict=True) if fit]
    return Block(
        texts={at: pa.array([record.fields[at] for record in fitting], pa.string()) for at in wanted},
        lines=np.array([record.line for record in fitting], dtype=np.int64),
        misfits=[one for one, fit in zip(filled, fits, strict=True) if not fit],
        blank=len(some) - len(filled),
    )


def _text(read: Table, record: Record, width: int) -> str:
    """Only what is refused is quoted."""
    return "" if len(record.fields) == width else read.text(record)
