"""
method NAME: one statistical method, on a CSV file or on the figures of the last run.

One module answers each method. It has four things: `about`, one sentence on what the method says; `add_options`;
`answer`, the keys that --json prints; and `told`, rows for people, headings first. Where an answer has the key
`because`, people read it as a sentence below the table. A module imports what is heavy when it answers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from audit.errors import DefinitionError, SourceError
from audit.text import Text
from pipelines import yaml_file
from pipelines.commands.terminal import print_table, tell

METHODS = {
    "control-chart": "control_chart",
    "trend": "trend",
    "comparison": "comparison",
    "coverage": "coverage",
    "sample-size": "sample_size",
    "reliability": "reliability",
    "early-late": "early_late",
    "straight-lining": "straight_lining",
    "non-response": "non_response",
    "weights": "weights",
    "csi": "csi",
    "servqual": "servqual",
    "drivers": "drivers",
    "importance-performance": "importance_performance",
    "elements": "elements",
    "kano": "kano",
    "needs": "needs",
    "commitments": "commitments",
    "themes": "themes",
    "service-profit": "service_profit",
    "cohorts": "cohorts",
    "survival": "survival",
    "pareto": "pareto",
    "ladder": "ladder",
    "silent": "silent",
    "lifetime-value": "lifetime_value",
    "value-at-stake": "value_at_stake",
    "unheard": "unheard",
}
"""What people write -> the module of this package that answers."""


class Method(Protocol):
    about: Text

    def add_options(self, parser: argparse.ArgumentParser) -> None: ...
    def answer(self, asked: argparse.Namespace) -> dict[str, Any]: ...
    def told(self, answer: Mapping[str, Any]) -> Iterable[Sequence[object]]: ...


def method(asked: argparse.Namespace) -> int:
    if asked.list:
        return _listed(asked)
    if not asked.method:
        raise SourceError(
            f"no method is named; write one of: {', '.join(METHODS)}, as in: method {next(iter(METHODS))}"
        )
    chosen = named(asked.method)
    asked = _parser(asked.method, chosen).parse_args(asked.options, asked)
    answer = chosen.answer(asked)
    tell(asked, answer, lambda: _print(chosen, answer))
    return 0


def named(name: str) -> Method:
    """Raises DefinitionError with the nearest name where there is no such method."""
    if name not in METHODS:
        near = yaml_file.nearest(name, list(METHODS))
        raise DefinitionError(f"there is no method '{name}'{near}; known are: {', '.join(METHODS)}")
    return cast(Method, import_module(f"{__name__}.{METHODS[name]}"))


def _parser(name: str, chosen: Method) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog=f"python -m pipelines method {name}", description=chosen.about.en)
    chosen.add_options(made)
    # they may stand before the name as well, and count then
    made.add_argument("--workspace", metavar="DIR", default=argparse.SUPPRESS, help="folder of the organisation")
    made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
    return made


def _listed(asked: argparse.Namespace) -> int:
    rows = [{"method": name, "about": named(name).about.en} for name in METHODS]
    tell(asked, rows, lambda: print_table(["method", "about"], [list(row.values()) for row in rows]))
    return 0


def _print(chosen: Method, answer: Mapping[str, Any]) -> None:
    heads, *rows = chosen.told(answer)
    print_table([str(head) for head in heads], rows)
    if answer.get("because"):
        print(answer["because"])
