"""The trail as it leaves the house: a table for spreadsheets, and lines of JSON from which hashes can be told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, fields

from audit.records.trail.entry import Entry
from pipelines.reports.cell import safe_cell

COLUMNS = [field.name for field in fields(Entry)]


def as_csv(entries: Iterator[Entry]) -> bytes:
    """Cells that a spreadsheet would run are made text; so hashes are told from the lines of JSON."""
    held = io.StringIO()
    written = csv.writer(held, lineterminator="\n")
    written.writerow(COLUMNS)
    for entry in entries:
        written.writerow([safe_cell(value) for value in asdict(entry).values()])
    return held.getvalue().encode("utf-8-sig")


def as_lines(entries: Iterator[Entry]) -> bytes:
    return "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries).encode("utf-8")
