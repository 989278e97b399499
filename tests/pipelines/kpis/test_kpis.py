"""Each KPI file: a few rows in, one number out. The numbers are worked out by hand beside the rows."""

from __future__ import annotations

from typing import Any

import kpi_cases_business
import kpi_cases_commitments
import kpi_cases_complaints
import kpi_cases_flow
import kpi_cases_orders
import kpi_cases_perception
import kpi_cases_questions
import numpy as np
import pytest
from hand_made import MARCH, YEAR, Case, Rows, figure, tables

from pipelines import definitions
from pipelines.measuring.grouping import for_one, rows_of
from pipelines.measuring.periods import Period


def answers(question: str, *scores: int | None) -> Rows:
    return {"survey_responses": [{question: score} for score in scores]}


def complaints(*rows: dict[str, Any]) -> Rows:
    return {"complaints": list(rows)}


def orders(*rows: dict[str, Any]) -> Rows:
    return {"orders": list(rows)}


def closed_after(*days: int | None, column: str = "closed_at") -> Rows:
    """Complaints of 5 March, each closed so many days later; None is still open."""
    return complaints(*({column: None if d is None else f"2026-03-{5 + d:02}"} for d in days))


ACKNOWLEDGED = "acknowledged_at"
DELIVERED = [
    {"promised_at": "2026-03-10", "delivered_at": "2026-03-10 00:00:00"},  # at the very moment
    {"promised_at": "2026-03-10", "delivered_at": "2026-03-10 15:30:00"},  # that day, after its midnight
    {"promised_at": "2026-03-10 18:00:00", "delivered_at": "2026-03-10 15:30:00"},
    {"promised_at": "2026-03-10", "delivered_at": "2026-03-11 09:00:00"},  # late
    {"promised_at": None, "delivered_at": "2026-03-11 09:00:00"},  # nothing was promised: not counted
    {"promised_at": "2026-03-12", "delivered_at": "2026-03-12", "status": "cancelled"},  # cancelled: not counted
    {"promised_at": "2026-03-20", "delivered_at": None, "status": "open"},  # due and not delivered
    {"promised_at": "2026-03-20", "delivered_at": "2026-04-02"},  # delivered in April, too late
]
CUSTOMERS = [
    {"customer_id": "C1"},
    {"customer_id": "C2"},
    {"customer_id": "C3", "left_on": "2026-03-20"},  # left within March
    {"customer_id": "C4", "left_on": "2026-04-01"},  # left after it
    {"customer_id": "C5", "left_on": "2026-02-28"},  # had left before
    {"customer_id": "C6", "customer_since": "2026-03-02"},  # came within March
]

