"""Cells of a CSV that leaves the house: a spreadsheet must show them, never run them."""

from __future__ import annotations

import pandas as pd

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP ASVS 5, 1.2.10)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def safe_csv(table: pd.DataFrame) -> bytes:
    """UTF-8 with a mark, which spreadsheets need to read Chinese."""
    cells = table.rename(columns=safe_cell).astype(object).map(safe_cell)
    written: str = cells.to_csv(index=False, lineterminator="\n")
    return written.encode("utf-8-sig")
