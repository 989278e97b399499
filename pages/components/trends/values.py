"""The table behind the charts of one figure, and its download."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from pages.components.chart.point import Point, in_view, points
from pages.components.table import table
from pages.components.trends.marks import marks
from pages.components.trends.series import Series
from pages.components.trends.trend_words import dimension, group, note
from pages.components.words import _, language, plain
from pipelines.reports.cell import safe_csv

if TYPE_CHECKING:
    from pages.components.trends.one_kpi import View


def values(view: View, own: Series) -> None:
    kept = _shown(view)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(_("The figures"), anchor=False)
        st.space("stretch")
        file = f"{view.kpi.name}-{view.grain}.csv"
        st.download_button(_("Download CSV"), safe_csv(_as_file(kept)), file, "text/csv", on_click="ignore")
    header = [_("Period"), _("Value (95 % interval)") if view.kpi.interval else _("Value"), "n", _("Note")]
    rows = [[*([_group(name)] if view.by else []), *row] for name, row in _rows(view, own, kept)]
    table([*([dimension(view.by)] if view.by else []), *header], rows, _("The figures"))


def _shown(view: View) -> pd.DataFrame:
    by = view.measured["by"]
    kept = (
        view.measured[(by == view.by) & (view.measured["group"] == view.group)]
        if view.group is not None
        else view.measured[by.isin(["", view.by])]
    )
    return kept.sort_values(["by", "group", "ends"])


def _as_file(kept: pd.DataFrame) -> pd.DataFrame:
    """A figure that is hidden is so in words: an empty cell could be taken for a missing one."""
    hidden = kept["n"].isna()
    told = kept.astype({"value": object, "n": object})
    told.loc[hidden, ["value", "n"]] = kept.loc[hidden, f"not_evaluated_{language()}"]
    return told


def _rows(view: View, own: Series, kept: pd.DataFrame) -> list[tuple[str | None, list[str]]]:
    signals = {own.points[mark.at].ends: mark.shape for mark in marks(own)}
    found: list[tuple[str | None, list[str]]] = []
    for (by, name), rows in kept.groupby(["by", "group"], sort=True):
        is_own = (view.group is not None) or not by
        for point in reversed(in_view(points(rows))):
            found.append((str(name) if by else None, _row(point, signals.get(point.ends, "") if is_own else "")))
    return found


def _group(name: str | None) -> str:
    return _("Whole") if name is None else plain(group(name))


def _row(point: Point, signal: str) -> list[str]:
    marked = f"{signal} {_('signal')}" if signal else ""
    return [point.name, plain(point.said), point.count, _("; ").join(filter(None, [marked, note(point)])) or "–"]
