"""What stands as text in a contract, and what Great Expectations is given for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from audit.source import Column, Expectation, Source
from audit.text import Text
from pipelines.gating.expectation_arguments import arguments

WORD = Text(en="a word", zh="词")
TYPES = {"id": "text", "score": "integer", "amount": "number", "on": "date", "agreed": "boolean", "1": "integer"}
CONTRACT = Source(
    name="things", title=WORD, meaning=WORD, owner=WORD, key=("id",),
    tolerance="5 %",  # type: ignore[arg-type]
    columns={name: Column(meaning=WORD, type=type_) for name, type_ in TYPES.items()},  # type: ignore[arg-type]
)  # fmt: skip


@pytest.mark.parametrize(
    ("column", "name", "written", "given"),
    [
        ("score", "min_value", "1", 1),
        ("amount", "max_value", "-0.5", -0.5),
        ("id", "mostly", "0.9", 0.9),
        ("id", "min_value", "2", 2),
        ("score", "strict_min", "true", True),
        ("score", "max_value", "null", None),
        ("score", "value_set", ["1", "5"], [1, 5]),
        ("agreed", "value_set", ["true", "false"], [True, False]),
        ("on", "min_value", "2026-02-01", dt.datetime(2026, 2, 1)),
        ("on", "value_set", ["2026-02-02 10:00:00"], [dt.datetime(2026, 2, 2, 10)]),
        ("score", "min_value", 1, 1),
    ],
)  # fmt: skip
def test_what_means_a_value_becomes_one(column: str, name: str, written: Any, given: Any) -> None:
    found = _given({"column": column, name: written})[name]
    assert found == given and type(found) is type(given)


@pytest.mark.parametrize(
    ("column", "name", "written"),
    [
        ("id", "value_set", ["1", "true", "null", "2026-02-01"]),
        ("id", "regex", "1"),
        ("id", "regex_list", ["[0]", "1"]),
        ("1", "column", "1"),
        ("id", "type_", "str"),
        ("id", "min_value", "abc"),
        ("on", "min_value", "next Friday"),
        ("score", "min_value", "NaN"),
        ("score", "min_value", "1,5"),
        ("score", "row_condition", "1"),
    ],
)
def test_what_is_a_name_a_pattern_or_a_text_stays_as_written(column: str, name: str, written: Any) -> None:
    assert _given({"column": column, name: written})[name] == written


def test_a_pair_is_typed_by_its_two_columns() -> None:
    kwargs = {"column_A": "id", "column_B": "score", "value_pairs_set": [["1", "1"], ["01", "5"]]}
    assert _given(kwargs) == kwargs | {"value_pairs_set": [("1", 1), ("01", 5)]}


def _given(kwargs: dict[str, Any]) -> dict[str, Any]:
    return arguments(Expectation(type="expect_it", kwargs=kwargs, severity="warning", reason=WORD), CONTRACT)
