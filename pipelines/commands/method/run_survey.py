"""The survey as the last run found it, for methods that are asked without a file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from audit.errors import SourceError
from pipelines.analyses.part import Part
from pipelines.commands.assessing import latest
from pipelines.commands.method.csv_file import Row
from pipelines.commands.terminal import at_work
from pipelines.survey_soundness.found import Survey, soundness_of

PERIODS = ("rolling_12_months", "audit_period")
NO_QUESTION = ("response_id", "customer_id")


def add_source(parser: argparse.ArgumentParser, columns: str) -> None:
    parser.add_argument("--csv", metavar="FILE", help=f"{columns}; without it the last run's survey")
    parser.add_argument("--period", choices=PERIODS, default=PERIODS[0], help="of the last run")


def survey(asked: argparse.Namespace) -> Survey:
    with at_work(asked) as (workspace, _):
        run = latest(workspace)
        found = soundness_of(workspace.runs / run.id)
    if found is None:
        raise SourceError(f"the run {run.id} did not look at the survey; make a new one with 'python -m pipelines run'")
    return next(one for one in found.surveys if one.grain == asked.period)


def answered(part: Part[Any]) -> dict[str, Any]:
    """The keys of a result, or why there is none."""
    if part.result is None:
        return {"because": part.because.en if part.because else ""}
    return asdict(part.result) | ({"warning": part.warning.en} if part.warning else {})


def questions(rows: Sequence[Row], wanted: str | None) -> list[str]:
    """The columns that are questions: those that are named, else all but the identifiers."""
    header = list(rows[0].cells)
    if wanted is None:
        return [name for name in header if name not in NO_QUESTION]
    named = [name.strip() for name in wanted.split(",")]
    for name in named:
        if name not in header:
            raise SourceError(f"there is no column '{name}'; the first line names: {', '.join(header)}")
    return named
