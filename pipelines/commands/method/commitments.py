"""commitments: how orders went through their register, and which promises to customers were kept."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.errors import SourceError
from audit.wording import say
from pipelines import analyses
from pipelines.analyses.commitments.found import Commitments
from pipelines.analyses.part import Part
from pipelines.commands.assessing import latest
from pipelines.commands.method.run_survey import answered
from pipelines.commands.terminal import at_work

about = say("Were orders reviewed before they were accepted, and which promises to customers were kept?")
SHARES = {
    "reviewed": "review finished",
    "accepted": "accepted",
    "in_order": "reviewed before acceptance",
    "amended": "amended",
    "confirmed": "oral orders confirmed in writing",
    "resolved": "differences resolved before acceptance",
    "told": "amendments told to those concerned",
    "kept": "promises kept",
    "made_good": "broken promises made good",
    "held": "level of service at least satisfying",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """It reads the last run, and nothing else."""


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    with at_work(asked) as (workspace, _):
        run = latest(workspace)
        found: Commitments | None = analyses.of_run("commitments", workspace.runs / run.id)
    if found is None:
        raise SourceError(f"the run {run.id} did not look at orders; make a new one with 'python -m pipelines run'")
    parts = {name: answered(value) for name, value in vars(found).items() if isinstance(value, Part)}
    return {"from": found.starts, "to": found.ends} | parts | _unsaid(found)


def _unsaid(found: Commitments) -> dict[str, str]:
    """Why there is nothing, where there is nothing at all."""
    if found.orders.result or found.promises.result or not found.orders.because or not found.promises.because:
        return {}
    return {"because": f"{found.orders.because.en}; {found.promises.because.en}"}


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["what", "good", "of", "share", "low", "high"]
    for part in ("orders", "confirmed", "resolved", "told", "promises", "levels"):
        found = answer[part]
        if found.get("because"):
            yield [part, found["because"], *[None] * 4]
            continue
        for name, share in ({part: found} if "of" in found else found).items():
            if name in SHARES:
                yield [SHARES[name], *share.values()]
        for group in found.get("groups", ()):
            yield [f"{group['by']}: {group['name'] or 'not stated'}", *group["held"].values()]
