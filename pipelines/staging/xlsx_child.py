"""
Reads one sheet of a workbook and prints its rows as JSON lines. Run by `child.py`, in a process of its own.
Imports nothing of the program, so that it starts fast.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any, NoReturn

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

MOST_ROWS = 1_048_576
MOST_TEXT = 100_000_000
MOST_MERGED = 1_000_000
EXACT = 2**53
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*[\"']([A-Z0-9:]+)[\"']")
Places = dict[int, dict[int, str]]
"""By line and column, both from 1: what stands in place of a value."""


def main(asked: dict[str, Any], content: bytes) -> None:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    if asked.get("names"):
        return say(states)
    title = chosen(states, asked["sheet"])
    part = book[title]._worksheet_path
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(part.removeprefix("/"))
    faults, formulas = merged(xml), dict[int, list[int]]()
    if FORMULA.search(xml):
        written = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        formulas = uncomputed(book[title], written[title])
    hidden = [name for name, state in states.items() if state != "visible" and name != title]
    say({"sheet": title, "hidden": hidden})
    told = 0
    for number, row in enumerate(rows(book[title]), start=1):
        cells, wrong = read(row)
        wrong |= faults.get(number, {}) | dict.fromkeys(formulas.get(number, ()), "formula")
        told += sum(map(len, cells))
        if told > MOST_TEXT:
            refuse("too many characters")
        say([cells, {at - 1: kind for at, kind in wrong.items()}])


def say(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


def refuse(why: str, **about: Any) -> NoReturn:
    """In a word that `xlsx_file.py` knows: it has the sentence for people, in their languages."""
    say({"refused": why} | about)
    sys.stdout.flush()
    sys.exit(0)


def chosen(states: dict[str, str], asked: str | None) -> str:
    visible = [name for name, state in states.items() if state == "visible"]
    hidden = [name for name in states if name not in visible]
    if asked is not None:
        if asked in states:
            return asked
        refuse("no such sheet", asked=asked, visible=visible, hidden=hidden)
    if len(visible) == 1:
        return visible[0]
    refuse("which sheet", visible=visible, hidden=hidden)


def rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # what the file says of its own size is not believed
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS:
            refuse("too many rows")
        yield row


def merged(xml: bytes) -> Places:
    """All cells but the first of every merged range: they hold nothing, though a reader sees a value in them."""
    found: Places = {}
    places = 0
    for match in MERGED.finditer(xml):
        left, top, right, bottom = range_boundaries(match[1].decode())
        places += (right - left + 1) * (bottom - top + 1)
        if places > MOST_MERGED:
            refuse("merged too far")
        for line in range(top, bottom + 1):
            found.setdefault(line, {}).update(dict.fromkeys(range(left, right + 1), "merged"))
        found[top][left] = "merge begins"
    return found


def uncomputed(values: Any, formulas: Any) -> dict[int, list[int]]:
    """Formulas whose results the program that wrote the file did not store, by line."""
    found: dict[int, list[int]] = {}
    for number, (shown, written) in enumerate(zip(rows(values), rows(formulas), strict=True), start=1):
        for at, (value, formula) in enumerate(zip(shown, written, strict=True), start=1):
            if value.value is None and formula.data_type == "f":
                found.setdefault(number, []).append(at)
    return found


def read(row: tuple[Any, ...]) -> tuple[list[str], dict[int, str]]:
    cells = [text(cell.value) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells, {at: "error" for at, cell in enumerate(row, start=1) if cell.data_type == "e"}


def text(value: Any) -> str:
    """As a CSV file would have it: whole numbers without decimals, days and times as ISO 8601 writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) <= EXACT else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
