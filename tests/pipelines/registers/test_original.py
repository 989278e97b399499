"""The file of a save stages to the very values that were typed, whatever they are."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from audit.source import Column
from pipelines import definitions
from pipelines.registers.edit import Edit
from pipelines.registers.original import original, places
from pipelines.registers.register import REGISTERS, Row
from pipelines.stage import Batch, stage

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
LETTERS = some.characters(codec="utf-8", exclude_characters="\0")


def cell(column: Column, needed: bool) -> some.SearchStrategy[Any]:
    """What is typed about a person may be masked on its way in, so there the letters are few."""
    values: dict[str, some.SearchStrategy[Any]] = {
        "text": some.text(LETTERS, min_size=1, max_size=12).filter(str.strip),
        "date": some.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
        "timestamp": some.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)),
        "boolean": some.booleans(),
        "number": some.floats(allow_nan=False, allow_infinity=False),
        "integer": some.integers(-(2**62), 2**62),
    }
    if column.scale:
        values["integer"] = some.integers(int(column.scale.lowest), int(column.scale.highest))
    allowed = column.one_of or (["a, b", 'two\nlines "quoted"', " x\r"] if column.personal else [])
    found = some.sampled_from(allowed) if allowed else values[column.type]
    return found if needed else some.none() | found


def rows_of(name: str) -> some.SearchStrategy[list[Row]]:
    contract = definitions.source(name)
    needed = {*contract.key, contract.dated_by}
    columns = {
        each: cell(column, column.required or each in needed)
        for each, column in contract.columns.items()
        if column.personal in (None, "free text")
    }
    row = some.fixed_dictionaries(columns).map(lambda row: {each: row.get(each) for each in contract.columns})
    return some.lists(row, min_size=1, max_size=4, unique_by=lambda row: row[contract.key[0]])


def staged(edit: Edit) -> Batch:
    file = original(edit, "Ana", NOW)
    return stage(file.content, file.name, edit.contract, file.mapping)


def values(batch: Batch, edit: Edit) -> list[dict[str, Any]]:
    found = batch.frame.astype(object)
    rows = found.where(found.notna(), None).to_dict("records")
    days = {name for name, column in edit.contract.columns.items() if column.type == "date"}
    return [
        {name: value.date() if name in days and value is not None else value for name, value in row.items()}
        for row in rows
    ]


@pytest.mark.parametrize("name", REGISTERS)
@settings(max_examples=15, deadline=None)
@given(data=some.data())
def test_what_was_typed_is_what_is_staged(name: str, data: some.DataObject) -> None:
    rows = data.draw(rows_of(name))
    edit = Edit(name, 3, tuple(rows))
    batch = staged(edit)
    assert batch.rejects == [] and batch.blank == 0
    told = [{name: row.get(name) for name in edit.contract.columns if name in row} for row in values(batch, edit)]
    assert told == [{name: row[name] for name in told[0]} for row in rows]


def test_a_moment_to_the_second_may_stand_beside_a_finer_one() -> None:
    columns = definitions.source("complaints").columns
    moments = [dt.datetime(2000, 1, 1), dt.datetime(2000, 1, 1, 0, 0, 0, 1), dt.datetime(2000, 1, 2, 3, 4, 5)]
    rows = [
        {name: None for name in columns} | {"complaint_id": str(at), "received_at": moment}
        for at, moment in enumerate(moments)
    ]
    edit = Edit("complaints", None, tuple(rows))
    batch = staged(edit)
    assert batch.rejects == [] and [row["received_at"] for row in values(batch, edit)] == moments


def test_the_place_of_each_row_is_known_by_its_line() -> None:
    columns = definitions.source("complaints").columns
    texts = ["one", "two\nlines", "a\r\nb\rc", 'quotes "\n"', "last"]
    rows = [
        {name: None for name in columns} | {"complaint_id": str(at), "cause": text} for at, text in enumerate(texts)
    ]
    edit = Edit("complaints", None, tuple(rows))
    lines = {reject.line: reject for reject in staged(edit).rejects}  # received_at is missing everywhere
    found = places(original(edit, "Ana", NOW).content)
    assert [found[line] for line in sorted(lines)] == list(range(len(texts)))


def test_the_file_says_who_saved_and_when_and_has_a_plain_name() -> None:
    columns = definitions.source("complaints").columns
    row = {name: None for name in columns} | {"complaint_id": "c1"}
    file = original(Edit("complaints", 7, (row,)), "Ana Novák", NOW)
    assert file.name == "typed-complaints-2026-11-22.csv"
    header, typed = csv.reader(io.StringIO(file.content.decode()))
    assert header == [*columns, "saved"] and typed[0] == "c1"
    assert all(part in typed[-1] for part in ("2026-11-22 10:00:00", "Ana Novák", "version 7"))


def test_the_same_rows_on_another_version_are_another_file() -> None:
    columns = definitions.source("complaints").columns
    row = {name: None for name in columns} | {"complaint_id": "c1"}
    contents = {original(Edit("complaints", version, (row,)), "Ana", NOW).content for version in (None, 1, 2)}
    assert len(contents) == 3
