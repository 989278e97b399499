"""Measuring: every cell of every grain and dimension against pandas, and what is said where there is no sound value."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from by_pandas import asked, only
from hand_made import MARCH, Rows, load_of, tables

from audit.measurement import Measurement
from pipelines import definitions
from pipelines.measure import COLUMNS, measure
from pipelines.measuring.grouping import for_one
from pipelines.measuring.periods import Period, periods
from pipelines.measuring.trust import Trust
from pipelines.runs import results

FIRST, LAST = dt.date(2025, 2, 10), dt.date(2026, 3, 31)
SPANS = periods(FIRST, LAST, {6})
Frames = dict[str, pd.DataFrame]
Figures = tuple[pd.DataFrame, Callable[[pd.DataFrame, Period], float | None], Callable[[pd.DataFrame, Period], int]]


def random_rows(seed: int = 9) -> Rows:
    dice = random.Random(seed)
    days = (LAST - FIRST).days + 120

    def day(before: int = 60) -> dt.date:
        return FIRST + dt.timedelta(days=dice.randrange(days) - before)

    def moment() -> dt.datetime:
        return dt.datetime.combine(day(), dt.time(dice.randrange(24), dice.randrange(60)))

    def maybe(value: Any, share: float = 0.2) -> Any:
        return None if dice.random() < share else value

    def dimensions() -> dict[str, Any]:
        return {"channel": maybe(dice.choice(["web", "shop"])), "product": maybe(dice.choice(["A", "B", "C"]))}

    customers = [
        {"customer_id": f"C{i}", "segment": maybe(dice.choice(["retail", "trade"])), "region": maybe("north"),
         "customer_since": day(400), "left_on": maybe(LAST - dt.timedelta(days=dice.randrange(200)), 0.7),
         "parent_id": maybe(f"P{i % 5}", 0.8)}
        for i in range(60)
    ]  # fmt: skip
    someone = [row["customer_id"] for row in customers] + ["unknown"]
    responses = [
        {"answered_on": day(), "customer_id": maybe(dice.choice(someone)), "satisfaction": maybe(dice.randint(1, 5)),
         "recommend": maybe(dice.randint(0, 10)), **dimensions()}
        for _ in range(400)
    ]  # fmt: skip
    complaints = []
    for _ in range(250):
        received = moment()
        closed = maybe(received + dt.timedelta(hours=dice.randrange(900)))
        complaints.append(
            {"received_at": received, "closed_at": closed, "customer_id": dice.choice(someone), **dimensions()}
        )
    orders = []
    for _ in range(400):
        ordered = moment()
        promised = dt.datetime.combine(ordered.date() + dt.timedelta(days=5), dt.time())
        delivered = maybe(ordered + dt.timedelta(hours=dice.randrange(240)))
        orders.append({
            "ordered_at": ordered, "promised_at": promised, "delivered_at": delivered,
            "customer_id": dice.choice(someone),
            "status": maybe(dice.choice(["open", "delivered", "cancelled"])), **dimensions(),
        })  # fmt: skip
    return {"customers": customers, "survey_responses": responses, "complaints": complaints, "orders": orders}


@pytest.fixture(scope="module")
def rows() -> Rows:
    return random_rows()


@pytest.fixture(scope="module")
def connection(rows: Rows) -> Iterator[duckdb.DuckDBPyConnection]:
    with tables(rows) as opened:
        yield opened


def trust(connection: duckdb.DuckDBPyConnection) -> Trust:
    return Trust(connection, definitions.sources(), [load_of(name) for name in definitions.sources()])


def measured(connection: duckdb.DuckDBPyConnection, kpi: str, spans: list[Period]) -> pd.DataFrame:
    return measure(connection, trust(connection), spans, kpis=[definitions.kpis()[kpi]])


@pytest.fixture(scope="module")
def together(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every KPI."""
    return measure(connection, trust(connection), SPANS)


@pytest.fixture(scope="module")
def frames(rows: Rows) -> Frames:
    """The facts, each with the segment and region of its customer, by pandas."""
    made = {name: pd.DataFrame(written) for name, written in rows.items()}
    customers = made["customers"]
    for column in ("customer_since", "left_on"):
        customers[column] = pd.to_datetime(customers[column])
    for name, moments in {
        "survey_responses": ["answered_on"],
        "complaints": ["received_at", "closed_at"],
        "orders": ["ordered_at", "promised_at", "delivered_at"],
    }.items():
        joined = made[name].merge(customers[["customer_id", "segment", "region", "parent_id"]], "left", "customer_id")
        for column in moments:
            joined[column] = pd.to_datetime(joined[column])
        made[name] = joined
    made["orders"]["buyer"] = made["orders"]["parent_id"].fillna(made["orders"]["customer_id"])
    return made


