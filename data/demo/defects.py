"""What is planted in the story `decline`, on top of the same two years in good order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from audit.text import Text
from audit.wording import say
from data.demo.business import Business
from data.demo.exports import Export
from data.demo.further_questions import DRIVERS
from data.demo.scene import LAST_YEAR, dice
from data.demo.survey import Answer

UNINVITED = "Private"
WITHOUT_CAUSE = 0.30
DECLINES_FROM = dt.date(2026, 3, 1)
FULL_DECLINE_FROM = dt.date(2026, 4, 1)
SADDER = {"satisfaction": 0.36} | dict.fromkeys(("recommend", "ease", "effort", *DRIVERS), 0.05)
"""How far the mood sinks, in standard deviations; willingness to recommend, effort and the rest follow slowly."""
UNREADABLE = {
    7: ("Q2 Recommend", "11"),
    31: ("Recorded Date", "31/06/2026"),
    58: ("Q2 Recommend", "11"),
    90: ("Q1 Overall", "9"),
}
"""Rows of the last survey export whose cells cannot be what was answered."""
WRONG_YEAR = (400, 1500, 2900)
"""Rows of the second year's orders on which somebody typed last year for the delivery."""


@dataclass(frozen=True)
class Planted:
    """A defect, and the evidence of the checklist that must show it."""

    clause: str
    what: Text
    evidence: str


def planted() -> tuple[Planted, ...]:
    return (
        Planted(
            "5.1.2",
            say("Satisfaction falls over the last eight months and no improvement plan was made since."),
            "5.1.2-c-1",
        ),
        Planted("9.1.2", say("The survey method was last reviewed more than 24 months ago."), "9.1.2-a-1"),
        Planted(
            "9.1.2",
            say("Nobody in the segment {segment} was invited in the last 12 months.", segment=UNINVITED),
            "9.1.2-b-2",
        ),
        Planted(
            "10.2",
            say("About three in ten complaints closed in the last 12 months have no recorded cause."),
            "10.2-b-1",
        ),
    )


def plant(good: Business) -> Business:
    return _sadden(_forget_causes(_leave_out_a_segment(good)))


def _leave_out_a_segment(business: Business) -> Business:
    invited = [one for one in business.invitations if one.customer.segment != UNINVITED or one.day < LAST_YEAR]
    kept = {one.id for one in invited}
    return replace(
        business, invitations=invited, answers=[one for one in business.answers if one.invitation.id in kept]
    )


def _forget_causes(business: Business) -> Business:
    draws = dice("defects").random(len(business.complaints))
    forgotten = {
        one.id
        for one, draw in zip(business.complaints, draws, strict=True)
        if one.closed_at and one.closed_at.date() >= LAST_YEAR and draw < WITHOUT_CAUSE
    }
    return replace(
        business,
        complaints=[replace(one, cause="") if one.id in forgotten else one for one in business.complaints],
        steps=[one for one in business.steps if one.kind != "cause" or one.complaint.id not in forgotten],
    )


def _sadden(business: Business) -> Business:
    return replace(business, answers=[_sadder(answer) for answer in business.answers])


def _sadder(answer: Answer) -> Answer:
    if answer.day < DECLINES_FROM:
        return answer
    share = 1.0 if answer.day >= FULL_DECLINE_FROM else 0.5
    return replace(answer, mood={question: mood - share * SADDER[question] for question, mood in answer.mood.items()})


def spoil(exports: list[Export]) -> list[Export]:
    """A few cells that no clean export would have: answers to reject, deliveries that the gate doubts."""
    spoilt: dict[str, Callable[[Export], Export]] = {
        "survey-2026-summer.csv": _unreadable,
        "orders-2025-26.csv": _wrong_year,
    }
    return [spoilt[export.file](export) if export.file in spoilt else export for export in exports]


def _unreadable(export: Export) -> Export:
    for at, (column, value) in UNREADABLE.items():
        export = export.with_cell(at, column, value)
    return export


def _wrong_year(export: Export) -> Export:
    for at in WRONG_YEAR:
        delivered = str(export.rows[at]["delivered_at"])
        export = export.with_cell(at, "delivered_at", f"{int(delivered[:4]) - 1}{delivered[4:]}")
    return export
