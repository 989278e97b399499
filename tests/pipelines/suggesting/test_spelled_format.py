"""Formats as people spell them, judged by what Python reads with them; and what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.text import Text
from pipelines.suggesting import spelled_format

DAY, TIME = dt.datetime(2026, 3, 4), dt.datetime(2026, 3, 4, 17, 5, 9)


@pytest.mark.parametrize(
    ("spelled", "text", "means"),
    [
        ("DD.MM.YYYY", "04.03.2026", DAY),
        ("D.M.YYYY", "4.3.2026", DAY),
        ("dd/MM/yyyy", "04/03/2026", DAY),
        ("MM/DD/YY", "03/04/26", DAY),
        ("YYYYMMDD", "20260304", DAY),
        ("YYYY年MM月DD日", "2026年03月04日", DAY),
        ("DD-Mon-YY", "04-Mar-26", DAY),
        ("D MMM YYYY", "4 Mar 2026", DAY),
        ("Month D, YYYY", "March 4, 2026", DAY),
        ("DD.MM.YYYY hh:mm:ss", "04.03.2026 17:05:09", TIME),
        ("DD.MM.YYYY HH:mm:ss", "04.03.2026 17:05:09", TIME),
        ("YYYY-MM-DDThh:mm:ssZ", "2026-03-04T17:05:09Z", TIME),
        ("MM/DD/YYYY hh:mm:ss AM", "03/04/2026 05:05:09 PM", TIME),
        ("YYYY/MM/DD at hh.mm", "2026/03/04 at 17.05", TIME.replace(second=0)),
        ("%d.%m.%Y", "04.03.2026", DAY),
        (" DD.MM.YYYY ", "04.03.2026", DAY),
    ],
)
def test_what_is_spelled_reads_what_is_meant(spelled: str, text: str, means: dt.datetime) -> None:
    format = spelled_format.read(spelled)
    assert isinstance(format, str) and dt.datetime.strptime(text, format) == means


@pytest.mark.parametrize(
    ("spelled", "told"),
    [
        ("", "needed"),
        ("DD.MM", "needed"),
        ("MM.YYYY", "needed"),
        ("hh:mm", "needed"),
        ("DD.mm.YYYY", "needed"),  # minutes are no month
        ("tomorrow", "needed"),
        ("DD.DD.YYYY", "twice"),
        ("YYYY-MM-DD MM", "twice"),
        ("%d.%m.%Y %Q", "no format"),
        ("%d.%m.%Y %", "no format"),
    ],
)
def test_what_is_no_format_is_told(spelled: str, told: str) -> None:
    said = spelled_format.read(spelled)
    assert isinstance(said, Text) and told in said.en and said.zh