CASES: list[Case] = [
    # 5 of 7 answers are 4 or 5; the two blanks are no answers
    ("csat_top_2_box", answers("satisfaction", 5, 4, 4, 3, 1, 5, 4, None, None), 100 * 5 / 7, 7),
    ("csat_top_2_box", answers("satisfaction", 3, 3, 2), 0, 3),
    ("csat_top_2_box", answers("satisfaction", None, None), None, 0),
    ("mean_satisfaction", answers("satisfaction", 5, 4, 3, 3, None), 3.75, 4),
    ("ces", answers("ease", 7, 6, 2, None), 5.0, 3),
    # 3 promoters, 2 passives, 3 detractors (0 is the lowest score and no blank)
    ("nps", answers("recommend", 9, 10, 10, 8, 7, 6, 0, 5, None), 0, 8),
    ("nps", answers("recommend", 0, 0, 0, 10), -50, 4),
    ("nps", answers("recommend", 6, 7, 8, 9), 0, 4),
    ("nps", answers("recommend", 9, 10), 100, 2),
    # answered are I1 (twice, once counted) and I3; I9 was not sent
    (
        "survey_response_rate",
        {
            "survey_invitations": [{"invitation_id": f"I{i}"} for i in range(1, 6)],
            "survey_responses": [{"invitation_id": i} for i in ("I1", "I1", "I3", None, "I9")],
        },
        40, 5,
    ),
    # sent in February: not of this period, though answered in it
    (
        "survey_response_rate",
        {
            "survey_invitations": [{"invitation_id": "I1", "invited_on": "2026-02-28"}, {"invitation_id": "I2"}],
            "survey_responses": [{"invitation_id": "I1"}],
        },
        0, 1,
    ),
    # the newest is of 21 March, ten days before its end; April's is not known yet
    (
        "days_since_last_survey",
        {"survey_responses": [{"answered_on": d} for d in ("2025-01-01", "2026-03-21", "2026-03-02", "2026-04-01")]},
        10, 3,
    ),
    ("days_since_last_survey", {"survey_responses": [{"answered_on": "2025-03-31"}]}, 365, 1),
    # present at the end are C1, C2, C4, C6; of these C1 answered (twice); C3 has left, C2 answered in February
    (
        "survey_coverage",
        {
            "customers": CUSTOMERS,
            "survey_responses": [
                {"customer_id": "C1"}, {"customer_id": "C1"}, {"customer_id": "C3"}, {"customer_id": "nobody"},
                {"customer_id": "C2", "answered_on": "2026-02-28"},
            ],
        },
        25, 4,
    ),
    # of whom nobody knows since when he is one is in neither number
    (
        "survey_coverage",
        {
            "customers": [{"customer_id": "C1"}, *({"customer_id": f"D{i}", "customer_since": None} for i in range(3))],
            "survey_responses": [{"customer_id": "C1"}, *({"customer_id": f"D{i}"} for i in range(3))],
        },
        100, 1,
    ),
    ("survey_coverage", {"customers": CUSTOMERS}, 0, 4),
    # three complaints on five orders, a cancelled one was placed as well
    (
        "complaint_rate",
        complaints({}, {}, {"received_at": "2026-03-31 23:59:59"}, {"received_at": "2026-04-01"})
        | orders({}, {}, {}, {"status": "cancelled"}, {"ordered_at": "2026-03-01"}, {"ordered_at": "2026-02-28"}),
        600, 5,
    ),
    ("complaint_rate", orders({}, {}), 0, 2),
    ("complaint_rate", complaints({}), None, 0),
    ("complaint_close_days_median", closed_after(1, 2, 9), 2, 3),
    ("complaint_close_days_median", closed_after(1, 2, 4, 9), 3, 4),
    ("complaint_close_days_median", closed_after(1, 2, 9, None, None), 9, 5),
    ("complaint_close_days_median", complaints({"closed_at": "2026-03-05 06:00:00"}), 0.25, 1),
    # eleven: the tenth, at rank 1 + 0.9 * 10
    ("complaint_close_days_p90", closed_after(*range(11)), 9, 11),
    ("complaint_close_days_p90", closed_after(*range(10), None), 9, 11),
    # six: between the fifth and the sixth, at rank 1 + 0.9 * 5 = 5.5
    ("complaint_close_days_p90", closed_after(0, 1, 2, 3, 4, 6), 5, 6),
    ("complaint_acknowledge_days_median", closed_after(0, 2, 6, column=ACKNOWLEDGED), 2, 3),
    ("complaint_acknowledge_days_median", closed_after(0, 2, None, column=ACKNOWLEDGED), 2, 3),
    ("complaint_acknowledge_days_p90", closed_after(*range(11), column=ACKNOWLEDGED), 9, 11),
    # due in March: closed on the day, before, a day late, still open; due in April and never: not counted
    (
        "complaints_closed_in_time",
        complaints(
            {"due_on": "2026-03-10", "closed_at": "2026-03-10 23:00:00"},
            {"due_on": "2026-03-10", "closed_at": "2026-03-06", "received_at": "2026-02-20"},
            {"due_on": "2026-03-10", "closed_at": "2026-03-11 00:00:00"},
            {"due_on": "2026-03-10"},
            {"due_on": "2026-04-10"},
            {"due_on": None, "closed_at": "2026-03-10"},
        ),
        50, 4,
    ),
    # open after its day: due on the 10th and never closed, closed in April, of last year
    (
        "overdue_open_complaints",
        complaints(
            {"due_on": "2026-03-10"},
            {"due_on": "2026-03-10", "closed_at": "2026-04-01"},
            {"due_on": "2025-02-01", "received_at": "2025-01-15"},
            {"due_on": "2026-03-10", "closed_at": "2026-03-31 10:00:00"},  # closed late, but not open
            {"due_on": "2026-03-31"},  # its day is not over
            {"due_on": None},
            {"due_on": "2026-04-02", "received_at": "2026-04-01"},  # came later
        ),
        3, 6,
    ),
    ("overdue_open_complaints", closed_after(1, 2), 0, 2),
    # of four closed in March three have a cause; the open one and the one closed in April do not count
    (
        "complaints_with_cause",
        complaints(
            *({"closed_at": "2026-03-20", "cause": cause} for cause in ("a", "b", "c", None)),
            {"cause": "d"}, {"closed_at": "2026-04-01"},
        ),
        75, 4,
    ),
    (
        "complaints_with_correction",
        complaints(*({"closed_at": "2026-03-20", "correction": done} for done in ("a", None)), {"correction": "b"}),
        50, 2,
    ),
    # three of four by day (the one at midnight, the one that afternoon, the one before 18:00)
    ("on_time_delivery_by_day", orders(*DELIVERED), 75, 4),
    # the one that afternoon came after the midnight that was promised
    ("on_time_delivery_by_timestamp", orders(*DELIVERED), 50, 4),
    # due in March are six: three in time, one late, one not delivered, one delivered in April
    ("on_time_of_orders_due", orders(*DELIVERED), 50, 6),
    ("on_time_of_orders_due", orders({"promised_at": "2026-03-31", "delivered_at": None}), 0, 1),
    # C1 complained of "late" again 180 days after the closing, C2 after 181, C3 of something else,
    # C4 while the former was open, C5 on the day of the closing; three are without customer or category
    (
        "repeat_complaints",
        complaints(
            {"customer_id": "C1", "category": "late", "received_at": "2025-08-01", "closed_at": "2025-09-06 23:00:00"},
            {"customer_id": "C1", "category": "late", "received_at": "2026-03-05 01:00:00"},
            {"customer_id": "C2", "category": "late", "received_at": "2025-08-01", "closed_at": "2025-09-05"},
            {"customer_id": "C2", "category": "late"},
            {"customer_id": "C3", "category": "late", "received_at": "2026-02-01", "closed_at": "2026-02-02"},
            {"customer_id": "C3", "category": "broken"},
            {"customer_id": "C4", "category": "late", "received_at": "2026-02-01"},
            {"customer_id": "C4", "category": "late"},
            {"customer_id": "C5", "category": "late", "received_at": "2026-02-01", "closed_at": "2026-03-05 09:00:00"},
            {"customer_id": "C5", "category": "late", "received_at": "2026-03-05 12:00:00"},
            {"customer_id": None, "category": "late"},
            {"customer_id": "C6", "category": None},
        ),
        40, 5,
    ),
    # of one customer: closed, open since, and again
    (
        "repeat_complaints",
        complaints(
            {"category": "late", "received_at": "2026-01-05", "closed_at": "2026-01-20"},
            {"category": "late", "received_at": "2026-02-05"},
            {"category": "late"},
        ),
        100, 1,
    ),
    # the newest closing lies after the receipt, an older one before it; and one that came in between counts itself
    (
        "repeat_complaints",
        complaints(
            {"category": "late", "received_at": "2026-01-05", "closed_at": "2026-01-20"},
            {"category": "late", "received_at": "2026-03-01", "closed_at": "2026-03-28"},
            {"category": "late", "received_at": "2026-03-10"},
            {"category": "late", "received_at": "2026-03-12", "closed_at": "2026-03-11"},
        ),
        100, 3,
    ),
    # its own closing at the moment of its receipt, or by mistake before it, is no earlier complaint; nor is one
    # that was closed later on the day of the receipt
    (
        "repeat_complaints",
        complaints(
            {"customer_id": "C1", "category": "late", "received_at": "2026-03-05", "closed_at": "2026-03-05"},
            {"customer_id": "C2", "category": "late", "received_at": "2026-03-05", "closed_at": "2026-03-04"},
            {"customer_id": "C3", "category": "late", "received_at": "2026-02-01", "closed_at": "2026-03-05 15:00:00"},
            {"customer_id": "C3", "category": "late", "received_at": "2026-03-05 09:00:00"},
        ),
        0, 3,
    ),
    # days without hours: closed on the day on which the next one came
    (
        "repeat_complaints",
        complaints(
            {"category": "late", "received_at": "2026-02-01", "closed_at": "2026-03-05"}, {"category": "late"},
        ),
        100, 1,
    ),
    # C1 bought twice in March, C2 once in February and once in March, C3 once; A1 and A2 are both P
    (
        "repurchase_rate",
        {
            "customers": [{"customer_id": a, "parent_id": "P"} for a in ("A1", "A2")],
            "orders": [
                {"customer_id": "C1"}, {"customer_id": "C1", "ordered_at": "2026-03-20"},
                {"customer_id": "C2", "ordered_at": "2026-02-27"}, {"customer_id": "C2"},
                {"customer_id": "C3"},
                {"customer_id": "A1"}, {"customer_id": "A2"},
            ],
        },
        50, 4,
    ),
    # there at the start are C1 to C4; C3 is gone at the end, C4 not yet; C6 came later
    ("retention_rate", {"customers": CUSTOMERS}, 75, 4),
    ("retention_rate", {"customers": [{"customer_id": "C1", "left_on": "2026-03-31"}]}, 0, 1),
    *kpi_cases_business.CASES,
    *kpi_cases_commitments.CASES,
    *kpi_cases_complaints.CASES,
    *kpi_cases_flow.CASES,
    *kpi_cases_orders.CASES,
    *kpi_cases_perception.CASES,
    *kpi_cases_questions.CASES,
]  # fmt: skip
COUNTS = (
    "overdue_open_complaints", "overdue_actions", "perception_sources", "compliments", "complaints_received",
    "complaints_closed", "open_complaints", "complaints_open_over_30_days",
)  # fmt: skip
"""Of nothing there are none; that nothing is known is said by n."""


