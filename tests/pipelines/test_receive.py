from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from audit.records.store import Store
from pipelines.receive import cleaned, receive

NAMES = {
    "survey-2026-03.csv": "survey-2026-03.csv",
    "满意度 调查.csv": "满意度 调查.csv",
    "../../etc/x": "x",
    "a/b/../c.csv": "c.csv",
    "C:\\Users\\me\\x.csv": "x.csv",
    "C:x.csv": "C_x.csv",
    "x.csv:stream.csv": "x.csv_stream.csv",
    "a\0b.csv": "ab.csv",
    "a\r\nb\x1b[31m.csv": "ab[31m.csv",
    "abc\u202evsc.exe": "abcvsc.exe",
    "\u200bid\ufeff.csv": "id.csv",
    "<img src=x onerror=y>.csv": "_img src=x onerror=y_.csv",
    "=cmd|calc.csv": "=cmd_calc.csv",
    " many   spaces .csv ": "many spaces .csv",
    "e\u0301.csv": "é.csv",
    "NUL": "_NUL",
    "con.csv": "_con.csv",
    "": "unnamed",
    "..": "unnamed",
    "a/": "unnamed",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_made_fit_to_be_shown(name: str) -> None:
    assert cleaned(name) == NAMES[name]


def test_a_name_of_three_thousand_characters_keeps_its_ending() -> None:
    short = cleaned("x" * 3000 + ".csv")
    assert len(short) == 120
    assert short.endswith("x.csv")


def test_the_bytes_are_kept_as_they_came(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    received = receive(store, b"\xef\xbb\xbfid\r\n1", "../march.csv")
    assert received.file == "march.csv"
    assert received.sha256 == hashlib.sha256(b"\xef\xbb\xbfid\r\n1").hexdigest()
    assert store.get(received.sha256) == received.content


def test_the_same_file_twice_is_kept_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    first, second = receive(store, b"id\n1", "a.csv"), receive(store, b"id\n1", "b.csv")
    assert first.sha256 == second.sha256
    assert len([path for path in store.folder.rglob("*") if path.is_file()]) == 1
