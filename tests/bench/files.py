"""The files of one size: which there are, and how they are written, block by block."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from tests.bench import orders_and_complaints as others
from tests.bench import survey
from tests.bench.csv_lines import Strings, write_lines
from tests.bench.survey import Block

SEED = 20_261_122
BLOCK = 100_000
Columns = Callable[[Block], list[Strings]]


def names(size: int) -> dict[str, tuple[str, Columns, range]]:
    """File -> its header, its columns and the rows that are in it."""
    all_rows, month = range(size), range(size, size + max(size // 36, 1))
    return {
        "survey.csv": (survey.HEADER, survey.columns, all_rows),
        "dirty.csv": (survey.HEADER, lambda block: survey.columns(block, dirty=True), all_rows),
        "month.csv": (survey.HEADER, survey.columns, month),
        "orders.csv": (others.ORDERS, others.orders, all_rows),
        "complaints.csv": (others.COMPLAINTS, others.complaints, range(-(-size // others.COMPLAINTS_EVERY))),
    }


def header(name: str) -> list[str]:
    return names(1)[name][0].split(",")


def write(folder: Path, size: int, wanted: set[str]) -> None:
    """Files that are there already are used again: the seed makes them what they were."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (first, columns, rows) in names(size).items():
        if name in wanted and not (folder / name).exists():
            part = folder / f"{name}.part"
            with part.open("wb") as file:
                file.write(f"{first}\n".encode())
                for block in _blocks(SEED, len(rows) if name == "complaints.csv" else size, rows):
                    write_lines(file, columns(block))
            part.replace(folder / name)


def _blocks(seed: int, size: int, rows: range) -> Iterator[Block]:
    for first in range(rows.start, rows.stop, BLOCK):
        yield Block(seed, size, np.arange(first, min(first + BLOCK, rows.stop), dtype=np.int64))


def room_missing(folder: Path, size: int) -> str:
    """One line where the disk is too small for the files, the originals kept of them and the tables; else nothing."""
    free, needed = shutil.disk_usage(folder).free, size * 700 + 100_000_000
    if free >= needed:
        return ""
    return (
        f"{size:,} rows need {needed / 1e9:.1f} GB in {folder}, {free / 1e9:.1f} GB are free; give --keep DIR elsewhere"
    )
