"""Rows are parted by month, none lost, and a file holds nothing but what stands in its own rows."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.staging import parts as staging_parts
from pipelines.staging.coded import tightened
from pipelines.staging.parts import Parts
from pipelines.staging.rows import Rows

sys.path.insert(0, str(Path(__file__).parents[1]))
from small_contract import ANSWERS

DAYS = [dt.date(2026, 1, 31), dt.date(2026, 2, 1), dt.date(2026, 2, 28), dt.date(2027, 2, 1)]
COLUMNS = ("score", "note", "amount", "at", "again", "kind")
KINDS = dict(
    zip(COLUMNS, (pa.int64(), pa.string(), pa.float64(), pa.timestamp("us"), pa.bool_(), pa.string()), strict=True)
)


def block(first: int, days: list[dt.date], notes: Sequence[str | None] | None = None, coded: bool = True) -> pa.Table:
    """Rows r1, r2 ... on lines 1, 2 ..."""
    count = len(days)
    note = pa.array(notes or [f"n{day}" for day in days], pa.string())
    return pa.table(
        {
            "id": pa.array([f"r{first + at}" for at in range(count)], pa.string()),
            "day": pa.array(days, pa.date32()),
            **{name: pa.nulls(count, KINDS[name]) for name in COLUMNS},
            "line": pa.array(range(first, first + count), pa.int64()),
        }
    ).set_column(3, "note", note.dictionary_encode() if coded else note)


def parted(folder: Path, blocks: list[pa.Table]) -> Rows:
    with Parts(folder, ANSWERS, "load") as parts:
        for one in blocks:
            parts.add(one)
    return parts.rows()


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from(DAYS), min_size=1, max_size=7), max_size=5),
    st.sampled_from([0, 3, 400_000]),
    st.booleans(),
)
def test_each_row_is_in_its_month_once(blocks: list[list[dt.date]], most: int, coded: bool) -> None:
    everything = [day for days in blocks for day in days]
    firsts = [sum(map(len, blocks[:at])) + 1 for at in range(len(blocks))]
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(staging_parts, "MOST_WAITING", most)
        rows = parted(
            Path(folder), [block(first, days, coded=coded) for first, days in zip(firsts, blocks, strict=True)]
        )
        table = rows.table()
        assert [(row["id"], row["day"], row["note"]) for row in table.to_pylist()] == [
            (f"r{at}", day, f"n{day}") for at, day in enumerate(everything, start=1)
        ]
        months = sorted(f"{day:%Y-%m}" for day in everything)
        assert rows.months() == {month: months.count(month) for month in months}


def held(rows: Rows, text: str) -> list[str]:
    return [file.parent.name for file in rows.files if text.encode() in file.read_bytes()]


def test_what_somebody_wrote_stands_in_the_file_of_that_row_alone(tmp_path: Path) -> None:
    """An erasure rewrites the files of a person's rows; a text that stands in another file it would not find."""
    days = [DAYS[0]] * 9 + [DAYS[1]] * 9
    rows = parted(tmp_path, [block(1, days, ["plain"] * 4 + ["secret"] + ["plain"] * 13)])
    assert held(rows, "plain") == ["month=2026-01", "month=2026-02"]
    assert held(rows, "secret") == ["month=2026-01"]
    assert held(rows.without([5]), "secret") == []
    assert held(rows, "plain") == ["month=2026-01", "month=2026-02"]


def test_texts_that_are_equal_stay_apart_from_others(tmp_path: Path) -> None:
    """Two entries of a dictionary may hold the same text, as recoding makes them, or none."""
    coded = pa.DictionaryArray.from_arrays(
        pa.array([None, 2, 3, 4, 1, 2], pa.int32()), pa.array(["", "", "a", "b", "a"])
    )
    rows = parted(tmp_path, [block(1, [DAYS[0]] * 6).set_column(3, "note", coded)])
    assert rows.table()["note"].to_pylist() == [None, "a", "b", "a", "", "a"]


def test_a_file_from_which_rows_are_taken_keeps_its_others(tmp_path: Path) -> None:
    rows = parted(tmp_path, [block(1, [DAYS[0]] * 50, ["x", "y"] * 25), block(51, [DAYS[0], DAYS[2]])])
    left = rows.without([1, 50, 52])
    assert left.table()["_line"].to_pylist() == [*range(2, 50), 51]
    assert left.table()["note"].to_pylist()[:48] == (["y", "x"] * 25)[:48]
    assert pq.read_metadata(left.files[0]).row_group(0).column(3).has_dictionary_page


def test_no_row_of_a_dictionary_is_lost_where_it_is_made_tight() -> None:
    first, second = (pa.array(texts).dictionary_encode() for texts in (["a", "b", None, "c"], ["c", "d", "a"]))
    table = pa.table({"x": pa.chunked_array([first, second])}).slice(3)
    tight = tightened(table)["x"].combine_chunks()
    assert (tight.to_pylist(), sorted(tight.dictionary.to_pylist())) == (["c", "c", "d", "a"], ["a", "c", "d"])
