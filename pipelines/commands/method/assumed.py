"""The organisation's assumptions for a method, and others to be tried this once."""

from __future__ import annotations

import argparse
from pathlib import Path

from audit.assumption import NAMES, AssumptionName
from audit.errors import SourceError
from audit.records import assumptions
from audit.records.assumptions import assumption_of
from pipelines import yaml_file
from pipelines.commands.assessing import latest
from pipelines.commands.terminal import at_work
from pipelines.worth.of_run import AtStake, at_stake


def add_assumptions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--assume", metavar="NAME=VALUE", action="append", default=[],
        help=f"try an assumption this once, as in contribution_margin=35; nothing is kept; one of: {', '.join(NAMES)}",
    )  # fmt: skip


def of_last_run(asked: argparse.Namespace) -> AtStake:
    tried = dict(_tried(each) for each in asked.assume)
    with at_work(asked) as (workspace, records):
        run = latest(workspace)
        folder: Path = workspace.runs / run.id
        found = at_stake(folder, {**assumptions.standing(records), **tried})
    if found is None:
        raise SourceError(f"the run {run.id} did not look at this; make a new one with 'python -m pipelines run'")
    return found


def _tried(text: str) -> tuple[AssumptionName, float]:
    name, _equals, value = (part.strip() for part in text.partition("="))
    if name not in NAMES:
        near = yaml_file.nearest(name, list(NAMES))
        raise SourceError(f"there is no assumption '{name}'{near}; known are: {', '.join(NAMES)}")
    try:
        number = float(value)
    except ValueError:
        raise SourceError(f"--assume {name}: '{value}' is no number; write it as in {name}=35") from None
    made = assumption_of({"name": name, "value": number, "owner": "this once", "source": "the command line"})
    assert made.value is not None
    return made.name, made.value
