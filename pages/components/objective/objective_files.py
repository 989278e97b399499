"""Objectives as files: every period for a spreadsheet, and the objectives themselves as YAML."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from audit.targets.attainment import met_word, sure_word
from audit.targets.objective import Objective, spelled
from pages.components import session
from pages.components.objective.objective_words import period_name
from pages.components.words import _, said
from pipelines.reports.cell import safe_csv
from pipelines.targets.objective_file import text_of
from pipelines.targets.objectives import Judged, ObjectivePeriod, named


def period_file(every: Sequence[Judged]) -> bytes:
    return safe_csv(pd.DataFrame([_row(judged, each) for judged in every for each in judged.periods]))


def _row(judged: Judged, period: ObjectivePeriod) -> dict[str, object]:
    figure, target, sure = period.measurement, period.target, sure_word(period.attainment.sure)
    return {
        _("Objective"): judged.objective.id,
        _("Title"): judged.objective.title,
        _("Measure"): said(named(judged)),
        _("Period"): period_name(judged, period),
        _("Target"): said(target.words),
        _("Warning"): spelled(target.warn_at) if target.warn_at else None,
        _("Value"): figure and figure.value,
        "n": figure.n if figure else 0,
        _("Low"): figure and figure.low,
        _("High"): figure and figure.high,
        _("Attained"): said(met_word(period.met)),
        _("How sure"): said(sure) if sure else None,
        _("Because"): said(period.because),
        _("Owner"): judged.objective.owner,
    }


def objectives_file(every: Sequence[Objective]) -> bytes:
    return text_of(session.workspace().set_up.organisation, every).encode("utf-8")
