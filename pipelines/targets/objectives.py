"""Every objective against the figures of a run: attained or not in each period, and where the current one heads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from audit.measurement import Kpi, Measurement
from audit.sentence import dimension_word, group_word
from audit.targets.attainment import Attainment, Met, attainment, met_word
from audit.targets.objective import Objective, Target, target_on
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.assess import measurement
from pipelines.measuring.periods import DAY
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.targets.outlook import Forecast, forecast, outlook_word
from pipelines.workspace import Workspace

LENGTHS = {"month": 1, "quarter": 3, "year": 12, "fiscal_year": 12}


@dataclass(frozen=True)
class ObjectivePeriod:
    period: str
    starts: dt.date
    ends: dt.date
    """Of the whole period, also where the data ends before."""
    target: Target
    """The one in force at the end of the period."""
    measurement: Measurement | None
    attainment: Attainment
    changed: bool = False
    """Whether another target was in force when the period began."""

    @property
    def met(self) -> Met:
        return self.attainment.met

    @property
    def because(self) -> Text:
        if not self.changed:
            return self.attainment.because
        return say(
            "{because}; the target changed within the period, and the one in force at its end counts",
            because=self.attainment.because,
        )


@dataclass(frozen=True)
class Judged:
    objective: Objective
    kpi: Kpi | None
    periods: tuple[ObjectivePeriod, ...] = ()
    """In order of time."""
    forecast: Forecast | None = None
    """Of the period that is under way; None where none is."""
    silent: Text | None = None
    """Why there is no period at all."""

    @property
    def latest(self) -> ObjectivePeriod | None:
        """The last period that is over."""
        return next((each for each in reversed(self.periods) if each.met != "open"), None)

    @property
    def current(self) -> ObjectivePeriod | None:
        """The one that is under way."""
        return next((each for each in self.periods if each.met == "open"), None)


Read = Callable[[str, str], pd.DataFrame]
"""The measurements of a KPI and a grain in every grouping, as whoever asks may see them."""


def judged(workspace: Workspace, run: Run, objectives: Iterable[Objective], read: Read | None = None) -> list[Judged]:
    """In the order given."""

    def every(kpi: str, grain: str) -> pd.DataFrame:
        return results.measurements(workspace, run.id, kpi, grain)

    return [_judged(workspace, run, each, read or every) for each in objectives]


def _judged(workspace: Workspace, run: Run, objective: Objective, read: Read) -> Judged:
    kpi = definitions.kpis().get(objective.kpi)
    if kpi is None:
        return Judged(objective, None, silent=say("there is no KPI '{kpi}' any more", kpi=objective.kpi))
    found = read(kpi.name, objective.grain)
    own = of(found, objective)
    until, first = min(run.ends, run.as_of), first_month(workspace, objective)
    periods = _periods(found[found["by"] == ""], own, objective, kpi, until, first)
    if not periods:
        return Judged(objective, kpi, silent=_silent(found, objective, kpi))
    current = periods[-1]
    if current.met != "open":
        return Judged(objective, kpi, periods)
    months, quarters = (of(read(kpi.name, grain), objective) for grain in ("month", "quarter"))
    looked = forecast(months, quarters, current.target, (current.starts, current.ends), until, kpi.scale)
    return Judged(objective, kpi, periods, looked)


def of(found: pd.DataFrame, objective: Objective) -> pd.DataFrame:
    """The rows of the objective's group, or of the whole, in order of time."""
    own = found[(found["by"] == objective.by) & (found["group"] == objective.group)]
    return own.sort_values("ends", ignore_index=True)


def first_month(workspace: Workspace, objective: Objective) -> int:
    """Of the year that the objective counts in."""
    return workspace.set_up.fiscal_year_begins if objective.grain == "fiscal_year" else 1


def _periods(
    whole: pd.DataFrame, own: pd.DataFrame, objective: Objective, kpi: Kpi, until: dt.date, first: int
) -> tuple[ObjectivePeriod, ...]:
    """The whole has a row for every period, a group only for those in which it has records."""
    known = {row["period"]: measurement(row) for row in own.assign(n=own["n"].fillna(0)).to_dict("records")}
    found = []
    for row in whole.sort_values("ends").to_dict("records"):
        starts, ends = span(objective.grain, measurement(row), first)
        target = target_on(objective, ends)
        counted = objective.grain != "rolling_12_months" or (ends + DAY).day == 1 or ends == until
        if target and counted:
            figure = known.get(row["period"])
            begun = starts if kpi.rows != "dated up to its end" or not figure else figure.starts
            reached = attainment(target, figure, begun, ends, until)
            changed = target_on(objective, starts) not in (None, target)
            found.append(ObjectivePeriod(row["period"], starts, ends, target, figure, reached, changed))
    return tuple(found)


def span(grain: str, figure: Measurement, first: int = 1) -> tuple[dt.date, dt.date]:
    """The whole period of which a figure may cover a part; `first` is the month in which years begin."""
    if grain not in LENGTHS:
        return figure.starts, figure.ends
    length, month = LENGTHS[grain], figure.starts.year * 12 + figure.starts.month - 1
    begun = month - (month - (first - 1)) % length
    return _first_of(begun), _first_of(begun + length) - DAY


def _first_of(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


def _silent(found: pd.DataFrame, objective: Objective, kpi: Kpi) -> Text:
    if found.empty:
        return say("the last run did not measure {kpi} over such a period", kpi=kpi.title)
    return say("no period that was measured ends on or after {day}, when its first target begins",
               day=objective.targets[0].since)  # fmt: skip


def named(judged: Judged) -> Text:
    """The figure that it is about: "Net Promoter Score (segment: Private)"."""
    objective = judged.objective
    title = judged.kpi.title if judged.kpi else Text(en=objective.kpi, zh=objective.kpi)
    if not objective.by:
        return title
    return say("{kpi} ({dimension}: {group})", kpi=title, dimension=dimension_word(objective.by),
               group=group_word(objective.group))  # fmt: skip


def told(judged: Judged) -> list[Text]:
    """
    As sentences of a report: the last full period, and the forecast of the one that is under way. Of a group without
    its figures, because a report is read by people from whom figures of small groups are hidden.
    """
    title, latest, forecast = Text(en=judged.objective.title, zh=judged.objective.title), judged.latest, judged.forecast
    found = [] if judged.silent is None else [_because(title, judged.silent)]
    if latest:
        met = say("{objective}, {period}: {met}", objective=title, period=latest.period, met=met_word(latest.met))
        found.append(met if judged.objective.by else _because(met, latest.because))
    if forecast:
        heads = say("{objective}, {period}: {met}", objective=title, period=judged.periods[-1].period,
                    met=outlook_word(forecast.outlook))  # fmt: skip
        found.append(heads if judged.objective.by else _because(heads, forecast.because))
    return found


def _because(what: Text, because: Text) -> Text:
    return say("{what}, because {because}", what=what, because=because)
