"""Formats are proposed only where all values can be read; where more than one fits, all of them are offered."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from audit.source import Column
from audit.text import Text
from pipelines.suggesting import dates, numbers
from pipelines.suggesting.reading import option

SAID = Text(en="x", zh="字")
DAY, MOMENT = Column(meaning=SAID, type="date"), Column(meaning=SAID, type="timestamp")
NUMBER, WHOLE = Column(meaning=SAID, type="number"), Column(meaning=SAID, type="integer")


def formats(*texts: str, column: Column = DAY) -> list[str | None]:
    return [one.written.get("format") for one in dates.options(Counter(texts), column) if not one.unread]


@pytest.mark.parametrize(
    ("texts", "format"),
    [
        (("31.12.2026", "1.2.2026"), "%d.%m.%Y"),
        (("31.12.26",), "%d.%m.%y"),
        (("31/12/2026", "01/02/2026"), "%d/%m/%Y"),
        (("12/31/2026", "01/02/2026"), "%m/%d/%Y"),
        (("2026/12/31",), "%Y/%m/%d"),
        (("20261231",), "%Y%m%d"),
        (("2026年3月5日", "2026年12月31日"), "%Y年%m月%d日"),
        (("5 Mar 2026",), "%d %b %Y"),
        (("Mar 5, 2026",), "%b %d, %Y"),
        (("31.12.2026 14:05",), "%d.%m.%Y %H:%M"),
        (("2026-12-31 14:05:00",), "%Y-%m-%d %H:%M:%S"),
    ],
)
def test_the_one_format_that_reads_all_values_is_proposed(texts: tuple[str, ...], format: str) -> None:
    assert formats(*texts) == [format]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("03/04/2026", "05/06/2026"), {"%d/%m/%Y", "%m/%d/%Y"}),
        (("05/05/2026",), {"%d/%m/%Y", "%m/%d/%Y"}),
        (("03-04-2026",), {"%d-%m-%Y", "%m-%d-%Y"}),
        (("03/04/2026 10:00 AM",), {"%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p"}),
    ],
)
def test_where_day_and_month_can_be_swapped_both_are_offered(texts: tuple[str, ...], expected: set[str]) -> None:
    assert set(formats(*texts, column=MOMENT)) == expected


def test_the_same_value_is_shown_read_both_ways() -> None:
    found = dates.options(Counter(["05/05/2026", "03/04/2026"]), DAY)
    first = {one.written["format"]: one.examples[0] for one in found}
    assert first == {"%d/%m/%Y": ("03/04/2026", "2026-04-03"), "%m/%d/%Y": ("03/04/2026", "2026-03-04")}


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (DAY, "2026-03-04T10:30:00+01:00", "2026-03-04"),
        (DAY, "2026-03-04T10:30:00-0530", "2026-03-04"),
        (MOMENT, "2026-03-04T10:30:00+01:00", "2026-03-04 10:30:00+01:00"),
        (MOMENT, "2026-03-04T10:30:00", "2026-03-04 10:30:00"),
    ],
)
def test_a_day_is_shown_without_a_time_and_its_offset(column: Column, text: str, value: str) -> None:
    format = "%Y-%m-%dT%H:%M:%S%z" if text[19:] else "%Y-%m-%dT%H:%M:%S"
    assert option(Counter([text]), column, {"format": format}).examples == ((text, value),)


@pytest.mark.parametrize("column", [DAY, MOMENT])
def test_what_the_dataset_reads_without_a_format_gets_none(column: Column) -> None:
    assert formats("2026-03-04", "2026-04-03", column=column) == [None]


@pytest.mark.parametrize(
    "texts", [("yes", "no"), ("12", "13"), ("2026", "2025"), ("R-1",), ("99.99.2026", "13/13/2026")]
)
def test_what_is_no_date_gets_no_proposal(texts: tuple[str, ...]) -> None:
    assert dates.options(Counter(texts), DAY) == []


def test_one_wrong_day_among_many_is_named_and_counted() -> None:
    days = [f"{(dt.date(2026, 1, 1) + dt.timedelta(days)):%d.%m.%Y}" for days in range(100)]
    (found,) = dates.options(Counter([*days, "31.02.2026", "31.02.2026"]), DAY)
    assert (found.written, found.unread, found.stray) == ({"format": "%d.%m.%Y"}, 2, "31.02.2026")


def ways(*texts: str, column: Column = NUMBER) -> list[dict[str, Any]]:
    return [one.written for one in numbers.options(Counter(texts), column) if not one.unread]


COMMA, POINT_GROUPS = {"decimal": ","}, {"decimal": ",", "thousands": "."}


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        (("1,5", "2"), COMMA),
        (("1.234,50", "3,2"), POINT_GROUPS),
        (("1,234.50", "3.2"), {"thousands": ","}),
        (("1'234.50",), {"thousands": "'"}),
        (("1 234,5",), {"decimal": ",", "thousands": " "}),
        (("1\u00a0234,5",), {"decimal": ",", "thousands": "\u00a0"}),
        (("12", "1.5"), {}),
        (("-3", "+4"), {}),
    ],
)
def test_the_one_way_to_read_all_numbers_is_proposed(texts: tuple[str, ...], written: dict[str, Any]) -> None:
    assert ways(*texts) == [written]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [(("1.234",), [{}, POINT_GROUPS]), (("1,234", "2,500"), [COMMA, {"thousands": ","}])],
)
def test_where_a_sign_may_part_thousands_or_decimals_both_are_offered(
    texts: tuple[str, ...], expected: list[dict[str, Any]]
) -> None:
    found = ways(*texts)
    assert len(found) == 2 and all(one in found for one in expected)


def test_a_whole_number_has_no_decimals_to_declare() -> None:
    assert ways("1.234", "12", column=WHOLE) == [{"thousands": "."}]
    assert ways("1", "12", column=WHOLE) == [{}]


@pytest.mark.parametrize("texts", [("abc", "d"), ("12 EUR",), ("1.2.3",), ("1,23,4",)])
def test_what_is_no_number_gets_no_proposal(texts: tuple[str, ...]) -> None:
    assert numbers.options(Counter(texts), NUMBER) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("123.456,78", "123456.78"),
        ("999.999,99", "999999.99"),
        ("1.234.567,89", "1234567.89"),
        ("1.234.567,00", "1234567"),
        ("0,1234567", "0.1234567"),
        ("-5,50", "-5.5"),
    ],
)
def test_a_number_is_shown_as_it_will_be_stored(text: str, read: str) -> None:
    (found,) = numbers.options(Counter([text, "2.345,6"]), NUMBER)
    assert (text, read) in found.examples


def test_two_ways_are_two_though_the_examples_would_be_alike() -> None:
    found = numbers.options(Counter([*map(str, range(1, 400)), "1.234", str(10**9)]), NUMBER)
    assert [one.written for one in found] == [{}, POINT_GROUPS]
    assert [one.examples[0] for one in found] == [("1.234", "1.234"), ("1.234", "1234")], "the unlike value comes first"


def test_two_ways_that_fail_on_different_values_are_two() -> None:
    plain = [str(number) for number in (*range(1, 400), 10**9)]
    found = numbers.options(Counter([*plain, "1,5", "1,234.5"]), NUMBER)
    assert [(one.written, one.stray) for one in found] == [
        (POINT_GROUPS, "1,234.5"), ({"thousands": ","}, "1,5"), ({}, "1,5"),
    ]  # fmt: skip


def test_a_day_that_only_one_of_many_values_tells_apart_is_shown_first() -> None:
    many = [f"{day:02}/{day:02}/{year}" for day in range(1, 13) for year in range(1900, 2030)]
    first = {one.examples[0] for one in dates.options(Counter([*many, "03/04/2026"]), DAY)}
    assert first == {("03/04/2026", "2026-04-03"), ("03/04/2026", "2026-03-04")}
