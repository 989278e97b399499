"""Writes typed rows into Parquet files by month while they come in, with few of them in memory."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from audit.source import Source
from pipelines.staging.coded import tightened
from pipelines.staging.rows import Rows, schema, writer
from pipelines.staging.serial import Serial

MOST_WAITING = 400_000
"""Rows that wait in memory until more of their month have come."""
MOST_OPEN = 200
"""Files that are open at once: dates may be spread over centuries."""


Seen = Callable[[Path, str, pa.Table], None]
"""Told the rows that a file gets, and their month."""


def unseen(file: Path, month: str, rows: pa.Table) -> None:
    """Nobody looks at them."""


class Parts:
    """Use it in a `with` statement; the files are whole after it."""

    def __init__(self, folder: Path, contract: Source, load: str, seen: Seen = unseen) -> None:
        self.folder, self.contract, self.load, self.seen = folder, contract, load, seen
        self.schema = schema(contract)
        self.kinds: pa.Schema | None = None
        """As the first rows come in: texts bare or coded, which makes the same file."""
        self.waiting: dict[str, list[pa.Table]] = {}
        self.open: dict[str, tuple[Path, pq.ParquetWriter]] = {}
        self.files: list[Path] = []
        self.serial = Serial()
        """Of the first column of the key: where it proves that its values differ, the keys do."""
        self.writing: Future[None] | None = None
        self.pen = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, raised: type[BaseException] | None, *_: object) -> None:
        try:
            for month in list(self.waiting) if raised is None else ():
                self._hand_over(month)
            self._wait()
        finally:
            self.pen.shutdown(wait=True)
            self._close()
            pa.default_memory_pool().release_unused()

    def rows(self) -> Rows:
        return Rows(tuple(sorted(self.files)), self.contract)

    def add(self, rows: pa.Table) -> None:
        """`rows` has the contract's columns, then `line`."""
        self.kinds = self.kinds or rows.schema
        self.serial.add(rows[self.contract.key[0]])
        for month, some in self._by_month(rows.cast(self.kinds)):
            self.waiting.setdefault(month, []).append(some)
        while sum(map(_count, self.waiting.values())) > MOST_WAITING:
            self._hand_over(max(self.waiting, key=lambda month: _count(self.waiting[month])))

    def _by_month(self, rows: pa.Table) -> list[tuple[str, pa.Table]]:
        if not len(rows):
            return []
        if self.contract.dated_by is None:
            return [("", rows)]
        days = rows[self.contract.dated_by].cast(pa.timestamp("s"), safe=False).to_numpy()
        months = days.astype("datetime64[M]")
        falling = bool((months[1:] < months[:-1]).any())
        order = np.argsort(months, kind="stable") if falling else np.arange(len(rows))
        begins = np.flatnonzero(np.append(True, months[order][1:] != months[order][:-1]))
        runs = zip(begins, np.append(begins[1:], len(rows)), strict=True)
        return [(str(months[order[begin]]), _taken(rows, order[begin:end], falling)) for begin, end in runs]

    def _hand_over(self, month: str) -> None:
        """To the writer, which is busy with one month at a time."""
        rows = self._whole(tightened(pa.concat_tables(self.waiting.pop(month))))
        self._wait()
        self.writing = self.pen.submit(self._write, month, rows)

    def _wait(self) -> None:
        writing, self.writing = self.writing, None
        if writing is not None:
            writing.result()

    def _write(self, month: str, rows: pa.Table) -> None:
        if month not in self.open:
            if len(self.open) >= MOST_OPEN:
                self._close()
            folder = self.folder / f"month={month}" if month else self.folder
            folder.mkdir(parents=True, exist_ok=True)
            self.files.append(folder / f"part-{uuid.uuid4()}.parquet")
            self.open[month] = self.files[-1], writer(self.files[-1], rows.schema, self.contract)
        file, into = self.open[month]
        into.write_table(rows)
        self.seen(file, month, rows)

    def _whole(self, rows: pa.Table) -> pa.Table:
        load = pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(rows), dtype=np.int32)), pa.array([self.load]))
        return pa.table([*(rows[name] for name in self.contract.stored), load, rows["line"]], names=self.schema.names)

    def _close(self) -> None:
        for _, one in self.open.values():
            one.close()
        self.open.clear()


def _taken(rows: pa.Table, some: NDArray[np.int64], falling: bool) -> pa.Table:
    """A slice costs nothing, but holds all rows in memory as long as it waits: only for most of them."""
    if falling or 2 * len(some) < len(rows):
        return rows.take(pa.array(some))
    return rows.slice(int(some[0]), len(some))


def _count(tables: list[pa.Table]) -> int:
    return sum(map(len, tables))
