"""unheard: how many dissatisfied customers did not complain, by an owned assumption and by the survey."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.wording import say
from pipelines.commands.method.assumed import add_assumptions, of_last_run
from pipelines.commands.method.run_survey import answered
from pipelines.worth.words import assumed_sentence, survey_sentence

about = say("How many dissatisfied customers did not complain, by your assumption and by your survey?")


def add_options(parser: argparse.ArgumentParser) -> None:
    add_assumptions(parser)


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    found = of_last_run(asked)
    own = found.unheard
    assumed = (
        asdict(own.by_assumption) | {"sentence": assumed_sentence(own).en}
        if own.by_assumption
        else {"missing": list(own.missing), "because": assumed_sentence(own).en}
    )
    survey = answered(own.by_survey) | {"sentence": survey_sentence(own).en}
    return {"from": found.base.starts, "to": found.base.ends, "by_assumption": assumed, "by_survey": survey}


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["estimate", "share that complains %", "unheard", "low", "high"]
    for one in answer["by_assumption"].get("at", ()):
        unheard = one["unheard"]
        yield ["by assumption", one["share"], unheard["value"], unheard["low"], unheard["high"]]
    if "because" in answer["by_assumption"]:
        yield [answer["by_assumption"]["because"], None, None, None, None]
    survey = answer["by_survey"]
    if "unheard" in survey:
        unheard = survey["unheard"]
        yield [
            "by survey", survey["share_that_complains"]["value"], unheard["value"], unheard["low"], unheard["high"],
        ]  # fmt: skip
    else:
        yield [survey["sentence"], None, None, None, None]
