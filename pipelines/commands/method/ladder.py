"""ladder: on which step of the loyalty ladder customers stand."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.errors import SourceError
from audit.wording import say
from pipelines.commands.method import csv_file
from pipelines.commands.method.coverage import count_in
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered
from pipelines.commands.method.survival import NO, YES
from pipelines.methods.ladder import Known, Place, ladder, step_of

about = say("On which step of the loyalty ladder do customers stand, and who rose and fell?")
FACTS = ("lately", "before_record", "in_touch", "promoter", "referred")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--csv", metavar="FILE",
        help=f"one row for each customer: orders, how many; and {', '.join(FACTS)}: yes or no, empty is no",
    )  # fmt: skip


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.csv:
        rows = csv_file.read(asked.csv, ("orders", "lately"), FACTS)
        moves = Counter[tuple[Place, Place]](("not a customer yet", step_of(_known(row))) for row in rows)
        return asdict(ladder(moves, compared=False))
    part = found(asked, "customer_base").ladder
    if part.result is None:
        return answered(part)
    one = part.result
    told = {"untold": {step: because.en for step, because in one.untold}, "before": one.before}
    why = {"not_compared": one.not_compared.en} if one.not_compared else {}
    return asdict(one.ladder) | {"months": one.months, "recorded_from": one.recorded_from} | told | why


def _known(row: csv_file.Row) -> Known:
    return Known(count_in(row, "orders"), **{name: _is(row, name) for name in FACTS})


def _is(row: csv_file.Row, column: str) -> bool:
    told = row.text(column).lower()
    if told not in ("", *YES, *NO):
        raise SourceError(f"{row.file}:{row.line}: '{row.text(column)}' in '{column}' is neither; write yes or no")
    return told in YES


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["step", "customers", "share %", "low", "high", "before", "share before %"]
    for rung in answer.get("rungs", ()):
        yield list(rung.values())
    for since, to, n in answer.get("moves", ()):
        yield [f"{since} → {to}", n, *[None] * 5]
