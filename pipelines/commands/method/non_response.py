"""non-response: which questions were left open, and how many questionnaires were not finished."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from audit.wording import say
from pipelines.commands.method.matrix import Matrix, add_questions, matrix
from pipelines.commands.method.run_survey import add_source, answered, survey
from pipelines.methods.non_response import Asked, NonResponse, item_non_response

about = say("Which questions were left open, and how many questionnaires were not finished?")


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source(parser, "one row for each respondent, one column for each question")
    add_questions(parser)


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        return {"sources": [{"source": asked.csv} | asdict(_of(matrix(asked)))]}
    parts = survey(asked).non_response
    return {"sources": [{"source": name} | answered(part) for name, part in parts.items()]}


def _of(found: Matrix) -> NonResponse:
    given, aside = ~np.isnan(found.scores), found.not_applicable
    counts = [
        Asked(name, len(given), int(given[:, at].sum()), int(aside[:, at].sum()))
        for at, name in enumerate(found.questions)
    ]
    forms = Counter(zip(given.sum(axis=1).tolist(), (~aside).sum(axis=1).tolist(), strict=True))
    return item_non_response(counts, [(*form, count) for form, count in forms.items()])


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["source", "question", "asked", "answered", "not applicable", "left open", "share %", "low", "high"]
    keys = ("question", "asked", "answered", "not_applicable", "skipped", "share", "low", "high")
    for one in answer["sources"]:
        for question in one.get("questions", ()):
            yield [one["source"], *(question[key] for key in keys)]
        yield [one["source"], one.get("because") or _told_forms(one["returned"]), *[None] * 7]


def _told_forms(returned: Mapping[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in returned.items())
