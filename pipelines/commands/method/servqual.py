"""servqual: what customers expected against what they perceived."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.errors import SourceError
from audit.wording import say
from pipelines.analyses.expectation_gaps import ExpectationGaps
from pipelines.commands.method.pairs_file import pairs
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered
from pipelines.methods.expectation_pairs import Pairs
from pipelines.methods.refused import Refused
from pipelines.methods.service_gaps import LEAST, service_gaps
from pipelines.methods.tolerance_zone import tolerance_zone

about = say(
    "Where did customers get less than they expected: gaps by question and dimension (SERVQUAL), zone of tolerance?"
)
FEWEST = 5


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--csv", metavar="FILE",
        help="one row for each questionnaire and question with the columns response_id, question, dimension, expected, "
        "perceived and, where they are known, least_acceptable, scale_lowest, scale_highest; or one row for each "
        "questionnaire with the columns 'X expected', 'X perceived' and 'X acceptable' for each question X; without it "
        "the last run's answers",
    )  # fmt: skip
    parser.add_argument(
        "--dimension", action="append", metavar="NAME=X,Y", help="questions of a dimension, where no column says it"
    )
    parser.add_argument("--lowest", type=float, default=1.0, help="of the scale, where no column says it (1)")
    parser.add_argument("--highest", type=float, default=7.0, help="of the scale, where no column says it (7)")
    parser.add_argument("--weights", metavar="NAME=POINTS,…", help="points of 100 for each dimension (of a file)")
    parser.add_argument("--least", type=int, default=FEWEST, help=f"respondents that are needed (of a file; {FEWEST})")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        return _of_file(pairs(asked), asked)
    if asked.weights:
        raise SourceError("--weights needs a file; name one after --csv")
    of_run: ExpectationGaps = found(asked, "expectation_gaps")
    return {"from": of_run.starts, "to": of_run.ends} | answered(of_run.gaps) | {"zone": answered(of_run.zone)}


def _of_file(given: Pairs, asked: argparse.Namespace) -> dict[str, Any]:
    gaps = service_gaps(given, _points(asked.weights), asked.least)
    thin = {"warning": f"fewer than {LEAST} respondents: read the figures as hints"} if gaps.n < LEAST else {}
    try:
        zone = asdict(tolerance_zone(given, asked.least))
    except Refused as refused:
        zone = {"because": refused.because.en}
    return asdict(gaps) | thin | {"zone": zone}


def _points(written: str | None) -> dict[str, float] | None:
    """Raises SourceError where it is not written as NAME=POINTS."""
    if written is None:
        return None
    found: dict[str, float] = {}
    for one in written.split(","):
        name, _, points = one.partition("=")
        try:
            found[name.strip()] = float(points)
        except ValueError:
            raise SourceError(
                f"'{one.strip()}' in --weights is no NAME=POINTS; write it as in reliability=32"
            ) from None
    return found


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["dimension", "question", "n", "expected", "perceived", "gap", "low", "high", "less %", "equal %", "more %"]
    whole = answer.get("whole")
    if whole:
        yield ["all", None, *_cells(whole)]
    for one in answer.get("dimensions", ()):
        yield [one["name"], None, *_cells(one)]
    for one in answer.get("questions", ()):
        yield [one["dimension"], one["name"], *_cells(one)]


def _cells(one: Mapping[str, Any]) -> list[object]:
    figures = [
        None if one[key] is None else round(one[key], 3) for key in ("expected", "perceived", "gap", "low", "high")
    ]
    return [one["n"], *figures, *(round(one[key]["value"], 1) for key in ("less", "equal", "more"))]