def within(frame: pd.DataFrame, column: str, span: Period) -> pd.DataFrame:
    begin, end = pd.Timestamp(span.starts), pd.Timestamp(span.ends) + pd.Timedelta(days=1)
    return frame[(frame[column] >= begin) & (frame[column] < end)]


def share(good: int, n: int) -> float | None:
    return 100 * good / n if n else None


def quantile(values: list[float], at: float) -> float | None:
    """Linear between ranks; None where the rank falls among those that are still open."""
    ordered = sorted(values)
    if not ordered:
        return None
    rank = at * (len(ordered) - 1)
    low, part = int(rank + 1e-9), rank - int(rank + 1e-9)
    if part < 1e-9:
        found = ordered[low]
    else:
        found = ordered[low] + part * (ordered[low + 1] - ordered[low]) if ordered[low + 1] < np.inf else np.inf
    return None if np.isinf(found) else float(found)


def csat(frames: Frames, span: Period, cell: Callable[[pd.DataFrame], pd.DataFrame]) -> tuple[float | None, int]:
    asked = cell(within(frames["survey_responses"], "answered_on", span))["satisfaction"].dropna()
    return share((asked >= 4).sum(), len(asked)), len(asked)


def nps(frames: Frames, span: Period, cell: Callable[[pd.DataFrame], pd.DataFrame]) -> tuple[float | None, int]:
    asked = cell(within(frames["survey_responses"], "answered_on", span))["recommend"].dropna()
    return share((asked >= 9).sum() - (asked <= 6).sum(), len(asked)), len(asked)


def mean(frames: Frames, span: Period, cell: Callable[[pd.DataFrame], pd.DataFrame]) -> tuple[float | None, int]:
    asked = cell(within(frames["survey_responses"], "answered_on", span))["satisfaction"].dropna()
    return asked.mean() if len(asked) else None, len(asked)


def rate(frames: Frames, span: Period, cell: Callable[[pd.DataFrame], pd.DataFrame]) -> tuple[float | None, int]:
    events = len(cell(within(frames["complaints"], "received_at", span)))
    n = len(cell(within(frames["orders"], "ordered_at", span)))
    return 1000 * events / n if n else None, n


def p90(frames: Frames, span: Period, cell: Callable[[pd.DataFrame], pd.DataFrame]) -> tuple[float | None, int]:
    found = cell(within(frames["complaints"], "received_at", span))
    days = (found["closed_at"] - found["received_at"]).dt.total_seconds() / 86400
    return quantile(days.fillna(np.inf).tolist(), 0.9), len(found)


def due(frames: Frames, span: Period, cell: Callable[[pd.DataFrame], pd.DataFrame]) -> tuple[float | None, int]:
    found = cell(within(frames["orders"], "promised_at", span))
    found = found[found["status"] != "cancelled"]
    return share((found["delivered_at"].dt.normalize() <= found["promised_at"].dt.normalize()).sum(), len(found)), len(
        found
    )


def repurchase(frames: Frames, span: Period, cell: Callable[[pd.DataFrame], pd.DataFrame]) -> tuple[float | None, int]:
    bought = within(frames["orders"], "ordered_at", span).sort_values("ordered_at")
    again = set(cell(bought[bought.duplicated("buyer")])["buyer"])
    buyers = set(cell(bought)["buyer"])
    return share(len(again), len(buyers)), len(buyers)


def retention(frames: Frames, span: Period, cell: Callable[[pd.DataFrame], pd.DataFrame]) -> tuple[float | None, int]:
    all_, begin, end = frames["customers"], pd.Timestamp(span.starts), pd.Timestamp(span.ends)
    there = cell(all_[(all_["customer_since"] < begin) & ~(all_["left_on"] < begin)])
    return share(len(there) - (there["left_on"] <= end).sum(), len(there)), len(there)


def coverage(frames: Frames, span: Period, cell: Callable[[pd.DataFrame], pd.DataFrame]) -> tuple[float | None, int]:
    all_, end = frames["customers"], pd.Timestamp(span.ends)
    there = cell(all_[(all_["customer_since"] <= end) & ~(all_["left_on"] <= end)])
    heard = set(within(frames["survey_responses"], "answered_on", span)["customer_id"])
    return share(there["customer_id"].isin(heard).sum(), len(there)), len(there)


