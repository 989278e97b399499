"""A KPI's query for many periods and groups at once, on rows that can be counted by eye."""

from __future__ import annotations

import datetime as dt

import pytest
from hand_made import MARCH, YEAR, Rows, tables

from audit.source import Source
from pipelines import definitions
from pipelines.measuring.grouping import for_one, grouped, rows_of
from pipelines.measuring.groups import groupings
from pipelines.measuring.periods import Period

KPI = definitions.kpis()["csat_top_2_box"]
APRIL = Period("month", "2026-04", dt.date(2026, 4, 1), dt.date(2026, 4, 30))
ROWS: Rows = {
    "customers": [{"customer_id": "C1", "segment": "retail"}, {"customer_id": "C2", "segment": None}],
    "survey_responses": [
        {"satisfaction": 5, "customer_id": "C1", "channel": "web"},
        {"satisfaction": 1, "customer_id": "C2", "channel": "web"},
        {"satisfaction": 4, "customer_id": None, "channel": None, "answered_on": "2026-04-30"},
        {"satisfaction": None, "customer_id": "C1", "channel": "shop"},
        {"satisfaction": 5, "answered_on": "2025-12-31"},
    ],
}


def cells(
    dimensions: list[str], periods: list[Period], rows: Rows = ROWS
) -> dict[tuple[str, str, str], tuple[float | None, int]]:
    with tables(rows) as connection:
        found = connection.execute(grouped(KPI, dimensions, periods).sql("duckdb"))
        names = [column[0] for column in found.description]
        made = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert len({(c["period"], c["dimension"], c["member"]) for c in made}) == len(made)
    return {(c["period"], c["dimension"], c["member"]): (c["value"], c["n"]) for c in made}


def test_each_period_and_each_group_is_one_cell() -> None:
    assert cells(["segment", "channel"], [MARCH, APRIL, YEAR]) == {
        ("2026-03", "", ""): (50, 2),
        ("2026-03", "segment", "retail"): (100, 1),
        ("2026-03", "segment", ""): (0, 1),
        ("2026-03", "channel", "web"): (50, 2),
        ("2026-03", "channel", "shop"): (None, 0),
        ("2026-04", "", ""): (100, 1),
        ("2026-04", "segment", ""): (100, 1),
        ("2026-04", "channel", ""): (100, 1),
        ("2026", "", ""): (100 * 2 / 3, 3),
        ("2026", "segment", "retail"): (100, 1),
        ("2026", "segment", ""): (50, 2),
        ("2026", "channel", "web"): (50, 2),
        ("2026", "channel", "shop"): (None, 0),
        ("2026", "channel", ""): (100, 1),
    }


def test_without_dimensions_there_is_only_the_whole() -> None:
    assert cells([], [MARCH]) == {("2026-03", "", ""): (50, 2)}


def test_without_rows_there_is_no_cell() -> None:
    assert cells(["segment"], [MARCH], {}) == {}


@pytest.mark.parametrize(
    ("rows_kept", "since", "until", "belongs"),
    [
        ("dated in the period", "2026-03-01", None, True),
        ("dated in the period", "2026-03-31", None, True),
        ("dated in the period", "2026-02-28", None, False),
        ("dated in the period", "2026-04-01", None, False),
        ("dated in the period", None, None, False),
        ("standing at its start", "2026-02-28", None, True),
        ("standing at its start", "2026-03-01", None, False),  # came on the first day: was not there before
        ("standing at its start", "2020-01-01", "2026-03-01", True),  # leaves on the first day: was there
        ("standing at its start", "2020-01-01", "2026-02-28", False),
        ("standing at its start", None, None, False),
        ("dated up to its end", "2020-01-01", None, True),
        ("dated up to its end", "2026-03-31", None, True),
        ("dated up to its end", "2026-04-01", None, False),
        ("dated up to its end", None, None, False),
    ],
)
def test_which_rows_belong_to_a_period(rows_kept: str, since: str | None, until: str | None, belongs: bool) -> None:
    kpi = definitions.kpis()["retention_rate"].model_copy(update={"rows": rows_kept})
    with tables({"customers": [{"customer_since": since, "left_on": until}]}) as connection:
        assert len(connection.execute(rows_of(kpi, MARCH).sql("duckdb")).fetchall()) == belongs


