"""Doubts about a team's independence and competence: shown and kept with the audit, never a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from audit.auditing.plan import Auditor, PlanItem, touches
from audit.text import Text
from audit.wording import say

Kind = Literal["alone", "competence", "not in the team", "own work", "nobody", "nobody independent"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Doubt:
    kind: Kind
    auditor: str = ""
    what: str = ""
    """The clause or process of the plan."""


def doubts(lead: str, auditors: Sequence[Auditor], plan: Sequence[PlanItem]) -> list[Doubt]:
    """Each once, in the order of the team and of the plan."""
    team = {_key(each.name): each for each in auditors}
    found = [*_of_team(lead, auditors, plan), *(doubt for item in plan for doubt in _of_item(item, team))]
    return list(dict.fromkeys([*found, *_nobody_independent(plan, team)]))


def sentence(doubt: Doubt) -> Text:
    auditor, what = doubt.auditor, doubt.what
    match doubt.kind:
        case "alone":
            return say("Not independent: {auditor} works alone, and nobody else looks at this audit.", auditor=auditor)
        case "competence":
            return say("Nothing is stated that shows the competence of {auditor}.", auditor=auditor)
        case "not in the team":
            return say(
                "{auditor} is no member of the team, so neither independence nor competence is known.", auditor=auditor
            )
        case "own work":
            return say("{auditor} owns or works in {what}, and audits it.", auditor=auditor, what=what)
        case "nobody":
            return say("No auditor is named for {what}.", what=what)
        case "nobody independent":
            return say("Not independent: nobody who audits {what} is independent of it.", what=what)


def _of_team(lead: str, auditors: Sequence[Auditor], plan: Sequence[PlanItem]) -> Iterator[Doubt]:
    named = {_key(name): name for name in (lead, *(a.name for a in auditors), *(i.auditor for i in plan)) if name}
    if len(named) == 1:
        yield Doubt("alone", next(iter(named.values())))
    if lead and _key(lead) not in {_key(each.name) for each in auditors}:
        yield Doubt("not in the team", lead)
    for each in auditors:
        if not each.competence.strip():
            yield Doubt("competence", each.name)


def _of_item(item: PlanItem, team: dict[str, Auditor]) -> Iterator[Doubt]:
    if not item.auditor:
        yield Doubt("nobody", what=item.what)
    elif _key(item.auditor) not in team:
        yield Doubt("not in the team", item.auditor)
    for part in item.parts:
        if _works_in(team.get(_key(item.auditor)), part):
            yield Doubt("own work", item.auditor, part)


def _nobody_independent(plan: Sequence[PlanItem], team: dict[str, Auditor]) -> Iterator[Doubt]:
    """A part that several audit is well audited when one of them is independent of it."""
    by_part: dict[str, list[Auditor | None]] = {}
    for item in plan:
        for part in item.parts if item.auditor else ():
            by_part.setdefault(part, []).append(team.get(_key(item.auditor)))
    for part, who in by_part.items():
        if all(_works_in(auditor, part) for auditor in who):
            yield Doubt("nobody independent", what=part)


def _works_in(auditor: Auditor | None, part: str) -> bool:
    return auditor is not None and any(touches(own, part) for own in auditor.works_in)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
