"""value-at-stake: what keeping customers and answering complaints is worth, from data and owned assumptions."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.wording import say
from pipelines.commands.method.assumed import add_assumptions, of_last_run
from pipelines.worth.stakes import Stake
from pipelines.worth.words import formula, origin_word, stake_sentence, stake_title, step_word

about = say(
    "What is a point of retention worth, and a complaint answered in time, by the last run and your assumptions?"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    add_assumptions(parser)


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    found = of_last_run(asked)
    return {
        "from": found.base.starts,
        "to": found.base.ends,
        "assumptions": dict(found.given),
        "missing": found.missing,
        "figures": [_figure(each) for each in found.stakes],
    }


def _figure(stake: Stake) -> dict[str, Any]:
    told_ = {"figure": stake.name, "title": stake_title(stake.name).en, "formula": formula(stake.name).en}
    if stake.worth is None:
        return told_ | {"missing": list(stake.missing), "because": stake_sentence(stake).en}
    steps = [
        asdict(step) | {"told": step_word(step.name).en, "from": origin_word(step.origin).en}
        for step in stake.worth.steps
    ]
    total = stake.worth.total
    return told_ | {
        "value": total.value, "low": total.low, "high": total.high, "sentence": stake_sentence(stake).en,
        "steps": steps, "warnings": [each.en for each in stake.warnings],
    }  # fmt: skip


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["figure", "step", "value", "low", "high", "from"]
    for one in answer["figures"]:
        if "steps" not in one:
            yield [one["title"], one["because"], None, None, None, None]
            continue
        for step in one["steps"]:
            yield [one["title"], step["told"], step["value"], step["low"], step["high"], step["from"]]
