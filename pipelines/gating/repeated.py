"""
Finds rows whose values, taken together, occur more than once.

Ten million texts do not fit into memory, their hashes do. Where all hashes differ all values do, and nothing more is
read. Where some are equal only the rows that carry them are compared, by value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.gating.batch import MONTH, POSITION, Month, Places
from pipelines.gating.plan import Distinct, Variety
from pipelines.gating.rows import Rows
from pipelines.gating.scan import Scan, counting
from pipelines.gating.stream import Stream
from pipelines.sql import both, name


@dataclass(frozen=True)
class Repeated:
    places: Sequence[int] = ()
    by_month: Mapping[Month, int] = field(default_factory=dict)


class Repetitions:
    """What all plans of a suite find, the rows being read once."""

    def __init__(self, plans: Iterable[Distinct], unique: frozenset[str], stream: Stream, scan: Scan) -> None:
        self.stream, self.scan = stream, scan
        self.narrower: dict[Distinct, Distinct | None] = {}
        """Rows that are different in some of the columns are different in all: few are left to look at."""
        self.found: dict[Distinct, Repeated] = {}
        for plan in sorted(set(map(_alike, plans)), key=lambda plan: len(plan.columns)):
            scan.ask(counting(_present(plan)))
            if unique and unique <= set(plan.columns):
                self.found[plan] = Repeated()
                continue
            self.narrower[plan] = next((other for other in self.narrower if _is_part(other, plan)), None)
            stream.hash(self._hash(plan), plan.columns, self._text(plan))

    def of(self, plan: Distinct) -> Repeated:
        return self.found[_alike(plan)]

    def present(self, plan: Distinct) -> int:
        """How many rows have what is judged."""
        return int(self.scan.answer(counting(_present(plan))))

    def presents(self) -> list[str]:
        """The conditions for it."""
        return [_present(plan) for plan in (*self.found, *self.narrower)]

    def compare(self, rows: Rows) -> None:
        """By value, after the stream has run: those whose hash is not theirs alone."""
        suspects = {plan: self._suspects(plan) for plan in self.narrower}
        columns = {column for plan, places in suspects.items() if len(places) for column in plan.columns}
        if columns:
            every = np.unique(np.concatenate(list(suspects.values())))
            chosen = ", ".join([*map(name, columns), POSITION, MONTH])
            rows.connection.execute(f"create temp table suspects as select {chosen} from {rows.at(every)}")
        for plan, places in suspects.items():
            self.found[plan] = _compared(rows, plan, places) if len(places) else Repeated()

    def _suspects(self, plan: Distinct) -> Places:
        narrower = self.narrower[plan]
        found = self.stream.hashes[self._hash(plan)].repeated
        return np.union1d(found, self._suspects(narrower)) if narrower else found

    def _text(self, plan: Distinct) -> str | None:
        """The column, where the values looked at are all texts of one."""
        (first, *others), whole = plan.columns, plan.within == "true" and plan.shape == "value"
        return first if whole and not others and self.scan.types[first] == "text" else None

    def _hash(self, plan: Distinct) -> str:
        narrower = self.narrower[plan]
        where = both(_present(plan), f"not ({narrower.present})" if narrower else "true")
        return f"case when {where} then {hashed(plan.columns)} end"


def hashed(columns: Collection[str]) -> str:
    return f"hash({', '.join(map(name, columns))})"


def _present(plan: Distinct) -> str:
    return both(plan.within, plan.present)


def _alike(plan: Distinct) -> Distinct:
    """What is asked of the rows, whatever share of them must hold it."""
    return replace(plan, mostly=1.0)


def _is_part(other: Distinct, plan: Distinct) -> bool:
    return other.within == plan.within and set(other.columns) < set(plan.columns)


def _compared(rows: Rows, plan: Distinct, places: Places) -> Repeated:
    keys = ", ".join(map(name, plan.columns))
    rows.connection.register("places", pa.table({"place": places}))
    found = rows.connection.execute(f"""
        select unnest(list({POSITION})), unnest(list({MONTH})) from suspects
        where {both(plan.present, f"{POSITION} in (from places)")} group by {keys} having count(*) > 1""").fetchall()
    return Repeated(sorted(place for place, _ in found), Counter(month for _, month in found))


def variety(rows: Rows, plan: Variety, present: int) -> Any:
    """How many different values there are, or their share of those that there are."""
    has_value = both(plan.within, f"{name(plan.column)} is not null")
    query = f"select count(*) from (select distinct {name(plan.column)} from rows where {has_value})"
    different = int(rows.connection.execute(query).fetchall()[0][0])
    if not plan.share:
        return different
    return different / present if present else 0
