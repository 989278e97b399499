"""The series that a method is asked about: one figure over time, from a CSV file or from the last run."""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from audit.errors import SourceError
from audit.event import Event
from audit.grain import GRAINS
from audit.measurement import Better, Interval, Kpi, Measurement
from audit.quantity import UNITS
from audit.text import Text
from pipelines.commands.method import csv_file
from pipelines.commands.method.csv_file import Row

COLUMNS = ("value", "period", "n", "low", "high", "group")
UNDATED = dt.date(2000, 1, 1)
"""Where a file names no days: each row is the day after the one before."""


@dataclass(frozen=True)
class Given:
    kpi: Kpi
    series: tuple[Measurement, ...]
    events: tuple[Event, ...] = ()


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--csv", metavar="FILE", help="columns: value; also period, n and others where there are any")
    parser.add_argument("--unit", choices=UNITS, default="score", help="of the values in the file")
    parser.add_argument(
        "--better", choices=get_args(Better), default="neither", help="for a file: the better direction"
    )
    parser.add_argument("--interval", choices=get_args(Interval), help="for a file: how the figure gets its interval")
    parser.add_argument("--kpi", metavar="K", help="of the last run, in place of a file")
    parser.add_argument("--grain", choices=GRAINS, default="month")
    parser.add_argument("--by", default="", metavar="DIM", help="as in segment; without it the whole")
    parser.add_argument("--group", default="", metavar="GROUP", help="the group of --by")


def given(asked: argparse.Namespace) -> Given:
    """Raises SourceError where neither or both are named, DefinitionError for a figure that there is not."""
    if bool(asked.csv) == bool(asked.kpi):
        raise SourceError("name a file after --csv, or a figure of the last run after --kpi, and not both")
    if asked.csv:
        kpi = kpi_of(asked)
        return Given(kpi, tuple(points(csv_file.read(asked.csv, ["value"], COLUMNS), kpi)))
    return _of_run(asked)


def kpi_of(asked: argparse.Namespace) -> Kpi:
    name = Path(asked.csv).stem
    said = Text(en=name, zh=name)
    return Kpi(
        name=name, title=said, unit=asked.unit, better=asked.better, source="", dated_by="", interval=asked.interval,
        why=said, clauses=(), query="",
    )  # fmt: skip


def points(rows: Sequence[Row], kpi: Kpi) -> list[Measurement]:
    """A row without a value is a period that is not evaluated."""
    found = [_point(row, kpi, place) for place, row in enumerate(rows)]
    if any(after.starts <= before.starts for before, after in zip(found, found[1:], strict=False)):
        return sorted(found, key=lambda point: point.starts)
    return found


def _point(row: Row, kpi: Kpi, place: int) -> Measurement:
    value, n = row.number("value"), row.number("n")
    if n is not None and (n < 0 or n != int(n)):
        raise SourceError(f"{row.file}:{row.line}: '{row.text('n')}' in 'n' is no number of records; write a whole one")
    label = row.text("period") or f"#{place + 1}"
    starts, ends = _span(label, place)
    why = Text(en="the file has no value", zh="文件中没有数值") if value is None else None
    return Measurement(
        kpi.name, kpi.unit, "", label, starts, ends, "group" if row.text("group") else "", row.text("group"), value,
        int(n) if n is not None else 1, row.number("low"), row.number("high"), why,
    )  # fmt: skip


def _span(label: str, place: int) -> tuple[dt.date, dt.date]:
    """A month or a day where the period is written as one, else the place in the file."""
    try:
        day = dt.date.fromisoformat(label if len(label) > 7 else f"{label}-01")
    except ValueError:
        return (made := UNDATED + dt.timedelta(days=place)), made
    return day, day if len(label) > 7 else day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _of_run(asked: argparse.Namespace) -> Given:
    from audit.records import events
    from pipelines.commands.assessing import latest
    from pipelines.commands.terminal import at_work
    from pipelines.effects.aim import Aim
    from pipelines.effects.effectiveness import named
    from pipelines.runs import results
    from pipelines.signals import series_of

    if bool(asked.by) != bool(asked.group):
        raise SourceError("the group is half named; write --by and --group, or neither")
    kpi = named(Aim(asked.kpi, None, None, asked.by, asked.group))
    with at_work(asked) as (workspace, records):
        found = results.measurements(workspace, latest(workspace).id, kpi.name, asked.grain, asked.by)
        noted = events.of(records, kpi.name, asked.by, asked.group)
    series = series_of(found[found["group"] == asked.group])
    if not series:
        raise SourceError(f"the last run has no {kpi.name} for '{asked.group}'; see 'kpis --kpi {kpi.name} --by DIM'")
    return Given(kpi, tuple(series), tuple(noted))
