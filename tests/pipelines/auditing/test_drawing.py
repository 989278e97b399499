"""Which records a sample draws: the same whenever it is asked, each as likely as any other, none that are not there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from scipy.stats import chi2

from audit.evidence import Drawn
from audit.rule import Sample
from pipelines.auditing.drawing import drawn, draws
from tests.pipelines.hand_made import tables

ENDS = dt.date(2026, 3, 31)


def rule(source: str = "contract_reviews", id: str = "8.2.3-a-3", **accept: Any) -> Sample:
    words = {"en": "words", "zh": "文字"}
    return Sample.model_validate({"id": id, "sample": source, "look_for": [words], "shows": words, "accept": accept,
                                  "otherwise": "observation"})  # fmt: skip


def reviews(count: int, day: str = "2026-03-04", prefix: str = "R") -> list[dict[str, Any]]:
    return [{"review_id": f"{prefix}{at}", "received_on": day} for at in range(count)]


def sample(rows: dict[str, list[dict[str, Any]]], asked: Sample, ends: dt.date = ENDS) -> Drawn:
    with tables(rows) as connection:
        return drawn(connection, asked, ends)


def test_the_same_question_draws_the_same_records_whatever_the_order_of_the_rows() -> None:
    rows = reviews(40)
    first = sample({"contract_reviews": rows}, rule())
    assert first == sample({"contract_reviews": rows[::-1]}, rule())
    assert (first.population, len(first.items), len(set(first.items))) == (40, 7, 7)
    assert set(first.items) <= {row["review_id"] for row in rows}


def test_another_question_draws_others() -> None:
    rows = {"contract_reviews": reviews(200)}
    assert set(sample(rows, rule(draw=20)).items) != set(sample(rows, rule(id="8.2.3-b-3", draw=20)).items)


def test_a_larger_sample_holds_the_smaller() -> None:
    rows = {"contract_reviews": reviews(100)}
    assert sample(rows, rule(draw=30)).items[:10] == sample(rows, rule(draw=10)).items


def test_rows_added_later_take_a_place_and_never_change_the_order_of_the_rest() -> None:
    former = sample({"contract_reviews": reviews(60)}, rule(draw=12)).items
    later = sample({"contract_reviews": reviews(60) + reviews(20, prefix="late")}, rule(draw=12)).items
    stayed = [item for item in later if not item.startswith("late")]
    assert stayed == list(former[: len(stayed)]) and len(stayed) < len(former)


def test_each_record_is_as_likely_as_any_other() -> None:
    """Chi-square over 600 questions, which are always the same ones."""
    rows, draw, questions = 40, 5, 600
    counts: Counter[str] = Counter()
    with tables({"contract_reviews": reviews(rows)}) as connection:
        for at in range(questions):
            counts.update(drawn(connection, rule(id=f"8.2.3-a-{at}", draw=draw), ENDS).items)
    expected = questions * draw / rows
    # drawn without replacement, so the counts of one draw lean against each other
    statistic = sum((counts[f"R{at}"] - expected) ** 2 for at in range(rows)) / (expected * (1 - draw / rows))
    assert chi2.ppf(0.001, rows - 1) < statistic * (rows - 1) / rows < chi2.ppf(0.999, rows - 1)


PERIODS = [
    # months, the day of the rows, whether they are in the period that ends on 31 March 2026
    (12, "2026-03-31", True), (12, "2025-04-01", True), (12, "2025-03-31", False), (12, "2026-04-01", False),
    (1, "2026-03-01", True), (1, "2026-02-28", False), (24, "2024-04-01", True), (24, "2024-03-31", False),
]  # fmt: skip


@pytest.mark.parametrize(("months", "day", "inside"), PERIODS)
def test_only_rows_of_the_period_are_drawn(months: int, day: str, inside: bool) -> None:
    found = sample({"contract_reviews": reviews(3, day)}, rule(over=f"{months} months"))
    assert found == (Drawn(3, found.items) if inside else Drawn(0, ())) and len(found.items) == 3 * inside


def test_a_row_late_in_its_last_day_belongs_to_the_period() -> None:
    complaints = [{"complaint_id": "K1", "received_at": "2026-03-31 23:59:59"},
                  {"complaint_id": "K2", "received_at": "2026-04-01 00:00:00"}]  # fmt: skip
    assert sample({"complaints": complaints}, rule("complaints")) == Drawn(1, ("K1",))


def test_a_source_without_a_date_is_drawn_from_as_a_whole() -> None:
    customers = [{"customer_id": f"C{at}"} for at in range(4)]
    found = sample({"customers": customers}, rule("customers"))
    assert found.population == 4 and set(found.items) == {"C0", "C1", "C2", "C3"}


def test_a_key_of_several_columns_is_shown_as_one() -> None:
    lines = [{"order_id": "O1", "order_line": str(at)} for at in (1, 2)] + [{"order_id": "O2", "order_line": "1"}]
    assert set(sample({"deliveries": lines}, rule("deliveries")).items) == {"O1/1", "O1/2", "O2/1"}


def test_names_with_quotes_are_only_names() -> None:
    rows = {"contract_reviews": [{"review_id": "R'; drop table orders; --"}, {"review_id": '合同"7'}]}
    assert set(sample(rows, rule(id="it's")).items) == {"R'; drop table orders; --", '合同"7'}


def test_a_source_that_was_never_loaded_gives_no_sample() -> None:
    with tables({"contract_reviews": reviews(3)}) as connection:
        asked = [rule(), rule("complaints", "10.2-a-9"), rule("orders", "8.2.3-z-1")]
        found = draws(connection, asked, ["contract_reviews", "orders"], ENDS)
        assert draws(connection, asked, [], ENDS) == {}
    assert found["8.2.3-z-1"] == Drawn(0, ()) and set(found) == {"8.2.3-a-3", "8.2.3-z-1"}
