"""objectives: targets against values, and the objectives themselves to a file and from one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from audit.records.targets import objectives as kept
from audit.targets.objective import Target, spelled
from pipelines.commands.assessing import latest
from pipelines.commands.decided import Kind, exchange
from pipelines.commands.terminal import at_work, print_table, tell
from pipelines.targets import objective_file
from pipelines.targets.objectives import Judged, ObjectivePeriod, judged
from pipelines.targets.outlook import Forecast

HEADS = ["objective", "title", "period", "target", "value", "n", "met", "sure"]


def objectives(asked: argparse.Namespace) -> int:
    """Exit 0 also where an objective was not attained: that is a figure, not a failure."""
    return exchange(Kind("objective", kept, objective_file), asked, _judge)


def _judge(asked: argparse.Namespace) -> int:
    with at_work(asked) as (workspace, records):
        every = kept.every(records)
        found = judged(workspace, latest(workspace), every) if every else []
    rows = [row for each in found for row in _rows(each)]
    tell(asked, rows, lambda: _print(rows, found))
    return 0


def _print(rows: Sequence[dict[str, object]], found: Sequence[Judged]) -> None:
    print_table(HEADS, [[row[name] for name in HEADS] for row in rows])
    for each in found:
        if each.silent:
            print(f"{each.objective.id}: {each.silent.en}")
        if each.forecast:
            print(f"{each.objective.id}: {each.forecast.outlook}, {each.forecast.because.en}")


def _rows(judged: Judged) -> list[dict[str, object]]:
    """One for each period; the forecast stands beside the one that is under way."""
    return [_row(judged, each, judged.forecast if each is judged.current else None) for each in judged.periods]


def _row(judged: Judged, period: ObjectivePeriod, forecast: Forecast | None) -> dict[str, object]:
    objective, figure, reached = judged.objective, period.measurement, period.attainment
    return {
        "objective": objective.id,
        "title": objective.title,
        "kpi": objective.kpi,
        "by": objective.by,
        "group": objective.group,
        "grain": objective.grain,
        "period": period.period,
        "starts": period.starts,
        "ends": period.ends,
        "target": _target(period.target),
        "at_least": _value(period.target, "at_least"),
        "at_most": _value(period.target, "at_most"),
        "value": figure and figure.value,
        "n": figure.n if figure else 0,
        "low": figure and figure.low,
        "high": figure and figure.high,
        "met": reached.met,
        "sure": reached.sure or None,
        "warned": reached.warned,
        "stretched": reached.stretched,
        "because": period.because.en,
        "owner": objective.owner,
        "retired_on": objective.retired_on,
        "forecast": forecast and _forecast(forecast),
    }


def _target(target: Target) -> str:
    sides = (("at least", target.at_least), ("at most", target.at_most))
    return ", ".join(f"{word} {spelled(value)}" for word, value in sides if value)


def _value(target: Target, side: str) -> float | None:
    found = getattr(target, side)
    return found.value if found else None


def _forecast(forecast: Forecast) -> dict[str, object]:
    return {
        "outlook": forecast.outlook,
        "value": forecast.value,
        "low": forecast.low,
        "high": forecast.high,
        "months": forecast.months,
        "because": forecast.because.en,
    }
