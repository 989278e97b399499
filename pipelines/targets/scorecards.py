"""Every scorecard against the figures of a run: its score in each period that is over, beside one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from audit.expiry import after
from audit.measurement import Kpi, Measurement
from audit.quantity import Quantity
from audit.records import Records
from audit.records.auditing import decisions
from audit.records.finding import findings
from audit.targets.scorecard import Indicator, Scorecard, of_group
from audit.targets.scored import Figure, Major, Score, majors, scored
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.assess import measurement
from pipelines.measuring.periods import DAY
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.targets.objectives import Read, span
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class ScoredPeriod:
    period: str
    starts: dt.date
    ends: dt.date
    score: Score


@dataclass(frozen=True)
class Judged:
    card: Scorecard
    majors: tuple[Major, ...]
    """Those that stand now, whatever the period."""
    periods: tuple[ScoredPeriod, ...] = ()
    """Those that are over, in order of time."""
    silent: Text | None = None
    """Why there is no period at all."""

    @property
    def latest(self) -> ScoredPeriod | None:
        return self.periods[-1] if self.periods else None

    @property
    def before(self) -> ScoredPeriod | None:
        """The period before the last one."""
        return self.periods[-2] if len(self.periods) > 1 else None


def judged(
    workspace: Workspace, run: Run, records: Records, cards: Iterable[Scorecard], read: Read | None = None
) -> list[Judged]:
    """In the order given. `read` gives the measurements as whoever asks may see them."""
    concluded = {id: each.concluded for id, each in decisions.current(records).items()}
    standing = majors(run.clauses, concluded, findings.every(records))

    def every(kpi: str, grain: str) -> pd.DataFrame:
        return results.measurements(workspace, run.id, kpi, grain)

    return [_judged(workspace, run, card, standing, read or every) for card in cards]


def _judged(workspace: Workspace, run: Run, card: Scorecard, standing: tuple[Major, ...], read: Read) -> Judged:
    series = [_series(each, card, read) for each in card.indicators]
    until, first = min(run.ends, run.as_of), workspace.set_up.fiscal_year_begins if card.grain == "fiscal_year" else 1
    periods = tuple(
        _scored(card, period, starts, ends, series, standing)
        for period, starts, ends in _over(card, series, until, first)
        if card.retired_on is None or ends <= card.retired_on
    )
    if periods:
        return Judged(card, standing, periods)
    return Judged(card, standing, silent=say("no whole period of it has been measured yet"))


@dataclass(frozen=True)
class _Series:
    """One indicator's figures by period, or why it has none at all."""

    kpi: Kpi | None
    whole: dict[str, Measurement]
    """Every period that was measured, also those in which a group has no record."""
    own: dict[str, Measurement]
    silent: Text | None = None


def _series(indicator: Indicator, card: Scorecard, read: Read) -> _Series:
    kpi = definitions.kpis().get(indicator.kpi)
    if kpi is None:
        return _Series(None, {}, {}, say("there is no KPI '{kpi}' any more", kpi=indicator.kpi))
    found = read(kpi.name, card.grain)
    whole, own = (_by_period(found, by, group) for by, group in (("", ""), (indicator.by, indicator.group)))
    return _Series(kpi, whole, own, _unfit(indicator, kpi))


def _unfit(indicator: Indicator, kpi: Kpi) -> Text | None:
    """A KPI's definition may change after the levels were written."""
    units = {level.reaches.unit for level in indicator.levels if level.reaches}
    if kpi.better == "neither" or indicator.runs_against(kpi.better) or units != {kpi.unit}:
        return say("its levels do not fit the KPI any more; write them anew")
    return None


def _by_period(found: pd.DataFrame, by: str, group: str) -> dict[str, Measurement]:
    own = found[(found["by"] == by) & (found["group"] == group)]
    return {row["period"]: measurement(row) for row in own.assign(n=own["n"].fillna(0)).to_dict("records")}


Over = tuple[str, dt.date, dt.date]


def _over(card: Scorecard, series: Sequence[_Series], until: dt.date, first: int) -> list[Over]:
    """Periods that are over for any of the indicators, in order of time, each with its whole span."""
    found: dict[str, Over] = {}
    for each in series:
        for period, figure in each.whole.items():
            starts, ends = span(card.grain, figure, first)
            counted = card.grain != "rolling_12_months" or (ends + DAY).day == 1 or ends == until
            if counted and ends <= until:
                found[period] = (period, starts, ends)
    return sorted(found.values(), key=lambda over: (over[2], over[0]))


def _scored(
    card: Scorecard, period: str, starts: dt.date, ends: dt.date, series: Sequence[_Series], standing: tuple[Major, ...]
) -> ScoredPeriod:
    figures = [_figure(each, period, starts) for each in series]
    return ScoredPeriod(period, starts, ends, scored(card, figures, standing))


def _figure(series: _Series, period: str, starts: dt.date) -> Figure:
    figure = series.own.get(period)
    if series.kpi is None or series.silent:
        return figure, "neither", series.silent
    dated = series.kpi.rows == "dated up to its end"
    if figure and not figure.not_evaluated and figure.starts > starts and not dated:
        late = say("it is measured from {day} on only, which is not the whole period", day=figure.starts)
        return figure, series.kpi.better, late
    return figure, series.kpi.better, None


def named(indicator: Indicator) -> Text:
    """The figure that it is about."""
    kpi = definitions.kpis().get(indicator.kpi)
    return of_group(kpi.title if kpi else Text(en=indicator.kpi, zh=indicator.kpi), indicator.by, indicator.group)


def trend(judged: Judged) -> Text | None:
    """How the score moved since the period before; nothing is said where either is a range or was not evaluated."""
    now, then = judged.latest, judged.before
    if now is None or then is None:
        return None
    if not (now.score.exact and then.score.exact) or now.score.low is None or then.score.low is None:
        return say("cannot be compared with {period}, for one of the two is no exact score", period=then.period)
    change = now.score.low - then.score.low
    if abs(change) < 0.05:
        return say("as in {period}", period=then.period)
    if change > 0:
        return say("{points} points more than in {period}", points=f"{change:.1f}", period=then.period)
    return say("{points} points fewer than in {period}", points=f"{-change:.1f}", period=then.period)


def review_due(card: Scorecard, revised_on: dt.date) -> dt.date:
    """The day by which somebody must have looked at it again."""
    return after(revised_on, Quantity(card.reviewed_every, "months"))
