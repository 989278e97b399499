"""cohorts: customers by when they came, against how much later they were still there."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from audit.errors import SourceError
from audit.wording import say
from pipelines.analyses.customer_base.calendar import Calendar, completed
from pipelines.commands.method import csv_file
from pipelines.commands.method.csv_file import Row
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered
from pipelines.methods.cohorts import Triangle, stayed, triangle

about = say("Of the customers who came in one period, how many were still there, or ordered again, so much later?")
OF = {"stayed": "retention", "ordered": "purchases"}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--csv", metavar="FILE", help="one row for each customer: customer_since, left_on (days as 2026-10-31)"
    )
    parser.add_argument("--to", metavar="DATE", help="last day that the file knows of; without it its latest day")
    parser.add_argument(
        "--of", choices=list(OF), default="stayed", help="of the last run: who stayed, or ordered again"
    )


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        calendar, one = _of_file(csv_file.read(asked.csv, ("customer_since", "left_on")), asked.to)
        return {"months": calendar.months} | asdict(one)
    part = getattr(found(asked, "customer_base"), OF[asked.of])
    if part.result is None:
        return answered(part)
    warning = {"warning": part.warning.en} if part.warning else {}
    return {"months": part.result.months} | asdict(part.result.triangle) | warning


def _of_file(rows: Sequence[Row], to: str | None) -> tuple[Calendar, Triangle]:
    stays = [(since, _day(row, "left_on")) for row in rows if (since := _day(row, "customer_since"))]
    if not stays:
        raise SourceError(f"{rows[0].file} names no day in 'customer_since'; write one, as in 2026-10-31")
    last = _read(to, "--to") if to else max(day for pair in stays for day in pair if day)
    calendar = Calendar.over(min(since for since, _ in stays), last)
    counts = np.zeros((len(calendar.names), calendar.most + 2), dtype=np.int64)
    for since, left in stays:
        if since <= last:
            known = min(left - dt.timedelta(days=1), last) if left else last
            periods = max(0, completed(since, known)) // calendar.months
            counts[calendar.place(since), min(periods, calendar.most + 1)] += 1
    return calendar, triangle(calendar.names, counts.sum(axis=1), stayed(counts), calendar.watched)


def _day(row: Row, column: str) -> dt.date | None:
    return _read(row.text(column), f"{row.file}:{row.line}", f" in '{column}'") if row.text(column) else None


def _read(text: str, place: str, column: str = "") -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise SourceError(f"{place}: '{text[:40]}'{column} is no day; write it as in 2026-10-31") from None


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    cohorts = answer.get("cohorts", ())
    yield [
        "came",
        "customers",
        *(f"{at * answer['months']} months" for at in range(1, len(answer.get("total", ())) + 1)),
    ]
    for one in cohorts:
        yield [one["name"], one["n"], *map(_cell, one["cells"])]
    if cohorts:
        yield ["together", answer["n"], *map(_cell, answer["total"])]


def _cell(cell: Mapping[str, Any] | None) -> str | None:
    if cell is None:
        return None
    return f"{cell['count']} of {cell['n']}" if cell["share"] is None else f"{cell['share']:.1f} %"
