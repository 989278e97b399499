"""The steps that Lindvale took on each complaint: correction, cause, corrective action, review of its effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.demo.complaints import Complaint
from data.demo.scene import AS_OF, dice, known, working_day

ACTED = {"low": 0.15, "medium": 0.5, "high": 0.9}
"""Share of the complaints that led to a corrective action, by severity."""
EFFECTIVE = 0.96
DAYS_TO_ACT, DAYS_TO_REVIEW = 30, 60
REMEDY = {
    "Late delivery": "Reorder points raised, second source agreed",
    "Leaking seal": "New fixture, every seal seat measured",
    "Noise and vibration": "Alignment gauge in every van",
    "Wrong part": "Scanner at picking",
    "Invoice": "Price list compared every month",
}
OWNERS = {
    "Late delivery": "Purchasing", "Leaking seal": "Production", "Noise and vibration": "Field Service",
    "Wrong part": "Warehouse", "Invoice": "Sales",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    id: str
    complaint: Complaint
    kind: str
    decided_on: dt.date
    what: str
    owner: str
    due_on: dt.date
    done_on: dt.date | None
    effective: bool | None = None


def steps(complaints: list[Complaint]) -> list[Step]:
    draws = dice("steps").random((len(complaints), 5))
    made = [step for one, own in zip(complaints, draws, strict=True) for step in _steps(one, *own)]
    made.sort(key=lambda step: (step.decided_on, step.complaint.id))
    return [replace(step, id=f"S-{number:04}") for number, step in enumerate(made, 1)]


def _steps(one: Complaint, speed: float, acted: float, pace: float, early: float, works: float) -> Iterator[Step]:
    received, closed = one.received_at.date(), one.closed_at.date() if one.closed_at else None
    corrected = received + dt.timedelta(days=int(speed * ((closed or AS_OF) - received).days))
    yield Step(
        "", one, "correction", received, one.correction or "To be agreed with the customer", "Customer Service",
        one.due_on, corrected if closed else None,
    )  # fmt: skip
    if not closed:
        return
    if one.cause:
        yield Step("", one, "cause", closed, one.cause, OWNERS[one.category], one.due_on, closed)
    if acted < ACTED[one.severity]:
        yield from _against_recurrence(one, closed, pace, early, works < EFFECTIVE)


def _against_recurrence(one: Complaint, closed: dt.date, pace: float, early: float, works: bool) -> Iterator[Step]:
    due = closed + dt.timedelta(days=DAYS_TO_ACT)
    done = known(min(due, working_day(closed, 4 + 20 * pace)))
    owner = OWNERS[one.category]
    yield Step("", one, "corrective action", closed, REMEDY[one.category], owner, due, done)
    if done:
        until = done + dt.timedelta(days=DAYS_TO_REVIEW)
        reviewed = known(until - dt.timedelta(days=int(10 * early)))
        found = ("No further case" if works else "It happened again") if reviewed else "Look for further cases"
        yield Step(
            "", one, "effectiveness review", done, found, "Quality Management", until, reviewed,
            works if reviewed else None,
        )  # fmt: skip
