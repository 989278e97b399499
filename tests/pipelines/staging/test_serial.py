"""Keys are held for different only where that is proved; where it is not, nothing is said."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.staging.serial import Serial

TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), dt.date: pa.date32()}
PROVED: dict[str, list[list[Any]]] = {
    "rising texts": [["R1", "R2"], ["R3"]],
    "texts that grow longer": [["R8", "R9", "R10"], ["R11", "R100"]],
    "newest first": [["R10", "R9"], ["R8"]],
    "numbers": [[1, 2], [10]],
    "falling numbers": [[3.5, 2.5], [-1.0]],
    "days": [[dt.date(2026, 1, 1), dt.date(2026, 1, 2)]],
    "a single row": [["x"]],
    "an empty block between": [["R1"], [], ["R2"]],
}
LEFT: dict[str, list[list[Any]]] = {
    "the same twice": [["R1", "R1"]],
    "the same in two blocks": [["R1", "R2"], ["R2"]],
    "the first again at the end": [["R1", "R2"], ["R3", "R1"]],
    "up and down": [["R1", "R3", "R2"]],
    "one block rises and the next falls": [["R1", "R2"], ["R9", "R8"]],
    "as words they would rise": [["R10", "R9"], ["Ra"]],
    "no number": [[1.0, float("nan")]],
    "two zeros": [[-0.0, 0.0]],
    "missing": [["R1", None, "R2"]],
}


def shown(blocks: list[list[Any]]) -> bool:
    serial = Serial()
    kind = TYPES[type(blocks[0][0])]
    for block in blocks:
        serial.add(pa.chunked_array([pa.array(block, kind)]))
    return bool(serial)


@pytest.mark.parametrize("case", PROVED)
def test_what_rises_or_falls_is_proved(case: str) -> None:
    assert shown(PROVED[case])


@pytest.mark.parametrize("case", LEFT)
def test_what_does_not_is_left_to_others(case: str) -> None:
    assert not shown(LEFT[case])


def test_coded_keys_are_left_to_others() -> None:
    serial = Serial()
    serial.add(pa.chunked_array([pa.array(["a", "b"]).dictionary_encode()]))
    assert not serial


@given(st.lists(st.lists(st.text("ab9", max_size=3), min_size=1, max_size=3), min_size=1, max_size=4))
def test_what_is_proved_to_differ_differs(blocks: list[list[str]]) -> None:
    everything = [key for block in blocks for key in block]
    if shown(blocks):
        assert len(set(everything)) == len(everything)


@given(st.lists(st.integers(0, 200), unique=True, min_size=1, max_size=9), st.booleans())
def test_serial_numbers_are_always_proved(numbers: list[int], falling: bool) -> None:
    assert shown([[f"K-{number}" for number in sorted(numbers, reverse=falling)]])
