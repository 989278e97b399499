"""
Finds rows whose values, taken together, occur more than once.

Ten million texts do not fit into memory, their hashes do. Where all hashes differ all values do, and nothing more is
read. Where some are equal only the rows that carry them are compared, by value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.gating.plan import Distinct, Variety
from pipelines.gating.rows import POSITION, Rows
from pipelines.gating.scan import in_words
from pipelines.sql import both, name

MOST_HASHES = 16_000_000
"""So many at a time, of eight bytes each."""
NUMBER = count(1)

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Repeated:
    count: int
    table: str
    """With the columns, `line` and `_position` of these rows; empty where there are none."""
    by_month: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def of(rows: Rows, plan: Distinct) -> Repeated:
        suspects = _suspects(rows, plan.columns, both(plan.within, plan.present))
        if not len(suspects):
            return Repeated(0, "")
        table = f"repeated_{next(NUMBER)}"
        rows.connection.register(f"{table}_hashes", pa.table({"hash": suspects}))
        keys = ", ".join(name(column) for column in plan.columns)
        rows.connection.execute(f"""
            create temp table {table} as
            select * exclude (_times) from (
                select {_kept(rows, plan)}, line, {POSITION}, count(*) over (partition by {keys}) as _times from rows
                where {both(plan.within, plan.present)} and hash({keys}) in (select hash from {table}_hashes)
            ) where _times > 1""")
        rows.connection.unregister(f"{table}_hashes")
        found = rows.connection.execute(f"select {rows.month}, count(*) from {table} group by 1 order by 1 nulls first")
        by_month = {in_words(month): int(number) for month, number in found.fetchall()}
        return Repeated(sum(by_month.values()), table, by_month)


def variety(rows: Rows, plan: Variety, present: int) -> Any:
    """How many different values there are, or their share of those that there are."""
    has_value = both(plan.within, f"{name(plan.column)} is not null")
    query = f"select count(*) from (select distinct {name(plan.column)} from rows where {has_value})"
    different = int(rows.connection.execute(query).fetchall()[0][0])
    if not plan.share:
        return different
    return different / present if present else 0


def _kept(rows: Rows, plan: Distinct) -> str:
    dated = rows.contract.dated_by
    wanted = {*plan.columns, *([dated] if dated in rows.types and dated is not None else [])}
    return ", ".join(name(column) for column in rows.types if column in wanted)


def _suspects(rows: Rows, columns: tuple[str, ...], where: str) -> Hashes:
    """Hashes that occur more than once."""
    total = int(rows.connection.execute("select count(*) from rows").fetchall()[0][0])
    parts = total // MOST_HASHES + 1
    hashed = f"hash({', '.join(name(column) for column in columns)})"
    found = []
    for part in range(parts):
        taken = both(where, f"{hashed} % {parts} = {part}" if parts > 1 else "true")
        found.append(_twice(_column(rows, f"select {hashed} as hash from rows where {taken}")))
    return np.concatenate(found)


def _column(rows: Rows, query: str) -> Hashes:
    """The engine's own copy is gone when this is back."""
    found: Hashes = rows.connection.sql(query).to_arrow_table()["hash"].to_numpy()
    return found


def _twice(hashes: Hashes) -> Hashes:
    in_order = hashes if hashes.flags.writeable else hashes.copy()
    in_order.sort()
    again: Hashes = in_order[1:][in_order[1:] == in_order[:-1]]
    return np.unique(again)
