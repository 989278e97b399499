"""comparison: which groups, or periods, differ from all the others."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from audit.errors import SourceError
from audit.measurement import Kpi
from audit.wording import say
from pipelines.commands.method import csv_file, series

about = say("Comparison: which groups or periods differ from the others, corrected for how many are compared.")
CORRECTIONS = ("holm", "benjamini-hochberg")


def add_options(parser: argparse.ArgumentParser) -> None:
    series.add_options(parser)
    parser.add_argument("--periods", choices=["quarter", "year"], help="compare these in place of the groups of --by")
    parser.add_argument("--months", type=int, default=12, metavar="N", help="the latest ones that count for groups")
    parser.add_argument("--correction", choices=CORRECTIONS, default="holm")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    from pipelines.methods import pooling
    from pipelines.signalling import comparing

    kpi, parts = _of_file(asked) if asked.csv else _of_run(asked)
    method = pooling.method(kpi)
    found = comparing.compared(kpi, parts, asked.correction)
    return {
        "kpi": kpi.name,
        "unit": kpi.unit,
        "interval": method,
        "correction": asked.correction,
        "rest_is": "all others" if method else "average of others",
        "groups": [_row(each) for each in found.compared],
        "left_out": [{"group": name, "because": why.en} for name, why in found.left_out.items()],
        "because": found.because.en,
    }


def told(answer: Mapping[str, Any]) -> Iterable[Sequence[object]]:
    columns = ["group", "value", "n", "rest", "difference", "low", "high", "p", "adjusted_p", "differs"]
    yield [answer["rest_is"] if name == "rest" else name for name in columns]
    for row in answer["groups"]:
        yield [row[name] for name in columns]


def _row(each: Any) -> dict[str, Any]:
    apart = each.difference
    return {
        "group": each.name, "value": each.own.value, "n": each.own.n, "rest": each.rest.value, "rest_n": each.rest.n,
        "difference": apart.value, "low": apart.low, "high": apart.high, "p": each.p, "adjusted_p": each.adjusted,
        "differs": each.differs,
    }  # fmt: skip


def _of_file(asked: argparse.Namespace) -> tuple[Kpi, Mapping[str, Any]]:
    from pipelines.signalling import comparing

    if asked.kpi:
        raise SourceError("name a file after --csv, or a figure of the last run after --kpi, and not both")
    kpi = series.kpi_of(asked)
    rows = csv_file.read(asked.csv, ["group", "value", "n"], series.COLUMNS)
    points = series.points(rows, kpi)
    comparing.refuse_without_bounds(kpi, points)
    return kpi, comparing.by_group(points)


def _of_run(asked: argparse.Namespace) -> tuple[Kpi, Mapping[str, Any]]:
    from pipelines.commands.assessing import latest
    from pipelines.commands.terminal import at_work
    from pipelines.effects.aim import Aim
    from pipelines.effects.effectiveness import named
    from pipelines.runs import results
    from pipelines.signalling import comparing
    from pipelines.signals import series_of

    if not asked.kpi:
        raise SourceError("name a file after --csv, or a figure of the last run after --kpi, and not both")
    if not asked.by and not asked.periods:
        raise SourceError("say what is compared: groups, as in --by segment, or --periods quarter (or year)")
    kpi = named(Aim(asked.kpi, None, None, asked.by, asked.group))
    with at_work(asked) as (workspace, _):
        found = results.measurements(workspace, latest(workspace).id, kpi.name, "month", asked.by)
    if asked.periods:
        return kpi, comparing.by_period(series_of(found[found["group"] == asked.group]), asked.periods)
    return kpi, comparing.by_group(series_of(found), asked.months)
