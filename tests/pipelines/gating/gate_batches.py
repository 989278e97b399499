"""Batches of rows for the tests of the gate's engines: clean, dirty, and at every edge."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd

from audit.source import Column, Expectation, Source
from audit.text import Text

WORD = Text(en="a reason.", zh="理由。")
DTYPES = {"text": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
TYPES = {
    "id": "text",
    "name": "text",
    "code": "text",
    "other code": "text",
    "score": "integer",
    "most": "integer",
    "amount": "number",
    "cost": "number",
    "on": "date",
    "until": "date",
    "at": "timestamp",
    "agreed": "boolean",
}
Case = tuple[str, dict[str, Any]]
Row = dict[str, Any]

NAMES = [
    "ann",
    "Ann",
    "A-17",
    "b\n",
    "b",
    "x\ny",
    "",
    " ",
    "é",
    "e\u0301",
    "客户",
    "١",
    "👩‍👧",
    "ß",
    "2026-02-29",
    "2026-02-28",
]
CODES = ["1", "01", "north", "south", "true", "O'Neil", "$5", "a.b"]
NUMBERS = [0.0, -0.0, 0.1, 0.30000000000000004, 1e-300, -1e300, 2.5, 1 / 3, 99.5]


def contract_of(*gate: Case, dated_by: str | None = "on", types: dict[str, str] = TYPES) -> Source:
    return Source(
        name="things",
        title=WORD,
        meaning=WORD,
        owner=WORD,
        key=(next(iter(types)),),
        dated_by=dated_by,
        tolerance="5 %",  # type: ignore[arg-type]
        columns={name: Column(meaning=WORD, type=type_) for name, type_ in types.items()},  # type: ignore[arg-type]
        gate=tuple(Expectation(type=type_, kwargs=kwargs, severity="warning", reason=WORD) for type_, kwargs in gate),
    )


def frame_of(rows: list[Row], types: dict[str, str] = TYPES) -> pd.DataFrame:
    """As staging gives it: typed columns, `line` counting from below the header."""
    columns = {
        name: pd.Series([row.get(name) for row in rows], dtype=DTYPES.get(type_, "datetime64[us]"))
        for name, type_ in types.items()
    }
    return pd.DataFrame(columns | {"line": pd.Series(range(2, len(rows) + 2), dtype="int64")})


def dirty(rows: int, seed: int, missing: float = 0.15) -> list[Row]:
    dice = random.Random(seed)
    return [{name: cell(name, dice, at, missing) for name in TYPES} for at in range(rows)]


def cell(name: str, dice: random.Random, at: int, missing: float) -> Any:
    if dice.random() < missing:
        return None
    day = dt.datetime(2025, 12, 1) + dt.timedelta(days=dice.randint(0, 120))
    return {
        "id": f"r{dice.randint(0, 40) if dice.random() < 0.2 else at + 100}",
        "name": dice.choice(NAMES),
        "code": dice.choice(CODES),
        "other code": dice.choice(CODES),
        "score": dice.choice([-1, 0, 1, 2, 3, 4, 5, 6, 99, 2**40]),
        "most": dice.choice([0, 3, 5, 6]),
        "amount": dice.choice([*NUMBERS, dice.uniform(-5, 100)]),
        "cost": dice.choice(NUMBERS),
        "on": day,
        "until": day + dt.timedelta(days=dice.choice([-1, 0, 0, 3])),
        "at": day + dt.timedelta(microseconds=dice.choice([0, 1, 86_399_999_999, 43_200_000_000])),
        "agreed": dice.random() < 0.5,
    }[name]


def clean(rows: int) -> list[Row]:
    start = dt.datetime(2026, 1, 1)
    return [
        {
            "id": f"r{at}", "name": "ann", "code": "north", "other code": "north", "score": 1 + at % 5, "most": 5,
            "amount": 1.5, "cost": 0.5, "on": start + dt.timedelta(days=at % 60),
            "until": start + dt.timedelta(days=61), "at": start + dt.timedelta(days=62, hours=5), "agreed": True,
        }
        for at in range(rows)
    ]  # fmt: skip


BATCHES: dict[str, list[Row]] = {
    "dirty": dirty(500, seed=1),
    "dirtier": dirty(90, seed=2, missing=0.6),
    "without a gap": dirty(300, seed=3, missing=0.0),
    "clean": clean(200),
    "empty": [],
    "all missing": [{} for _ in range(25)],
    "one row": dirty(1, seed=4, missing=0.0),
    "one row without values": [{}],
    "one row over and over": dirty(1, seed=5, missing=0.0) * 40,
}
