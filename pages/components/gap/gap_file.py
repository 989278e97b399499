"""The gaps as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from audit.evidence import Outcome
from audit.readiness import Gap, effort_word, priority_word
from audit.tag import verdict_tag
from pages.components.words import _, said
from pipelines.readiness.gap_analysis import Planned
from pipelines.reports.cell import safe_csv


def gap_file(rows: Sequence[Planned]) -> bytes:
    return safe_csv(pd.DataFrame([_line(each) for each in rows]))


def _line(each: Planned) -> dict[str, object]:
    gap = each.gap
    return {
        _("Clause"): gap.clause,
        _("Requirement"): gap.requirement.id,
        _("Asks"): said(gap.requirement.asks),
        _("Concluded"): _concluded(each),
        _("Not met"): _because(gap, Outcome.NOT_MET),
        _("Not evaluated"): _because(gap, Outcome.NOT_EVALUATED),
        _("Priority"): said(priority_word(gap.priority)),
        _("Why"): said(gap.why),
        _("Effort"): said(effort_word(each.effort)),
        _("Owner"): each.owner,
        _("Due"): each.due_on,
        _("Note"): each.plan.note if each.plan else "",
    }


def _concluded(each: Planned) -> str:
    if each.decision is None:
        return ""
    told = f"{said(verdict_tag(each.decision.concluded).word)}, {each.decision.actor}"
    return f"{told}: {each.decision.reason}" if each.decision.reason else told


def _because(gap: Gap, outcome: Outcome) -> str:
    return "; ".join(said(found.because) for found in gap.missing if found.outcome == outcome)
