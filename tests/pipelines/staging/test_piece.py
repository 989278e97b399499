"""What the fast reader makes of a proven piece must be what the exact one makes of it; it takes what it can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.staging import piece as fast
from pipelines.staging.block import Block, Written, block_of
from pipelines.staging.piece import Reader, proven_piece
from pipelines.staging.records import written
from pipelines.staging.structure import marked
from pipelines.staging.text_file import lines_of

LINE = 7
"""Of the file, on which each piece begins."""
ASKED: dict[str, tuple[str, list[str]]] = {
    # a piece of three columns, of which the first and the third are read; the records that the exact reader is given
    "plain": ("a,b,c\nd,e,f\n", []),
    "CRLF, and no end": ("a,b,c\r\nd,e,f", []),
    "quoted": ('"a",b,"c,\n""d"""\ne,f,g\n', []),
    "blank lines": ("a,b,c\n\n\r\nd,e,f\n", []),
    "one value is missing": ("a,b,c\n,e,f\nd,,\n", []),
    "a short record": ("a,b,c\nd,e\nf,g,h\n", ["d,e\n"]),
    "a long record": ("a,b,c\nd,e,f,g\n", ["d,e,f,g\n"]),
    "an odd one first, one over two lines, and one at the end": (
        'a\nb,c,d\n"e\nf",g\nh,i,j\nk,l',
        ["a\n", '"e\nf",g\n', "k,l"],
    ),
    "delimiters alone": ("a,b,c\n,,\nd,e,f\n", [",,\n"]),
    "delimiters alone, of another width": ("a,b,c\n,\nd,e,f\n", [",\n"]),
    "blanks and quotes alone": ('a,b,c\n" ",,\t\nd,e,f\n', ['" ",,\t\n']),
    "nothing in what is read": ("a,b,c\n,e,\nd,e,f\n", [",e,\n"]),
    "no letter of ASCII in what is read": ("a,b,c\n好,b,é\n", ["好,b,é\n"]),
}


def exactly(text: str, width: int, wanted: list[int]) -> Block:
    return block_of(list(written(lines_of(text), ",", "x.csv", LINE)), width, wanted)


def plain(block: Block) -> dict[str, Any]:
    return {
        "texts": {at: column.to_pylist() for at, column in block.texts.items()},
        "lines": block.lines.tolist(),
        "misfits": block.misfits,
        "blank": block.blank,
    }


def block(text: str, width: int, wanted: list[int], reader: Reader | None = None) -> Block | None:
    content = text.encode()
    found = proven_piece(content, marked(content), ",", LINE)
    return None if found is None else (reader or Reader("x.csv", ",", width, wanted)).block(found)


@pytest.mark.parametrize("case", ASKED)
def test_the_exact_reader_is_given_the_odd_records_alone(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, asked = ASKED[case]
    given: list[str] = []

    def listening(lines: Iterable[str], *rest: Any) -> Iterator[Written]:
        for one in written(lines, *rest):
            given.append(one.text)
            yield one

    monkeypatch.setattr(fast, "written", listening)
    found = block(text, 3, [0, 2])
    assert found is not None and plain(found)["texts"] == plain(exactly(text, 3, [0, 2]))["texts"]
    assert given == asked


@settings(max_examples=400)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "a", "bc", " ", '"a,b"', '"\n"', '""', '"c""d"', "é", "\u3000", "7"]), max_size=4)
        | st.just([]),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from([[0], [0, 1], [1, 0, 2]]),
)
@example([["a", "b", "c"], [""], ["", "", ""], ["d"]], "\n", True, [0, 1])
@example([["a"], ["b"]], "\n", False, [0, 1])
def test_a_block_is_what_the_exact_reader_makes_of_it(
    rows: list[list[str]], end: str, ended: bool, wanted: list[int]
) -> None:
    text = end.join(",".join(row) for row in rows) + end * ended
    found = block(text, 3, wanted) if text else None
    if found is not None:
        assert plain(found) == plain(exactly(text, 3, wanted))


def test_later_pieces_are_held_as_the_first_one_suggests() -> None:
    reader = Reader("x.csv", ",", 2, [0, 1])
    first = block("".join(f"r{at},{at % 3}\n" for at in range(100)), 2, [0, 1], reader)
    later = block("r100,1\nr101,5\n", 2, [0, 1], reader)
    assert first is not None and later is not None
    assert [column.type for column in later.texts.values()] == [fast.BARE, fast.CODED]
    assert {at: column.type for at, column in first.texts.items()} == {at: one.type for at, one in later.texts.items()}
    assert later.texts[1].to_pylist() == ["1", "5"]


def test_a_delimiter_of_several_bytes_is_left_to_the_exact_reader() -> None:
    content = "a、b\n".encode()
    assert proven_piece(content, marked(content), "、", 1) is None
