"""Decisions and improvements as files for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from audit.records.reviewing.improvements import Improvement
from audit.records.reviewing.review_decisions import Decision
from audit.review import heard_word, input_word, kind_word, status_word
from pages.components.words import _, said
from pipelines.reports.cell import safe_csv


def decision_file(decisions: Sequence[Decision]) -> bytes:
    return safe_csv(pd.DataFrame([_decision(each) for each in decisions]))


def improvement_file(entries: Sequence[Improvement]) -> bytes:
    return safe_csv(pd.DataFrame([_improvement(each) for each in entries]))


def _decision(each: Decision) -> dict[str, object]:
    return {
        _("Decision"): each.id,
        _("Review"): each.review,
        _("What was decided"): each.what,
        _("Requirement"): each.input,
        _("Because of"): said(input_word(each.input)),
        _("Kind"): said(kind_word(each.kind)),
        _("Owner"): each.owner,
        _("Due"): each.due_on,
        _("Status"): said(status_word(each.status)),
        _("Done on"): each.done_on,
    }


def _improvement(each: Improvement) -> dict[str, object]:
    return {
        _("Entry"): each.id,
        _("You said"): each.said,
        _("Heard in"): said(heard_word(each.source)),
        _("Known by"): each.reference,
        _("For whom"): f"{each.by} {each.group}".strip(),
        _("We did"): each.did,
        _("Done on"): each.done_on,
        _("Action it belongs to"): each.action,
        _("Customer told on"): each.told_on,
        _("How they were told"): each.told_how,
    }
