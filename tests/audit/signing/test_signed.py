"""A snapshot is the same bytes for the same content, and every difference is named with its place."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from audit.signing.signed import Difference, differences, read, sha256, snapshot, told

CONTENT = {"what": "audit", "id": "AUD-001", "recorded": {"decisions": {"9.1.2-a": {"by": "李伟", "n": 2}}}}


def test_the_bytes_do_not_depend_on_the_order_in_which_it_was_gathered() -> None:
    turned = {"recorded": {"decisions": {"9.1.2-a": {"n": 2, "by": "李伟"}}}, "id": "AUD-001", "what": "audit"}
    by_hand = '{"id":"AUD-001","recorded":{"decisions":{"9.1.2-a":{"by":"李伟","n":2}}},"what":"audit"}'.encode()
    assert snapshot(CONTENT) == snapshot(turned) == by_hand
    assert sha256(CONTENT) == hashlib.sha256(by_hand).hexdigest() and read(by_hand) == CONTENT


@pytest.mark.parametrize("written", [b"", b"[]", b"1", b"{", b"\xff", b'"text"'])
def test_what_is_no_snapshot_is_refused(written: bytes) -> None:
    with pytest.raises(ValueError):
        read(written)


@pytest.mark.parametrize(
    ("signed", "now", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 2]}}, []),
        ({}, {}, []),
        ({"a": 1}, {"a": 2}, [Difference(("a",), 1, 2)]),
        ({"a": {"b": "x", "c": "y"}}, {"a": {"b": "x", "c": "z"}}, [Difference(("a", "c"), "y", "z")]),
        ({"a": {}}, {"a": {"b": {"c": "new"}}}, [Difference(("a", "b"), None, {"c": "new"})]),
        ({"a": {"b": {"c": "old"}}}, {"a": {}}, [Difference(("a", "b"), {"c": "old"}, None)]),
        ({"a": ["x"]}, {"a": ["x", "y"]}, [Difference(("a",), ["x"], ["x", "y"])]),
        ({"a": ""}, {"a": None}, [Difference(("a",), "", None)]),
        ({"b": 1, "a": 1}, {"a": 2, "b": 2}, [Difference(("a",), 1, 2), Difference(("b",), 1, 2)]),
    ],
)
def test_differences_are_named_with_their_place(
    signed: dict[str, Any], now: dict[str, Any], expected: list[Difference]
) -> None:
    assert list(differences(signed, now)) == expected


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, "–"), ("", "–"), ([], "–"), ({}, "–"), (0, "0"), (False, "False"), ("text", "text"),
        (["a", "b"], "a, b"), ({"a": 1, "b": ""}, "a: 1"), ([{"a": 1}, {"b": 2}], "(a: 1), (b: 2)"),
    ],
)  # fmt: skip
def test_a_part_is_told_in_one_line(value: Any, line: str) -> None:
    assert told(value) == line
