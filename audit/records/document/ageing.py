"""What grows old next in the register, and how long what is there must be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from audit.expiry import next_review
from audit.records.document.documents import Revision

What = Literal["review", "expiry"]
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Ageing:
    revision: Revision
    what: What
    on: dt.date
    """The last day on which all is well."""

    def over(self, today: dt.date) -> bool:
        return self.on < today


def ageing(register: Sequence[Revision]) -> list[Ageing]:
    """Soonest first. What is obsolete is old already."""
    found: list[Ageing] = []
    for each in register:
        if each.document.status != "obsolete":
            found += [Ageing(each, "review", due)] if (due := review_due(each)) else []
            found += [Ageing(each, "expiry", each.document.expires_on)] if each.document.expires_on else []
    return sorted(found, key=lambda one: (one.on, one.revision.document.id))


def review_due(each: Revision) -> dt.date | None:
    """Counted from the last review, or from the approval where none followed; None where nothing asks for one."""
    return next_review(replace(each.document, reviewed_on=each.document.reviewed_on or each.approved_on))


def disposable_from(each: Revision) -> dt.date | None:
    """The first day on which it may be disposed of; None where no retention is set, and it is kept for good."""
    return each.retain_until + DAY if each.retain_until and each.retain_until < dt.date.max else None
