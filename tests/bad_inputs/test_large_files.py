"""
One oddity among thousands of plain rows, at the beginning, in the middle and at the end of a file.

A reader that is fast because most files are plain must find out that this one is not, wherever that shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from oddities import FINE, REFUSED, REJECTED, RETURNS, Plain
from strict_agreement import agrees

from pipelines.staging import csv_file

ROWS = 300
PLACES = {"first": 0, "among the first": 7, "in the middle": ROWS // 2, "last": ROWS - 1}
BLOCK = "pipelines.staging.csv_file:PIECE"
"""Where the size of a block of staging is written, as module:NAME; once it is, these tests make blocks small too."""


def planted(plain: Plain, oddity: str, place: int) -> bytes:
    rows = [plain.row(at) for at in range(ROWS)]
    # not in place of the row whose key it repeats
    rows.insert(place + 1, oddity) if place == PLACES["last"] else rows.insert(place, oddity)
    return (plain.head + "".join(rows)).encode()


@pytest.fixture(params=["usual blocks", *(["small blocks"] if BLOCK else [])])
def blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "small blocks":
        module, _, name = BLOCK.partition(":")
        monkeypatch.setattr(f"{module}.{name}", 4_096)
    yield


def cases(oddities: dict[str, Any]) -> list[Any]:
    """Small blocks end near every row, so one place will do."""
    return [
        pytest.param(size, *given, PLACES[where], id=f"{name}, {where}, {size}")
        for name, given in oddities.items()
        for size in ("usual blocks", "small blocks")
        for where in (PLACES if size == "usual blocks" else ["in the middle"])
        if where != "among the first" or "quote" in name
    ]


@pytest.mark.parametrize(("blocks", "plain", "oddity", "place"), cases(FINE), indirect=["blocks"])
def test_an_odd_row_is_a_row_wherever_it_stands(blocks: None, plain: Plain, oddity: str, place: int) -> None:
    verdict = agrees(planted(plain, oddity, place), plain.source)
    assert verdict is not None and (len(verdict.rows), verdict.rejected) == (ROWS + 1, {})


@pytest.mark.parametrize(("blocks", "plain", "oddity", "place"), cases(REJECTED), indirect=["blocks"])
def test_a_bad_row_is_rejected_alone_wherever_it_stands(blocks: None, plain: Plain, oddity: str, place: int) -> None:
    verdict = agrees(planted(plain, oddity, place), plain.source)
    assert verdict is not None and verdict.rejected and len(verdict.rows) >= ROWS - 1


@pytest.mark.parametrize(("blocks", "plain", "oddity", "place"), cases(REFUSED), indirect=["blocks"])
def test_what_spoils_the_file_does_so_wherever_it_stands(blocks: None, plain: Plain, oddity: str, place: int) -> None:
    verdict = agrees(planted(plain, oddity, place), plain.source)
    assert verdict is not None and verdict.refused


@pytest.mark.parametrize("name", ["a blank line", "a short row", "CRLF", "a quoted text", "a CR inside", "a long text"])
def test_the_last_line_may_end_with_nothing(blocks: None, name: str) -> None:
    plain, oddity = (FINE | REJECTED)[name]
    assert agrees(planted(plain, oddity, PLACES["last"]).rstrip(b"\r\n"), plain.source)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_another_line_end_throughout(blocks: None, end: str) -> None:
    for name in ("a quoted line end", "a blank line", "a short row"):
        plain, oddity = (FINE | REJECTED)[name]
        content = planted(plain, oddity, PLACES["in the middle"]).replace(b"\r\n", b"\n").replace(b"\n", end.encode())
        assert agrees(content, plain.source)


@pytest.mark.parametrize("delimiter", [";", "\t", "|", "^", " "])
def test_another_delimiter_throughout(blocks: None, delimiter: str) -> None:
    text = planted(RETURNS, 'x,2026-03-01,"1",\n', PLACES["in the middle"]).replace(b",", delimiter.encode())
    verdict = agrees(text, RETURNS.source, {"delimiter": delimiter})
    assert verdict is not None and len(verdict.rows) == ROWS + 1


def declared(**how: Any) -> dict[str, Any]:
    return {"columns": {"quantity_returned": {"from": "quantity_returned", **how}}}


@pytest.mark.parametrize("oddity", ['"1.234,5"', '"1,234.5"', "1.5", '"0,5"', "NA", "na", '"12.34"', '"1.2345"', ""])
def test_a_declared_way_of_writing_numbers_holds_in_every_row(blocks: None, oddity: str) -> None:
    usual = Plain("returns", RETURNS.head, lambda at: f'r{at},2026-03-01,"{at % 9 + 1}.{at % 1000:03},5",\n')
    mapping = declared(decimal=",", thousands=".", missing=["NA"], recode={"few": "3"})
    verdict = agrees(planted(usual, f"x,2026-03-01,{oddity},\n", PLACES["in the middle"]), "returns", mapping)
    assert verdict is not None and len(verdict.rows) >= ROWS


@pytest.mark.parametrize("oddity", ["03.04.2026", "3.4.2026", "2026-04-03", "04/03/2026", "31.04.2026", "03.04.26", ""])
def test_a_declared_format_holds_in_every_row(blocks: None, oddity: str) -> None:
    usual = Plain("returns", RETURNS.head, lambda at: f"r{at},{at % 28 + 1:02}.{at % 12 + 1:02}.2026,1,\n")
    mapping = {"columns": {"returned_on": {"from": "returned_on", "format": "%d.%m.%Y"}}}
    verdict = agrees(planted(usual, f"x,{oddity},1,\n", PLACES["in the middle"]), "returns", mapping)
    assert verdict is not None and len(verdict.rows) >= ROWS


FAR = 101_000


def test_keys_that_repeat_more_than_a_hundred_thousand_rows_apart() -> None:
    """Identical ones, contradicting ones, ones that differ only in how they are written, and one that is broken."""
    rows = [f"r{at},2026-03-01,{at % 5 + 1}\n" for at in range(FAR)]
    again = ["r1,2026-03-01,2\n", "r2,2026-03-01,4\n", "r3, 2026-3-1 ,04\n", "r4,2026-03-01,99\n", "R5,2026-03-01,1\n"]
    content = "response_id,answered_on,satisfaction\n" + "".join(rows + again)
    verdict = agrees(content.encode(), "survey_responses")
    assert verdict is not None
    key = "response_id"
    assert verdict.rejected == {
        **{FAR + 2: key, 4: key, FAR + 3: key, FAR + 4: key, 6: key},
        FAR + 5: "satisfaction",
    }
    assert len(verdict.rows) == FAR - 2 + 1


@pytest.mark.parametrize("name", ["a quoted line end", "a short row", "a quote never closed"])
def test_an_oddity_behind_the_first_block_of_the_usual_size(name: str) -> None:
    plain, oddity = (FINE | REJECTED | REFUSED)[name]
    long = [plain.row(at).replace("said", "said much " * 150) for at in range(3_000)]
    text = plain.head + "".join(long) + oddity + plain.row(len(long))
    assert len(text) > csv_file.PIECE
    verdict = agrees(text.encode(), plain.source)
    assert verdict is not None and bool(verdict.refused) == (name in REFUSED)
