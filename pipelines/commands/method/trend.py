"""trend: whether a figure rises or falls over time."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from audit.wording import say
from pipelines.commands.method import series

about = say("Trend (Mann-Kendall): does the figure rise or fall, how fast, and is that more than chance.")


def add_options(parser: argparse.ArgumentParser) -> None:
    series.add_options(parser)
    parser.add_argument("--cycle", type=int, metavar="N", help="periods in a year, to look for seasons; months: 12")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    from pipelines.methods.trend import trend
    from pipelines.signalling import sentence
    from pipelines.signalling.places import gaps_unknown, overlap, places
    from pipelines.signals import CYCLES

    given = series.given(asked)
    cycle = asked.cycle if asked.cycle is not None else CYCLES.get(given.series[0].grain, 0)
    found = None if overlap(given.series) else trend(places(given.series).values, cycle)
    because = sentence.overlapping() if overlap(given.series) else sentence.trend_of(found, given.kpi.unit)
    if found and gaps_unknown(given.series):
        because = sentence.with_gaps_as_one(because)
    return {"kpi": given.kpi.name, "unit": given.kpi.unit, **(vars(found) if found else {}), "because": because.en}


def told(answer: Mapping[str, Any]) -> Iterable[Sequence[object]]:
    heads = ["points", "slope", "low", "high", "score", "tau", "p", "stretch"]
    yield heads
    if "slope" in answer:
        yield [answer[name] for name in heads]
