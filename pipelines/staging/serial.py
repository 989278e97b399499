"""Proves that keys all differ because they rise, or fall, from row to row, as serial numbers do."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


class Serial:
    """Shown all keys of a file, block by block, in the order of its rows."""

    def __init__(self) -> None:
        self.rises = self.falls = True
        self.last: pa.Array | None = None
        """Of the rows so far, where it still counts."""

    def __bool__(self) -> bool:
        return self.rises or self.falls

    def add(self, keys: pa.ChunkedArray) -> None:
        if not self or not len(keys):
            return
        if pa.types.is_dictionary(keys.type) or keys.null_count:
            self.rises = self.falls = False
            return
        block = keys.combine_chunks()
        each = block if self.last is None else pa.concat_arrays([self.last, block])
        before, after = each[:-1], each[1:]
        self.rises = self.rises and _all_less(before, after)
        self.falls = self.falls and _all_less(after, before)
        self.last = block[-1:]


def _all_less(left: pa.Array, right: pa.Array) -> bool:
    """Of texts the shorter is less: so serial numbers rise from R9 to R10 too."""
    less = pc.less(left, right)
    if pa.types.is_string(left.type):
        short, long = pc.binary_length(left), pc.binary_length(right)
        less = pc.or_(pc.less(short, long), pc.and_(pc.equal(short, long), less))
    return bool(pc.all(less, min_count=0).as_py())
