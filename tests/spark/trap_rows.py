"""Rows for every source, made of the values on which DuckDB and Spark are known to differ, or could."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd

from audit.source import Column, Source

TEXTS = [
    None, "", " ", "web", "phone", "North", "O'Brien", 'the "old" one', "北方", "straße", "İstanbul", "ΟΔΟΣ", "a\\b",
    "100 %", "a_b", "{x}", "tab\there", "💡", "A × B", "×", " web ", "Web", "null", "NaN",
]  # fmt: skip
NUMBERS = [
    None, 0.0, 0.1, 1 / 3, 10 / 3, 2.5, 2.675, -2.5, -0.00005, 0.00005, 1.00015, 99.995, 1e-9, 7.0, 123456789.123456,
    1e12, 49.90, 1_000_000.01,
]  # fmt: skip
MOMENTS = [
    "2026-03-29 02:30:00",  # in the hour that clocks leave out in Europe
    "2026-10-25 02:30:00",  # in the hour that they repeat
    "2026-01-01 00:00:00", "2025-12-31 23:59:59.999999", "2026-02-28 23:59:59.5", "2026-03-01 00:00:00",
    "2026-03-31 12:00:00.123456", "2026-03-31 23:59:59.999", "2026-04-01 00:00:00.000001", "2026-06-30 18:30:15.25",
    "2026-07-01 06:00:00", "2026-09-30 23:59:59",
]  # fmt: skip
DAYS = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2026-06-30"]
FEW = ("driver", "measure")
"""Columns whose values other rows must share."""
CUSTOMERS = [None, "unknown", *(f"C{number}" for number in range(12))]


def rows_of(name: str, contract: Source, count: int, seed: int) -> pd.DataFrame:
    """As many rows, each with a key of its own, and the line of the file on which it stood."""
    dice = random.Random(f"{name} {seed}")
    columns = {
        column: _column(dice, column, meant, contract, count, seed) for column, meant in contract.columns.items()
    }
    return pd.DataFrame(columns | {"line": pd.Series(range(2, count + 2), dtype="int64")})


def _column(dice: random.Random, name: str, column: Column, contract: Source, count: int, seed: int) -> pd.Series:
    if name == _identity(contract):
        own = "C" if name == "customer_id" else f"{name} {seed}-"
        return pd.Series([f"{own}{number}" for number in range(count)], dtype="str")
    needed = column.required or name == contract.dated_by
    values = [_value(dice, name, column) for _ in range(count)]
    while needed and None in values:
        values = [_value(dice, name, column) if value is None else value for value in values]
    kinds = {
        "text": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[us]",
        "timestamp": "datetime64[us]",
    }  # fmt: skip
    return pd.Series(values, dtype=kinds[column.type])


def _texts(name: str, column: Column) -> list[str | None]:
    """Those that other rows are known by are found there, most of them."""
    if name in ("customer_id", "parent_id"):
        return CUSTOMERS
    if name.endswith("_id"):
        return [None, "unknown", *(f"{name} {seed}-{number}" for seed in (1, 2) for number in range(20))]
    if name in FEW:
        return ["speed", " Satisfaction", "satisfaction"]
    return [*column.one_of * 3, None] if column.one_of else TEXTS


def _identity(contract: Source) -> str:
    """The part of the key that no two rows share here."""
    return [name for name in contract.key if contract.columns[name].type == "text" and name not in FEW][-1]


def _value(dice: random.Random, name: str, column: Column) -> Any:
    if column.type == "text":
        return dice.choice(_texts(name, column))
    if column.type == "integer":
        low, high = (column.scale.lowest, column.scale.highest) if column.scale else (0, 9)
        return dice.choice([None, *range(int(low), int(high) + 1)])
    if column.type == "number":
        bounds = {"scale_lowest": [0.0, 1.0], "scale_highest": [1.0, 5.0, 7.0], "score": [1.0, 2.0, 3.5, 5.0, None]}
        return dice.choice(bounds.get(name, NUMBERS))
    if column.type == "boolean":
        return dice.choice([True, False, None])
    moment = pd.Timestamp(dice.choice(MOMENTS)) if dice.random() < 0.5 else pd.Timestamp(dice.choice(DAYS))
    moment += dt.timedelta(days=dice.choice([0, 0, -1, 1, 7, 45]))
    if dice.random() < 0.15:
        return None
    return moment.normalize() if column.type == "date" else moment
