"""The fast way to all cells gives what each KPI's own query gives, on rows of every awkward kind."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hand_made import Rows, tables
from hypothesis import given, settings
from hypothesis import strategies as some

from audit.measurement import Kpi
from pipelines import definitions
from pipelines.measuring import distinct, one_pass
from pipelines.measuring.aggregates import taken
from pipelines.measuring.cells import cells
from pipelines.measuring.grouping import grouped
from pipelines.measuring.groups import groupings
from pipelines.measuring.passes import passes
from pipelines.measuring.periods import Period, periods
from pipelines.measuring.slices import Slices, Unsliceable

day = dt.date.fromisoformat
# the whole calendar, cut within months, of a day only, across a leap day, and a fiscal year that begins in April
SPANS = [
    periods(day("2026-01-01"), day("2026-04-30"), set()),
    periods(day("2026-01-10"), day("2026-04-15"), {2}),
    periods(day("2026-03-31"), day("2026-03-31"), {1}),
    periods(day("2024-02-29"), day("2026-03-01"), {24}, fiscal_year_begins=4),
]
TIMES = ["00:00:00", "00:00:00.000001", "12:30:00", "23:59:59.999999"]


def kpi(query: str, source: str = "lines_due", dated_by: str = "due_on", **changes: Any) -> Kpi:
    former = definitions.kpis()["delivered_in_full"]
    by = tuple(changes.pop("by", ("segment", "region", "product")))
    query = f"select {query} from {source}" if " from " not in query else query
    usual = {"name": "made", "source": source, "dated_by": dated_by, "by": by, "interval": None, "query": query}
    return former.model_copy(update=usual | changes)


MADE = {
    "sums and means of whole numbers": kpi(
        "avg(satisfaction) as value, count(*) as n, sum(satisfaction) as total", "answers", "answered_on"
    ),
    "sums of fractions": kpi("sum(quantity_ordered) / count(*) as value, count(quantity_ordered) as n"),
    "means of fractions": kpi("avg(quantity_ordered * 0.1) as value, count(*) as n"),
    "sums of exact decimals": kpi(
        "cast(sum(cast(quantity_ordered as decimal(28, 4))) as double) as value, count(*) as n"
    ),
    "the least and the largest": kpi(
        "max(quantity_ordered) - min(quantity_ordered) as value, count(*) as n, min(quantity_ordered) as least"
    ),
    "nothing passes the filter": kpi("count(*) filter (where false) as value, count(*) as n"),
    "a condition that is neither true nor false": kpi(
        "select count(*) as value, count(*) filter (where not quantity_ordered > 2) as n from lines_due "
        "where quantity_delivered <> 3"
    ),
    "either of two conditions": kpi(
        "select count(*) filter (where status = 'open' or quantity_ordered > 2 and delivered_on is null) as value, "
        "count(*) as n from lines_due where status is null or status <> 'cancelled'"
    ),
    "the spread, which does not add up": kpi("stddev_samp(quantity_ordered) as value, count(*) as n"),
    "a percentile of some rows": kpi(
        "percentile_cont(0.9) within group (order by quantity_ordered) filter (where status = 'open') as value, "
        "count(*) filter (where status = 'open') as n"
    ),
    "a percentile of rows that depend on the period": kpi(
        "percentile_cont(0.5) within group (order by quantity_ordered) filter (where delivered_on <= period_end) "
        "as value, count(*) as n"
    ),
    "different values beside a sum": kpi(
        "count(distinct order_id) as value, count(*) as n, count(distinct status) as ways, sum(quantity_ordered) as sum"
    ),
    "different values of some rows": kpi(
        "count(distinct order_id) filter (where status = 'open' and delivered_on > period_end) as value, "
        "count(distinct order_id) filter (where quantity_ordered > 2) as n"
    ),
    "how long the period is": kpi("date_diff('day', max(period_start), max(period_end)) as value, count(*) as n"),
}
COMPARISONS = [
    f"{left} {how} {right}"
    for how in ("<", "<=", ">", ">=")
    for left, right in [
        ("delivered_on", "period_start"), ("delivered_on", "period_end"), ("period_end", "delivered_on"),
        ("cast(delivered_on as date)", "period_start"),
    ]
]  # fmt: skip
COMPARISONS += [
    "delivered_on between period_start and period_end",
    "delivered_on not between period_start and period_end",
    "not (delivered_on <= period_end)",
    "delivered_on is null or delivered_on > period_end",
    "(delivered_on is not null and (delivered_on < period_start or first_due_on > period_end))",
]
MADE |= {text: kpi(f"count(*) filter (where {text}) as value, count(*) as n") for text in COMPARISONS}
MADE |= {
    f"rows {rows}": kpi(
        "count(*) as value, count(distinct order_id) as n",
        rows=rows,
        until="delivered_on" if rows.startswith("standing") else None,
    )
    for rows in ("standing at its start", "dated up to its end")
}
UNSLICEABLE = {
    "how long until the end": kpi("avg(date_diff('day', due_on, period_end)) as value, count(*) as n"),
    "longer than a month": kpi(
        "count(*) filter (where date_diff('day', due_on, period_end) > 30) as value, count(*) as n"
    ),
    "a time of day against the end": kpi(
        "count(*) filter (where delivered_at <= period_end) as value, count(*) as n", "purchases", "ordered_at"
    ),
    "a time of day after the start": kpi(
        "count(*) filter (where delivered_at > period_start) as value, count(*) as n", "purchases", "ordered_at"
    ),
    "the very day": kpi("count(*) filter (where due_on = period_end) as value, count(*) as n"),
    "what has no date": kpi("count(*) filter (where due_on < period_end or status is null) as value, count(*) as n"),
}


def made_rows(seed: int, count: int = 60) -> Rows:
    dice = random.Random(seed)
    edges = (-700, -300, -1, 0, 8, 9, 30, 31, 58, 59, 60, 89, 90, 104, 105, 119, 120, 200)
    days = [day("2026-01-01") + dt.timedelta(days=n) for n in edges]

    def maybe(value: Any) -> Any:
        return None if dice.random() < 0.15 else value

    def moment() -> str:
        return f"{dice.choice(days)} {dice.choice(TIMES)}"

    def place() -> dict[str, Any]:
        return {"customer_id": maybe(f"C{dice.randrange(6)}"), "product": maybe(dice.choice(["A", "B × C", "'"]))}

    customers = [
        {"customer_id": f"C{at}", "segment": maybe(dice.choice(["x", "x × y", "×"])),
         "region": maybe(dice.choice(["y", "y × z"])), "customer_since": maybe(dice.choice(days)),
         "left_on": maybe(dice.choice(days))}
        for at in range(5)
    ]  # fmt: skip
    return {
        "customers": customers,
        "deliveries": [
            {"order_id": f"O{dice.randrange(12)}", "promised_at": moment(), "delivered_at": maybe(moment()),
             "first_promised_at": maybe(moment()), "quantity_ordered": maybe(dice.choice([0.1, 0.2, 0.3, 1e15, 3, -2])),
             "quantity_delivered": maybe(dice.choice([3, 4])),
             "status": maybe(dice.choice(["open", "delivered", "cancelled"]))} | place()
            for _ in range(count)
        ],
        "orders": [
            {"ordered_at": moment(), "delivered_at": maybe(moment())} | place() | {"customer_id": "C1"}
            for _ in range(count)
        ],
        "survey_responses": [
            {"answered_on": dice.choice(days), "satisfaction": maybe(dice.randint(1, 5))} | place()
            for _ in range(count)
        ],
    }  # fmt: skip


def fast(connection: duckdb.DuckDBPyConnection, one: Kpi, spans: list[Period]) -> pd.DataFrame:
    ((_, found),) = cells(connection, [one], spans)
    return found


def plain(connection: duckdb.DuckDBPyConnection, one: Kpi, spans: list[Period]) -> pd.DataFrame:
    found: pd.DataFrame = connection.execute(grouped(one, groupings(one), spans).sql("duckdb")).df()
    return found.rename(columns={"dimension": "by", "member": "group"})


def same(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    keys = ["grain", "period", "by", "group"]
    assert not found.duplicated(keys).any()
    found, wanted = (frame.sort_values(keys, ignore_index=True) for frame in (found, wanted))
    pd.testing.assert_frame_equal(found[keys], wanted[keys], check_dtype=False)
    for column in set(found.columns) - set(keys):
        left, right = (frame[column].astype(float).to_numpy() for frame in (found, wanted))
        # fractions that cancel each other out leave the last bit of one of them
        np.testing.assert_allclose(left, right, rtol=1e-12, atol=1e-15, err_msg=column)


@settings(max_examples=3, deadline=None)
@given(some.integers(0, 10**9), some.sampled_from(SPANS))
@pytest.mark.parametrize("name", MADE)
def test_all_cells_at_once_are_those_of_the_query(name: str, seed: int, spans: list[Period]) -> None:
    with tables(made_rows(seed)) as connection:
        same(fast(connection, MADE[name], spans), plain(connection, MADE[name], spans))


@settings(max_examples=3, deadline=None)
@given(some.integers(0, 10**9), some.sampled_from(SPANS))
def test_all_kpis_of_the_house_together_give_what_each_gives_alone(seed: int, spans: list[Period]) -> None:
    every = list(definitions.kpis().values())
    with tables(made_rows(seed)) as connection:
        found = {one.name: frame for one, frame in cells(connection, every, spans)}
        assert found.keys() == definitions.kpis().keys()
        for one in every:
            same(found[one.name], plain(connection, one, spans))


@pytest.mark.parametrize("most", [1, 7, 59])
@pytest.mark.parametrize("name", ["different values beside a sum", "a percentile of some rows"])
def test_what_is_found_in_parts_is_what_is_found_at_once(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distinct, "ROWS_AT_ONCE", most)
    monkeypatch.setattr(one_pass, "VALUES_AT_ONCE", 60 * most)
    with tables(made_rows(most)) as connection:
        same(fast(connection, MADE[name], SPANS[0]), plain(connection, MADE[name], SPANS[0]))


@pytest.mark.parametrize("name", MADE)
def test_what_follows_from_slices_is_found_by_slices(name: str) -> None:
    with tables({}) as connection:
        assert taken(MADE[name], types_of(connection, MADE[name].source)).kpi is MADE[name]


@pytest.mark.parametrize("name", UNSLICEABLE)
def test_what_does_not_follow_from_slices_is_left_to_its_own_query(name: str) -> None:
    one = UNSLICEABLE[name]
    with tables(made_rows(1)) as connection:
        with pytest.raises(Unsliceable):
            taken(one, types_of(connection, one.source))
        same(fast(connection, one, SPANS[1]), plain(connection, one, SPANS[1]))


def types_of(connection: duckdb.DuckDBPyConnection, source: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in connection.execute(f"describe {source}").fetchall()}


def test_fractions_add_up_to_the_same_last_digit_whatever_the_order_of_rows_and_the_number_of_threads() -> None:
    one = kpi("sum(quantity_ordered) as value, count(*) as n, avg(quantity_ordered) as mean")
    rows: list[dict[str, Any]] = [{"quantity_ordered": 10.0 ** (n % 17) / 3, "order_id": f"O{n}"} for n in range(400)]
    found = []
    for seed in range(4):
        random.Random(seed).shuffle(rows)
        with tables({"deliveries": rows}) as connection:
            found.append(fast(connection, one, SPANS[0])[["value", "mean"]].to_numpy().tobytes())
    assert len(set(found)) == 1


def test_a_kpi_reads_a_fact_once_for_every_row_that_it_needs() -> None:
    with tables({}) as connection:
        types = types_of(connection, "answers")
        own = [taken(one, types) for one in definitions.kpis().values() if one.source == "answers"]
        made = passes(own, Slices.of(SPANS[0]), types)
    assert len(own) > 3 and len(made) == 1
