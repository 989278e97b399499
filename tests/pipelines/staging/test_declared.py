"""What a mapping declares about the cells of a column: read as declared, or rejected with its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from small_contract import mapping, staged, values

from audit.errors import DefinitionError, SourceError
from pipelines import definitions
from pipelines.loading.load_id import fingerprint
from pipelines.stage import Batch

GERMAN = {"decimal": ",", "thousands": "."}
SWISS = {"thousands": "’"}
FRENCH = {"decimal": ",", "thousands": "\u202f"}
TEN_TO_FIVE = {"rescale": {"from": {"lowest": 0, "highest": 5}, "to": {"lowest": 0, "highest": 10}}}
HUNDRED = {"rescale": {"from": {"lowest": 1, "highest": 5}, "to": {"lowest": 0, "highest": 100}}}
NEW_YORK = {"format": "%Y-%m-%d %H:%M:%S", "time_zone": "America/New_York"}

OFFSET = {"format": "%Y-%m-%dT%H:%M:%S%z"}

FORMER = "aaa1b38014962976f2d53d2d01c7ae94ce16b39df3f61ee5335c3cb67f1a019c"

READ: list[tuple[str, dict[str, Any], str, object]] = [
    ("amount", GERMAN, "1.234,50", 1234.5),
    ("amount", GERMAN, "1234,50", 1234.5),
    ("amount", GERMAN, "-1.234.567", -1234567.0),
    ("amount", GERMAN, " 0,5 ", 0.5),
    ("amount", GERMAN, ",5", 0.5),
    ("amount", {"decimal": ","}, "1234,5", 1234.5),
    ("amount", {"thousands": ","}, "1,234.50", 1234.5),
    ("amount", SWISS, "1’234.50", 1234.5),
    ("amount", FRENCH, "1\u202f234,50", 1234.5),
    ("score", {"thousands": "."}, "7", 7),
    ("amount", {"missing": ["NA", "n/a", "-"]}, "NA", None),
    ("amount", {"missing": ["NA", "n/a", "-"]}, " - ", None),
    ("note", {"missing": "NA"}, "NA", None),
    ("note", {"missing": "NA"}, "na", "na"),
    ("score", TEN_TO_FIVE, "0", 0),
    ("score", TEN_TO_FIVE, "2.5", 5),
    ("score", TEN_TO_FIVE, "5", 10),
    ("score", {**TEN_TO_FIVE, "decimal": ","}, "2,5", 5),
    ("score", {**TEN_TO_FIVE, "recode": {"Good": "4"}, "missing": ["NA"]}, "Good", 8),
    ("score", {**TEN_TO_FIVE, "missing": ["NA"]}, "NA", None),
    ("amount", HUNDRED, "2", 25.0),
    ("amount", HUNDRED, "1.5", 12.5),
    ("at", NEW_YORK, "2026-01-15 20:00:00", dt.datetime(2026, 1, 16, 1)),
    ("at", NEW_YORK, "2026-07-15 20:00:00", dt.datetime(2026, 7, 16, 0)),
    ("at", NEW_YORK, "2026-03-08 01:59:59", dt.datetime(2026, 3, 8, 6, 59, 59)),
    ("at", NEW_YORK, "2026-03-08 03:00:00", dt.datetime(2026, 3, 8, 7)),
    ("day", NEW_YORK, "2026-01-15 20:00:00", dt.datetime(2026, 1, 16)),
    ("at", OFFSET, "2026-10-25T02:30:00+02:00", dt.datetime(2026, 10, 25, 0, 30)),
    ("at", OFFSET, "2026-10-25T02:30:00+01:00", dt.datetime(2026, 10, 25, 1, 30)),
    ("at", OFFSET, "2026-10-31T23:30:00Z", dt.datetime(2026, 10, 31, 23, 30)),
    ("at", OFFSET, "2026-10-31T23:30:00-0530", dt.datetime(2026, 11, 1, 5)),
    ("day", OFFSET, "2026-10-31T23:30:00-05:30", dt.datetime(2026, 11, 1)),
    (
        "at",
        {"format": "%Y-%m-%d %H:%M:%S.%f %z"},
        "2026-10-31 23:30:00.5 +1200",
        dt.datetime(2026, 10, 31, 11, 30, 0, 500_000),
    ),
    (
        "at",
        {"format": "%Y-%m-%dT%H:%M:%S.%f%z"},
        "2026-10-31T23:30:00.25+00:00",
        dt.datetime(2026, 10, 31, 23, 30, 0, 250_000),
    ),
    ("at", {"format": "%d.%m.%Y %H:%M%z"}, "1.3.2026 9:05+01:00", dt.datetime(2026, 3, 1, 8, 5)),
    ("at", {"format": "%m/%d/%Y %I:%M:%S %p"}, "10/31/2026 12:05:00 AM", dt.datetime(2026, 10, 31, 0, 5)),
    ("at", {"format": "%m/%d/%Y %I:%M:%S %p"}, "1/3/2026 2:05:00 PM", dt.datetime(2026, 1, 3, 14, 5)),
]

REJECTED: list[tuple[str, dict[str, Any], str, str]] = [
    ("amount", {}, "1,234", "thousands separator"),
    ("amount", GERMAN, "1,234.50", "does not fit the declared way of writing numbers, as in 1.234,50"),
    ("amount", GERMAN, "1234.5", "does not fit"),
    ("amount", GERMAN, "0.123", "does not fit"),
    ("amount", GERMAN, "12.34,5", "does not fit"),
    ("amount", GERMAN, "1.234.56", "does not fit"),
    ("amount", GERMAN, "1..234", "does not fit"),
    ("amount", GERMAN, "1,5E3", "does not fit"),
    ("amount", GERMAN, "€ 5", "does not fit"),
    ("amount", GERMAN, ",", "does not fit"),
    ("amount", {"decimal": ","}, "1.5", "does not fit the declared way of writing numbers, as in 1234,50"),
    ("amount", {"decimal": ","}, "1.234,50", "does not fit"),
    ("amount", {"thousands": ","}, "1,5", "does not fit"),
    ("amount", SWISS, "1'234.50", "does not fit"),
    ("amount", FRENCH, "1 234,50", "does not fit"),
    ("score", {"thousands": "."}, "7,0", "does not fit"),
    ("score", {"thousands": "."}, "1.234", "not on the scale"),
    ("amount", {"missing": ["NA"]}, "na", "not a number"),
    ("amount", {"missing": ["NA"]}, "n/a", "not a number"),
    ("amount", {}, "NA", "not a number"),
    ("day", {"missing": ["-"]}, "-", "no value; every row must have one"),
    ("score", TEN_TO_FIVE, "6", "6 is not on the scale from 0 to 5"),
    ("score", TEN_TO_FIVE, "-1", "-1 is not on the scale from 0 to 5"),
    ("score", TEN_TO_FIVE, "2.25", "“2.25” becomes 4.5 on the new scale, and the column can only hold whole numbers"),
    ("score", TEN_TO_FIVE, "1e0", "not a number"),
    ("score", TEN_TO_FIVE, "2,5", "not a number"),
    ("score", TEN_TO_FIVE, "good", "not a number"),
    ("amount", HUNDRED, "0", "0 is not on the scale from 1 to 5"),
    ("amount", HUNDRED, "5.0001", "is not on the scale from 1 to 5"),
    ("at", NEW_YORK, "2026-03-08 02:30:00", "2026-03-08 02:30:00 did not come in America/New_York"),
    ("at", NEW_YORK, "2026-11-01 01:30:00", "2026-11-01 01:30:00 came twice in America/New_York"),
    ("day", NEW_YORK, "2026-11-01 01:30:00", "came twice"),
    ("at", NEW_YORK, "2026-01-15", "does not fit the format"),
    ("at", NEW_YORK, "9999-12-31 23:00:00", "is out of reach of the time zone"),
    ("at", OFFSET, "2026-10-31T23:30:00", "does not fit the format"),
    ("at", OFFSET, "2026-10-31T23:30:00+01", "does not fit the format"),
    ("at", OFFSET, "2026-10-31T23:30:00 CET", "does not fit the format"),
    ("at", OFFSET, "2026-10-31T23:30:00+25:00", "no day or time that there is"),
    ("at", OFFSET, "0001-01-01T00:30:00+01:00", "is out of reach of the time zone"),
    ("at", {"format": "%m/%d/%Y %I:%M:%S %p"}, "31/10/2026 2:05:00 PM", "does not fit"),
    ("at", {"format": "%m/%d/%Y %I:%M:%S %p"}, "10/31/2026 14:05:00 PM", "does not fit"),
]

NEVER: list[tuple[str, dict[str, Any], str]] = [
    ("note", {"decimal": ","}, "'note' is of type text; delete the decimal"),
    ("note", {"rescale": TEN_TO_FIVE["rescale"]}, "'note' is of type text; delete the rescale"),
    ("score", {"time_zone": "UTC"}, "'score' is of type integer; delete the time_zone"),
    ("score", {"decimal": ","}, "'score' holds whole numbers; delete the decimal"),
    ("amount", {"thousands": "."}, "is the sign before decimals too; add decimal: ','"),
    ("score", HUNDRED, "does not end on the scale of the column; write 'to: {lowest: 0, highest: 10}'"),
    ("day", {"time_zone": "UTC"}, "needs times; write a format with the hour"),
    ("at", {"time_zone": "UTC", "format": "%d.%m.%Y"}, "needs times; write a format with the hour"),
    ("at", {"format": "%Y-%m-%d%z"}, "needs times; write a format with the hour"),
    ("at", {"time_zone": "UTC", **OFFSET}, "each time says its offset (%z); delete the time_zone"),
    ("at", {"format": "%Y-%m-%d %I:%M"}, "confuses morning and evening"),
    ("at", {"format": "%Y-%m-%d %H:%M %p"}, "confuses morning and evening"),
]

UNWRITTEN: list[tuple[dict[str, Any], str]] = [
    ({"amount": {"from": "a", "decimal": ";"}}, "Input should be '.' or ','"),
    ({"amount": {"from": "a", "decimal": ",", "thousands": ","}}, "cannot stand before decimals and between thousands"),
    ({"amount": {"from": "a", "missing": ["-"], "recode": {"-": "0"}}}, "under 'missing' and under 'recode'"),
    ({"amount": {"from": "a", "missing": [" -"]}}, "begins or ends with a space"),
    ({"at": {"from": "a", "time_zone": "New York"}}, "'New York' is not a time zone"),
    ({"at": {"from": "a", "time_zone": "../etc/passwd"}}, "is not a time zone"),
    ({"at": {"from": "a", "time_zone": "UTC"}}, "add 'keep_in: UTC'"),
    ({"at": {"from": "a", **OFFSET}}, "add 'keep_in: UTC'"),
    ({"score": {"from": "a", "rescale": {"from": {"lowest": 5, "highest": 5}, "to": {"lowest": 0, "highest": 10}}}},
     "5 is not below 5"),
]  # fmt: skip


def one_cell(column: str, written: dict[str, Any], text: str) -> Batch:
    zone = {"keep_in": "UTC"} if "time_zone" in written or "%z" in written.get("format", "") else {}
    if column == "day":
        return staged(f'id,cell\nA,"{text}"\n', {"day": {"from": "cell", **written}}, **zone)
    return staged(f'id,day,cell\nZ,2026-03-01,\nA,2026-03-01,"{text}"\n', {column: {"from": "cell", **written}}, **zone)


@pytest.mark.parametrize(("column", "written", "text", "value"), READ)
def test_a_cell_is_read_as_declared(column: str, written: dict[str, Any], text: str, value: object) -> None:
    batch = one_cell(column, written, text)
    assert batch.rejects == []
    assert values(batch, column)[-1] == (value,)


@pytest.mark.parametrize(("column", "written", "text", "told"), REJECTED)
def test_a_cell_that_does_not_fit_the_declaration_is_rejected(
    column: str, written: dict[str, Any], text: str, told: str
) -> None:
    (reject,) = one_cell(column, written, text).rejects
    assert (reject.line, reject.column, reject.value) == (2 if column == "day" else 3, column, text)
    assert told in reject.reason.en


@pytest.mark.parametrize(("column", "written", "told"), NEVER)
def test_a_declaration_that_can_never_work_is_refused(column: str, written: dict[str, Any], told: str) -> None:
    with pytest.raises(SourceError) as caught:
        one_cell(column, written, "1")
    assert told in str(caught.value)


@pytest.mark.parametrize(("columns", "told"), UNWRITTEN)
def test_a_declaration_that_means_nothing_is_refused_where_it_stands(columns: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        mapping(columns)
    assert told in str(caught.value)


def test_a_zone_to_keep_times_in_needs_a_column_in_another() -> None:
    with pytest.raises(ValidationError, match="has no use without a column with a 'time_zone'"):
        mapping({}, keep_in="UTC")


def test_a_declaration_that_does_not_fit_the_contract_is_refused_at_reading(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        "source: survey_responses\ncolumns:\n  satisfaction:\n    from: Q1\n"
        "    rescale: {from: {lowest: 0, highest: 10}, to: {lowest: 0, highest: 5}}\n"
    )
    with pytest.raises(DefinitionError, match="write 'to: {lowest: 1, highest: 5}'") as caught:
        definitions.mapping(path, "survey_responses")
    assert (caught.value.line, caught.value.column) == (5, 5)


def test_times_are_kept_as_the_clocks_of_the_organisation_showed_them() -> None:
    batch = staged(
        "id,day,at\nA,2026-03-01,2026-01-15 20:00:00\n", {"at": {"from": "at", **NEW_YORK}}, keep_in="Europe/Berlin"
    )
    assert values(batch, "at") == [(dt.datetime(2026, 1, 16, 2),)]


def test_a_missing_part_leaves_a_joined_value_empty() -> None:
    batch = staged("a,b,day\n1,-,2026-03-01\n", {"id": {"from": ["a", "b"], "missing": ["-"]}})
    assert [reject.reason.en for reject in batch.rejects] == ["no value; every row must have one"]


def test_a_mapping_without_the_later_keys_keeps_its_fingerprint() -> None:
    """Computed before they were added: a file that was loaded then is not loaded again."""
    assert fingerprint(mapping({"id": "Nr", "day": {"from": "d", "format": "%d.%m.%Y"}})) == FORMER
