"""kano: what features are to customers."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.wording import say
from pipelines.analyses.kano.found import Kano
from pipelines.analyses.kano.look import classes, segments
from pipelines.commands.method.kano_file import Pair, pairs
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered
from pipelines.methods.kano import LEAST
from pipelines.methods.kano_segments import InSegments
from pipelines.methods.refused import Refused

about = say(
    "What is a feature to customers: must-be, one-dimensional, attractive, indifferent, reverse or questionable?"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--csv", metavar="FILE",
        help="one row for each questionnaire and feature with the columns feature, functional, dysfunctional and, "
        "where it is known, segment; or one row for each questionnaire with the columns 'X functional' and "
        "'X dysfunctional' for each feature X; without it the last run's answers",
    )  # fmt: skip
    parser.add_argument("--least", type=int, default=LEAST, help="answers that a feature needs (of a file)")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        return _of_file(pairs(asked.csv), asked.least)
    of_run: Kano = found(asked, "kano")
    by = of_run.segments
    segments_of = _segments(by.result) if by.result else {"because": by.because.en if by.because else ""}
    return {"from": of_run.starts, "to": of_run.ends} | answered(of_run.classes) | {"segments": segments_of}


def _of_file(given: Sequence[Pair], least: int) -> dict[str, Any]:
    """Raises Refused where no feature has enough answers; without segments it is silent about them."""
    whole = [pair for pair in given if pair.functional and pair.dysfunctional]
    counts = Counter((pair.feature, pair.functional, pair.dysfunctional) for pair in whole)
    by = Counter((pair.feature, pair.segment, pair.functional, pair.dysfunctional) for pair in whole if pair.segment)
    people = len({pair.response for pair in given})
    rows = [(*key, count) for key, count in sorted(counts.items())]
    found = asdict(classes(people, len(given) - len(whole), rows, least))
    if not by:
        return found
    try:
        return found | {"segments": _segments(segments([(*key, count) for key, count in sorted(by.items())], least))}
    except Refused as refused:
        return found | {"segments": {"because": refused.because.en}}


def _segments(found: Sequence[InSegments]) -> dict[str, Any]:
    return {"features": [asdict(each) | {"differ": each.differ} for each in found]}


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["feature", "n", "class", "second", "lead", "told apart", "by Blauth", "better", "worse", "questionable %"]
    for one in answer.get("features", ()):
        yield [
            one["feature"], one["n"], one["kano_class"], one["second"], one["lead"], one["told_apart"],
            one["by_blauth"], _span(one["better"]), _span(one["worse"]), round(one["questionable"], 1),
        ]  # fmt: skip


def _span(one: Mapping[str, float] | None) -> str | None:
    return None if one is None else f"{one['value']:.3f} ({one['low']:.3f} to {one['high']:.3f})"
