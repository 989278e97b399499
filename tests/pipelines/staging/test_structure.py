"""A piece of CSV that is held for proven must be what Python's strict reader makes of it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.staging.structure import marked, proven, widths

PROVEN: dict[str, tuple[bytes, list[int], int, int]] = {
    # piece, lines on which records begin, blank lines, physical lines
    "plain": (b"a,b\nc,d\n", [0, 1], 0, 2),
    "no end": (b"a,b\nc,d", [0, 1], 0, 2),
    "CRLF": (b"a,b\r\nc,d\r\n", [0, 1], 0, 2),
    "blank lines": (b"a,b\n\nc,d\n\r\n\n", [0, 2], 3, 5),
    "quoted": (b'"a","b"\nc,"d"\n', [0, 1], 0, 2),
    "an empty quoted value": (b'"",b\n', [0], 0, 1),
    "a quote within quotes": (b'"a""b",c\n"""",d\n', [0, 1], 0, 2),
    "a line break within quotes": (b'"a\nb",c\nd,e\n', [0, 2], 0, 3),
    "CRLF within quotes": (b'"a\r\nb",c\r\nd,e\r\n', [0, 2], 0, 3),
    "a delimiter within quotes": (b'"a,b",c\n', [0], 0, 1),
}
DOUBTFUL = {
    "a quote within a bare value": b'5" pipe,b\n',
    "two quotes within a bare value": b'a"b"c,d\n',
    "a blank before a quote": b' "a",b\n',
    "text behind a closing quote": b'"a"b,c\n',
    "a blank behind a closing quote": b'"a" ,c\n',
    "a quote that is never closed": b'"a,b\nc,d\n',
    "a carriage return alone": b"a,b\rc,d\n",
    "a carriage return at the end": b"a,b\nc,d\r",
}


@pytest.mark.parametrize("case", PROVEN)
def test_what_has_one_reading_is_proven(case: str) -> None:
    piece, lines, blank, physical = PROVEN[case]
    found = proven(piece, marked(piece), ",")
    assert found is not None
    assert (found.lines.tolist(), found.blank, found.physical_lines) == (lines, blank, physical)


@pytest.mark.parametrize("case", DOUBTFUL)
def test_what_is_doubtful_is_not_proven(case: str) -> None:
    assert proven(DOUBTFUL[case], marked(DOUBTFUL[case]), ",") is None


@settings(max_examples=400)
@given(st.text(alphabet='ab,"\n\r; ', min_size=1, max_size=40))
@example('"a""",\n')
@example('a,"\r\n')
def test_a_proof_agrees_with_the_strict_reader(text: str) -> None:
    piece = text.encode()
    found = proven(piece, marked(piece), ",")
    if found is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins, lines, blank, fits = 0, [], 0, []
    for fields in reader:
        lines.append(begins) if fields else None
        fits.append(len(fields)) if fields else None
        blank += not fields
        begins = reader.line_num
    assert (found.lines.tolist(), found.blank, found.physical_lines) == (lines, blank, reader.line_num)
    assert widths(piece, marked(piece), found, ",").tolist() == fits
    each = [text[begin:end] for begin, end in zip(found.begins, found.ends, strict=True)]
    assert [len(next(csv.reader(io.StringIO(one, newline="")))) for one in each] == fits


@pytest.mark.parametrize(
    ("piece", "end"),
    [(b"a\nb", 2), (b"a\nb\n", 4), (b'a\n"b\nc', 2), (b'a\n"b\nc"\nd', 8), (b"a", 0), (b'"a\n', 0), (b"", 0)],
)
def test_a_piece_is_cut_behind_the_last_line_end_outside_of_quotes(piece: bytes, end: int) -> None:
    assert marked(piece).last_end == end
