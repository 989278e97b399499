"""The answers of mobi and the model that belongs to them, by the standard library alone."""

from __future__ import annotations

import csv
from pathlib import Path


def mobi(folder: str) -> tuple[dict[str, list[float]], dict[str, list[str]], list[tuple[str, str]]]:
    """Question -> answers, variable -> its questions, and the paths."""
    rows = _rows(folder, "mobi")
    blocks: dict[str, list[str]] = {}
    for row in _rows(folder, "ECSImeasuremod"):
        blocks.setdefault(row["source"], []).append(row["target"])
    answers = {question: [float(row[question]) for row in rows] for block in blocks.values() for question in block}
    return answers, blocks, [(row["source"], row["target"]) for row in _rows(folder, "ECSIstrucmod")]


def _rows(folder: str, name: str) -> list[dict[str, str]]:
    with (Path(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
