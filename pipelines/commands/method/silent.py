"""silent: of which customers nothing was heard or sold for months."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.wording import say
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered

about = say("Of which customers was nothing heard or sold for months, and what did they bring before?")


def add_options(parser: argparse.ArgumentParser) -> None:
    """It asks the last run; its months stand in workspace.yaml."""


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    part = found(asked, "customer_base").silent
    told = answered(part)
    return told | {"sizes": answered_sizes(part.result.sizes)} if part.result else told


def answered_sizes(part: Any) -> Any:
    return [vars(one) for one in part.result] if part.result else answered(part)


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["group", "silent", "customers", "share %", "low", "high"]
    if "whole" in answer:
        yield ["all", *list(answer["whole"].values())[1:]]
        sizes = answer["sizes"] if isinstance(answer["sizes"], list) else []
        for one in [*answer["segments"], *sizes]:
            yield [one["group"] or "not stated", *list(one.values())[1:]]
