"""survival: how long customers stay."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from audit.errors import SourceError
from audit.wording import say
from pipelines.analyses.customer_base.found import MONTH
from pipelines.analyses.part import Part
from pipelines.commands.method import csv_file
from pipelines.commands.method.csv_file import Row
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered
from pipelines.methods.refused import Refused
from pipelines.methods.survival import LogRank, Stays, Survival, log_rank, stays, survival

about = say("How long do customers stay: the share still there after each length of stay, with its interval?")
YES, NO = ("yes", "true", "1"), ("no", "false", "0")
LONGEST = 100_000


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--csv", metavar="FILE",
        help="one row for each customer: 'stay', a whole number as of months; 'left', yes or no; where somebody was "
        "watched from later on 'entered', the stay by then; and 'group'; without it the last run's customers",
    )  # fmt: skip


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        rows = csv_file.read(asked.csv, ("stay", "left"), ("entered", "group"))
        named = sorted({row.text("group") for row in rows} - {""})
        groups = {name: _stays([row for row in rows if row.text("group") == name]) for name in named}
        return {"unit": "as given"} | _told(survival(_stays(rows)), {n: _or_none(g) for n, g in groups.items()}, groups)
    part = found(asked, "customer_base").survival
    if part.result is None:
        return answered(part)
    one = part.result
    curves = {group.name: group.survival.result for group in one.groups}
    warning = {"warning": part.warning.en} if part.warning else {}
    return {"unit": "days", "days_in_a_month": MONTH} | _curves(one.whole, curves) | _alike(one.alike) | warning


def _told(whole: Survival, curves: Mapping[str, Survival | None], groups: Mapping[str, Stays]) -> dict[str, Any]:
    try:
        return _curves(whole, curves) | _alike(Part(log_rank(groups)))
    except Refused as refused:
        return _curves(whole, curves) | _alike(Part(None, refused.because))


def _curves(whole: Survival, curves: Mapping[str, Survival | None]) -> dict[str, Any]:
    return asdict(whole) | {"groups": {name: asdict(one) if one else None for name, one in curves.items()}}


def _alike(part: Part[LogRank]) -> dict[str, Any]:
    return {"log_rank": answered(part)}


def _or_none(group: Stays) -> Survival | None:
    try:
        return survival(group)
    except Refused:
        return None


def _stays(rows: Sequence[Row]) -> Stays:
    lengths, entered = ([_whole(row, name) for row in rows] for name in ("stay", "entered"))
    return stays(np.array(lengths), np.array([_left(row) for row in rows]), np.array(entered))


def _whole(row: Row, column: str) -> int:
    number = row.number(column)
    if number is None and column == "entered":
        return 0
    if number is None or number != int(number) or not 0 <= number <= LONGEST:
        words = f"is no length of stay; write a whole number from 0 to {LONGEST:,}, as of months"
        raise SourceError(f"{row.file}:{row.line}: '{row.text(column)}' in '{column}' {words}")
    return int(number)


def _left(row: Row) -> bool:
    told = row.text("left").lower()
    if told not in (*YES, *NO):
        raise SourceError(f"{row.file}:{row.line}: '{row.text('left')}' in 'left' is neither; write yes or no")
    return told in YES


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["group", "stay", "still there %", "standard error", "low", "high", "at risk"]
    curves = {"all": answer} | {name or "not stated": one for name, one in answer.get("groups", {}).items()}
    for name, one in curves.items():
        for point in (one or {}).get("points", ()):
            yield [name, *point.values()]
