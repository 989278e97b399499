"""Until when evidence that is met today stays so, if nothing new comes."""

from __future__ import annotations

import calendar
import datetime as dt

from audit.evidence import Document, Evidence
from audit.limits import DocumentLimits, HeardLimits
from audit.quantity import Quantity
from audit.rule import Computed, Rule


def good_until(rule: Rule, found: Evidence, last_day_of_data: dt.date | None = None) -> dt.date | None:
    """
    The last day on which the evidence would still be met; None where nothing in it grows old. For a figure that is the
    day up to which its sources are fresh enough, which whoever knows the contracts says.
    """
    if isinstance(rule, Computed):
        return last_day_of_data
    days = []
    limits = rule.accept
    if isinstance(limits, DocumentLimits) and found.document:
        for day, limit in (
            (found.document.reviewed_on, limits.reviewed_within),
            (found.document.covers_to, limits.covers),
        ):
            days += [after(day, limit)] if day and limit else []
        days += [found.document.expires_on] if found.document.expires_on else []
        if (due := next_review(found.document)) and limits.reviewed_within:
            days.append(due)
    if isinstance(limits, HeardLimits):
        days += [after(answer.on, limits.within) for answer in found.answers]
    return min(days, default=None)


def next_review(document: Document) -> dt.date | None:
    """By the document's own interval; None where it has none, or was never reviewed."""
    if not document.reviewed_on or not document.review_every:
        return None
    return after(document.reviewed_on, Quantity(document.review_every, "months"))


def after(day: dt.date, months: Quantity) -> dt.date:
    """The same day so many months later, or the last of that month where it has no such day."""
    month = day.year * 12 + day.month - 1 + int(months.value)
    year, of_year = divmod(month, 12)
    return dt.date(year, of_year + 1, min(day.day, calendar.monthrange(year, of_year + 1)[1]))
