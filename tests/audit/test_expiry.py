"""Until when evidence stays good: the last day on which the criterion still holds, month ends included."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_and_found import computed, document, documentary, evidence, figure, text

from audit.document import judge_document, recent
from audit.evidence import Answer, Document, Evidence, Outcome
from audit.expiry import after, good_until
from audit.heard import judge_heard
from audit.quantity import Quantity
from audit.rule import Interview, Sample

DAY = dt.timedelta(days=1)
days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))


@given(days, st.integers(1, 1200))
def test_it_is_the_last_day_on_which_a_document_is_recent(day: dt.date, months: int) -> None:
    last = after(day, Quantity(months, "months"))
    assert recent(day, last, Quantity(months, "months"))
    assert not recent(day, last + DAY, Quantity(months, "months"))


MONTH_ENDS = [
    (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)), (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
    (dt.date(2026, 2, 28), 1, dt.date(2026, 3, 28)), (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
    (dt.date(2024, 2, 29), 48, dt.date(2028, 2, 29)), (dt.date(2026, 12, 31), 2, dt.date(2027, 2, 28)),
    (dt.date(2026, 12, 1), 1, dt.date(2027, 1, 1)), (dt.date(2026, 6, 15), 24, dt.date(2028, 6, 15)),
    (dt.date(2026, 11, 30), 13, dt.date(2027, 12, 30)),
]  # fmt: skip


@pytest.mark.parametrize(("day", "months", "last"), MONTH_ENDS)
def test_month_ends_by_hand(day: dt.date, months: int, last: dt.date) -> None:
    assert after(day, Quantity(months, "months")) == last


def found(document: Document | None = None, *answers: Answer) -> Evidence:
    bare = evidence(Outcome.MET)
    return Evidence(bare.id, bare.shows, bare.outcome, bare.because, bare.criterion, document=document, answers=answers)


REVIEWED, COVERED = dt.date(2026, 1, 31), dt.date(2025, 12, 31)
DOCUMENTS = [
    # limits, reviewed on, covers to, good until
    ({"reviewed_within": "12 months"}, REVIEWED, None, dt.date(2027, 1, 31)),
    ({"reviewed_within": "1 month"}, REVIEWED, COVERED, dt.date(2026, 2, 28)),
    ({"covers": "6 months"}, REVIEWED, COVERED, dt.date(2026, 6, 30)),
    ({"covers": "24 months", "reviewed_within": "12 months"}, REVIEWED, COVERED, dt.date(2027, 1, 31)),
    ({"covers": "3 months", "reviewed_within": "12 months"}, REVIEWED, COVERED, dt.date(2026, 3, 31)),
    ({}, REVIEWED, COVERED, None),
    ({}, None, None, None),
    ({"status": "in review"}, REVIEWED, COVERED, None),
]


@pytest.mark.parametrize(("limits", "reviewed", "covers_to", "last"), DOCUMENTS)
def test_a_document_grows_old_by_the_limits_of_its_rule(
    limits: dict[str, str], reviewed: dt.date | None, covers_to: dt.date | None, last: dt.date | None
) -> None:
    held = document(reviewed_on=reviewed, covers_to=covers_to)
    assert good_until(documentary(**limits), found(held)) == last
    assert good_until(documentary(**limits), found(None)) is None


OWN_DATES = [
    # limits, review_every, expires_on, good until; reviewed on 31 Jan 2026
    ({}, None, dt.date(2026, 5, 1), dt.date(2026, 5, 1)),
    ({"reviewed_within": "12 months"}, None, dt.date(2026, 5, 1), dt.date(2026, 5, 1)),
    ({"reviewed_within": "12 months"}, None, dt.date(2030, 5, 1), dt.date(2027, 1, 31)),
    ({"reviewed_within": "12 months"}, 3, None, dt.date(2026, 4, 30)),
    ({"reviewed_within": "12 months"}, 24, None, dt.date(2027, 1, 31)),
    ({"reviewed_within": "12 months"}, 3, dt.date(2026, 2, 1), dt.date(2026, 2, 1)),
    ({}, 3, None, None),
]


@pytest.mark.parametrize(("limits", "every", "expires_on", "last"), OWN_DATES)
def test_a_document_grows_old_by_its_own_dates_too(
    limits: dict[str, str], every: int | None, expires_on: dt.date | None, last: dt.date | None
) -> None:
    held = document(reviewed_on=REVIEWED, review_every=every, expires_on=expires_on)
    rule = documentary(**limits)
    assert good_until(rule, found(held)) == last
    if last:
        assert judge_document(rule, text("Method"), [held], last).outcome == Outcome.MET
        assert judge_document(rule, text("Method"), [held], last + DAY).outcome == Outcome.NOT_MET


@given(days, st.integers(1, 60))
def test_an_interview_stays_met_until_that_day_and_not_a_day_longer(day: dt.date, months: int) -> None:
    rule = Interview.model_validate({
        "id": "e", "interview": "staff", "shows": text("They know."), "accept": {"within": f"{months} months"},
        "otherwise": "observation"})  # fmt: skip
    said = Answer("e", Outcome.MET, "they do", day)
    last = good_until(rule, judge_heard(rule, said, day))
    assert last is not None
    assert judge_heard(rule, said, last).outcome == Outcome.MET
    assert judge_heard(rule, said, last + DAY).outcome == Outcome.NOT_EVALUATED


@pytest.mark.parametrize("last", [None, dt.date(2026, 8, 31)])
def test_a_figure_is_as_fresh_as_whoever_knows_its_sources_says(last: dt.date | None) -> None:
    held = Evidence("e", text("s"), Outcome.MET, text("b"), text("c"), measurement=figure())
    assert good_until(computed(at_least="20 %"), held, last) == last


def test_a_sample_of_a_period_that_is_over_does_not_grow_old() -> None:
    rule = Sample.model_validate({
        "id": "e", "sample": "orders", "look_for": [text("Signed.")], "shows": text("s"), "otherwise": "observation",
    })  # fmt: skip
    assert good_until(rule, found(None, Answer("e", Outcome.MET, "", dt.date(2020, 1, 1), "K1"))) is None
