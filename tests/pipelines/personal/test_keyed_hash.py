"""Many texts at once have the HMAC that each has by itself, in their order."""

from __future__ import annotations

import hmac
import os

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.personal import keyed_hash
from pipelines.personal.keyed_hash import MANY, KeyedHash

KEY = bytes(range(32))
ODD = [
    "",
    "'",
    "''; drop table given",
    "\\x00",
    "a\0b",
    "\n",
    "顾客7",
    "é",
    "e\u0301",
    "x" * 5_000,
    "null",
    "c-" + "a" * 20,
]


def expected(text: str, key: bytes = KEY) -> str:
    return hmac.new(key, text.encode(), "sha256").hexdigest()


@pytest.mark.parametrize("count", [0, 1, MANY - 1, MANY, MANY + 1, 8_192, 8_193, 50_000])
def test_each_has_its_own_in_the_order_of_the_texts(count: int) -> None:
    texts = [f"{ODD[number % len(ODD)]}{number if number >= len(ODD) else ''}" for number in range(count)]
    found = KeyedHash(KEY).digits_of_all(pa.array(texts, pa.string()), 64)
    assert found.type == pa.string() and found.to_pylist() == [expected(text) for text in texts]


@settings(max_examples=20)
@given(st.binary(min_size=1, max_size=64), st.lists(st.text(max_size=200), min_size=1, max_size=20), st.integers(1, 64))
def test_of_any_key_and_any_text(key: bytes, some: list[str], digits: int) -> None:
    some = [text for text in some if text.isprintable()] * MANY
    found = KeyedHash(key).digits_of_all(pa.array(some, pa.string()), digits)
    assert found.to_pylist() == [expected(text, key)[:digits] for text in some]


def test_a_slice_of_texts_is_not_the_whole() -> None:
    texts = pa.array([f"C-{number}" for number in range(3 * MANY)])
    assert KeyedHash(KEY).digits_of_all(texts.slice(MANY, MANY), 64).to_pylist() == [
        expected(text) for text in texts.to_pylist()[MANY : 2 * MANY]
    ]


def test_where_a_system_has_no_files_in_memory_each_is_asked_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyed_hash, "IN_MEMORY", False)
    texts = [f"C-{number}" for number in range(2 * MANY)]
    assert KeyedHash(KEY).digits_of_all(pa.array(texts), 64).to_pylist() == [expected(text) for text in texts]


@pytest.mark.skipif(not keyed_hash.IN_MEMORY, reason="this system has no files in memory")
def test_no_file_stays_open() -> None:
    hashed = KeyedHash(KEY)
    texts = pa.array([f"C-{number}" for number in range(2 * MANY)])
    hashed.digits_of_all(texts, 20)
    before = len(os.listdir("/dev/fd"))
    for _ in range(5):
        hashed.digits_of_all(texts, 20)
    assert len(os.listdir("/dev/fd")) == before
