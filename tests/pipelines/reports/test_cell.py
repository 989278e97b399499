"""No cell of a CSV that leaves the house is run by a spreadsheet."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.reports.cell import safe_cell, safe_csv

RUN = ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠1"]
LEFT_ALONE = ["", "满意", "a=1", "5-1", "x@y", " =1", 5, -1, 2.5, None]


@pytest.mark.parametrize("value", RUN)
def test_what_looks_like_a_formula_is_quoted(value: str) -> None:
    assert safe_cell(value) == f"'{value}"


@pytest.mark.parametrize("value", LEFT_ALONE)
def test_plain_text_and_numbers_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) == value


def test_a_heading_is_a_cell_too() -> None:
    written = safe_csv(pd.DataFrame({"=1": ["=2"], "b": [-3]}))
    assert written == b"\xef\xbb\xbf'=1,b\n'=2,-3\n"
