"""coverage: whether those who answered are like the customers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.errors import SourceError
from audit.wording import say
from pipelines.commands.method import csv_file
from pipelines.commands.method.run_survey import add_source, answered, survey
from pipelines.methods.representativeness import representativeness
from pipelines.methods.representativeness import told as verdict
from pipelines.survey_soundness.naming import group_text

about = say("Are those who answered like the customers, group by group: who is missing?")
COLUMNS = ("group", "population", "respondents")


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source(parser, "columns group, population, respondents")
    parser.add_argument("--by", default="segment", help="segment, region, key_customer or revenue, of the last run")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        rows = csv_file.read(asked.csv, COLUMNS)
        counts = {name: {row.text("group"): count_in(row, name) for row in rows} for name in COLUMNS[1:]}
        found = representativeness(counts["population"], counts["respondents"])
        return asdict(found) | {"because": verdict(found).en}
    who = survey(asked).who
    if asked.by not in who:
        raise SourceError(f"customers are not compared by '{asked.by}'; write one of: {', '.join(who)}")
    result = who[asked.by].result
    because = {"because": verdict(result, lambda group: group_text(asked.by, group)).en} if result else {}
    return answered(who[asked.by]) | because


def count_in(row: csv_file.Row, column: str) -> int:
    number = row.number(column)
    if number is None or number < 0 or number != int(number):
        raise SourceError(f"{row.file}:{row.line}: '{row.text(column)}' in '{column}' is no count; write 0, 1, 2, …")
    return int(number)


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["group", "customers", "answered", "share of customers", "share of answers", "low", "high", "p"]
    for one in answer.get("groups", ()):
        yield [one[key] for key in ("name", "population", "respondents", "expected", "share", "low", "high", "p")]
