"""pareto: which share of the customers brings how much of the whole."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from audit.errors import SourceError
from audit.wording import say
from pipelines.commands.method import csv_file
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered
from pipelines.methods.concentration import concentration

about = say("On how few customers does the whole hang: revenue, or complaints?")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--csv", metavar="FILE", help="one row for each customer, with what they brought in a column")
    parser.add_argument(
        "--value", metavar="COLUMN", default="value", help="that column (value); empty counts as nothing"
    )
    parser.add_argument("--of", choices=("revenue", "complaints"), default="revenue", help="of the last run")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        rows = csv_file.read(asked.csv, (asked.value,))
        return asdict(concentration(np.array([_amount(row, asked.value) for row in rows])))
    part = getattr(found(asked, "customer_base"), asked.of)
    if part.result is None:
        return answered(part)
    warning = {"warning": part.warning.en} if part.warning else {}
    return asdict(part.result.concentration) | warning


def _amount(row: csv_file.Row, column: str) -> float:
    number = row.number(column) or 0.0
    if number < 0:
        raise SourceError(f"{row.file}:{row.line}: '{row.text(column)}' in '{column}' is negative; leave it out")
    return number


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["figure", "value", "low", "high"]
    if "n" not in answer:
        return
    yield ["customers", answer["n"], None, None]
    yield ["% of them that bring four fifths", *answer["needed"].values()]
    yield ["% that the top fifth brings", *answer["top"].values()]
    yield ["% that the largest brings", answer["largest"], None, None]
    yield ["Gini", *answer["gini"].values()]