def test_a_filter_of_the_kpi_stays_beside_the_filter_of_the_group() -> None:
    kpi = definitions.kpis()["on_time_of_orders_due"]
    rows: Rows = {"orders": [
        {"promised_at": "2026-03-10", "channel": "web"},
        {"promised_at": "2026-03-10", "channel": "web", "status": "cancelled"},
        {"promised_at": "2026-03-10", "channel": "shop"},
    ]}  # fmt: skip
    with tables(rows) as connection:
        counted = connection.execute(for_one(kpi, MARCH, "channel", "web").sql("duckdb")).fetchall()
        behind = connection.execute(rows_of(kpi, MARCH, "channel", "web").sql("duckdb")).fetchall()
    assert counted == [(0.0, 1)] and len(behind) == 1


@pytest.mark.parametrize("group", ["'; drop table orders; --", "O'Neill", '"', "100 %", "{}", "中文", "\\"])
def test_a_name_is_never_taken_for_sql(group: str) -> None:
    kpi = definitions.kpis()["on_time_of_orders_due"]
    rows: Rows = {"orders": [{"promised_at": "2026-03-10", "channel": group}, {"promised_at": "2026-03-10"}]}
    with tables(rows) as connection:
        for query in (for_one, rows_of):
            pretty = query(kpi, MARCH, "channel", group).sql("duckdb", pretty=True)
            assert len(connection.execute(pretty).fetchall()) == 1
        assert connection.execute(for_one(kpi, MARCH, "channel", group).sql("duckdb")).fetchall() == [(0.0, 1)]
        assert connection.execute("select count(*) from orders").fetchall() == [(2,)]


def test_making_a_query_leaves_the_kpi_as_it_was() -> None:
    before = KPI.model_dump_json()
    assert grouped(KPI, ["segment"], [MARCH]).sql("duckdb") == grouped(KPI, ["segment"], [MARCH]).sql("duckdb")
    assert KPI.model_dump_json() == before


PAIR = "segment × channel"
PLACES = [
    ("north", "web"), ("north", None), (None, "web"), (None, None), ("×", "web"), ("a × b", "c"), ("a", "b × c"),
    ("a ×", "× c"), ("O'Neill", '"'), ("a ×× b", "c"), ("", "'; drop table orders; --"),
]  # fmt: skip


def of_places() -> Rows:
    """As many answers as the place has in its number, so that no two groups have the same count."""
    answers = [
        {"satisfaction": 5, "customer_id": f"C{at}", "channel": channel}
        for at, (_, channel) in enumerate(PLACES)
        for _ in range(2**at)
    ]
    customers = [{"customer_id": f"C{at}", "segment": segment} for at, (segment, _) in enumerate(PLACES)]
    return {"customers": customers, "survey_responses": answers}


def named(segment: str | None, channel: str | None) -> str:
    return f"{(segment or '').replace('×', '××')} × {(channel or '').replace('×', '××')}"


def test_a_pair_has_a_group_for_each_two_names_and_no_two_of_them_share_one() -> None:
    found = cells([PAIR], [MARCH], of_places())
    assert {group: n for (_, by, group), (_, n) in found.items() if by} == {
        named(*place): 2**at for at, place in enumerate(PLACES)
    }
    assert {by for _, by, _ in found} == {"", PAIR}


def test_the_query_and_the_rows_of_a_pair_are_those_of_its_group_alone() -> None:
    with tables(of_places()) as connection:
        for at, place in enumerate(PLACES):
            group = named(*place)
            counted = connection.execute(for_one(KPI, MARCH, PAIR, group).sql("duckdb", pretty=True)).fetchall()
            behind = connection.execute(rows_of(KPI, MARCH, PAIR, group).sql("duckdb")).fetchall()
            assert counted == [(100.0, 2**at)] and len(behind) == 2**at, place


@pytest.mark.parametrize(
    ("kpi", "expected"),
    [
        ("nps", ["product × channel", "segment × region"]),
        ("complaint_rate", ["segment × region"]),  # it has no channels
        ("retention_rate", ["segment × region"]),
        ("employee_satisfaction", []),
        ("market_share", []),
    ],
)
def test_a_kpi_has_the_pairs_of_its_dimensions_that_a_contract_declares(kpi: str, expected: list[str]) -> None:
    own = definitions.kpis()[kpi]
    assert list(groupings(own)) == [*own.by, *expected]


@pytest.mark.parametrize("pairs", [[["region", "region"]], [["a", "b"], ["b", "a"]], [["a"]], [["a", "b", "c"]]])
def test_a_pair_is_of_two_and_stands_there_once(pairs: list[list[str]]) -> None:
    contract = definitions.sources()["customers"].model_dump()
    with pytest.raises(ValueError, match="pair"):
        Source.model_validate(contract | {"pairs": pairs, "tolerance": "5 %"})
