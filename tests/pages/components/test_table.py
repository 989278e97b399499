"""Text of files and people inside a Markdown table: shown letter by letter, never obeyed."""

from __future__ import annotations

import pytest

from pages.components.table import code


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("survey.csv", "`survey.csv`"),
        ("a|b", "`a|b`"),
        ("<img src=x>", "`<img src=x>`"),
        ("[x](javascript:alert(1))", "`[x](javascript:alert(1))`"),
        ("tick ` tick", "`` tick ` tick ``"),
        ("two ``` ticks", "```` two ``` ticks ````"),
        ("line\nbreak", "`line�break`"),
        ("\u202egpj.exe", "`�gpj.exe`"),
        ("", "–"),
        ("   ", "–"),
    ],
)
def test_text_is_fenced_as_code(text: str, shown: str) -> None:
    assert code(text) == shown


def test_long_text_is_cut_and_says_so() -> None:
    assert code("x" * 100, most=10) == "`" + "x" * 9 + "…`"
