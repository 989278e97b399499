"""The same customer has the same pseudonym everywhere, and only the key leads there."""

from __future__ import annotations

import hmac
import re

import numpy as np
import pyarrow as pa
import pytest

from pipelines.personal.known import FIRST_SIZE, Known
from pipelines.personal.pseudonyms import Pseudonyms

KEY = bytes(range(32))
VALUES = ["C-1", "c-1", " C-1", "顾客7", "a" * 500, "'; drop table", "C-1\n", "ﬁ", "0"]


def expected(value: str, key: bytes = KEY) -> str:
    return "c-" + hmac.new(key, value.encode(), "sha256").hexdigest()[:20]


@pytest.mark.parametrize("value", VALUES)
def test_a_pseudonym_is_the_keyed_hash_of_exactly_what_was_read(value: str) -> None:
    pseudonyms = Pseudonyms(KEY)
    assert pseudonyms.of(value) == expected(value)
    assert pseudonyms.of_all(pa.array([value])).to_pylist() == [expected(value)]


def test_different_identifiers_and_different_keys_give_different_pseudonyms() -> None:
    found = Pseudonyms(KEY).of_all(pa.array(VALUES)).to_pylist()
    assert len(set(found)) == len(VALUES)
    assert not set(found) & set(Pseudonyms(bytes(32)).of_all(pa.array(VALUES)).to_pylist())
    assert Pseudonyms(KEY).fingerprint != Pseudonyms(bytes(32)).fingerprint


@pytest.mark.parametrize("of", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_what_is_missing_stays_missing(of: pa.DataType) -> None:
    values = pa.array([None, "a", "", "b", None, "a", None, None, None], pa.string()).cast(of)
    wanted = [value and expected(value) for value in values.to_pylist()]
    wanted = [value or None for value in wanted]
    assert Pseudonyms(KEY).of_all(values).to_pylist() == wanted
    assert Pseudonyms(KEY).of_all(values.slice(1, 5)).to_pylist() == wanted[1:6]
    assert Pseudonyms(KEY).of_all(pa.chunked_array([values[:4], values[4:]])).to_pylist() == wanted
    assert Pseudonyms(KEY).of_all(values[:0]).to_pylist() == []
    assert Pseudonyms(KEY).of_all(pa.array([None, None], pa.string())).to_pylist() == [None, None]


def test_block_after_block_gives_what_each_value_gives_alone() -> None:
    pseudonyms, dice = Pseudonyms(KEY), np.random.default_rng(20159001)
    for _ in range(8):
        values = [f"C-{number}" for number in dice.integers(0, 60_000, 20_000)]
        assert pseudonyms.of_all(pa.array(values)).to_pylist() == [expected(value) for value in values]


def test_a_pseudonym_out_of_a_table_stays_as_it_is() -> None:
    pseudonyms = Pseudonyms(KEY)
    once = pseudonyms.of_all(pa.array(["C-1"]))
    assert pseudonyms.of_all(once) == once and pseudonyms.of(once[0].as_py()) == once[0].as_py()
    for near in ("c-" + "a" * 19, "c-" + "a" * 21, "c-" + "g" * 20, "C-" + "a" * 20):
        assert pseudonyms.of(near) == pseudonyms.of_all(pa.array([near]))[0].as_py() == expected(near)


def test_a_pseudonym_tells_nothing_of_the_identifier() -> None:
    assert re.fullmatch("c-[0-9a-f]{20}", Pseudonyms(KEY).of("KUNDE-7731"))


def test_values_that_share_a_hash_or_a_slot_are_told_apart() -> None:
    known = Known()
    first = np.array([5, 5, 5 + FIRST_SIZE, 6, 0], np.uint64)
    second = np.array([1, 2, 1, 1, 0], np.uint64)
    for at in range(5):
        assert known.places(first[at : at + 1], second[at : at + 1]) == [-1]
        known.learn(first[at : at + 1], second[at : at + 1])
    assert known.places(first, second).tolist() == [0, 1, 2, 3, 4]
    assert known.places(first, second + np.uint64(9)).tolist() == [-1] * 5


def test_many_values_learnt_at_once_are_all_found() -> None:
    known, count = Known(), FIRST_SIZE * 3
    first, second = np.arange(count, dtype=np.uint64) * np.uint64(64), np.arange(count, dtype=np.uint64)
    known.learn(first[: count // 2], second[: count // 2])
    known.learn(first[count // 2 :], second[count // 2 :])
    assert (known.places(first, second) == np.arange(count)).all()