ORACLES = {
    "csat_top_2_box": csat, "nps": nps, "mean_satisfaction": mean, "complaint_rate": rate,
    "complaint_close_days_p90": p90, "on_time_of_orders_due": due, "repurchase_rate": repurchase,
    "retention_rate": retention, "survey_coverage": coverage,
}  # fmt: skip
GROUPS = {"segment": ["retail", "trade", ""], "region": ["north", ""], "channel": ["web", "shop", ""],
          "product": ["A", "B", "C", ""]}  # fmt: skip


@pytest.mark.parametrize("kpi", ORACLES)
def test_every_cell_is_what_pandas_counts(connection: duckdb.DuckDBPyConnection, frames: Frames, kpi: str) -> None:
    found = measured(connection, kpi, SPANS)
    cells = {(c.grain, c.period, c.by, c.group): (c.value, c.n) for c in found.itertuples(index=False)}
    assert len(cells) == len(found), "a cell stands there twice"
    for span in SPANS:
        for by, group in asked(kpi, GROUPS):
            value, n = ORACLES[kpi](frames, span, only(by, group))
            cell = cells.pop((span.grain, span.label, by, group), (np.nan, 0))
            assert cell[1] == n, (span, by, group)
            assert cell[0] == (
                pytest.approx(value, rel=1e-9, abs=1e-9) if value is not None else pytest.approx(np.nan, nan_ok=True)
            ), (span, by, group)
    assert not cells, "cells that no group asked for"


@pytest.mark.parametrize("kpi", definitions.kpis())
def test_the_query_that_a_reader_is_shown_gives_the_same_value(connection: duckdb.DuckDBPyConnection, kpi: str) -> None:
    found = measured(connection, kpi, SPANS)
    sample = found[found["n"] > 0].sample(frac=1, random_state=1).groupby("by").head(3)
    for cell in sample.itertuples(index=False):
        figure = Measurement(
            kpi, cell.unit, cell.grain, cell.period, cell.starts, cell.ends, cell.by, cell.group, None, cell.n
        )
        shown = connection.execute(results.query(figure)).df().iloc[0]
        span = Period(cell.grain, cell.period, cell.starts, cell.ends)
        plain = (
            connection.execute(for_one(definitions.kpis()[kpi], span, cell.by, cell.group).sql("duckdb")).df().iloc[0]
        )
        finite = pd.Series([shown["value"], plain["value"]], dtype=float).replace([np.inf, -np.inf], np.nan)
        assert finite.tolist() == pytest.approx([cell.value] * 2, nan_ok=True)
        assert shown["n"] == plain["n"] == cell.n


def test_every_interval_holds_its_value(together: pd.DataFrame) -> None:
    for kpi in definitions.kpis().values():
        found = together[together["kpi"] == kpi.name]
        assert len(found), kpi.name
        bounded = found.dropna(subset=["low"])
        assert bool(len(bounded)) == (kpi.interval is not None and bool(found["value"].notna().any()))
        if kpi.interval != "nps":  # the adjusted interval of few answers is drawn towards zero
            assert (bounded["low"] <= bounded["value"] + 1e-9).all() and (
                bounded["high"] >= bounded["value"] - 1e-9
            ).all()


