"""No two texts share their words; and what the words do not tell apart, nothing else would."""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.personal.text_words import SHORT, Words, words


def hashed(texts: pa.StringArray) -> tuple[Words, Words]:
    digests = [hashlib.sha256((text or "").encode()).digest() for text in texts.to_pylist()]
    return tuple(np.array([int.from_bytes(one[at : at + 8], "big") for one in digests], np.uint64) for at in (0, 8))  # type: ignore[return-value]


def pairs(texts: pa.StringArray) -> list[tuple[int, int]]:
    first, second = words(texts, hashed)
    return list(zip(first.tolist(), second.tolist(), strict=True))


@given(st.lists(st.text(max_size=40), min_size=1, max_size=60))
def test_as_many_words_as_texts(texts: list[str]) -> None:
    found = pairs(pa.array(texts, pa.string()))
    assert len(set(found)) == len(set(texts))
    assert found == pairs(pa.array(texts[:1] + texts, pa.string()))[1:]


def nobody(texts: pa.StringArray) -> tuple[Words, Words]:
    pytest.fail(f"hashed: {texts}")


@pytest.mark.parametrize(
    "texts",
    [
        ["", "0", "00", "0" * 7, "0" * 8, "0" * 9, "0" * 14, "0" * 15],
        ["a", "a\0", "a\0\0", "\0a", "\0", ""],
        ["C1000000", "C1000001", "C0000001", "c1000001", "C100000", "C10000010"],
        ["客户一", "客户二", "客户一 ", "客户一二三"[:5], "é", "e\u0301"],
    ],
)
def test_short_texts_are_told_apart_without_a_hash(texts: list[str]) -> None:
    assert all(len(text.encode()) <= SHORT for text in texts)
    first, second = words(pa.array(texts, pa.string()), nobody)
    assert len(set(zip(first.tolist(), second.tolist(), strict=True))) == len(texts)


def test_it_does_not_matter_where_in_an_array_a_text_stands_nor_what_is_missing_beside_it() -> None:
    texts = ["C1", None, "a longer text than that", "", "C2", None, "x" * SHORT]
    whole = pa.array(texts, pa.string())
    alone = {text: pairs(pa.array([text], pa.string()))[0] for text in texts if text is not None}
    for begin in range(len(texts)):
        found = pairs(whole[begin:])
        assert all(found[at] == alone[text] for at, text in enumerate(texts[begin:]) if text is not None)


def test_serial_numbers_spread_over_a_table() -> None:
    """As evenly as chance would spread them: else looking one up takes long."""
    first, _ = words(pa.array([f"C{number}" for number in range(100_000, 200_000)]), nobody)
    crowd = np.bincount(np.bincount((first & np.uint64((1 << 18) - 1)).astype(np.int64), minlength=1 << 18))
    mean = 100_000 / (1 << 18)
    poisson = (1 << 18) * np.exp(-mean) * np.array([1, mean, mean**2 / 2, mean**3 / 6])
    assert crowd[:4] == pytest.approx(poisson, rel=0.05)
    assert len(crowd) < 9
