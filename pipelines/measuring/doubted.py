"""Figures that may not be believed lose their value, and each says why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from audit.measurement import Kpi
from audit.text import Text
from audit.wording import say
from pipelines.measuring.trust import Doubt


def doubted(cells: pd.DataFrame, kpis: Sequence[Kpi], doubts: Sequence[Sequence[Doubt]]) -> pd.DataFrame:
    """
    `cells` with the columns not_evaluated_en, _zh, warning_en and _zh. Their columns `which` and `number` say where the
    KPI stands in `kpis`, and where the period stands in the `doubts` of that KPI.
    """
    silent = np.array([[doubt.not_evaluated is not None for doubt in own] for own in doubts])
    cells.loc[silent[cells["which"], cells["number"]], ["value", "low", "high"]] = np.nan  # bad data is no figure
    told = _told(cells, kpis, doubts)
    for name in ("not_evaluated", "warning"):
        texts = [getattr(doubt, name) for doubt in told]
        for language in ("en", "zh"):
            cells[f"{name}_{language}"] = pd.array([text and getattr(text, language) for text in texts], dtype="str")
    return cells


def _told(cells: pd.DataFrame, kpis: Sequence[Kpi], doubts: Sequence[Sequence[Doubt]]) -> list[Doubt]:
    known: dict[tuple[int, int, int, bool, bool], Doubt] = {}  # most cells are alike
    found = []
    columns = (cells[name].tolist() for name in ("which", "number", "n", "looked_at"))
    for which, number, n, looked_at, no_value in zip(*columns, cells["value"].isna().tolist(), strict=True):
        kpi = kpis[which]
        place = which, number, n if no_value or n < kpi.least else kpi.least, no_value, bool(looked_at)
        if place not in known:
            known[place] = _doubt(doubts[which][number], kpi, n, no_value, bool(looked_at and kpi.two_sides))
        found.append(known[place])
    return found


def _doubt(doubt: Doubt, kpi: Kpi, n: int, no_value: bool, of_two: bool) -> Doubt:
    """`of_two`: there are records to look at, and those of two kinds are compared."""
    if doubt.not_evaluated:
        return doubt
    if n == 0 and of_two:
        told = say("there are records in the period, but at least one of the two sides that are compared has none")
        return Doubt(told, doubt.warning)
    if n == 0:
        return Doubt(say("there are no records in the period"), doubt.warning)
    if n < kpi.least:
        return Doubt(_too_few(n, kpi.least), doubt.warning)
    if no_value and kpi.unit in ("days", "hours", "minutes"):
        return Doubt(say("it has no finite value: too many of the {n} records are still open", n=n), doubt.warning)
    if no_value:
        return Doubt(say("there are {n} records, but nothing to hold them against", n=n), doubt.warning)
    return doubt


@cache  # most cells that are silent say this
def _too_few(n: int, least: int) -> Text:
    return say("only {n} records; at least {least} are needed", n=n, least=least)
