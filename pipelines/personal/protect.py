"""Takes what belongs to a person out of rows before they are stored: pseudonyms, identities apart, masked free text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from audit.source import Source
from pipelines.personal.free_text import mask
from pipelines.personal.pseudonyms import Pseudonyms

BETWEEN = "\x1f"
"""Stands between the values of a key of several columns."""


@dataclass(frozen=True)
class Protected:
    rows: pa.Table
    """As they may be stored: without names and contacts."""
    masked: dict[str, dict[str, int]]
    """Column -> kind -> how many: e-mail, phone, and names or contacts left out because the row names no customer."""
    identities: pa.Table | None
    """Names and contacts as `identities.keep` takes them; None where the contract asks for none."""


def protect(rows: pa.Table, contract: Source, pseudonyms: Pseudonyms) -> Protected:
    """Columns that the contract does not name stay. One `pseudonyms` for all blocks: it computes each customer once."""
    original, masked = rows, dict[str, dict[str, int]]()
    for name in _present(rows, contract.personal("customer", "another customer")):
        rows = _with(rows, name, pseudonyms.of_all(rows[name]))
    for name in _present(rows, contract.personal("free text")):
        texts, counts = _masked(rows[name])
        if counts:
            rows, masked[name] = _with(rows, name, texts), dict(counts)
    named = _present(rows, contract.personal("identity"))
    identities = _identities(original, rows, contract, named) if contract.personal("identity") else None
    return Protected(rows.drop_columns(named), masked | _nobody_s(rows, contract, named), identities)


def _present(rows: pa.Table, names: list[str]) -> list[str]:
    return [name for name in names if name in rows.column_names]


def _with(rows: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), name, values)


def _masked(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, Counter[str]]:
    masked, counts = [], Counter[str]()
    for chunk in column.chunks:
        texts, found = mask(chunk)
        masked.append(texts)
        counts += found
    return pa.chunked_array(masked, column.type), counts


def _identities(original: pa.Table, rows: pa.Table, contract: Source, named: list[str]) -> pa.Table:
    """One for each row that names its customer; a later row with the same key replaces it, as in the table."""
    (owner,) = contract.personal("customer")
    key = pc.binary_join_element_wise(*(rows[name].cast(pa.string()) for name in contract.key), BETWEEN)
    columns = {
        "source": pa.repeat(contract.name, len(rows)),
        "row": key,
        "pseudonym": rows[owner],
        "original": original[owner].cast(pa.string()),
    }
    held = {name: original[name].cast(pa.string()) for name in named}
    return pa.table(columns | held).filter(pc.is_valid(rows[owner]))


def _nobody_s(rows: pa.Table, contract: Source, named: list[str]) -> dict[str, dict[str, int]]:
    counted = {
        name: pc.sum(pc.and_(pc.is_valid(rows[name]), pc.is_null(rows[owner]))).as_py() or 0
        for name in named
        for owner in contract.personal("customer")
    }
    return {name: {"without a customer": count} for name, count in counted.items() if count}
