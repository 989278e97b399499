"""straight-lining: who gave every question of a scale the same answer."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.wording import say
from pipelines.commands.method.matrix import add_questions, matrix
from pipelines.commands.method.run_survey import add_source, answered, survey
from pipelines.methods.straight_lining import longest_run, seen_in, straight_lining

about = say("How many respondents gave every question of a scale the same answer?")


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source(parser, "one row for each respondent, one column for each question of one scale")
    add_questions(parser)


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        found = matrix(asked)
        longest = max(longest_run(row) for row in found.scores)
        named = {"questions": len(found.questions), "longest_run": longest}
        return {"scales": [named | asdict(straight_lining(seen_in(found.scores)))]}
    part = survey(asked).straight_lining
    if part.result is None:
        return {"scales": [], **answered(part)}
    return {"scales": [{"questions": len(one.battery.questions)} | answered(one.found) for one in part.result]}


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["questions", "respondents", "same answer throughout", "share %", "low", "high", "mean", "mean of the others"]
    keys = ("questions", "able", "alike", "share", "low", "high", "mean", "mean_of_others")
    for one in answer["scales"]:
        yield [one.get(key) for key in keys]
