"""A CSV file as respondents × questions; what is not answered is nan."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.commands.method import csv_file
from pipelines.commands.method.run_survey import questions
from pipelines.methods.interval import Array


@dataclass(frozen=True)
class Matrix:
    questions: list[str]
    scores: Array
    not_applicable: NDArray[np.bool_]
    """Whether the cell says so."""


def add_questions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--questions", metavar="A,B,…", help="columns of the file; without it all but response_id")
    parser.add_argument("--not-applicable", dest="not_applicable", metavar="TEXT", help="what stands for it, as in 99")


def matrix(asked: argparse.Namespace) -> Matrix:
    rows = csv_file.read(asked.csv, [])
    names = questions(rows, asked.questions)
    beside = [[row.text(name) == asked.not_applicable for name in names] for row in rows]
    scores = [
        [
            np.nan if aside or (score := row.number(name)) is None else score
            for name, aside in zip(names, line, strict=True)
        ]
        for row, line in zip(rows, beside, strict=True)
    ]
    return Matrix(names, np.array(scores, dtype=float), np.array(beside, dtype=bool))
