"""reliability: whether several questions measure one thing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.wording import say
from pipelines.commands.method.matrix import add_questions, matrix
from pipelines.commands.method.run_survey import add_source, answered, survey
from pipelines.methods.reliability import covariances, reliability

about = say("Do several questions measure one thing: alpha with its interval, omega, and each question's share in it?")


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source(parser, "one row for each respondent, one column for each question")
    add_questions(parser)


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        found = matrix(asked)
        return {"scales": [_named("") | asdict(reliability(found.questions, *covariances(found.scores)))]}
    of_run = survey(asked)
    scales = [_named(one.battery.driver) | answered(one.found) for one in of_run.reliability.result or ()]
    own = _named("overall questions, standardised") | answered(of_run.overall)
    silent = {"because": of_run.reliability.because.en} if of_run.reliability.because else {}
    return {"scales": [*scales, own]} | silent


def _named(driver: str) -> dict[str, Any]:
    return {"driver": driver}


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["driver", "question", "n", "alpha", "low", "high", "standardised", "omega", "with rest", "alpha without"]
    for one in answer["scales"]:
        name = one["driver"] or "all"
        yield [name, one.get("because", "all"), *(one.get(key) for key in ("n", "alpha", "low", "high")),
               one.get("standardised"), one.get("omega"), None, None]  # fmt: skip
        for question in one.get("questions", ()):
            turned = " (runs the other way)" if question["question"] in one["opposite"] else ""
            yield [name, question["question"] + turned, *[None] * 6, question["with_rest"], question["alpha_without"]]
