"""importance-performance: which drivers to work on first."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from audit.errors import SourceError
from audit.wording import say
from pipelines.analyses.key_drivers.found import Moving
from pipelines.analyses.key_drivers.look import estimate
from pipelines.commands.method import csv_file
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered
from pipelines.methods.importance_performance import Estimate, Judged, importance_performance
from pipelines.methods.service_gaps import mean_of

about = say("Which drivers matter much and are done poorly: the map of importance against performance, with intervals?")
COLUMNS = ("driver", "importance", "performance")
LEAST = 2
ENOUGH = 30
"""Answers that may all be alike, as in a run."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--csv",
        metavar="FILE",
        help=f"one row for each respondent and driver with the columns {', '.join(COLUMNS)}; without it the last run's",
    )
    parser.add_argument(
        "--lines", choices=("means", "middle"), default="means", help="where the map is cut (of a file; means)"
    )
    parser.add_argument("--lowest", type=float, help="of the scale, for lines at its middle")
    parser.add_argument("--highest", type=float, help="of the scale, for lines at its middle")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        return asdict(importance_performance(_judged(asked.csv), asked.lines, _middle(asked)))
    of_run: Moving = found(asked, "key_drivers")
    stated = of_run.stated.result
    told = asdict(stated.map) | {"one_sided": stated.one_sided} if stated else answered(of_run.stated)
    return {"from": of_run.starts, "to": of_run.ends, "stated": told, "derived": answered(of_run.derived)}


def _middle(asked: argparse.Namespace) -> tuple[float, float]:
    if asked.lines == "means":
        return 0.0, 0.0
    if asked.lowest is None or asked.highest is None or asked.lowest >= asked.highest:
        raise SourceError("lines at the middle need the scale; write --lowest 1 --highest 10, the lower end first")
    middle = (asked.lowest + asked.highest) / 2
    return middle, middle


def _judged(path: str) -> list[Judged]:
    said: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for row in csv_file.read(path, COLUMNS):
        name = row.text("driver")
        if not name:
            raise SourceError(f"{row.file}:{row.line}: 'driver' is empty; write its name")
        for into, column in zip(said[name], COLUMNS[1:], strict=True):
            if (value := row.number(column)) is not None:
                into.append(value)
    return [Judged(name, *(_estimate(name, c, v) for c, v in zip(COLUMNS[1:], both, strict=True))) for name, both in
            said.items()]  # fmt: skip


def _estimate(driver: str, column: str, values: Sequence[float]) -> Estimate:
    if len(values) < LEAST:
        raise SourceError(f"'{driver}' has {len(values)} answers in '{column}'; an interval needs at least {LEAST}")
    if len(values) < ENOUGH and mean_of(np.array(values))[1] is None:
        raise SourceError(
            f"the {len(values)} answers to '{driver}' in '{column}' are all alike, so chance cannot be told from them; "
            f"at least {ENOUGH} are needed, or answers that differ"
        )
    return estimate(np.array(values))


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["importance", "driver", "matters", "low", "high", "n", "is done", "low", "high", "n", "where it stands"]
    maps = {"": answer} if "drivers" in answer else {name: answer.get(name, {}) for name in ("stated", "derived")}
    for name, one in maps.items():
        if "because" in one:
            yield [name, one["because"], *[None] * 9]
        for driver in one.get("drivers", ()):
            yield [
                name,
                driver["driver"],
                *_cells(driver["importance"]),
                *_cells(driver["performance"]),
                driver["quadrant"],
            ]


def _cells(one: Mapping[str, Any]) -> list[object]:
    return [*(round(one[key], 2) for key in ("value", "low", "high")), one["n"]]
