"""Figures that need more than one look at the facts: every cell of every grain and dimension against pandas."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from by_pandas import Cell, Frames, Oracle, framed, hold_every_cell, share, standing, within
from hand_made import Rows, tables

from pipelines.measuring.periods import Period, periods

FIRST, LAST = dt.date(2025, 9, 10), dt.date(2026, 5, 20)
SPANS = periods(FIRST, LAST, {6})
GROUPS = {
    "segment": ["retail", "trade", ""],
    "region": ["north", ""],
    "channel": ["web", ""],
    "product": ["A", "B", ""],
}


def random_rows(seed: int = 4) -> Rows:
    dice = random.Random(seed)

    def day(before: int = 60) -> dt.date:
        return FIRST + dt.timedelta(days=dice.randrange((LAST - FIRST).days + before + 60) - before)

    def moment() -> dt.datetime:
        return dt.datetime.combine(day(), dt.time(dice.randrange(24), dice.randrange(60)))

    def maybe(value: Any, share: float = 0.2) -> Any:
        return None if dice.random() < share else value

    def who() -> dict[str, Any]:
        return {"customer_id": maybe(f"C{dice.randrange(44)}", 0.1), "product": maybe(dice.choice("AB"))}

    customers = [
        {"customer_id": f"C{i}", "segment": maybe(dice.choice(["retail", "trade"])), "region": maybe("north"),
         "customer_since": maybe(day(400), 0.1), "left_on": maybe(day(), 0.7)}
        for i in range(40)
    ]  # fmt: skip
    return {
        "customers": customers,
        "orders": [
            {"ordered_at": moment(), "amount": maybe(dice.randrange(-20, 500)), "status": maybe("cancelled", 0.9)}
            | who() | {"customer_id": f"C{dice.randrange(44)}"}
            for _ in range(70)
        ],
        "survey_responses": [
            {"answered_on": day(), "satisfaction": maybe(dice.randint(1, 5))} | who() for _ in range(60)
        ],
        "complaints": [
            {"received_at": at, "acknowledged_at": maybe(at + dt.timedelta(hours=dice.randrange(160))), "channel":
             maybe("web")} | who()
            for at in (moment() for _ in range(40))
        ],
        "interactions": [
            {"occurred_at": moment(), "kind": dice.choice(["call", "compliment"])} | who() for _ in range(25)
        ],
        "deliveries": [
            {"promised_at": moment(), "delivered_at": maybe(moment()), "quantity_ordered": dice.randint(1, 50),
             "quantity_delivered": maybe(dice.randint(0, 50))} | who()
            for _ in range(80)
        ],
        "returns": [
            {"returned_on": day(), "quantity_returned": dice.randint(1, 9), "warranty": maybe(dice.random() < 0.5)}
            | who()
            for _ in range(30)
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


def revenue(frames: Frames, span: Period, cell: Cell) -> tuple[float | None, int]:
    bought = cell(within(frames["orders"], "ordered_at", span))
    bought = bought[(bought["amount"] > 0) & (bought["status"] != "cancelled")]
    heard = set(within(frames["survey_responses"], "answered_on", span)["customer_id"].dropna())
    return share(bought.loc[bought["customer_id"].isin(heard), "amount"].sum(), bought["amount"].sum()), len(bought)


def margin(frames: Frames, span: Period, cell: Cell) -> tuple[float | None, int]:
    scored = cell(within(frames["survey_responses"], "answered_on", span).dropna(subset="satisfaction"))
    there = set(cell(standing(frames["customers"], span))["customer_id"])
    n, of, answering = len(scored), len(there), len(there & set(scored["customer_id"]))
    if not n:
        return None, 0
    p, z = (scored["satisfaction"] >= 4).mean(), 1.959963984540054
    half = z / (1 + z**2 / n) * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return 100 * half * (math.sqrt((of - answering) / (of - 1)) if of > 1 else 1), n


def acknowledged(frames: Frames, span: Period, cell: Cell) -> tuple[float | None, int]:
    cases = frames["complaints"].copy()
    received = cases["received_at"].to_numpy().astype("datetime64[D]")
    cases["by"] = pd.to_datetime(np.busday_offset(received, 2, roll="backward"))
    cases = cell(within(cases, "by", span))
    return share((cases["acknowledged_at"].dt.normalize() <= cases["by"]).sum(), len(cases)), len(cases)


def quiet_months(frames: Frames, span: Period, cell: Cell) -> tuple[float | None, int]:
    so_far = cell(frames["complaints"][frames["complaints"]["received_at"] < pd.Timestamp(span.ends + dt.timedelta(1))])
    months = set(pd.period_range(span.starts, span.ends, freq="M"))
    heard = set(so_far.loc[so_far["received_at"] >= pd.Timestamp(span.starts), "received_at"].dt.to_period("M"))
    return (float(len(months - heard)) if len(so_far) else None), len(so_far)


def sources(frames: Frames, span: Period, cell: Cell) -> tuple[float | None, int]:
    claims = frames["returns"][frames["returns"]["warranty"].eq(True)]
    spoken = cell(within(frames["interactions"], "occurred_at", span))
    others = [
        cell(within(frame, column, span))
        for frame, column in (
            (frames["survey_responses"], "answered_on"), (frames["complaints"], "received_at"), (claims, "returned_on"),
        )
    ]  # fmt: skip
    n = len(spoken) + sum(map(len, others))
    return (float(spoken["kind"].nunique() + sum(len(frame) > 0 for frame in others)) if n else None), n


def ppm(frames: Frames, span: Period, cell: Cell) -> tuple[float | None, int]:
    came = cell(within(frames["deliveries"], "delivered_at", span))
    units = came["quantity_delivered"].fillna(came["quantity_ordered"]).sum()
    back = cell(within(frames["returns"], "returned_on", span))["quantity_returned"].sum()
    return (1e6 * back / units if units else None), len(came)


def silent(frames: Frames, span: Period, cell: Cell) -> tuple[float | None, int]:
    signs = pd.concat(
        frames[name][["customer_id", column]].set_axis(["customer_id", "day"], axis=1)
        for name, column in (
            ("orders", "ordered_at"), ("survey_responses", "answered_on"), ("complaints", "received_at"),
            ("interactions", "occurred_at"), ("customers", "customer_since"),
        )
    )  # fmt: skip
    first = signs.groupby("customer_id")["day"].min()
    all_, begin, end = frames["customers"], pd.Timestamp(span.starts), pd.Timestamp(span.ends)
    there = cell(all_[(all_["customer_id"].map(first) < begin) & ~(all_["left_on"] <= end)])
    heard = set(within(signs, "day", span)["customer_id"])
    return share((~there["customer_id"].isin(heard)).sum(), len(there)), len(there)


ORACLES: dict[str, Oracle] = {
    "survey_coverage_of_revenue": revenue, "satisfaction_margin_of_error": margin, "returns_ppm": ppm,
    "complaints_acknowledged_in_time": acknowledged, "months_without_complaints": quiet_months,
    "perception_sources": sources, "silent_customers": silent,
}  # fmt: skip


@pytest.mark.parametrize("kpi", ORACLES)
def test_every_cell_is_what_pandas_counts(connection: duckdb.DuckDBPyConnection, frames: Frames, kpi: str) -> None:
    hold_every_cell(connection, frames, SPANS, GROUPS, kpi, ORACLES[kpi])
