"""What parts the fields, and where the names stand."""

from __future__ import annotations

import pytest

from pipelines.staging.text_file import lines_of
from pipelines.suggesting.layout import delimiter, header_line, records


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3\n2,5;1;4,0\n", ";"),
        ("a\tb\n1, 2\t3\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("List of March, final\n\na;b;c\n1;2;3\n4;5;6\n7;8;9\n", ";"),
        ('a;b\n1;"x, y, z"\n2;"u, v, w"\n', ";"),
        ("one column\nvalue\n", ","),
        ("", ","),
        ('a,b\n1,"never closed\n', ","),
    ],
)
def test_the_delimiter_is_what_parts_most_lines_alike(text: str, sign: str) -> None:
    assert delimiter(text) == sign


def line_of(text: str, sign: str = ",") -> int | None:
    return header_line(records(lines_of(text), sign))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Complaints of March\n\nid,received,customer\n1,2026-03-01,C1\n2,2026-03-02,C2\n", 3),
        ("Report,\nFrom,2026-03-01\nid,received\n1,2026-03-01\n2,2026-03-02\n", 3),
    ],
)
def test_lines_above_the_names_are_found(text: str, line: int) -> None:
    assert line_of(text) == line


@pytest.mark.parametrize(
    "text",
    [
        "id,received\n1,2026-03-01\n2,2026-03-02\n3,2026-03-03\n",
        "\n\nid,received\n1,2026-03-01\n2,2026-03-02\n",
        "id\n1\n2\n3\n",
        "id,received\n1,2\n",
        "id,received,\n1,2026-03-01,\n2,2026-03-02,\n",
        "1,2\n3,4\n5,6\n",
        "",
    ],
    ids=["plain", "blank lines above", "one column", "short", "a column without a name", "figures alone", "empty"],
)
def test_where_the_first_line_is_the_header_nothing_is_proposed(text: str) -> None:
    assert line_of(text) is None
