"""The page about the measures names every figure once, as its own file calls it."""

from __future__ import annotations

import re

import pytest

from pipelines import definitions

PAGE = (definitions.HOUSE / "docs" / "measures.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)


def test_every_figure_stands_in_one_row_of_the_tables() -> None:
    assert sorted(name for name, *_ in ROWS) == sorted(definitions.kpis())
    assert f"{len(definitions.kpis())} figures" in PAGE


@pytest.mark.parametrize(("name", "title", "unit"), [row[:3] for row in ROWS])
def test_a_row_says_what_the_file_says(name: str, title: str, unit: str) -> None:
    kpi = definitions.kpis()[name]
    assert (title, unit) == (kpi.title.en, kpi.unit)


def test_columns_that_are_named_are_columns_of_contracts() -> None:
    known = {*definitions.sources(), *definitions.kpis()}
    columns = {column for source in definitions.sources().values() for column in source.columns}
    named = set(re.findall(r"`([a-z_]+)`", PAGE.split("## Columns")[1]))
    assert named <= known | columns and len(named) > 10
