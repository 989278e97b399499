"""The gate, held against counts in plain Python that know nothing of Great Expectations."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from audit.load import GateResult
from audit.source import Column, Expectation, Source
from audit.text import Text
from pipelines import definitions
from pipelines.gate import validate
from pipelines.gating.expectation_arguments import of_day

DTYPES = {"text": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
WORD = Text(en="a reason.", zh="理由。")
Row = dict[str, Any]
Broken = Callable[[list[Row], Expectation], list[bool]]


def frame_of(rows: list[Row], contract: Source) -> pd.DataFrame:
    """As staging gives it: typed columns, `line` counting from below the header."""
    columns = {
        name: pd.Series([row.get(name) for row in rows], dtype=DTYPES.get(column.type, "datetime64[us]"))
        for name, column in contract.columns.items()
    }
    lines = [row.get("line", at) for at, row in enumerate(rows, start=2)]
    return pd.DataFrame(columns | {"line": pd.Series(lines, dtype="int64")})


def contract_of(columns: dict[str, str], *gate: tuple[str, dict[str, Any]], dated_by: str | None = None) -> Source:
    return Source(
        name="things",
        title=WORD,
        meaning=WORD,
        owner=WORD,
        key=(next(iter(columns)),),
        dated_by=dated_by,
        tolerance="5 %",  # type: ignore[arg-type]
        columns={name: Column(meaning=WORD, type=type_) for name, type_ in columns.items()},  # type: ignore[arg-type]
        gate=tuple(Expectation(type=type_, kwargs=kwargs, severity="warning", reason=WORD) for type_, kwargs in gate),
    )


# --- the oracle: for each of the usual expectation types, which rows are unexpected


def not_unique(rows: list[Row], expectation: Expectation) -> list[bool]:
    values = [row[expectation.kwargs["column"]] for row in rows]
    counts = Counter(values)
    return [value is not None and counts[value] > 1 for value in values]


def missing(rows: list[Row], expectation: Expectation) -> list[bool]:
    return [row[expectation.kwargs["column"]] is None for row in rows]


def outside(rows: list[Row], expectation: Expectation) -> list[bool]:
    low, high = (expectation.kwargs.get(name) for name in ("min_value", "max_value"))
    values = [row[expectation.kwargs["column"]] for row in rows]
    return [
        value is not None
        and (low is not None and value < limit(low, value) or high is not None and value > limit(high, value))
        for value in values
    ]


def limit(written: Any, value: Any) -> Any:
    return dt.datetime.fromisoformat(str(written)) if isinstance(value, dt.datetime) else float(written)


def before(rows: list[Row], expectation: Expectation) -> list[bool]:
    pairs = [(row[expectation.kwargs["column_A"]], row[expectation.kwargs["column_B"]]) for row in rows]
    return [a is not None and b is not None and a < b for a, b in pairs]


ORACLE: dict[str, Broken] = {
    "expect_column_values_to_be_unique": not_unique,
    "expect_column_values_to_not_be_null": missing,
    "expect_column_values_to_be_between": outside,
    "expect_column_pair_values_a_to_be_greater_than_b": before,
}


# Contracts whose suites the oracle knows; test_sources.py has dirty rows by hand for every contract.
KNOWN = {
    name: of_day(contract, dt.date(2026, 7, 1))
    for name, contract in definitions.sources().items()
    if {expectation.type for expectation in contract.gate} <= ORACLE.keys()
}


def holds(broken: list[bool], expectation: Expectation) -> bool:
    """`mostly` is a share of all rows, or of those with a value where missing ones are not looked at."""
    mostly = float(expectation.kwargs.get("mostly", 1))
    return not broken or 1 - sum(broken) / len(broken) >= mostly


def made(contract: Source, dice: random.Random, dirt: float, rows: int = 400) -> list[Row]:
    """Rows of a contract; `dirt` is the share of cells that are missing, doubled, or off."""
    return [{name: cell(name, contract, dice, dirt, at) for name in contract.columns} for at in range(rows)]


def cell(name: str, contract: Source, dice: random.Random, dirt: float, at: int) -> Any:
    column = contract.columns[name]
    dirty = dice.random() < dirt
    if dirty and not column.required and dice.random() < 0.5:
        return None
    if column.type == "integer":
        return dice.choice([-1, 0, 11, 99]) if dirty else dice.randint(1, 5)
    if column.type == "number":
        return dice.choice([-0.01, -50.0]) if dirty else dice.uniform(0, 90)
    if column.type == "boolean":
        return at % 2 == 0
    if column.type in ("date", "timestamp"):
        return moment(list(contract.columns).index(name), column.type, dice, dirty, at)
    return f"{name}{dice.randint(0, 20) if dirty else at + 1000}"


def moment(place: int, type_: str, dice: random.Random, dirty: bool, at: int) -> dt.datetime:
    """Later columns are later, unless dirty; some that are dirty lie a century away."""
    start = dt.datetime(2025, 11, 1) + dt.timedelta(days=at % 150, hours=0 if type_ == "date" else at % 24)
    return start + dt.timedelta(days=dice.choice([-40_000, -300, -1, 0, 40_000]) if dirty else place)


@pytest.mark.parametrize("dirt", [0.0, 0.004, 0.3])
@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_contract_finds_the_rows_that_plain_python_finds(name: str, dirt: float) -> None:
    contract = KNOWN[name]
    rows = made(contract, random.Random(f"{name}{dirt}"), dirt)
    results = validate(frame_of(rows, contract), contract)
    assert [(r.expectation, r.column, r.severity) for r in results] == [
        (e.type, e.column, e.severity) for e in contract.gate
    ]
    for expectation, result in zip(contract.gate, results, strict=True):
        broken = ORACLE[expectation.type](rows, expectation)
        at = [place for place, is_broken in enumerate(broken) if is_broken]
        month = [f"{rows[place][contract.dated_by]:%Y-%m}" if contract.dated_by else "" for place in at]
        assert result.outcome == ("passed" if holds(broken, expectation) else "failed"), expectation
        assert (result.unexpected, result.rows) == (len(at), len(rows)), expectation
        assert result.lines == tuple(place + 2 for place in at)[:20]
        assert result.by_month == dict(Counter(month))
        assert result.reason == expectation.reason


def test_clean_rows_pass_and_dirty_rows_fail_in_every_contract() -> None:
    for name, contract in KNOWN.items():
        for dirt, expected in ((0.0, {"passed"}), (0.5, {"failed"})):
            rows = made(contract, random.Random(name), dirt)
            found = {r.outcome for r in validate(frame_of(rows, contract), contract)}
            assert found == expected, (name, dirt)


TYPES = {"id": "text", "score": "integer", "amount": "number", "on": "date", "at": "timestamp", "agreed": "boolean"}
PAIRS = {"column_A": "id", "column_B": "score", "value_pairs_set": [["1", "1"], ["01", "5"]]}
IGNORE = {"ignore_row_if": "either_value_is_missing"}


def day(month: int, number: int = 5, hour: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, number, hour)


ROWS: list[Row] = [
    {"id": "1", "score": 1, "amount": 0.5, "on": day(1), "at": day(1, 5, 9), "agreed": True},
    {"id": "01", "score": 5, "amount": 2.0, "on": day(2), "at": day(2, 4), "agreed": False},
    {"id": "b", "score": None, "amount": None, "on": None, "at": None, "agreed": None},
    {"id": "true", "score": 9, "amount": -1.0, "on": day(3), "at": day(3, 6), "agreed": True},
]


def asked(type_: str, kwargs: dict[str, Any], rows: list[Row] = ROWS, dated_by: str | None = None) -> GateResult:
    contract = contract_of(TYPES, (type_, kwargs), dated_by=dated_by)
    return validate(frame_of(rows, contract), contract)[0]


@pytest.mark.parametrize(
    ("type_", "kwargs", "lines"),
    [
        ("expect_column_values_to_be_between", {"column": "score", "min_value": "1", "max_value": "5"}, (5,)),
        ("expect_column_values_to_be_between", {"column": "score", "min_value": "1", "strict_min": "true"}, (2,)),
        ("expect_column_values_to_be_between", {"column": "amount", "min_value": "0.5"}, (5,)),
        ("expect_column_values_to_be_between", {"column": "on", "min_value": "2026-02-01"}, (2,)),
        ("expect_column_values_to_be_between", {"column": "at", "max_value": "2026-01-05 09:00:00"}, (3, 5)),
        ("expect_column_values_to_be_in_set", {"column": "id", "value_set": ["1", "01", "true"]}, (4,)),
        ("expect_column_values_to_be_in_set", {"column": "score", "value_set": ["1", "5"]}, (5,)),
        ("expect_column_values_to_be_in_set", {"column": "agreed", "value_set": ["true"]}, (3,)),
        ("expect_column_values_to_be_in_set", {"column": "on", "value_set": ["2026-02-05"]}, (2, 5)),
        ("expect_column_values_to_not_be_in_set", {"column": "id", "value_set": ["1"]}, (2,)),
        ("expect_column_values_to_match_regex", {"column": "id", "regex": "[0]"}, (2, 4, 5)),
        ("expect_column_values_to_match_regex", {"column": "id", "regex": "1"}, (4, 5)),
        ("expect_column_value_lengths_to_be_between", {"column": "id", "min_value": "2"}, (2, 4)),
        ("expect_column_pair_values_to_be_equal", {"column_A": "on", "column_B": "at", **IGNORE}, (2, 3, 5)),
        ("expect_column_pair_values_to_be_in_set", PAIRS | IGNORE, (5,)),
        ("expect_column_pair_values_a_to_be_greater_than_b", {"column_A": "at", "column_B": "on", **IGNORE}, (3,)),
        ("expect_column_values_to_be_null", {"column": "agreed"}, (2, 3, 5)),
    ],
)  # fmt: skip
def test_arguments_written_as_text_compare_as_the_column_does(
    type_: str, kwargs: dict[str, Any], lines: tuple[int, ...]
) -> None:
    result = asked(type_, kwargs)
    assert (result.outcome, result.lines, result.unexpected) == ("failed", lines, len(lines))


@pytest.mark.parametrize(
    ("type_", "kwargs", "outcome"),
    [
        ("expect_column_mean_to_be_between", {"column": "score", "min_value": "5", "max_value": "5"}, "passed"),
        ("expect_column_mean_to_be_between", {"column": "score", "min_value": "5.1"}, "failed"),
        ("expect_column_max_to_be_between", {"column": "at", "max_value": "2026-03-06"}, "passed"),
        ("expect_column_max_to_be_between", {"column": "at", "max_value": "2026-03-05"}, "failed"),
        ("expect_table_row_count_to_be_between", {"min_value": "4", "max_value": "4"}, "passed"),
        ("expect_table_row_count_to_be_between", {"min_value": "5"}, "failed"),
        ("expect_table_column_count_to_equal", {"value": "6"}, "passed"),
        ("expect_column_unique_value_count_to_be_between", {"column": "on", "min_value": "4"}, "failed"),
    ],
)
def test_an_expectation_on_the_whole_fails_without_naming_rows(
    type_: str, kwargs: dict[str, Any], outcome: str
) -> None:
    result = asked(type_, kwargs, dated_by="on")
    assert (result.outcome, result.unexpected, result.lines, result.by_month) == (outcome, 0, (), {})


@pytest.mark.parametrize(
    ("mostly", "outcome"), [("1", "failed"), ("0.76", "failed"), ("0.75", "passed"), ("0.1", "passed")]
)
def test_unexpected_rows_are_counted_also_where_mostly_lets_them_pass(mostly: str, outcome: str) -> None:
    result = asked("expect_column_values_to_not_be_null", {"column": "score", "mostly": mostly})
    assert (result.outcome, result.unexpected, result.rows, result.lines) == (outcome, 1, 4, (4,))


@pytest.mark.parametrize(
    ("type_", "kwargs", "hint"),
    [
        ("expect_column_values_to_be_wonderful", {"column": "id"}, "expect_column_values_to_be_wonderful"),
        ("expect_column_values_to_be_between", {"column": "id", "min_value": "1"}, "same type"),
        ("expect_column_values_to_be_between", {"column": "score"}, "both"),
        ("expect_column_values_to_be_between", {"column": "score", "min_vlaue": "1"}, "min_vlaue"),
        ("expect_column_values_to_match_regex", {"column": "id", "regex": "(["}, ""),
        ("expect_column_values_to_be_in_set", {"column": "score", "value_set": ["1"], "mostly": "ninety"}, "mostly"),
    ],
)
@pytest.mark.parametrize("severity", ["critical", "warning"])
def test_what_raised_is_neither_failed_nor_passed_and_spoils_nothing_else(
    type_: str, kwargs: dict[str, Any], hint: str, severity: Any
) -> None:
    raising = Expectation(type=type_, kwargs=kwargs, severity=severity, reason=WORD)
    unique = {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "id"}}
    fine = Expectation(**unique, severity="critical", reason=WORD)
    contract = contract_of(TYPES).model_copy(update={"gate": (fine, raising, fine)})
    first, middle, last = validate(frame_of(ROWS, contract), contract)
    assert (first.outcome, middle.outcome, last.outcome) == ("passed", "could not be checked", "passed")
    assert (middle.unexpected, middle.lines, middle.by_month) == (0, (), {})
    assert middle.stops == (severity == "critical")
    assert hint in middle.reason.en
    assert "\n" not in middle.reason.en and middle.reason.en.endswith("a reason.")


def test_a_column_that_is_not_in_the_frame_could_not_be_checked() -> None:
    contract = contract_of({"id": "text", "gone": "text"}, ("expect_column_values_to_be_unique", {"column": "gone"}))
    frame = frame_of([{"id": "a"}, {"id": "b"}], contract).drop(columns="gone")
    assert validate(frame, contract)[0].outcome == "could not be checked"


@pytest.mark.parametrize("type_", ["text", "integer", "number", "date", "timestamp", "boolean"])
def test_a_column_without_values_breaks_nothing_but_not_null(type_: str) -> None:
    contract = contract_of(
        {"id": "text", "empty": type_, "empty_too": type_},
        ("expect_column_values_to_be_unique", {"column": "empty"}),
        ("expect_column_values_to_be_between", {"column": "empty", "min_value": "1", "max_value": "5"}),
        (
            "expect_column_pair_values_a_to_be_greater_than_b",
            {"column_A": "empty", "column_B": "empty_too", "ignore_row_if": "either_value_is_missing"},
        ),
        ("expect_column_values_to_not_be_null", {"column": "empty", "mostly": "0.5"}),
    )
    results = validate(frame_of([{"id": str(n)} for n in range(30)], contract), contract)
    assert [result.outcome for result in results] == ["passed", "passed", "passed", "failed"]
    assert [result.unexpected for result in results] == [0, 0, 0, 30]


def test_lines_are_those_of_the_file_the_first_twenty_of_them() -> None:
    rows = [{"id": "same", "on": dt.datetime(2026, 1 + at % 2, 1), "line": 7 * at + 3} for at in range(50)]
    result = asked("expect_column_values_to_be_unique", {"column": "id"}, rows, dated_by="on")
    assert result.lines == tuple(7 * at + 3 for at in range(20))
    assert result.by_month == {"2026-01": 25, "2026-02": 25}
    assert result.unexpected == 50


def test_rows_of_a_frame_that_was_cut_are_found_in_place() -> None:
    contract = contract_of(TYPES, ("expect_column_values_to_be_between", {"column": "score", "max_value": "5"}))
    frame = frame_of(ROWS, contract).iloc[[0, 3]]
    assert validate(frame, contract)[0].lines == (5,)


def test_two_equal_expectations_give_two_results_and_none_gives_none() -> None:
    same = ("expect_column_values_to_be_unique", {"column": "id"})
    assert len(validate(frame_of(ROWS, contract_of(TYPES, same, same)), contract_of(TYPES, same, same))) == 2
    assert validate(frame_of(ROWS, contract_of(TYPES)), contract_of(TYPES)) == ()
