"""Whether the same was found before: on the same requirement or the same evidence, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from audit.evidence import Grade
from audit.finding.finding import Finding, Followed, Reference, Repeat

MONTHS = 24
"""Outside of audits, what was found longer ago is no repetition."""


def repeats(
    requirement_id: str,
    evidence: Iterable[Reference],
    audit: str,
    on: dt.date,
    earlier: Iterable[Followed],
    months: int = MONTHS,
) -> tuple[Repeat, ...]:
    """
    Findings of an earlier audit, however old, and others of the last months; several within one audit are no
    repetition. Good practice is none either.
    """
    keys = {reference.key for reference in evidence if reference.kind == "evidence"}
    found = []
    for each in earlier:
        finding = each.finding
        if finding.grade == Grade.GOOD_PRACTICE or not _before(finding, audit, on, months):
            continue
        if keys & {reference.key for reference in finding.evidence if reference.kind == "evidence"}:
            found.append(Repeat(finding.id, "evidence", effective(each)))
        elif requirement_id and finding.requirement_id == requirement_id:
            found.append(Repeat(finding.id, "requirement", effective(each)))
    return tuple(found)


def effective(each: Followed) -> bool:
    """Whether the newest review of the finding, or else of each action that was done, found it effective."""
    if own := each.reviews.get(each.finding.id):
        return own.concluded == "effective"
    done = [action.id for action in each.actions if action.status == "done"]
    reviews = [each.reviews.get(id) for id in done]
    return bool(done) and all(review is not None and review.concluded == "effective" for review in reviews)


def _before(finding: Finding, audit: str, on: dt.date, months: int) -> bool:
    if audit and finding.audit == audit:
        return False
    if audit and finding.audit:
        return True
    return finding.raised_on >= _earlier(on, months)


def _earlier(day: dt.date, months: int) -> dt.date:
    """The same day so many months before, or the first of the month after where that month has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    try:
        return dt.date(years, month + 1, day.day)
    except ValueError:
        return dt.date(years, month + 2, 1)  # December has all days
