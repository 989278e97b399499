"""Where a person stands in the tables: in rows of their own, and in rows that belong to one of those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit.source import Source
from pipelines import definitions
from pipelines.personal.person import Person
from pipelines.workspace import Workspace


@dataclass
class Traces:
    pseudonym: str
    keys: dict[str, list[str]] = field(default_factory=dict)
    """Identifiers of the person's orders, complaints and so on, by the column that holds them."""
    lines: dict[str, list[int]] = field(default_factory=dict)
    """Load -> the lines of its file that became rows of the person."""

    def own(self, rows: pa.Table, contract: Source) -> pa.Array:
        """Which rows go: those that name the person, and those without a customer that belong to such a row."""
        named: Any = pa.repeat(pa.scalar(False), len(rows))
        nobody_s: Any = pa.repeat(pa.scalar(True), len(rows))
        for owner in _in(rows, contract.personal("customer")):
            named = pc.fill_null(pc.equal(rows[owner], self.pseudonym), False)
            nobody_s = pc.is_null(rows[owner])
        for column in _in(rows, _references(contract)):
            known = pc.is_in(rows[column], pa.array(self.keys.get(column, []), pa.string()))
            named = pc.or_(named, pc.and_(nobody_s, known))
        return named

    def without_mentions(self, rows: pa.Table, contract: Source, person: Person) -> pa.Table:
        """Rows of others that name the person do not: neither as the customer behind an account nor in free text."""
        for name in _in(rows, contract.personal("another customer")):
            named = pc.fill_null(pc.equal(rows[name], self.pseudonym), False)
            rows = _with(rows, name, pc.if_else(named, pa.scalar(None, pa.string()), rows[name]))
        for name in _in(rows, contract.personal("free text")):
            rows = _with(rows, name, person.cut_out_of(rows[name]))
        return rows


def found(workspace: Workspace, pseudonym: str) -> Traces:
    """Looks until nothing more is found: an invitation leads to its answer, an order to its deliveries."""
    traces, before = Traces(pseudonym), -1
    while before < (now := sum(map(len, traces.keys.values()))):
        before = now
        for contract, file in data_files(workspace):
            _look(traces, contract, file)
    return traces


def data_files(workspace: Workspace) -> Iterator[tuple[Source, Path]]:
    """All that lie there, so that every version is among them, and what a killed process left as well."""
    for name, contract in definitions.sources().items():
        for file in sorted(workspace.table(name).rglob("*.parquet")):
            if "_delta_log" not in file.parts:
                yield contract, file


def read(file: Path, wanted: set[str] | None = None) -> pa.Table:
    """The columns as Arrow computes with them: some writers note strings as views."""
    with pq.ParquetFile(file) as opened:
        names = [name for name in opened.schema_arrow.names if wanted is None or name in wanted]
        rows = opened.read(names)
    plain = [field.with_type(pa.string()) if pa.types.is_string_view(field.type) else field for field in rows.schema]
    return rows.cast(pa.schema(plain))


def _look(traces: Traces, contract: Source, file: Path) -> None:
    wanted = {*contract.personal("customer", "another customer"), *_references(contract), *contract.key}
    rows = read(file, wanted | {"_load", "_line"})
    rows = rows.filter(traces.own(rows, contract))
    for load, line in zip(rows["_load"].to_pylist(), rows["_line"].to_pylist(), strict=True):
        traces.lines[load] = sorted({*traces.lines.get(load, []), line})
    if contract.key[0] in _keys():
        known = {*traces.keys.get(contract.key[0], []), *rows[contract.key[0]].to_pylist()}
        traces.keys[contract.key[0]] = sorted(known)


def _references(contract: Source) -> list[str]:
    return [name for name in contract.columns if name in _keys() and contract.key != (name,)]


def _keys() -> set[str]:
    """Columns that name a row of one source alone; where two sources use a name, it says nothing of which is meant."""
    sources = definitions.sources().values()
    alone = [one.key[0] for one in sources if len(one.key) == 1 and not one.columns[one.key[0]].personal]
    return {name for name, count in Counter(alone).items() if count == 1}


def _with(rows: pa.Table, name: str, values: pa.ChunkedArray) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(name), rows.schema.field(name), values)


def _in(rows: pa.Table, names: list[str]) -> list[str]:
    return [name for name in names if name in rows.column_names]
