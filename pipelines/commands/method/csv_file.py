"""A CSV file that somebody names after --csv: its columns by name, each cell with the line it stands in."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from audit.errors import SourceError
from pipelines import yaml_file

MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Row:
    file: str
    line: int
    cells: dict[str, str]
    """Column -> its text without outer blanks; "" where nothing is written."""

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def number(self, column: str) -> float | None:
        """None where nothing is written. Raises SourceError where it is no finite number."""
        text = self.text(column)
        try:
            number = float(text) if text else None
        except ValueError:
            number = float("nan")
        if number is not None and not isfinite(number):
            raise SourceError(
                f"{self.file}:{self.line}: '{text[:40]}' in '{column}' is no number; write it with a point, as in 12.5"
            )
        return number


def read(path: str, needed: Sequence[str], known: Sequence[str] = ()) -> list[Row]:
    """Comma-separated UTF-8 with a header. Raises SourceError where it cannot be read, or a needed column is not there;
    columns that are neither needed nor known are left alone."""
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(f"{file.name} is not UTF-8; save it as 'CSV UTF-8'") from None
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}; name a CSV file after --csv") from error
    rows = _rows(file.name, text)
    _lacking(file.name, _header(text), needed, known)
    if not rows:
        raise SourceError(f"{file.name} has no rows below its header; write at least one")
    return rows


def _rows(name: str, text: str) -> list[Row]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    found: list[Row] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise SourceError(
                    f"{name}:{reader.line_num}: {len(cells)} cells under a header of {len(header)}; write one for each"
                )
            found.append(Row(name, reader.line_num, dict(zip(header, map(str.strip, cells), strict=True))))
            if len(found) > MOST_ROWS:
                raise SourceError(f"{name} has more than {MOST_ROWS:,} rows; load it into a workspace instead")
    except csv.Error as error:
        raise SourceError(f"{name}:{reader.line_num}: not readable as CSV ({error}); save it as CSV again") from error
    return found


def _header(text: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader(text.splitlines(keepends=True)), [])]


def _lacking(name: str, header: Sequence[str], needed: Sequence[str], known: Sequence[str]) -> None:
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise SourceError(f"{name}:1: the column '{twice[0]}' stands there twice; give each a name of its own")
    for column in needed:
        if column not in header:
            near = yaml_file.nearest(column, [each for each in header if each not in known])
            raise SourceError(f"{name}:1: there is no column '{column}'{near}; the first line must name it")