def test_all_kpis_together_stand_in_a_fixed_order_and_tell_how_far_they_are(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    told: list[tuple[float, str]] = []
    found = measure(connection, trust(connection), [MARCH], lambda share, words: told.append((share, words.zh)))
    again = measure(connection, trust(connection), [MARCH])
    assert list(found.columns) == COLUMNS
    pd.testing.assert_frame_equal(found, again)
    assert set(found["kpi"]) == set(definitions.kpis())
    assert [share for share, _ in told] == sorted(share for share, _ in told) and told[0][0] == 0


@pytest.mark.parametrize("at_once", [1, 300])
def test_how_many_kpis_are_finished_together_changes_nothing(
    connection: duckdb.DuckDBPyConnection, together: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("pipelines.measure.AT_ONCE", at_once)
    pd.testing.assert_frame_equal(measure(connection, trust(connection), SPANS), together)


def test_a_month_without_records_is_shown_with_the_reason() -> None:
    spans = periods(dt.date(2026, 1, 1), dt.date(2026, 3, 31), set())
    rows: Rows = {
        "survey_responses": [{"satisfaction": 5, "answered_on": d} for d in ["2026-01-05"] * 30 + ["2026-03-30"] * 40]
    }
    with tables(rows) as connection:
        found = measured(connection, "csat_top_2_box", spans)
    months = found[(found["grain"] == "month") & (found["by"] == "")]
    assert months["period"].tolist() == ["2026-01", "2026-02", "2026-03"]
    assert months["n"].tolist() == [30, 0, 40]
    assert months["not_evaluated_en"].fillna("").tolist() == ["", "there are no records in the period", ""]
    assert pd.isna(months["value"].iloc[1]) and pd.isna(months["low"].iloc[1])


def test_nothing_at_all_gives_a_row_for_every_period_and_kpi_and_none_is_evaluated() -> None:
    with tables({}) as connection:
        found = measure(connection, trust(connection), [MARCH])
    assert len(found) == len(definitions.kpis())
    assert found["not_evaluated_en"].str.startswith("nothing is loaded of").all()
    assert (found["n"] == 0).all()


@pytest.mark.parametrize(("count", "silent"), [(29, True), (30, False)])
def test_too_few_records_keep_their_value_and_are_not_evaluated(count: int, silent: bool) -> None:
    with tables({"survey_responses": [{"satisfaction": 5}] * count}) as connection:
        whole = measured(connection, "csat_top_2_box", [MARCH]).iloc[0]
    assert (whole["value"], whole["n"]) == (100, count)
    reason = f"only {count} records; at least 30 are needed"
    assert (whole["not_evaluated_en"] == reason) if silent else pd.isna(whole["not_evaluated_en"])


@pytest.mark.parametrize(("still_open", "value"), [(5, 3.0), (7, None)])
def test_a_time_that_most_complaints_have_not_reached_is_not_evaluated(still_open: int, value: float | None) -> None:
    closed = [{"received_at": "2026-03-05", "closed_at": "2026-03-08"}] * (12 - still_open)
    with tables({"complaints": closed + [{}] * still_open}) as connection:
        whole = measured(connection, "complaint_close_days_median", [MARCH]).iloc[0]
    if value is None:
        assert pd.isna(whole["value"]) and "too many of the 12 records are still open" in whole["not_evaluated_en"]
    else:
        assert whole["value"] == value and pd.isna(whole["not_evaluated_en"])


def test_a_group_without_a_name_stands_beside_the_whole_and_is_not_lost() -> None:
    rows: Rows = {"survey_responses": [{"satisfaction": 5, "channel": c} for c in ("web", None, None)]}
    with tables(rows) as connection:
        found = measured(connection, "csat_top_2_box", [MARCH])
    channels = found[found["by"] == "channel"]
    assert dict(zip(channels["group"], channels["n"], strict=True)) == {"": 2, "web": 1}


def test_a_rate_without_exposure_has_no_value_and_says_that_there_are_no_records() -> None:
    with tables({"complaints": [{}] * 40, "orders": [{"ordered_at": "2026-04-02"}]}) as connection:
        whole = measured(connection, "complaint_rate", [MARCH]).iloc[0]
    assert whole["n"] == 0 and pd.isna(whole["value"])
    assert whole["not_evaluated_en"] == "there are no records in the period"


ELSEWHEN = {"answered_on": "2026-04-01", "satisfaction": 4}
RIVAL = {"competitor": "Rival", "score": 4}
SIDES: list[tuple[str, Rows, str]] = [
    (
        "score_against_competitors",
        {"survey_responses": [{"satisfaction": 4}] * 40, "competitor_scores": [RIVAL | {"measured_on": "2026-04-30"}]},
        "at least one of the two sides",
    ),
    (
        "score_against_competitors",
        {"survey_responses": [ELSEWHEN], "competitor_scores": [RIVAL | {"measure": "satisfaction"}]},
        "at least one of the two sides",
    ),
    (
        "score_against_competitors",
        {"survey_responses": [ELSEWHEN], "competitor_scores": [RIVAL | {"measured_on": "2026-04-30"}]},
        "there are no records in",
    ),
    ("csat_top_2_box", {"survey_responses": [{"satisfaction": None, "ease": 4}, ELSEWHEN]}, "there are no records in"),
]


@pytest.mark.parametrize(("kpi", "rows", "because"), SIDES)
def test_one_side_without_records_is_no_period_without_records(kpi: str, rows: Rows, because: str) -> None:
    with tables(rows) as connection:
        whole = measured(connection, kpi, [MARCH]).iloc[0]
    assert whole["n"] == 0 and because in whole["not_evaluated_en"]
