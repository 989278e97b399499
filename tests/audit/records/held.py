"""A management review that was held, with one decision: what an action can belong to."""

from __future__ import annotations

import datetime as dt

from audit.records import Records
from audit.records.reviewing import review_decisions, reviews
from audit.records.reviewing.review_decisions import NewDecision
from audit.records.reviewing.reviews import NewReview

DAY = dt.date(2026, 6, 1)
TAKEN = "MRD-001"


def held(records: Records) -> None:
    """Makes TAKEN."""
    reviews.hold(records, NewReview(DAY, DAY, DAY, "Director", "run"), "Ann")
    due = dt.date(2027, 1, 31)
    review_decisions.decide(records, NewDecision("MR-001", "9.3.2-c1", "improvement", "Call", "Ben", due), "Ann")
