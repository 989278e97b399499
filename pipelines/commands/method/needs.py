"""needs: how far customers' needs have come, and which come first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.wording import say
from pipelines.analyses.needs.found import Needs
from pipelines.analyses.needs.sections import sentence
from pipelines.analyses.needs.words import RANKED, STEP_WORDS
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered

about = say("How far have customers' needs come, where does the chain break, and which open ones come first?")


def add_options(parser: argparse.ArgumentParser) -> None:
    """It reads the last run alone."""


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    of_run: Needs = found(asked, "needs")
    told = {"from": of_run.starts, "to": of_run.ends} | answered(of_run.register)
    if of_run.register.result is None:
        return told
    return told | {"rank": RANKED.en, "because": sentence(of_run.register.result).en}


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["step", "taken", "of", "stand here"]
    for step in answer.get("steps", ()):
        name = STEP_WORDS[step["name"]].en
        yield [name, step["taken"], step["of"], step["waiting"]] if step["recorded"] else [name, "not recorded"]
    for need in [need for need in answer.get("needs", ()) if need["rank"] is not None]:
        late = f", {need['overdue']} days overdue" if need["overdue"] else ""
        yield [f"rank {need['rank']}: {need['id']}", need["score"], need["kano_class"], f"{need['waits_for']}{late}"]
