"""How a figure is made, in words: what it counts, its unit and direction, its interval, and its caveats."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from audit.measurement import Kpi, Measurement
from audit.pairs import SIGN
from pages.components import session
from pages.components.chart.point import Point
from pages.components.table import table
from pages.components.trends.series import Series
from pages.components.trends.trend_words import dimension, interval
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.runs.run_folder import Run

SOURCES = {
    "wilson": "Wilson (1927)",
    "mean": "Student (1908)",
    "poisson": "Garwood (1936)",
    "garwood": "Garwood (1936)",
    "dobson": "Dobson et al. (1991)",
    "newcombe": "Newcombe (1998)",
}
"""Where each interval is described."""


def definition(kpi: Kpi, run: Run, own: Series | None) -> None:
    st.header(_("How it is made"), anchor=False)
    st.markdown(plain(said(kpi.why)))
    rows = [[f"**{name}**", plain(told)] for name, told in _facts(kpi, run, own)]
    table([_("Part"), _("What holds here")], rows, _("How it is made"))
    st.markdown(_("The formula, for any period and group:"))
    st.code(kpi.query, language="sql", wrap_lines=True)


def _facts(kpi: Kpi, run: Run, own: Series | None) -> Iterator[tuple[str, str]]:
    yield _("Unit"), _unit(kpi)
    yield _("Better is"), {"higher": _("higher"), "lower": _("lower"), "neither": _("neither direction")}[kpi.better]
    yield _("Counts"), _rows(kpi)
    yield _("Interval"), _interval(kpi)
    yield _("Least records"), _("{least}; with fewer it is not evaluated", least=kpi.least)
    yield _("Can be split by"), _(", ").join(map(dimension, kpi.by)) or "–"
    if own and own.reading.chart:
        yield _("Signals by"), f"{own.reading.chart.kind}: {said(own.reading.chart.reason)}"
    yield _("Data as of"), _("{date}, in run {run}", date=run.as_of, run=run.id)


def _interval(kpi: Kpi) -> str:
    if not kpi.interval:
        return _("none")
    source = SOURCES.get(kpi.interval)
    return f"{interval(kpi.interval)}; {source}" if source else interval(kpi.interval)


def _unit(kpi: Kpi) -> str:
    return {
        "%": _("per cent"), "points": _("points"), "score": _("score"), "count": _("a number"), "days": _("days"),
        "hours": _("hours"), "minutes": _("minutes"), "months": _("months"), "per 1,000": _("per 1,000"),
        "per 1,000,000": _("per 1,000,000"),
    }[kpi.unit]  # fmt: skip


def _rows(kpi: Kpi) -> str:
    values = {"rows": kpi.source, "column": kpi.dated_by}
    return {
        "dated in the period": _("rows of {rows} whose {column} lies in the period", **values),
        "standing at its start": _("rows of {rows} that stand at the start of the period, by {column}", **values),
        "dated up to its end": _("rows of {rows} whose {column} lies before the end of the period", **values),
    }[kpi.rows]


def caveats(kpi: Kpi, figure: Measurement, point: Point) -> list[str]:
    """What a reader who quotes the figure has to say with it."""
    told = [said(figure.warning)] if figure.warning else []
    if point.is_part:
        told.append(_("The period is only in part inside the audit period."))
    if not kpi.interval:
        told.append(_("It has no interval, so a small change cannot be told from chance."))
    if kpi.measures_age:
        told.append(_("It measures how old the data is, so old data is a result of it and no flaw."))
    if kpi.may_lack:
        known = definitions.sources()
        names = _(", ").join(said(known[name].title) for name in kpi.may_lack)
        told.append(_("Without any file of {sources} it counts as if nothing of them had happened.", sources=names))
    if SIGN in figure.by:
        told.append(_("Pairs of groups are small; look at several periods before you act on one."))
    if session.least_shown() > 1:
        told.append(_("Groups of few customers are not shown to your role."))
    return told
