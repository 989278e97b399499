"""early-late: whether those who answered late are as content as those who answered early."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.errors import SourceError
from audit.wording import say
from pipelines.commands.method import csv_file
from pipelines.commands.method.run_survey import add_source, answered, survey
from pipelines.methods.early_late import early_late

about = say("Are late answers like early ones? Who answers late resembles who never does.")
COLUMNS = ("days_waited", "satisfaction")


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source(parser, "columns days_waited and satisfaction (1 to 5)")
    parser.add_argument(
        "--response-rate", dest="rate", type=float, metavar="PERCENT", help="with --csv, to extrapolate"
    )


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if not asked.csv:
        return answered(survey(asked).early_late)
    good: Counter[int] = Counter()
    every: Counter[int] = Counter()
    for row in csv_file.read(asked.csv, COLUMNS):
        score, days = row.number("satisfaction"), row.number("days_waited")
        if score is not None and days is not None:
            if days != int(days):
                raise SourceError(f"{row.file}:{row.line}: '{row.text('days_waited')}' is no whole number of days")
            every[int(days)] += 1
            good[int(days)] += score >= 4
    return asdict(early_late({days: (good[days], n) for days, n in every.items()}, asked.rate))


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["answers", "n", "satisfied %", "low", "high"]
    for name in ("early", "late"):
        if name in answer:
            yield [name, *(answer[name][key] for key in ("n", "value", "low", "high"))]
    for name, words in (("difference", "late less early, points"), ("expected", "all invited, if silent like late")):
        if answer.get(name):
            yield [words, None, *(answer[name][key] for key in ("value", "low", "high"))]
