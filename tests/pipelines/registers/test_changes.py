"""How two states of a register's rows differ, cell by cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pipelines.registers.edit import changes

DAY = dt.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": {"x": 1}}, {"a": {"x": 2}}, [("a", "x", 1, 2)]),
        ({}, {"a": {"x": "new", "y": None}}, [("a", "x", None, "new")]),
        ({"a": {"x": "gone"}}, {}, [("a", "x", "gone", None)]),
        ({"a": {"x": 1, "y": DAY}}, {"a": {"x": None, "y": None}}, [("a", "x", 1, None), ("a", "y", DAY, None)]),
        ({"a": {"x": "v"}}, {"a": {"x": "v "}}, [("a", "x", "v", "v ")]),
        ({"a": {"x": 1}, "b": {"x": 1}}, {"b": {"x": 2}, "a": {"x": 3}}, [("b", "x", 1, 2), ("a", "x", 1, 3)]),
    ],
)
def test_what_changed_is_named(before: Any, after: Any, expected: Any) -> None:
    found = changes(before, after, ["x", "y"])
    assert [(one.key, one.column, one.before, one.after) for one in found] == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {}),
        ({"a": {"x": 1, "y": None}}, {"a": {"x": 1, "y": None}}),
        ({"a": {"x": 1}}, {"a": {"x": 1, "y": None}}),  # an empty cell says nothing
        ({"a": {"x": 1, "z": 1}}, {"a": {"x": 1, "z": 2}}),  # a column that nobody asked about
    ],
)
def test_what_stayed_is_not(before: Any, after: Any) -> None:
    assert changes(before, after, ["x", "y"]) == ()
