"""Proposes what parts the fields of a text file, and which of the first lines of a table holds the names."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence

from pipelines.staging.text_file import lines_of

DELIMITERS = (",", ";", "\t", "|")
HEAD = 60
"""Lines that are looked at."""
MOST_CHARACTERS = 200_000


def delimiter(text: str) -> str:
    """The one that parts most lines into the same number of fields, more than one; a comma where none does."""
    head = lines_of(text[:MOST_CHARACTERS])[:HEAD]
    return max(DELIMITERS, key=lambda sign: _regularity(records(head, sign)))


def records(lines: Sequence[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """By the line on which each begins; a head that is cut off inside quotes is read as far as it goes."""
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(lines, delimiter=delimiter)
    begins = 1
    for fields in reader:
        found.append((begins, fields))
        begins = reader.line_num + 1
    return found


def header_line(rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """The line of the names, where lines stand above it that are none of the table; None where the first line is it."""
    filled = [(line, [text for text in fields if text.strip()]) for line, fields in rows]
    filled = [(line, texts) for line, texts in filled if texts]
    if len(filled) < 3:
        return None
    wide = Counter(len(fields) for _, fields in rows if any(text.strip() for text in fields)).most_common(1)[0][0]
    if wide < 2:
        return None
    full = next((line for line, texts in filled if len(texts) >= max(2, 0.8 * wide) and not _has_figures(texts)), None)
    return full if full is not None and full != filled[0][0] else None


def _has_figures(texts: Sequence[str]) -> bool:
    """Names of columns are words; a line with a bare number or date in it is a row."""
    return any(text.strip(" \t+-").replace(".", "").replace(",", "").replace("-", "").isdigit() for text in texts)


def _regularity(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[float, int]:
    widths = Counter(len(fields) for _, fields in rows if any(text.strip() for text in fields))
    widest = [(count, width) for width, count in widths.items() if width > 1]
    if not widest:
        return 0.0, 0
    count, width = max(widest)
    return round(count / sum(widths.values()), 1), width