@pytest.mark.parametrize(("kpi", "rows", "value", "n"), CASES, ids=[f"{c[0]}-{at}" for at, c in enumerate(CASES)])
def test_a_few_rows_give_the_number_worked_out_by_hand(kpi: str, rows: Rows, value: float | None, n: int) -> None:
    found, counted = figure(kpi, rows)
    assert counted == n
    assert found == (None if value is None else pytest.approx(value))


def test_every_kpi_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(definitions.kpis())


@pytest.mark.parametrize("kpi", definitions.kpis())
def test_no_rows_give_no_value_and_no_error(kpi: str) -> None:
    found, n = figure(kpi, {})
    assert n == 0
    assert found == (0 if kpi in COUNTS else None)


@pytest.mark.parametrize("quantile", ["median", "p90"])
@pytest.mark.parametrize("step", ["close", "acknowledge"])
def test_leaving_a_complaint_open_never_makes_a_time_shorter(step: str, quantile: str) -> None:
    column = {"close": "closed_at", "acknowledge": ACKNOWLEDGED}[step]
    kpi = f"complaint_{step}_days_{quantile}"
    days: list[int | None] = [1, 2, 3, 5, 8, 13, 20]
    former, _ = figure(kpi, closed_after(*days, column=column))
    for at in range(len(days)):
        left = [*days[:at], None, *days[at + 1 :]]
        found, n = figure(kpi, closed_after(*left, column=column))
        assert n == 7 and found is not None and former is not None
        assert not found < former  # infinity and "no number" are no improvement either


