"""Findings and their actions as a file for a spreadsheet: a line for each action, one for a finding without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pandas as pd

from audit.finding.finding import Action, Followed
from pages.components.finding import finding_words as words
from pages.components.words import _
from pipelines.reports.cell import safe_csv


def finding_file(every: Sequence[Followed], today: dt.date) -> bytes:
    lines = [line for each in every for line in _lines(each, today)]
    return safe_csv(pd.DataFrame(lines))


def _lines(each: Followed, today: dt.date) -> Iterator[dict[str, object]]:
    for action in each.actions or (None,):
        yield _finding(each, today) | _action(action)


def _finding(each: Followed, today: dt.date) -> dict[str, object]:
    finding = each.finding
    return {
        _("Finding"): finding.id,
        _("Grade"): words.grade_words(finding),
        _("Stage"): words.stage(each.stage),
        _("Audit"): finding.audit,
        _("Clause"): finding.clause,
        _("Requirement"): finding.requirement_id,
        _("Statement"): finding.statement,
        _("Criterion"): finding.criterion,
        _("Evidence"): "; ".join(f"{words.kind(each.kind)} {each.key}" for each in finding.evidence),
        _("Found"): _number(finding.extent.found),
        _("Looked at"): _number(finding.extent.sampled),
        _("Population"): _number(finding.extent.population),
        _("Consequence"): finding.consequence,
        _("Found before"): ", ".join(repeat.finding for repeat in finding.repeats),
        _("Owner"): finding.owner,
        _("Due"): each.next_due,
        _("Days late"): each.late(today),
        _("Correction"): finding.correction,
        _("Cause"): "; ".join(cause.text for cause in finding.cause),
        _("Where else"): finding.look_across,
        _("Reviewed independently"): "" if finding.independent is None else _yes(finding.independent),
        _("Raised by"): finding.raised_by,
        _("Raised on"): finding.raised_on,
    }


def _action(action: Action | None) -> dict[str, object]:
    return {
        _("Action"): action.id if action else "",
        _("What"): action.what if action else "",
        _("Owner of the action"): action.owner if action else "",
        _("Action due"): action.due_on if action else "",
        _("Status"): words.status_words(action)[1] if action else "",
        _("Done on"): action.done_on if action else "",
        "KPI": action.kpi if action else "",
    }


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def _number(value: int | None) -> str:
    """As text: beside empty cells pandas would write whole numbers with a point."""
    return "" if value is None else str(value)
