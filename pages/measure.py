"""One figure explained: what it says, how it is made, of which files, who owns them, and the rows behind it."""

from __future__ import annotations

import streamlit as st

from audit.measurement import Measurement
from audit.withheld import is_withheld
from pages.components import session, tags
from pages.components.chart.point import Point
from pages.components.clause.rows_behind import way_back
from pages.components.explained.asked import Asked, asked, choices
from pages.components.explained.definition import caveats, definition
from pages.components.explained.lineage import lineage
from pages.components.explained.used_by import used_by
from pages.components.frame import page
from pages.components.trends.marks import badge
from pages.components.trends.series import Series, of_group
from pages.components.trends.trend_words import answer, note
from pages.components.words import _, plain, said


def main() -> None:
    run = session.run(session.workspace())
    found = asked(run)
    own = _series(found)
    name = found.figure.group if found.figure and found.figure.by else None
    point = _point(own, found.figure)
    title = answer(found.kpi, [point] if point else [], found.figure.by if found.figure else "", name)
    with page(title, _("Measure"), [("overview", _("Overview")), ("kpi_trends", _("Trends"))]):
        choices(run, found)
        if found.figure is None or point is None or own is None:
            st.markdown(_("The last run has no value of this measure. Start a run to compute it."))
        else:
            _standing(found, found.figure, point, own)
        definition(found.kpi, run, own)
        lineage(found.kpi, run)
        used_by(found.kpi, run)
        if found.figure:
            st.header(_("This figure, to the row"), anchor=False)
            way_back(found.figure, run, f"figure {found.kpi.name}")


def _series(found: Asked) -> Series | None:
    if found.figure is None:
        return None
    return of_group(found.kpi, found.measured, found.figure.by, found.figure.group)


def _point(own: Series | None, figure: Measurement | None) -> Point | None:
    """A window that ends within a month stands in no chart; it is read from the figure itself."""
    if own is None or figure is None:
        return None
    return next((each for each in own.points if each.period == figure.period), None) or _of(figure)


def _of(figure: Measurement) -> Point:
    because, warning = (said(text) if text else "" for text in (figure.not_evaluated, figure.warning))
    n = None if is_withheld(figure, session.least_shown()) else figure.n
    return Point(figure.unit, figure.grain, figure.starts, figure.ends, figure.value, figure.low, figure.high, n,
                 because, warning, figure.period)  # fmt: skip


def _standing(found: Asked, figure: Measurement, point: Point, own: Series) -> None:
    span = _("{starts} to {ends}", starts=figure.starts, ends=figure.ends)
    value = [] if point.hidden else [f"**{plain(point.said)}**", tags.muted(f"n = {point.count}")]
    st.markdown(" ".join([*value, tags.muted(plain(span)), *([note(point)] if point.because else [])]))
    st.markdown(f"{badge(own)} {plain(said(own.reading.because))}")
    if cautions := caveats(found.kpi, figure, point):
        st.markdown("\n".join(f"- {plain(each)}" for each in cautions))
    query = {"by": figure.by, "group": figure.group} if figure.by else {}
    session.link("kpi_trends", _("See it over time") + " →", kpi=found.kpi.name, **query)


main()
