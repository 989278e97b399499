"""What is said of rows that gave way to those of another load."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.load import Load
from audit.replaced import rows_replaced, rows_to_replace


def load(id: str, file: str) -> Load:
    return Load(
        id=id, source="orders", file=file, sha256="", mapping="", lines=8, loaded=8, rejected=0, blank=0,
        physical_lines=9, published=True, version=1, received_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC), actor="Ann",
        delivered=(), ignored=(), months={}, gate=(), rejects="",
    )  # fmt: skip


KNOWN = [load("1", "a.csv"), load("2", "b.csv"), load("3", "a.csv"), load("4", "c.csv"), load("5", "d.csv")]


@pytest.mark.parametrize(
    ("replaced", "would", "did"),
    [
        ({"1": 1}, "1 row would replace a row of a.csv", "1 row replaced a row of a.csv"),
        ({"1": 39}, "39 rows would replace rows of a.csv", "39 rows replaced rows of a.csv"),
        ({"1": 3, "3": 4}, "7 rows would replace rows of a.csv", "7 rows replaced rows of a.csv"),
        ({"1": 3, "2": 4}, "7 rows would replace rows of b.csv (4), a.csv (3)",
         "7 rows replaced rows of b.csv (4), a.csv (3)"),
        ({"1": 1, "2": 2, "4": 3, "5": 4},
         "10 rows would replace rows of d.csv (4), c.csv (3), b.csv (2) and other files: 1",
         "10 rows replaced rows of d.csv (4), c.csv (3), b.csv (2) and other files: 1"),
        ({"killed": 2}, "2 rows would replace rows of killed", "2 rows replaced rows of killed"),
    ],
)  # fmt: skip
def test_the_files_are_named_by_how_many_of_their_rows(replaced: dict[str, int], would: str, did: str) -> None:
    told = [rows_to_replace(replaced, KNOWN), rows_replaced(replaced, KNOWN)]
    assert [text and text.en for text in told] == [would, did]
    assert all(text and text.zh != text.en and "{" not in text.zh for text in told)


@pytest.mark.parametrize("replaced", [None, {}])
def test_where_nothing_was_replaced_nothing_is_said(replaced: dict[str, int] | None) -> None:
    assert rows_replaced(replaced, KNOWN) is None and rows_to_replace(replaced, KNOWN) is None
