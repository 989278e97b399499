"""What grows old next: reviews by the document's own interval, expiries by their day, and when a document may go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from audit.evidence import Document
from audit.records.document.ageing import ageing, disposable_from, review_due
from audit.records.document.documents import Revision

TODAY = dt.date(2026, 11, 2)
DAY = dt.timedelta(days=1)
days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))


def revision(id: str = "DOC-001", approved_on: dt.date | None = None, **changes: Any) -> Revision:
    retain_until = changes.pop("retain_until", None)
    document = Document(**{"id": id, "kind": "policy", "title": "Policy", "status": "approved", **changes})
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return Revision(document, 1, "Ben", approved_on, "own", retain_until, "", None, "", "Ann", "", at)


@given(days, st.integers(1, 1200))
def test_a_review_is_due_so_many_months_after_the_last(day: dt.date, months: int) -> None:
    assert review_due(revision(reviewed_on=day, review_every=months)) == day + relativedelta(months=months)


DUE = [
    (dict(reviewed_on=dt.date(2026, 1, 31), review_every=1), None, dt.date(2026, 2, 28)),
    (dict(review_every=12), dt.date(2026, 3, 4), dt.date(2027, 3, 4)),
    (dict(reviewed_on=dt.date(2025, 5, 1), review_every=12), dt.date(2026, 3, 4), dt.date(2026, 5, 1)),
    (dict(reviewed_on=dt.date(2025, 5, 1)), None, None),
    (dict(review_every=12), None, None),
    (dict(), dt.date(2026, 3, 4), None),
]


@pytest.mark.parametrize(("changes", "approved_on", "due"), DUE)
def test_it_counts_from_the_review_else_from_the_approval(
    changes: dict[str, Any], approved_on: dt.date | None, due: dt.date | None
) -> None:
    assert review_due(revision(approved_on=approved_on, **changes)) == due


def test_the_soonest_stands_first_and_a_document_may_stand_twice() -> None:
    register = [
        revision("A", reviewed_on=dt.date(2026, 6, 1), review_every=12, expires_on=dt.date(2026, 12, 1)),
        revision("B", expires_on=dt.date(2026, 11, 1)),
        revision("C", reviewed_on=dt.date(2024, 1, 1), review_every=12),
        revision("D", reviewed_on=dt.date(2024, 1, 1)),
        revision(
            "E", reviewed_on=dt.date(2024, 1, 1), review_every=1, expires_on=dt.date(2020, 1, 1), status="obsolete"
        ),
        revision("F", expires_on=dt.date(2026, 11, 1), status="draft"),
    ]
    assert [(each.revision.document.id, each.what, each.on) for each in ageing(register)] == [
        ("C", "review", dt.date(2025, 1, 1)),
        ("B", "expiry", dt.date(2026, 11, 1)),
        ("F", "expiry", dt.date(2026, 11, 1)),
        ("A", "expiry", dt.date(2026, 12, 1)),
        ("A", "review", dt.date(2027, 6, 1)),
    ]


@pytest.mark.parametrize(("on", "over"), [(TODAY - DAY, True), (TODAY, False), (TODAY + DAY, False)])
def test_all_is_well_on_the_day_itself(on: dt.date, over: bool) -> None:
    (expiry,) = ageing([revision(expires_on=on)])
    (review,) = ageing([revision(reviewed_on=on - relativedelta(months=6), review_every=6)])
    assert expiry.over(TODAY) is over and review.over(TODAY) is over


@pytest.mark.parametrize(
    ("retain_until", "free"),
    [
        (dt.date(2026, 12, 31), dt.date(2027, 1, 1)),
        (dt.date(2028, 2, 28), dt.date(2028, 2, 29)),
        (None, None),
        (dt.date.max, None),
    ],
)
def test_it_may_go_on_the_day_after_the_last(retain_until: dt.date | None, free: dt.date | None) -> None:
    assert disposable_from(revision(retain_until=retain_until)) == free
