"""What the program knows of each input of a management review: figures, verdicts and records, as sentences."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

from audit.evidence import ClauseAssessment, Verdict
from audit.quantity import Quantity, Unit, number
from audit.records import Records
from audit.records.finding import findings
from audit.records.reviewing import improvements, review_decisions
from audit.records.targets import objectives
from audit.review import ADDED, INPUTS
from audit.tag import verdict_tag
from audit.targets.objective import in_force
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.measuring.periods import DAY, rolling, window
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.targets.objectives import judged, told
from pipelines.workspace import Workspace

YEAR = rolling(12)
FIGURES = {
    "9.3.2-c1": ("csat_top_2_box", "nps", "complaint_rate", "compliments"),
    "9.3.2-c3": ("delivered_in_full", "on_time_delivery_by_day", "returns_ppm"),
    "9.3.2-c4": ("complaints_closed_in_time", "complaints_with_cause", "repeat_complaints", "overdue_actions"),
    "9.3.2-c5": ("survey_response_rate", "survey_coverage", "days_since_last_survey"),
}
"""KPIs of the last 12 months, beside the 12 months before."""
CLAUSES = {
    "9.3.2-b": ("4.1", "4.2"),
    "9.3.2-c1": ("9.1.2",),
    "9.3.2-c2": ("6.2",),
    "9.3.2-c5": ("9.1.1", "9.1.3"),
    "9.3.2-c7": ("8.4",),
    "9.3.2-d": ("7.1.6", "7.2"),
    "9.3.2-e": ("6.1", "6.1.1", "6.1.2", "6.1.3"),
    "9.3.2-f": ("10.1", "10.3"),
    "9.3.2-g": ("4.2",),
}
"""Clauses whose verdict, as the run proposed it, belongs to the input; as each edition numbers them."""


def known(workspace: Workspace, run: Run, records: Records) -> dict[str, tuple[Text, ...]]:
    """Input that the run's edition asks for -> sentences; empty where only people can tell."""
    today = records.clock().date()
    told: dict[str, list[Text]] = {input: [] for input in INPUTS}
    for input, names in FIGURES.items():
        told[input] += _figures(workspace, run, names)
    for input, clauses in CLAUSES.items():
        told[input] += [_verdict(clause) for clause in run.clauses if clause.clause in clauses]
    told["9.3.2-a"] += _decided(records, today)
    told["9.3.2-c2"] += _aimed(workspace, run, records)
    told["9.3.2-c4"] += _found(records, today)
    told["9.3.2-c5"] += _loaded(workspace, run)
    told["9.3.2-c6"] += _audited(run.clauses)
    told["9.3.2-f"] += _improved(records)
    return {input: tuple(told[input]) for input in looked_at(run.clauses)}


def looked_at(clauses: Iterable[ClauseAssessment]) -> tuple[str, ...]:
    """The inputs of a review by the edition of these clauses, in their order."""
    asked = {requirement.id for clause in clauses for requirement in clause.requirements}
    return tuple(input for input in INPUTS if input not in ADDED or input in asked)


def _figures(workspace: Workspace, run: Run, names: Sequence[str]) -> list[Text]:
    last = window(12, run.ends)
    before = window(12, last[0] - DAY)
    told = []
    for name in names:
        found = results.measurements(workspace, run.id, name, YEAR, "").to_dict("records")
        spans = {(row["starts"], row["ends"]): row for row in found}
        if last in spans:
            told.append(_with_warning(_figure(name, spans[last], spans.get(before)), spans[last]))
    return told


def _with_warning(figure: Text, row: dict[Any, Any]) -> Text:
    if not isinstance(row["warning_en"], str):
        return figure
    return say("{figure}; the data carry a warning", figure=figure)


def _figure(name: str, now: dict[Any, Any], before: dict[Any, Any] | None) -> Text:
    kpi = definitions.kpis()[name]
    value = _value(now, kpi.unit)
    if value is None:
        because = Text(en=now["not_evaluated_en"] or "–", zh=now["not_evaluated_zh"] or "–")
        return say("{kpi}: not evaluated, {because}", kpi=kpi.title, because=because)
    former = _value(before, kpi.unit) if before else None
    if former is None:
        return say("{kpi}: {value} in the 12 months to {day}", kpi=kpi.title, value=value, day=now["ends"])
    return say(
        "{kpi}: {value} in the 12 months to {day}; {former} in the 12 months before",
        kpi=kpi.title, value=value, day=now["ends"], former=former,
    )  # fmt: skip


def _value(row: dict[Any, Any], unit: Unit) -> Text | None:
    """None where the run did not trust it."""
    if isinstance(row["not_evaluated_en"], str) or not isfinite(row["value"]):
        return None
    value = Quantity(row["value"], unit)
    shown = Text(en=value.said("en", aligned=True), zh=value.said("zh", aligned=True))
    if not isfinite(row["low"]):
        return say("{value} (n = {n})", value=shown, n=int(row["n"]))
    low, high = (number(row[bound], unit, aligned=True) for bound in ("low", "high"))
    return say("{value} ({low} to {high}, n = {n})", value=shown, low=low, high=high, n=int(row["n"]))


def _verdict(clause: ClauseAssessment) -> Text:
    word = verdict_tag(clause.proposed).word
    return say("{clause} {title}: {verdict} (proposed)", clause=clause.clause, title=clause.title, verdict=word)


def _audited(clauses: Iterable[ClauseAssessment]) -> list[Text]:
    counted = Counter(clause.proposed for clause in clauses)
    if not counted:
        return []
    return [
        say(
            "Clauses as the run proposes them: {met} conform, {failed} do not conform, {open} are undetermined",
            met=counted[Verdict.CONFORMS], failed=counted[Verdict.DOES_NOT_CONFORM], open=counted[Verdict.UNDETERMINED],
        )
    ]  # fmt: skip


def _decided(records: Records, today: dt.date) -> list[Text]:
    every = review_decisions.every(records)
    if not every:
        return [say("No decision of an earlier review is on record here.")]
    open_ = [each for each in every if each.status == "open"]
    late = sum(each.overdue(today) for each in open_)
    done = sum(each.status == "done" for each in every)
    return [
        say("Decisions so far: {all}, of which {done} done, {open} open and {late} of these overdue",
            all=len(every), done=done, open=len(open_), late=late)
    ]  # fmt: skip


def _aimed(workspace: Workspace, run: Run, records: Records) -> list[Text]:
    """Each objective in its last full period, and where the current one is heading."""
    every = judged(workspace, run, in_force(objectives.every(records), run.ends))
    if not every:
        return [say("No quality objective is on record here.")]
    return [text for each in every for text in told(each)]


def _found(records: Records, today: dt.date) -> list[Text]:
    every = findings.followed(records)
    if not every:
        return []
    open_ = [each for each in every if not each.finding.closed]
    late = sum(each.late(today) > 0 for each in open_)
    return [
        say("Findings so far: {all}, of which {open} open and {late} of these overdue",
            all=len(every), open=len(open_), late=late)
    ]  # fmt: skip


def _loaded(workspace: Workspace, run: Run) -> list[Text]:
    every = results.loads(workspace, run.id)
    refused = sum(not load.published for load in every)
    return [say("Files loaded: {all}, of which {refused} could not be used", all=len(every), refused=refused)]


def _improved(records: Records) -> list[Text]:
    every = improvements.every(records)
    if not every:
        return []
    untold = sum(each.untold for each in every)
    return [
        say("Improvements that customers asked for: {all}; of {untold} no customer was told yet",
            all=len(every), untold=untold)
    ]  # fmt: skip
