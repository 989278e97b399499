"""One figure over time with what the methods read in it, kept for as long as run, events and targets stay the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from audit.event import Event
from audit.measurement import Kpi, Measurement
from audit.quantity import Unit
from audit.records import events
from audit.records.targets import objectives
from audit.targets.objective import Objective, target_on
from audit.text import Text
from pages.components import session
from pages.components.chart.point import Point, aligned, in_view, points
from pages.components.words import language
from pipelines import definitions
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.signals import Reading, reading


@dataclass(frozen=True)
class Series:
    kpi: Kpi
    points: tuple[Point, ...]
    reading: Reading
    events: tuple[Event, ...] = ()
    targets: tuple[tuple[float | None, float | None], ...] = ()
    """Lower and upper target of each point; empty where no objective is set."""

    @property
    def unit(self) -> Unit:
        return self.kpi.unit

    @property
    def latest(self) -> Point | None:
        return next((point for point in reversed(self.points) if point.evaluated), None)


def every(run: Run, grain: str) -> dict[str, Series]:
    """The whole of every KPI that the run measured."""
    noted, asked = tuple(events.every(session.records())), tuple(objectives.every(session.records()))
    return _every(str(session.workspace().folder.resolve()), run.id, grain, noted, asked, language())


@st.cache_data(show_spinner=False, max_entries=16)
def _every(
    folder: str, run_id: str, grain: str, noted: tuple[Event, ...], asked: tuple[Objective, ...], spoken: str
) -> dict[str, Series]:
    found = results.measurements(session.workspace(), run_id, grain=grain, by="")
    known = definitions.kpis()
    return {
        str(name): series(known[str(name)], rows, noted, asked) for name, rows in found.groupby("kpi") if name in known
    }


def of_group(kpi: Kpi, measured: pd.DataFrame, by: str, group: str) -> Series:
    """One group on the axis of the whole, or the whole itself where both names are empty."""
    whole, own = (
        measured[(measured["by"] == each) & (measured["group"] == name)] for each, name in (("", ""), (by, group))
    )
    axis = in_view(points(whole)) if by else ()
    return series(kpi, own, events.every(session.records()), objectives.every(session.records()), axis)


def series(
    kpi: Kpi, rows: pd.DataFrame, noted: Sequence[Event], asked: Sequence[Objective], axis: Sequence[Point] = ()
) -> Series:
    """`rows` are the measurements of one grain and group; with an axis, a point for each of its periods."""
    dots = tuple(aligned(points(rows), axis) if axis else in_view(points(rows)))
    by, group = ("", "") if rows.empty else (str(rows["by"].iloc[0]), str(rows["group"].iloc[0]))
    own = tuple(event for event in noted if not event.withdrawn and event.concerns(kpi.name, by, group))
    steps = [each for each in asked if (each.kpi, each.by, each.group) == (kpi.name, by, group)]
    measured = [as_measurement(kpi, dot, by, group) for dot in dots]
    return Series(kpi, dots, reading(measured, kpi, own), own, _targets(steps, dots))


def as_measurement(kpi: Kpi, dot: Point, by: str, group: str) -> Measurement:
    """Of the points that are drawn, and no others, so that a place in the reading is a place in the chart."""
    held_back, warning = (Text(en=said, zh=said) if said else None for said in (dot.because, dot.warning))
    return Measurement(
        kpi.name, kpi.unit, dot.grain, dot.period, dot.starts, dot.ends, by, group, dot.value, dot.n or 0, dot.low,
        dot.high, held_back, warning,
    )  # fmt: skip


def _targets(asked: Sequence[Objective], dots: Sequence[Point]) -> tuple[tuple[float | None, float | None], ...]:
    """Of the objective that is set for this length of period, else of the first for another."""
    fitting = [each for each in asked if dots and each.grain == dots[0].grain] or list(asked)
    return tuple(_bounds(fitting[0], dot.ends) for dot in dots) if fitting else ()


def _bounds(objective: Objective, day: dt.date) -> tuple[float | None, float | None]:
    target = target_on(objective, day)
    sides = (target.at_least, target.at_most) if target else (None, None)
    return tuple(side.value if side else None for side in sides)  # type: ignore[return-value]
