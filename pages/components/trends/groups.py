"""The groups of one dimension, each small on the same axis, and which of them differ from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from audit.quantity import number
from audit.records import events as kept
from audit.records.targets import objectives
from pages.components import session, tags
from pages.components.chart import charts
from pages.components.chart.trend_chart import small, span
from pages.components.trends.marks import badge
from pages.components.trends.series import Series, as_measurement, series
from pages.components.trends.trend_words import dimension, group
from pages.components.words import _, plain, said
from pipelines.methods.comparisons import Compared
from pipelines.signalling.comparing import by_group, compared

if TYPE_CHECKING:
    from pages.components.trends.one_kpi import View

A_YEAR = {"month": 12, "quarter": 4}
LEAST_P = 0.001
MOST = 12
"""Small charts that one screen can hold; the table below has every group."""


def groups(view: View, whole: Series) -> None:
    st.header(_("The same measure by {dimension}", dimension=dimension(view.by).lower()), anchor=False)
    found = _groups(view, whole)
    drawn = dict(list(found.items())[:MOST])
    if len(found) > len(drawn):
        more = _("The {count} with most records of {all}; the table has every one.", count=len(drawn), all=len(found))
        st.markdown(tags.muted(more))
    if any(point.hidden for each in found.values() for point in each.points):
        st.markdown(tags.muted(_("Groups of few customers are not shown to your role.")))
    _compared(view, found)
    reach = span([each.points for each in drawn.values()], view.kpi.unit)
    grid = st.grid(4, min_column_width=250, gap="small")
    for index, (name, each) in enumerate(drawn.items()):
        with grid.cell():
            _group(view, index, name, each, reach)


def _compared(view: View, found: dict[str, Series]) -> None:
    """Which groups differ from the others in the last year; windows that overlap are looked at once."""
    dots = [
        as_measurement(view.kpi, point, view.by, name)
        for name, each in found.items() for point in each.points if not point.hidden
    ]  # fmt: skip
    seen = compared(view.kpi, by_group(dots, A_YEAR.get(view.grain, 1)))
    st.markdown(f"{tags.muted(_('In the last year:'))} {plain(said(seen.because))}")
    for each in seen.compared:
        if each.differs:
            st.markdown(f"- {plain(_apart(each, view))}")


def _apart(each: Compared, view: View) -> str:
    apart = each.difference
    values = {
        "group": group(each.name), "value": number(abs(apart.value), view.kpi.unit, True),
        "low": number(apart.low, view.kpi.unit, True), "high": number(apart.high, view.kpi.unit, True),
        "p": f"p < {LEAST_P}" if each.adjusted < LEAST_P else f"p = {each.adjusted:.3f}",
    }  # fmt: skip
    if apart.value > 0:
        return _("{group} lies {value} above the others (difference {low} to {high}; {p} after Holm)", **values)
    return _("{group} lies {value} below the others (difference {low} to {high}; {p} after Holm)", **values)


def _groups(view: View, whole: Series) -> dict[str, Series]:
    """Every group on the axis of the whole, the one with most records first."""
    noted, asked = kept.every(session.records()), objectives.every(session.records())
    rows = view.measured[view.measured["by"] == view.by].groupby("group", dropna=False)
    found = {str(name): series(view.kpi, own, noted, asked, whole.points) for name, own in rows}
    return dict(sorted(found.items(), key=lambda item: (-sum(point.n or 0 for point in item[1].points), item[0])))


def _group(view: View, index: int, name: str, each: Series, reach: tuple[float, float]) -> None:
    latest = each.points[-1]
    query = {"kpi": view.kpi.name, "grain": view.grain, "by": view.by, "group": name}
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"group {index}"):
        session.link("kpi_trends", f"**{plain(group(name))}**", **query)
    if latest.hidden:
        value = tags.muted(plain(latest.because))
    else:
        value = plain(latest.said) if latest.evaluated else f":violet[◇ {_('not evaluated')}]"
        value += f" {tags.small(f'n = {latest.count}')}"
    st.markdown(value if each.reading.verdict == "not evaluated" else f"{value} {badge(each)}")
    alt = f"{group(name)}: {latest.said}, n = {latest.count}. {said(each.reading.because)}"
    charts.draw(small(each.points, view.kpi.unit, reach, each), key=f"small {index}", alt=alt)
