"""control-chart: limits of ordinary variation, and the points that are signals."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from audit.event import Event
from audit.wording import say
from pipelines.commands.method import series
from pipelines.commands.method.series import Given

if TYPE_CHECKING:
    from pipelines.methods.control_chart import ControlChart

about = say("Control chart (XmR, p, u or c): which values are ordinary, and which are signals by Nelson's rules.")


def add_options(parser: argparse.ArgumentParser) -> None:
    series.add_options(parser)
    parser.add_argument("--kind", metavar="KIND", help="XmR, xmr-median, p, u or c; else the one that fits")
    parser.add_argument("--rules", type=_rules, default=(1, 2), metavar="1,2", help="Nelson rules, of 1 to 8")
    parser.add_argument(
        "--baseline", action="append", type=_day, default=[], metavar="DATE",
        help="a day on which the process was changed: limits begin anew; needs dated periods",
    )  # fmt: skip


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    from pipelines.signals import reading

    given = series.given(asked)
    marked = [*given.events, *(Event(day, "--baseline", baseline=True) for day in asked.baseline)]
    found = reading(given.series, given.kpi, marked, asked.rules, asked.kind)
    chart = found.chart
    return {
        "kpi": given.kpi.name,
        "unit": given.kpi.unit,
        "kind": chart.kind if chart else None,
        "reason": chart.reason.en if chart else None,
        "verdict": found.verdict,
        "because": found.because.en,
        "points": [_point(given, chart, at) for at in range(len(given.series))],
        "signals": [
            {**vars(signal), "from": given.series[signal.first].period, "to": given.series[signal.last].period}
            for signal in (chart.signals if chart else ())
        ],
        "phases": [{**vars(phase), "provisional": phase.provisional} for phase in (chart.phases if chart else ())],
        "stretch": chart.stretch if chart else None,
    }


def told(answer: Mapping[str, Any]) -> Iterable[Sequence[object]]:
    yield ["period", "value", "n", "centre", "low", "high", "moving range", "rules"]
    for point in answer["points"]:
        rules = ", ".join(map(str, point["rules"]))
        yield [*(point[name] for name in ("period", "value", "n", "centre", "low", "high", "moving_range")), rules]


def _point(given: Given, chart: ControlChart | None, at: int) -> dict[str, Any]:
    point = given.series[at]
    lines = (chart.centre, chart.low, chart.high, chart.moving_ranges, chart.range_limit) if chart else ()
    names = ("centre", "low", "high", "moving_range", "range_limit")
    known = dict(zip(names, (line[at] for line in lines), strict=True)) if chart else dict.fromkeys(names)
    return {
        "period": point.period,
        "value": point.value,
        "n": point.n,
        **known,
        "rules": sorted({each.rule for each in (chart.signals if chart else ()) if each.first <= at <= each.last}),
        "not_evaluated": point.not_evaluated and point.not_evaluated.en,
    }


def _rules(text: str) -> tuple[int, ...]:
    try:
        rules = tuple(sorted({int(part) for part in text.split(",")}))
    except ValueError:
        rules = ()
    if not rules or not set(rules) <= set(range(1, 9)):
        raise argparse.ArgumentTypeError(f"'{text}' names no Nelson rules; write numbers of 1 to 8, as in 1,2,3")
    return rules


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it as 2026-10-31") from None
