"""Publishing into real Delta tables, held against a dictionary that keeps the last row of each key."""

from __future__ import annotations

import datetime as dt
import json
import random
import threading
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from deltalake import DeltaTable

from audit.errors import SourceError
from audit.source import Column, Source
from audit.text import Text
from pipelines.publish import schema
from pipelines.publishing.standing import data_files
from tests.pipelines.by_hand import publish_frame as publish

WORD = Text(en="a reason.", zh="理由。")
TYPES = {"id": "text", "part": "integer", "amount": "number", "on": "date", "at": "timestamp", "agreed": "boolean"}
DTYPES = {"text": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
Row = dict[str, Any]


def contract_of(columns: dict[str, str] = TYPES, key: tuple[str, ...] = ("id",), dated_by: str | None = "on") -> Source:
    return Source(
        name="things",
        title=WORD,
        meaning=WORD,
        owner=WORD,
        key=key,
        dated_by=dated_by,
        tolerance="5 %",  # type: ignore[arg-type]
        columns={name: Column(meaning=WORD, type=type_) for name, type_ in columns.items()},  # type: ignore[arg-type]
    )


def frame_of(rows: list[Row], contract: Source) -> pd.DataFrame:
    columns = {
        name: pd.Series([row.get(name) for row in rows], dtype=DTYPES.get(column.type, "datetime64[us]"))
        for name, column in contract.columns.items()
    }
    return pd.DataFrame(columns | {"line": pd.Series(range(2, len(rows) + 2), dtype="int64")})


def standing(table: Path, contract: Source, version: int | None = None) -> list[Row]:
    """The rows of the table, read as the figures read them, by key."""
    files = data_files(DeltaTable(table, version=version))
    with duckdb.connect() as connection:
        found = connection.execute("select * from read_parquet($f, hive_partitioning = false)", {"f": files})
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return sorted(rows, key=lambda row: tuple(str(row[key]) for key in contract.key))


def day(month: int, number: int = 1) -> dt.datetime:
    return dt.datetime(2026, month, number)


def of(rows: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_rows_stand_as_they_were_staged_with_load_and_line(tmp_path: Path) -> None:
    contract = contract_of()
    at = dt.datetime(2026, 1, 5, 23, 59, 59)
    rows = [
        {"id": "007", "part": 2**53 + 1, "amount": 0.1, "on": day(1, 5), "at": at, "agreed": False},
        {"id": "b", "on": day(2)},
    ]
    publish(tmp_path / "t", contract, frame_of(rows, contract), "L1")
    first, second = standing(tmp_path / "t", contract)
    assert first == {
        "id": "007", "part": 2**53 + 1, "amount": 0.1, "on": dt.date(2026, 1, 5), "at": at, "agreed": False,
        "_load": "L1", "_line": 2,
    }  # fmt: skip
    assert second == dict.fromkeys(TYPES) | {"id": "b", "on": dt.date(2026, 2, 1), "_load": "L1", "_line": 3}


def test_a_column_without_any_value_keeps_its_type(tmp_path: Path) -> None:
    contract = contract_of()
    publish(tmp_path / "t", contract, frame_of([{"id": "a", "on": day(1)}], contract), "L1")
    kept = pa.schema(DeltaTable(tmp_path / "t").schema().to_arrow())
    assert kept.equals(schema(contract))
    assert [str(field.type) for field in kept] == [
        "string", "int64", "double", "date32[day]", "timestamp[us]", "bool", "string", "int64", "string",
    ]  # fmt: skip


def test_dated_rows_lie_in_the_folder_of_their_month_and_undated_ones_in_none(tmp_path: Path) -> None:
    for name, contract, folders in (
        ("dated", contract_of(), {"month=2025-12", "month=2026-01"}),
        ("undated", contract_of(dated_by=None), {"undated"}),
        ("by_time", contract_of(dated_by="at"), {"month=2026-03"}),
    ):
        rows = [{"id": "a", "on": dt.datetime(2025, 12, 31), "at": day(3)}, {"id": "b", "on": day(1), "at": day(3)}]
        publish(tmp_path / name, contract, frame_of(rows, contract), "L1")
        assert {Path(file).parent.name for file in data_files(DeltaTable(tmp_path / name))} == folders


def test_a_later_row_replaces_the_one_with_its_key_and_no_other(tmp_path: Path) -> None:
    contract, table = contract_of(), tmp_path / "t"
    former = [{"id": "a", "on": day(1), "part": 1}, {"id": "b", "on": day(1)}]
    later = [{"id": "c", "on": day(1)}, {"id": "a", "on": day(1), "amount": 5.0}]
    publish(table, contract, frame_of(former, contract), "L1")
    publish(table, contract, frame_of(later, contract), "L2")
    assert of(standing(table, contract), "id", "part", "amount", "_load", "_line") == [
        ("a", None, 5.0, "L2", 3), ("b", None, None, "L1", 3), ("c", None, None, "L2", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [(1, 3), (3, 1), (1, 12), (2, 2)])
def test_a_row_whose_date_moved_to_another_month_is_not_doubled(tmp_path: Path, before: int, after: int) -> None:
    contract, table = contract_of(), tmp_path / "t"
    publish(table, contract, frame_of([{"id": "a", "on": day(before)}, {"id": "b", "on": day(before)}], contract), "L1")
    publish(table, contract, frame_of([{"id": "a", "on": day(after)}], contract), "L2")
    assert of(standing(table, contract), "id", "on") == [("a", day(after).date()), ("b", day(before).date())]
    moved = {Path(file).parent.name for file in data_files(DeltaTable(table))}
    assert moved == {f"month=2026-{before:02}", f"month=2026-{after:02}"}


@pytest.mark.parametrize("dated_by", ["on", "at", None])
@pytest.mark.parametrize("key", [("id",), ("id", "part"), ("part", "on")])
def test_many_loads_leave_the_last_row_of_each_key(tmp_path: Path, key: tuple[str, ...], dated_by: str | None) -> None:
    contract, table, dice = contract_of(key=key, dated_by=dated_by), tmp_path / "t", random.Random(f"{key}{dated_by}")
    expected: dict[tuple[Any, ...], Row] = {}
    for number in range(6):
        drawn = [
            {"id": dice.choice("abcdefgh"), "part": dice.randint(1, 4), "on": day(dice.randint(1, 6)),
             "at": day(dice.randint(1, 6), 28), "amount": dice.choice([None, dice.random()])}
            for _ in range(12)
        ]  # fmt: skip
        rows = list({tuple(row[name] for name in key): row for row in drawn}.values())
        publish(table, contract, frame_of(rows, contract), f"L{number}")
        for row in rows:
            expected[tuple(row[name] for name in key)] = row | {"_load": f"L{number}"}
    found = of(standing(table, contract), "id", "part", "on", "at", "amount", "_load")
    wanted = of(list(expected.values()), "id", "part", "on", "at", "amount", "_load")
    assert sorted(map(str, found)) == sorted(str((*row[:2], row[2].date(), *row[3:])) for row in wanted)


def test_the_same_batch_again_leaves_the_same_rows(tmp_path: Path) -> None:
    contract, table = contract_of(), tmp_path / "t"
    frame = frame_of([{"id": str(n), "on": day(1 + n % 5)} for n in range(40)], contract)
    publish(table, contract, frame, "L1")
    once = standing(table, contract)
    publish(table, contract, frame, "L1")
    assert standing(table, contract) == once


def test_each_load_is_one_commit_that_names_it_and_former_versions_still_answer(tmp_path: Path) -> None:
    contract, table = contract_of(), tmp_path / "t"
    versions = [
        publish(table, contract, frame_of([{"id": "a", "on": day(month), "part": month}], contract), f"L{month}")
        for month in (1, 2, 3)
    ]
    assert versions == [1, 2, 3]
    assert [(entry["version"], entry["load"], entry["source"]) for entry in DeltaTable(table).history(3)] == [
        (3, "L3", "things"), (2, "L2", "things"), (1, "L1", "things"),
    ]  # fmt: skip
    assert [of(standing(table, contract, version), "part") for version in versions] == [[(1,)], [(2,)], [(3,)]]
    assert DeltaTable(table).metadata().configuration["delta.enableExpiredLogCleanup"] == "false"


def test_other_months_are_left_alone(tmp_path: Path) -> None:
    contract, table = contract_of(), tmp_path / "t"
    publish(table, contract, frame_of([{"id": str(n), "on": day(n)} for n in range(1, 13)], contract), "L1")
    before = set(data_files(DeltaTable(table)))
    publish(table, contract, frame_of([{"id": "3", "on": day(3)}, {"id": "new", "on": day(5)}], contract), "L2")
    after = set(data_files(DeltaTable(table)))
    assert {Path(file).parent.name for file in before - after} <= {"month=2026-03", "month=2026-05"}
    assert {Path(file).parent.name for file in after - before} == {"month=2026-03", "month=2026-05"}


@pytest.mark.parametrize("name", ["with space", "中文 é", "it's", "a=b", "month=2020-01"])
def test_a_folder_may_have_any_ordinary_name(tmp_path: Path, name: str) -> None:
    contract, table = contract_of(), tmp_path / name / "t"
    for month in (1, 3):
        publish(table, contract, frame_of([{"id": "a", "on": day(month)}], contract), "L")
    assert of(standing(table, contract), "id", "on") == [("a", day(3).date())]


@pytest.mark.parametrize("key", ["Key Name", 'quo"te', "order", "ü", "K"])
def test_a_key_may_have_any_name(tmp_path: Path, key: str) -> None:
    contract, table = contract_of({key: "text", "on": "date"}, (key,)), tmp_path / "t"
    for month in (1, 3):
        publish(table, contract, frame_of([{key: "it's", "on": day(month)}], contract), "L")
    assert of(standing(table, contract), key, "on") == [("it's", day(3).date())]


def test_a_contract_may_gain_and_lose_columns(tmp_path: Path) -> None:
    table, first = tmp_path / "t", contract_of({"id": "text", "on": "date", "part": "integer"})
    rows = [{"id": "a", "on": day(1), "part": 1}, {"id": "b", "on": day(1), "part": 2}]
    publish(table, first, frame_of(rows, first), "L1")
    more = contract_of({"id": "text", "new": "text", "on": "date"})
    publish(table, more, frame_of([{"id": "a", "on": day(1), "new": "x"}, {"id": "c", "on": day(2)}], more), "L2")
    with duckdb.connect() as connection:
        query = "select id, new from read_parquet($f, union_by_name = true) order by id"
        found = connection.execute(query, {"f": data_files(DeltaTable(table))}).fetchall()
    assert found == [("a", "x"), ("b", None), ("c", None)]


def test_a_changed_type_is_refused_and_the_former_rows_stay(tmp_path: Path) -> None:
    table, first = tmp_path / "t", contract_of({"id": "text", "on": "date", "part": "integer"})
    publish(table, first, frame_of([{"id": "a", "on": day(1), "part": 1}], first), "L1")
    other = contract_of({"id": "text", "on": "date", "part": "text"})
    with pytest.raises(SourceError, match="'part' is string, but the published rows hold int64"):
        publish(table, other, frame_of([{"id": "a", "on": day(1), "part": "one"}], other), "L2")
    assert of(standing(table, first), "part", "_load") == [(1, "L1")]


@pytest.mark.parametrize("exists", [True, False])
def test_writers_at_the_same_time_lose_nothing_and_double_nothing(tmp_path: Path, exists: bool) -> None:
    contract, table = contract_of(), tmp_path / "t"
    if exists:
        publish(table, contract, frame_of([{"id": "shared", "on": day(12)}], contract), "L0")
    raised: list[BaseException] = []

    def write(number: int) -> None:
        rows = [{"id": "shared", "on": day(number)}, {"id": f"own {number}", "on": day(number)}]
        try:
            publish(table, contract, frame_of(rows, contract), f"L{number}")
        except BaseException as error:
            raised.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(1, 7)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert raised == []
    found = of(standing(table, contract), "id", "_load")
    assert [id for id, _ in found] == [*(f"own {number}" for number in range(1, 7)), "shared"]
    assert found[-1][1] == DeltaTable(table).history(1)[0]["load"], "the last commit's row stands"


def test_a_table_made_by_a_writer_that_was_killed_before_its_rows_takes_the_next(tmp_path: Path) -> None:
    contract, table = contract_of(), tmp_path / "t"
    DeltaTable.create(table, schema(contract), partition_by=["month"])
    assert publish(table, contract, frame_of([{"id": "a", "on": day(1)}], contract), "L1") == 1
    commit = (table / "_delta_log" / f"{1:020}.json").read_text().splitlines()
    assert sum("add" in json.loads(line) for line in commit) == 1


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_a_value_with_a_line_break_of_its_own_kind_is_published(tmp_path: Path, sign: str) -> None:
    """It stands unescaped in the statistics of the commit, which is one JSON document per line feed."""
    contract, table = contract_of(), tmp_path / "t"
    assert publish(table, contract, frame_of([{"id": f"a{sign}b", "on": day(1)}], contract), "L1") == 1
    assert of(standing(table, contract), "id") == [(f"a{sign}b",)]


def test_what_is_raised_after_a_commit_takes_no_file_out_of_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the disk is full when delta-rs writes a checkpoint behind the commit."""
    contract, table = contract_of(), tmp_path / "t"
    publish(table, contract, frame_of([{"id": "a", "on": day(1)}, {"id": "b", "on": day(1)}], contract), "L1")
    commit = DeltaTable.create_write_transaction

    def commit_and_fail(*given: Any, **more: Any) -> None:
        commit(*given, **more)
        raise OSError("no space left on device")

    monkeypatch.setattr(DeltaTable, "create_write_transaction", commit_and_fail)
    with pytest.raises(OSError, match="no space"):
        publish(table, contract, frame_of([{"id": "a", "on": day(1), "part": 2}], contract), "L2")
    assert of(standing(table, contract), "id", "part", "_load") == [("a", 2, "L2"), ("b", None, "L1")]
