"""Is a figure changing? Its control chart, its trend, and a verdict in words; proposed, never concluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import pandas as pd

from audit.event import Event
from audit.measurement import Kpi, Measurement
from audit.records import Records, events
from audit.text import Text
from pipelines import definitions
from pipelines.assess import measurement
from pipelines.methods.control_chart import Asked, ControlChart, control_chart
from pipelines.methods.nelson import DEFAULT, Signal
from pipelines.methods.trend import Trend, trend
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.signalling import kind as kinds
from pipelines.signalling import sentence as words
from pipelines.signalling.clause import clause
from pipelines.signalling.places import Places, evaluated, overlap, places, possible, whole
from pipelines.workspace import Workspace

Verdict = Literal["stable", "improving", "worsening", "changed", "too few points", "not evaluated"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
RECENT = 6
"""Points in which a signal must end to be news; an older one has passed."""
SILENT = 3
"""Periods at the end without a value, after which nothing is said of today."""
DRIFT = 0.01
"""Chance of calling a trend what is none; stricter than usual, because every figure is looked at with every run."""
CYCLES = {"month": 12, "quarter": 4}


@dataclass(frozen=True)
class Reading:
    chart: ControlChart | None
    """One entry for each measurement of the series; None where there is nothing to chart."""
    trend: Trend | None
    """Since the last change of the process; None for fewer than ten points."""
    verdict: Verdict
    because: Text
    signal: Signal | None = None
    """The one that the verdict rests on."""
    lasts: bool = False
    """The signal has several points, up to the newest that is evaluated: what it says holds since its first point."""


def reading(
    series: Sequence[Measurement],
    kpi: Kpi,
    events: Sequence[Event] = (),
    rules: Sequence[int] = DEFAULT,
    kind: str | None = None,
) -> Reading:
    """
    `series` has the measurements of one KPI, grain and group in order of time, also those that are not evaluated: they
    are gaps and never count; so does a period that the data cover in part. Raises SourceError for a kind of chart that
    there is not, or that the figure cannot have.
    """
    if overlap(series):
        return Reading(None, None, "not evaluated", words.overlapping())
    all_places = places(series)
    if not all_places.known:
        return Reading(None, None, "not evaluated", words.unknown(series[-1].not_evaluated if series else None))
    chart = _chart(all_places, kpi, events, rules, kind)
    start = chart.phases[-1].first
    found = trend(all_places.values[start:], CYCLES.get(series[0].grain, 0))
    judged = _judged(Reading(all_places.without_empty(chart), found, "stable", chart.reason), series, kpi)
    ahead = all_places.waiting(events)
    return replace(judged, because=words.with_change_ahead(judged.because, ahead)) if ahead else judged


def readings(workspace: Workspace, run: Run, records: Records, grain: str = "month") -> dict[str, Reading]:
    """Of every KPI of the run as a whole, by the KPI's name."""
    noted = [event for event in events.every(records) if not event.withdrawn]
    measured = series_of(results.measurements(workspace, run.id, grain=grain, by=""))
    series: dict[str, list[Measurement]] = {}
    for each in measured:
        series.setdefault(each.kpi, []).append(each)
    kpis = definitions.kpis()
    return {
        name: reading(points, kpis[name], [event for event in noted if event.concerns(name)])
        for name, points in sorted(series.items())
        if name in kpis
    }


def series_of(rows: pd.DataFrame) -> list[Measurement]:
    """Rows of measurements (columns of pipelines.measure.COLUMNS) in order of time."""
    ordered = rows.sort_values("ends").to_dict("records")
    return [measurement({str(name): value for name, value in row.items()}) for row in ordered]


def _chart(found: Places, kpi: Kpi, events: Sequence[Event], rules: Sequence[int], asked: str | None) -> ControlChart:
    changes = found.changes(events)
    choice = kinds.chosen(kpi, found, found.since(changes), asked)
    chart = control_chart(Asked(found.values, found.sizes, choice.kind, choice.per, changes, rules), choice.reason)
    reason = kinds.exact(kinds.widened(chart.reason, chart.stretch), chart.phases[-1].rare)
    return replace(possible(chart, kpi.unit), reason=reason)


def _judged(seen: Reading, series: Sequence[Measurement], kpi: Kpi) -> Reading:
    assert seen.chart
    known = [at for at, point in enumerate(series) if evaluated(point)]
    closed = [point for point in series if whole(point)]
    if not any(evaluated(point) for point in closed[-SILENT:]):
        return replace(seen, verdict="not evaluated", because=words.unknown(closed[-1].not_evaluated))
    phase = seen.chart.phases[-1]
    limited = any(line is not None for line in seen.chart.centre[phase.first :])
    if phase.provisional:
        return replace(seen, verdict="too few points", because=words.few(phase, limited))
    if not limited:
        return replace(seen, verdict="too few points", because=words.gappy())
    told = _told(seen, [at for at in known if at >= phase.first], series, kpi)
    if seen.trend and seen.trend.seasonal:
        told = replace(told, because=words.with_season(told.because))
    return told if evaluated(closed[-1]) else replace(told, because=words.with_gap(told.because, closed[-1]))


def _told(seen: Reading, known: Sequence[int], series: Sequence[Measurement], kpi: Kpi) -> Reading:
    assert seen.chart
    own = [signal for signal in seen.chart.signals if signal.first >= known[0]]
    recent = [signal for signal in own if signal.last >= known[-RECENT]]
    if recent:
        signal = max(recent, key=lambda signal: (signal.last, -signal.rule))
        verdict = _direction(signal.above, kpi)
        because = words.stated(verdict, clause(signal, known[-1], kpi.unit, series, seen.chart))
        return replace(seen, verdict=verdict, because=because, signal=signal, lasts=_lasts(signal, known[-1]))
    if seen.trend and seen.trend.clear(DRIFT):
        verdict = _direction(seen.trend.score > 0, kpi)
        return replace(seen, verdict=verdict, because=words.drifting(verdict, seen.trend, kpi.unit))
    return replace(seen, verdict="stable", because=words.stable(RECENT, len(known), len(own), seen.chart.rules))


def _lasts(signal: Signal, newest: int) -> bool:
    """One point alone beyond a limit says nothing of those before and after it."""
    return signal.first < signal.last == newest


def _direction(up: bool | None, kpi: Kpi) -> Verdict:
    if up is None or kpi.better == "neither":
        return "changed"
    return "improving" if up == (kpi.better == "higher") else "worsening"