def test_a_segment_that_nobody_asked_has_a_coverage_of_zero() -> None:
    rows: Rows = {
        "customers": [{"customer_id": f"C{i}", "segment": "retail" if i < 3 else "trade"} for i in range(5)],
        "survey_responses": [{"customer_id": "C0"}],
    }
    assert figure("survey_coverage", rows, by="segment", group="retail") == (pytest.approx(100 / 3), 3)
    assert figure("survey_coverage", rows, by="segment", group="trade") == (0, 2)


def test_a_customer_who_bought_in_two_segments_bought_again_in_each_that_saw_the_later_order() -> None:
    rows: Rows = {"orders": [
        {"customer_id": "C1", "channel": "shop"}, {"customer_id": "C1", "channel": "web", "ordered_at": "2026-03-09"},
    ]}  # fmt: skip
    assert figure("repurchase_rate", rows, by="channel", group="web") == (100, 1)
    assert figure("repurchase_rate", rows, by="channel", group="shop") == (0, 1)


def test_a_group_without_a_name_is_found_under_the_empty_text() -> None:
    rows: Rows = {"survey_responses": [{"satisfaction": 5}, {"satisfaction": 1, "channel": "web"}]}
    assert figure("csat_top_2_box", rows, by="channel", group="") == (100, 1)


