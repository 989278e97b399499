"""HMAC-SHA256 (RFC 2104) of many texts at once, by the query engine that comes with the Delta tables."""

from __future__ import annotations

import hmac
import os
from pathlib import Path

import pyarrow as pa
from deltalake import QueryBuilder

BLOCK = 64
"""Bytes that SHA-256 takes at once, to which HMAC fills up its key."""
MANY = 1_000
"""Texts from which on asking the engine pays."""
IN_MEMORY = hasattr(os, "memfd_create") and Path("/dev/fd").is_dir()
IN_ORDER = {"datafusion.execution.target_partitions": "1"}


class KeyedHash:
    def __init__(self, key: bytes) -> None:
        self._key = key
        filled = key.ljust(BLOCK, b"\0")
        inner, outer = (bytes(byte ^ pad for byte in filled).hex() for pad in (0x36, 0x5C))
        self._written = f"encode(sha256(x'{outer}' || sha256(x'{inner}' || arrow_cast(text, 'Binary'))), 'hex')"

    def digits(self, text: str, count: int) -> str:
        """The first `count` hexadecimal digits."""
        return hmac.digest(self._key, text.encode(), "sha256").hex()[:count]

    def digits_of_all(self, texts: pa.StringArray, count: int) -> pa.StringArray:
        """Of each, in their order. Where the system has files in memory, a tenth of the time that `digits` takes."""
        if len(texts) < MANY or not IN_MEMORY:
            return pa.array([self.digits(text, count) for text in texts.to_pylist()], pa.string())
        with os.fdopen(os.memfd_create("texts"), "wb") as file:  # what customers are called is written to no disk
            table = pa.table({"text": texts})
            with pa.ipc.new_file(file, table.schema) as whole:
                whole.write_table(table)
            file.flush()
            return self._asked(f"file:///dev/fd/{file.fileno()}", count)

    def _asked(self, place: str, count: int) -> pa.StringArray:
        engine = QueryBuilder(IN_ORDER)
        engine.execute(f"create external table given (text varchar) stored as arrow location '{place}'").read_all()
        found = engine.execute(f"select left({self._written}, {count}) as digits from given")
        # one block after the other: while the engine works on one, nothing else that is Python's goes on
        blocks = [pa.record_batch(block).column(0).cast(pa.string()) for block in found]
        return pa.concat_arrays(blocks)
