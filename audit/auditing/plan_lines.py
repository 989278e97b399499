"""A team, a plan and planned audits as lines of text: quick to type, easy to paste, and read strictly."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from audit.auditing.plan import Auditor, PlanItem, named
from audit.auditing.programme import PlannedAudit
from audit.errors import RecordError
from audit.text import Text
from audit.wording import say

BAR = re.compile(r"[|｜\t]")


def read_team(text: str) -> tuple[Auditor, ...]:
    """A line for each: name | what shows the competence | processes or clauses of the own work."""
    return tuple(
        Auditor(name, competence, named(works_in))
        for _number, (name, competence, works_in) in _lines(text, say("the team"), 3)
    )


def read_plan(text: str) -> tuple[PlanItem, ...]:
    """A line for each: day | clauses or processes | auditor | who is asked."""
    return tuple(
        PlanItem(_day(day, number), what, auditor, interviewed)
        for number, (day, what, auditor, interviewed) in _lines(text, say("the plan"), 4)
    )


def read_planned(text: str) -> tuple[PlannedAudit, ...]:
    """A line for each: month | title | scope."""
    return tuple(
        PlannedAudit(title, _month(month, number), scope)
        for number, (month, title, scope) in _lines(text, say("the planned audits"), 3)
    )


def written_team(auditors: Sequence[Auditor]) -> str:
    return "\n".join(_line(each.name, each.competence, ", ".join(each.works_in)) for each in auditors)


def written_plan(plan: Sequence[PlanItem]) -> str:
    return "\n".join(
        _line(each.day.isoformat() if each.day else "", each.what, each.auditor, each.interviewed) for each in plan
    )


def written_planned(planned: Sequence[PlannedAudit]) -> str:
    return "\n".join(_line(f"{each.month:%Y-%m}" if each.month else "", each.title, each.scope) for each in planned)


def _lines(text: str, of: Text, most: int) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in BAR.split(line)]
        if len(parts) > most:
            raise RecordError(
                say(
                    "line {number} of {of} has {parts} parts; write at most {most}, with | between them",
                    number=str(number),
                    of=of,
                    parts=str(len(parts)),
                    most=most,
                )
            )
        yield number, parts + [""] * (most - len(parts))


def _day(text: str, number: int) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RecordError(
            say(
                "line {number} of the plan: '{text}' is no day; write it as 2026-11-03, or begin the line with |",
                number=str(number),
                text=text,
            )
        ) from error


def _month(text: str, number: int) -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{text}-01") if text else None
    except ValueError as error:
        raise RecordError(
            say(
                "line {number} of the planned audits: '{text}' is no month; "
                "write it as 2027-03, or begin the line with |",
                number=str(number),
                text=text,
            )
        ) from error


def _line(*parts: str) -> str:
    """A part that holds a bar or a break of the line is written without it."""
    return " | ".join(" ".join(BAR.sub("/", part).split()) for part in parts).rstrip(" |")
