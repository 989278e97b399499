"""What an analysis found in the last run, for methods that are asked without a file."""

from __future__ import annotations

import argparse
from typing import Any

from audit.errors import SourceError
from pipelines import analyses
from pipelines.commands.assessing import latest
from pipelines.commands.terminal import at_work


def found(asked: argparse.Namespace, name: str) -> Any:
    """Raises SourceError where the last run was made before there was this analysis."""
    with at_work(asked) as (workspace, _):
        run = latest(workspace)
        one = analyses.of_run(name, workspace.runs / run.id)
    if one is None:
        words = f"the run {run.id} did not look for this; make a new one with 'python -m pipelines run'"
        raise SourceError(words)
    return one
