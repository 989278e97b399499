"""drivers: how much of the spread of satisfaction goes with each driver."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.errors import SourceError
from audit.wording import say
from pipelines import yaml_file
from pipelines.analyses.key_drivers.found import Moving
from pipelines.commands.method.matrix import add_questions, matrix
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered
from pipelines.methods.driver_words import cautions
from pipelines.methods.key_drivers import SEED, TIMES, KeyDrivers, key_drivers

about = say(
    "Which drivers go with satisfaction, and how much of it with each: LMG (Shapley's value of R²) with intervals?"
)
TARGET = "satisfaction"


def add_options(parser: argparse.ArgumentParser) -> None:
    help_ = "one row for each respondent, one column for each driver and one for the outcome; without it the last run's"
    parser.add_argument("--csv", metavar="FILE", help=help_)
    add_questions(parser)
    parser.add_argument("--target", metavar="COLUMN", default=TARGET, help=f"the outcome (of a file; {TARGET})")
    parser.add_argument("--seed", type=int, default=SEED, help="of the resamples (of a file)")
    parser.add_argument("--times", type=int, default=TIMES, help=f"resamples (of a file; {TIMES})")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        return _of_file(asked)
    of_run: Moving = found(asked, "key_drivers")
    period = {"from": of_run.starts, "to": of_run.ends, "outcome": TARGET}
    if of_run.driving.result is None:
        return period | answered(of_run.driving)
    driving = of_run.driving.result
    return period | _told(driving.drivers) | {"seldom": driving.seldom, "one_in": driving.one_in}


def _of_file(asked: argparse.Namespace) -> dict[str, Any]:
    if not 1 <= asked.times <= 10_000:
        raise SourceError(f"{asked.times} resamples; write a number from 1 to 10000 after --times")
    wanted = asked.questions
    if wanted is not None and asked.target not in map(str.strip, wanted.split(",")):
        asked.questions = f"{wanted},{asked.target}"
    given = matrix(asked)
    if asked.target not in given.questions:
        near = yaml_file.nearest(asked.target, given.questions)
        raise SourceError(f"there is no column '{asked.target}'{near}; name the outcome after --target")
    at = given.questions.index(asked.target)
    names = [name for name in given.questions if name != asked.target]
    drivers = given.scores[:, [number for number in range(len(given.questions)) if number != at]]
    return {"outcome": asked.target} | _told(key_drivers(names, drivers, given.scores[:, at], asked.seed, asked.times))


def _told(found: KeyDrivers) -> dict[str, Any]:
    told = cautions(found)
    return asdict(found) | ({"warning": " ".join(one.en for one in told)} if told else {})


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["driver", "lmg", "low", "high", "share %", "low", "high", "effect", "low", "high", "correlation", "vif"]
    parts = ("lmg", "low", "high", "share", "share_low", "share_high")
    keys = (*parts, "effect", "effect_low", "effect_high", "correlation", "vif")
    for one in sorted(answer.get("drivers", ()), key=lambda one: (-one["lmg"], one["driver"])):
        yield [one["driver"], *(round(one[key], 3) for key in keys)]
    if "r2" in answer:
        yield [f"all, n = {answer['n']}", *(round(answer[key], 3) for key in ("r2", "r2_low", "r2_high")), *[None] * 8]
