"""What is proved for many texts at once must be what the exact reader says of each."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit.source import Column, Scale
from audit.text import Text
from pipelines.staging import cell, filling
from pipelines.staging.filling import Filled, Filling

WORD = Text(en="a word", zh="词")
COLUMNS = {
    "text": Column(meaning=WORD),
    "integer": Column(meaning=WORD, type="integer"),
    "a score": Column(meaning=WORD, type="integer", scale=Scale(lowest=1, highest=5)),
    "number": Column(meaning=WORD, type="number"),
    "a share": Column(meaning=WORD, type="number", scale=Scale(lowest=0, highest=1)),
    "date": Column(meaning=WORD, type="date"),
    "timestamp": Column(meaning=WORD, type="timestamp"),
    "boolean": Column(meaning=WORD, type="boolean"),
}
ODD = [
    "", " ", "5", " 5", "5 ", "+5", "-5", "05", "5.0", "5.", ".5", ".", "-", "--5", "1e3", "0x1F", "1_0", "٣",
    "NaN", "inf", "1.2.3", "9223372036854775807", "9223372036854775808", "1" * 400, "0.1", "-0", "1-2",
    "2026-02-28", "2026-02-30", "2026-2-3", "0000-01-01", "0001-01-01", "9999-12-31", "2026-02-28 10:00:00",
    "2026-02-28T10:00:00", "2026-02-28 24:00:00", "2026-02-28 23:59:60", "2026-02-28 10:00",
    "2026-02-28 10:00:00Z", "2026-02-28 10:00:00.5", "20260228", "true", "yes", "2", "\u3000", "\x1c", "é",
    "中文", "\ufeffx", "a\nb", "x" * 2_000, "-026-01-01", "2026-02-28t10:00:00", "２０２６-02-28",
    "2026-02-28\u00a010:00:00",
]  # fmt: skip


def made(column: Column) -> Filling:
    read = cell.reader(column)
    return Filling(lambda text: read(text) if text.strip() else None, column, as_written=True)


def told(filled: Filled) -> tuple[list[Any], dict[int, str]]:
    return [_plain(value) for value in filled.values.to_pylist()], {
        row: why.en for row, (_, why) in filled.wrong.items()
    }


def _plain(value: Any) -> Any:
    return (value, math.copysign(1, value)) if isinstance(value, float) else value


def coded(texts: list[str]) -> pa.Array:
    return pa.array(texts, pa.string()).dictionary_encode()


@pytest.mark.parametrize("name", COLUMNS)
@settings(max_examples=60)
@given(
    texts=st.lists(
        st.sampled_from(ODD) | st.text(max_size=12) | st.from_regex(r"[0-9.-]{1,8}", fullmatch=True), max_size=12
    )
)
@example(texts=ODD)
@example(texts=["5"])
@example(texts=["9223372036854775807", "-9223372036854775808", "9007199254740993", "4"])
@example(texts=["2026-02-28", "2026-02-28 10:00:00"])
def test_a_proof_says_what_the_exact_reader_says(name: str, texts: list[str]) -> None:
    exact = made(COLUMNS[name]).filled(pa.array(texts, pa.string()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filling, "FEW", -1)
        for form in (pa.array(texts, pa.string()), coded(texts)):
            assert told(made(COLUMNS[name]).filled(form)) == told(exact)


@pytest.mark.parametrize("name", sorted(COLUMNS.keys() - {"boolean"}))
def test_usual_texts_are_proved_and_not_read_one_by_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "FEW", -1)
    usual = {"text": "R-1", "integer": "12", "a score": "3", "number": "12.5", "a share": "0.5", "date": "2026-02-28"}
    text = usual.get(name, "2026-02-28 10:00:00")

    def refuse(text: str) -> None:
        raise AssertionError(f"{text} was read by itself")

    found = Filling(refuse, COLUMNS[name], as_written=True).filled(pa.array([text], pa.string()))
    assert (found.values.null_count, found.wrong) == (0, {})
