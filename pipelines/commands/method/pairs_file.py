"""A CSV file of pairs, expected beside perceived: known by the names of its columns, in whatever order they stand."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence

import numpy as np

from audit.errors import SourceError
from pipelines.commands.method import csv_file
from pipelines.commands.method.csv_file import Row
from pipelines.methods.expectation_pairs import Pairs
from pipelines.methods.service_gaps import DIMENSIONS

LONG = ("question", "expected", "perceived")
HALVES = ("expected", "perceived", "acceptable")
NAMED = re.compile(r"(expected|perceived|acceptable)[ _](.+)|(.+)[ _](expected|perceived|acceptable)", re.IGNORECASE)
Line = tuple[str, str, str, float | None, float | None, float | None, float, float]


def pairs(asked: argparse.Namespace) -> Pairs:
    rows = csv_file.read(asked.csv, [])
    header = list(rows[0].cells)
    lines = list(_long(rows, asked) if set(LONG) <= set(header) else _wide(rows, header, asked))
    if not lines:
        raise SourceError(f"{asked.csv} has no pair; write one line at least")
    who, question, dimension, *numbers = zip(*lines, strict=True)
    expected, perceived, least, low, high = (
        np.array([np.nan if one is None else one for one in column], dtype=float) for column in numbers
    )
    return Pairs(np.array(who), np.array(question), np.array(dimension), expected, perceived, least, low, high)


def _long(rows: Sequence[Row], asked: argparse.Namespace) -> Iterator[Line]:
    named, seen = _dimensions(asked.dimension), dict[tuple[str, str], int]()
    for at, row in enumerate(rows):
        who, question = row.text("response_id") or f"line {row.line}", row.text("question")
        if not question:
            raise SourceError(f"{row.file}:{row.line}: 'question' is empty; write its short name")
        if (who, question) in seen:
            first = seen[who, question]
            raise SourceError(
                f"{row.file}:{row.line}: {who} has answered '{question}' in line {first} already; keep one"
            )
        seen[who, question] = row.line
        low, high = row.number("scale_lowest"), row.number("scale_highest")
        yield (
            who if "response_id" in row.cells else str(at), question,
            row.text("dimension") or _dimension(question, named, row.file), row.number("expected"),
            row.number("perceived"), row.number("least_acceptable"), asked.lowest if low is None else low,
            asked.highest if high is None else high,
        )  # fmt: skip


def _wide(rows: Sequence[Row], header: Sequence[str], asked: argparse.Namespace) -> Iterator[Line]:
    named, file = _dimensions(asked.dimension), rows[0].file
    questions = _questions(header, file)
    for name in [question for each in named.values() for question in each]:
        if name not in questions:
            raise SourceError(f"--dimension names '{name}'; the questions of {file} are: {', '.join(questions)}")
    for at, row in enumerate(rows):
        for question, columns in questions.items():
            expected, perceived, least = (row.number(columns.get(half, "")) for half in HALVES)
            dimension = _dimension(question, named, file)
            yield (str(at), question, dimension, expected, perceived, least, asked.lowest, asked.highest)


def _questions(header: Sequence[str], file: str) -> dict[str, dict[str, str]]:
    """Question -> its halves, and the column of each."""
    found: dict[str, dict[str, str]] = {}
    for column in header:
        if match := NAMED.fullmatch(column):
            half, question = (match[1] or match[4]).casefold(), match[2] or match[3]
            if half in found.setdefault(question, {}):
                raise SourceError(f"{file}:1: '{found[question][half]}' and '{column}' are one half; keep one")
            found[question][half] = column
    for question, columns in found.items():
        for half, other in (HALVES[:2], HALVES[1::-1]):
            if half not in columns:
                told = next(iter(columns.values())) if other not in columns else columns[other]
                raise SourceError(
                    f"{file}:1: beside '{told}' there is no column '{question} {half}'; write both halves"
                )
    if not found:
        raise SourceError(
            f"{file}:1: there is no pair of questions; name columns 'X expected' and 'X perceived', or write one row "
            f"for each pair with the columns {', '.join(LONG)}"
        )
    return found


def _dimensions(written: Sequence[str] | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in written or ():
        name, _, questions = one.partition("=")
        if not name.strip() or not questions.strip():
            raise SourceError(f"'{one}' after --dimension is no NAME=X,Y; write it as in empathy=Q18,Q19")
        found.setdefault(name.strip(), []).extend(question.strip() for question in questions.split(","))
    return found


def _dimension(question: str, named: dict[str, list[str]], file: str) -> str:
    """As it was declared, else one of the five that begins the question's name."""
    declared = [name for name, questions in named.items() if question in questions]
    begins = [name for name in DIMENSIONS if question.casefold().startswith(name)]
    if not declared + begins:
        raise SourceError(
            f"{file}: no dimension is known of '{question}'; write --dimension reliability={question}, or a column "
            "dimension"
        )
    return (declared + begins)[0]
