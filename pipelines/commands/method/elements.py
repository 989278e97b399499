"""elements: how product, service and image are judged, down to each question."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.wording import say
from pipelines.analyses.element_of import FILE
from pipelines.analyses.elements.found import Elements
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered

about = say("How are the three elements of satisfaction judged: product, service and image, as a tree of drivers?")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        f"Of the last run. Which driver belongs to which element: {FILE} in the workspace, else the house's."
    )


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    of_run: Elements = found(asked, "elements")
    return {"from": of_run.starts, "to": of_run.ends} | answered(of_run.tree)


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["element", "driver", "question", "n", "mean", "low", "high"]
    for branch in answer.get("branches", ()):
        yield [branch["element"], None, None, *_cells(branch["score"])]
        for driver in branch["drivers"]:
            yield [branch["element"], driver["driver"] or "(none)", None, *_cells(driver["score"])]
            for asked in driver["questions"]:
                yield [branch["element"], driver["driver"] or "(none)", asked["question"], *_cells(asked["score"])]


def _cells(score: Mapping[str, Any] | None) -> list[object]:
    if score is None:
        return [None] * 4
    return [score["n"], *(None if score[key] is None else round(score[key], 1) for key in ("mean", "low", "high"))]
