"""Kano answers in a CSV file: functional and dysfunctional are paired by the names of their columns, never by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.errors import SourceError
from pipelines import yaml_file
from pipelines.commands.method import csv_file
from pipelines.commands.method.csv_file import Row
from pipelines.methods.kano_table import ANSWERS

HALVES = ("functional", "dysfunctional")
LONG = ("feature", *HALVES)


@dataclass(frozen=True)
class Pair:
    response: str
    feature: str
    functional: str
    dysfunctional: str
    """"" where nothing was answered."""
    segment: str


def pairs(path: str) -> list[Pair]:
    """Raises SourceError, with the line, where a cell is no answer or a question lacks its other half."""
    rows = csv_file.read(path, [])
    if "feature" in rows[0].cells:
        rows = csv_file.read(path, LONG)
        return [
            pair for row in rows for pair in _pair(row, row.text("feature"), dict(zip(HALVES, HALVES, strict=True)))
        ]
    features = _features(rows[0])
    return [pair for row in rows for feature, columns in features.items() for pair in _pair(row, feature, columns)]


def _pair(row: Row, feature: str, columns: dict[str, str]) -> Iterator[Pair]:
    """None where neither half was answered."""
    if not feature:
        raise SourceError(f"{row.file}:{row.line}: no feature is named; write what the two answers are about")
    functional, dysfunctional = (_answer(row, columns[half]) for half in HALVES)
    if functional or dysfunctional:
        response = row.text("response_id") or str(row.line)
        yield Pair(response, feature, functional, dysfunctional, row.text("segment"))


def _answer(row: Row, column: str) -> str:
    text = row.text(column).lower().replace("_", "-")
    if text and text not in ANSWERS:
        near = yaml_file.nearest(text, list(ANSWERS))
        known = ", ".join(ANSWERS)
        raise SourceError(
            f"{row.file}:{row.line}: '{text[:40]}' in '{column}' is no answer{near}; write one of: {known}"
        )
    return text


def _features(row: Row) -> dict[str, dict[str, str]]:
    """Feature -> the columns of its two questions, in whatever order they stand."""
    found: dict[str, dict[str, str]] = {}
    for column in row.cells:
        feature, _, half = column.rpartition(" ")
        if half.strip("()").lower() in HALVES and feature.strip(" :"):
            found.setdefault(feature.strip(" :"), {})[half.strip("()").lower()] = column
    _whole(row.file, found)
    return found


def _whole(file: str, found: dict[str, dict[str, str]]) -> None:
    if not found:
        raise SourceError(
            f"{file}:1: there is no column 'feature', and none that ends with ' functional'; name the columns "
            f"{', '.join(LONG)}, or 'X functional' and 'X dysfunctional' for each feature X"
        )
    for feature, columns in found.items():
        for half in _lacking(list(columns)):
            raise SourceError(f"{file}:1: '{feature}' has no column '{feature} {half}'; both questions are needed")


def _lacking(halves: Sequence[str]) -> list[str]:
    return [half for half in HALVES if half not in halves]
