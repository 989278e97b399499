"""Names for customers that only the holder of the key can lead back to them: the same in every file and source."""

from __future__ import annotations

import hashlib
import re
from functools import cache, cached_property

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.connection import alone
from pipelines.personal.keyed_hash import KeyedHash
from pipelines.personal.known import Known, room
from pipelines.personal.text_words import Words, words

MARK = "c-"
DIGITS = 20
WIDTH = len(MARK) + DIGITS
MADE = re.compile(f"{MARK}[0-9a-f]{{{DIGITS}}}")


class Pseudonyms:
    """
    HMAC-SHA256 under the workspace's key, shown as `c-` and its first 20 hexadecimal digits. That is 80 bits: among ten
    million customers, two share a pseudonym with odds of 1 to 24 thousand million. Each customer is computed once.
    What is a pseudonym already stays, so that rows out of a table can be loaded again.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._known = Known()
        self._names = np.empty(0, f"S{WIDTH}")
        self._hash = KeyedHash(key)

    @property
    def fingerprint(self) -> str:
        """Tells keys apart and gives nothing of them away."""
        return hashlib.sha256(b"clauselight key fingerprint" + self._key).hexdigest()

    def of(self, value: str) -> str:
        """The value as the contract read it; letters and blanks count."""
        if MADE.fullmatch(value):
            return value
        return MARK + self._hash.digits(value, DIGITS)

    def of_all(self, values: pa.Array | pa.ChunkedArray) -> pa.Array:
        """One for each value; what is empty or missing is missing."""
        texts = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
        texts = texts.cast(pa.string())
        present = pc.greater(pc.binary_length(texts), 0).fill_null(False).to_numpy(zero_copy_only=False)
        places = self._places(texts, present)
        return _strings(self._names.take(places) if len(self._names) else np.zeros(len(texts), f"S{WIDTH}"), present)

    def _places(self, texts: pa.StringArray, present: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        first, second = words(texts, self._hashed)
        places = self._known.places(first, second)
        # once more only where two new customers share their first word
        while (new := np.flatnonzero((places < 0) & present)).size:
            each = new[np.unique(first[new], return_index=True)[1]]
            learnt = self._known.learn(first[each], second[each])
            self._names = room(self._names, learnt.stop)
            self._names[learnt] = self._named(texts.take(pa.array(each)))
            places[new] = self._known.places(first[new], second[new])
        return np.where(present, places, 0)

    def _named(self, texts: pa.StringArray) -> npt.NDArray[np.bytes_]:
        digits = self._hash.digits_of_all(texts, DIGITS)
        made = pc.match_substring_regex(texts, rf"\A{MADE.pattern}\z")
        named = pc.if_else(made, texts, pc.binary_join_element_wise(MARK, digits, ""))
        return np.frombuffer(named.buffers()[2], f"S{WIDTH}", len(named))

    def _hashed(self, texts: pa.StringArray) -> tuple[Words, Words]:
        self._engine.register("block", pa.table({"id": texts}))
        try:
            asked = self._engine.sql("select hash(id), hash('c-' || id) from block").to_arrow_table()
        finally:
            self._engine.unregister("block")
        first, second = asked.columns
        return first.to_numpy(), second.to_numpy()

    @cached_property
    def _engine(self) -> duckdb.DuckDBPyConnection:
        return _database().cursor()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Of all keys: to make one takes longer than a small file has long names of customers. With one thread, so that
    answers come in the order of the rows."""
    return alone(threads=1)


def _strings(names: npt.NDArray[np.bytes_], present: npt.NDArray[np.bool_]) -> pa.Array:
    ends = np.arange(len(names) + 1, dtype=np.int32) * WIDTH
    there = pa.py_buffer(np.packbits(present, bitorder="little"))
    return pa.Array.from_buffers(
        pa.string(), len(names), [there, pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(names))]
    )