def test_a_name_with_an_apostrophe_is_a_name() -> None:
    rows: Rows = {"survey_responses": [{"satisfaction": 5, "product": "O'Neill's"}, {"satisfaction": 1}]}
    assert figure("csat_top_2_box", rows, by="product", group="O'Neill's") == (100, 1)


@pytest.mark.parametrize("kpi", definitions.kpis())
def test_the_rows_behind_a_figure_carry_their_load_and_line(kpi: str) -> None:
    rows: Rows = {}
    for source, written in (pair for case in CASES if case[0] == kpi for pair in case[1].items()):
        rows.setdefault(source, []).extend(written)
    with tables(rows) as connection:
        found = connection.execute(rows_of(definitions.kpis()[kpi], MARCH).sql("duckdb")).df()
    assert len(found) and not {"grain", "period", "period_start"} & set(found.columns)
    assert set(found["_load"]) <= set(rows) and (found["_line"] >= 2).all()


def test_the_rows_behind_a_share_over_all_rows_are_as_many_as_n() -> None:
    with tables(orders(*DELIVERED)) as connection:
        kpi = definitions.kpis()["on_time_of_orders_due"]
        behind = connection.execute(rows_of(kpi, MARCH).sql("duckdb")).df()
        counted = connection.execute(for_one(kpi, MARCH).sql("duckdb")).df()
    assert len(behind) == counted["n"][0] == 6


def test_the_whole_last_day_belongs_to_the_period() -> None:
    last = Period("month", "2026-02", MARCH.starts.replace(month=2), MARCH.starts.replace(month=2, day=28))
    rows = orders({"ordered_at": "2026-02-28 23:59:59.999"}, {"ordered_at": "2026-03-01 00:00:00"})
    assert figure("complaint_rate", rows, last)[1] == 1


def test_two_working_days_are_those_of_a_calendar() -> None:
    """Every day of two years, a leap year among them, against numpy's business days; weekends count from the Friday."""
    days = np.arange("2027-06-01", "2029-06-01", dtype="datetime64[D]")
    last = np.busday_offset(days, 2, roll="backward")
    rows: Rows = {"complaints": [{"received_at": f"{day} 17:30:00", "complaint_id": str(day)} for day in days]}
    with tables(rows) as connection:
        found = connection.execute("select acknowledge_by from cases order by received_at").fetchnumpy()
    assert found["acknowledge_by"].astype("datetime64[D]").tolist() == last.tolist()


def test_months_without_complaints_are_those_within_the_period() -> None:
    months = ("2025-12-31", "2026-01-01", "2026-01-31 23:59:00", "2026-05-10", "2026-12-31 08:00:00", "2027-02-01")
    assert figure("months_without_complaints", {"complaints": [{"received_at": m} for m in months]}, YEAR) == (9, 5)
    begun = Period("window", "", MARCH.starts.replace(day=20), MARCH.ends.replace(month=5, day=10))
    rows: Rows = {"complaints": [{"received_at": d} for d in ("2026-03-19", "2026-05-11", "2026-04-30")]}
    assert figure("months_without_complaints", rows, begun) == (2, 2)


def test_one_customer_answers_for_all_his_orders_and_for_nobody_elses() -> None:
    rows: Rows = {
        "customers": [{"customer_id": "C1", "segment": "trade"}, {"customer_id": "C2", "segment": "retail"}],
        "orders": [{"customer_id": who, "amount": amount} for who, amount in (("C1", 1), ("C1", 2), ("C2", 9))],
        "survey_responses": [{"customer_id": "C1", "answered_on": f"2026-03-{day:02}"} for day in (1, 5, 5, 9, 31)],
    }  # fmt: skip
    assert figure("survey_coverage_of_revenue", rows, by="segment", group="trade") == (100, 2)
    assert figure("survey_coverage_of_revenue", rows, by="segment", group="retail") == (0, 1)
    assert figure("survey_coverage_of_revenue", rows)[0] == pytest.approx(25)


def test_the_two_sides_of_a_difference_are_given_for_its_interval() -> None:
    rows = kpi_cases_perception.waits((8, 5), (20, 2), (7, 5), (0, 4), (1, 4), (3, 1), (9, None))
    with tables(rows) as connection:
        query = for_one(definitions.kpis()["late_early_difference"], MARCH).sql("duckdb")
        found = connection.execute(query).df().iloc[0]
    assert found[["late_good", "late", "early_good", "early"]].tolist() == [1, 2, 3, 4]
