"""Promises, and what reviews of orders went into: every cell of every grain and dimension against pandas."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import duckdb
import pandas as pd
import pytest
from by_pandas import Cell, Figure, Frames, Oracle, after, framed, hold_every_cell, share, within
from hand_made import Rows, tables

from pipelines.measuring.periods import Period, periods

FIRST, LAST = dt.date(2026, 1, 20), dt.date(2026, 3, 20)
SPANS = [span for span in periods(FIRST, LAST, set()) if span.grain in ("audit_period", "month")]
GROUPS = {
    "segment": ["retail", "trade", ""], "region": ["north", ""], "channel": ["web", ""], "product": ["A", "B", ""],
    "code": ["service", "delivery"], "touchpoint": ["counter", ""],
}  # fmt: skip


def random_rows(seed: int = 8) -> Rows:
    dice = random.Random(seed)

    def day() -> dt.date:
        return FIRST + dt.timedelta(days=dice.randrange(-30, (LAST - FIRST).days + 20))

    def moment() -> dt.datetime:
        return dt.datetime.combine(day(), dt.time(dice.choice([0, 9, 14, 23]), dice.choice([0, 30])))

    def maybe(value: Any, missing: float = 0.2) -> Any:
        return None if dice.random() < missing else value

    def truth(missing: float = 0.2) -> Any:
        return maybe(dice.random() < 0.6, missing)

    def due(at: dt.datetime) -> dict[str, Any]:
        near = at + dt.timedelta(minutes=dice.choice([-1500, -90, 0, 1, 90, 600, 1500]))
        return {"due_at": at, "kept_at": maybe(near), "kept": maybe(dice.random() < 0.7, 0.6)}

    return {
        "customers": [
            {"customer_id": f"C{at}", "segment": maybe(dice.choice(["retail", "trade"])), "region": maybe("north")}
            for at in range(20)
        ],
        "promises": [
            due(moment())
            | {"made_on": FIRST, "compensated_on": maybe(day(), 0.4), "code": dice.choice(["service", "delivery"]),
               "touchpoint": maybe("counter"), "customer_id": f"C{dice.randrange(24)}", "channel": maybe("web"),
               "product": maybe(dice.choice("AB"))}
            for _ in range(120)
        ],
        "contract_reviews": [
            {"accepted_on": maybe(on, 0.1), "reviewed_on": maybe(on + dt.timedelta(days=dice.randrange(-2, 2))),
             "customer_id": f"C{dice.randrange(24)}", "kind": maybe(dice.choice(["order", "new product"])),
             "feasibility": maybe(dice.choice(["feasible", "feasible with conditions", "not feasible"])),
             "risk": maybe("low"), "differs": truth(),
             "difference_resolved_on": maybe(on + dt.timedelta(days=dice.randrange(-2, 2)))}
            | {f"covers_{kind}": maybe(dice.random() < 0.9, 0.05) for kind in ("stated", "implied", "legal", "own")}
            for on in (day() for _ in range(120))
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> Rows:
    return random_rows()


@pytest.fixture(scope="module")
def connection(rows: Rows) -> Iterator[duckdb.DuckDBPyConnection]:
    with tables(rows) as opened:
        yield opened


@pytest.fixture(scope="module")
def frames(rows: Rows) -> Frames:
    return framed(rows)


def fell_due(frames: Frames, span: Period, cell: Cell) -> pd.DataFrame:
    """With whether each was kept: a due moment at midnight is the whole day."""
    found = cell(within(frames["promises"], "due_at", span)).copy()
    whole = found["due_at"] == found["due_at"].dt.normalize()
    last = found["due_at"].where(~whole, found["due_at"] + pd.Timedelta(days=1, microseconds=-1))
    late, noted = found["kept_at"] > last, found["kept"]
    found["good"] = ~late & (noted.eq(True) | (noted.isna() & found["kept_at"].notna()))
    return found


def promises(frames: Frames, span: Period, cell: Cell) -> Figure:
    found = fell_due(frames, span, cell)
    return share(found["good"].sum(), len(found)), len(found)


def amends(frames: Frames, span: Period, cell: Cell) -> Figure:
    found = fell_due(frames, span, cell)
    broken = found[~found["good"]]
    return share((broken["compensated_on"] < after(span)).sum(), len(broken)), len(broken)


def accepted(frames: Frames, span: Period, cell: Cell) -> pd.DataFrame:
    return cell(within(frames["contract_reviews"], "accepted_on", span))


def differences(frames: Frames, span: Period, cell: Cell) -> Figure:
    found = accepted(frames, span, cell)
    found = found[found["differs"].eq(True)]
    return share((found["difference_resolved_on"] <= found["accepted_on"]).sum(), len(found)), len(found)


def covering(frames: Frames, span: Period, cell: Cell) -> Figure:
    found = accepted(frames, span, cell)
    whole = found.filter(like="covers_").eq(True).sum(axis=1) == 4
    return share((whole & found["reviewed_on"].notna()).sum(), len(found)), len(found)


def feasible(frames: Frames, span: Period, cell: Cell) -> Figure:
    found = accepted(frames, span, cell)
    found = found[found["kind"].eq("new product")]
    good = found["feasibility"].isin(["feasible", "feasible with conditions"]) & found["risk"].notna()
    return share((good & (found["reviewed_on"] <= found["accepted_on"])).sum(), len(found)), len(found)


ORACLES: dict[str, Oracle] = {
    "promises_kept": promises, "broken_promises_made_good": amends,
    "differences_resolved_before_acceptance": differences, "reviews_covering_all_requirements": covering,
    "new_products_with_feasibility": feasible,
}  # fmt: skip


@pytest.mark.parametrize("kpi", ORACLES)
def test_every_cell_is_what_pandas_counts(connection: duckdb.DuckDBPyConnection, frames: Frames, kpi: str) -> None:
    hold_every_cell(connection, frames, SPANS, GROUPS, kpi, ORACLES[kpi])
