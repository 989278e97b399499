"""The section on methods: it stays where other figures are written anew, and figures that differ are said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bench.methods import CASES, PEERS, _apart, _ratio
from tests.bench.page import METHODS, with_methods, write_page

PAGE = "# Speed\n\nWords.\n\n## 10,000 survey rows\n\nold figures\n"
NEW = f"{METHODS}\n\nnew figures\n"


@pytest.mark.parametrize(
    "page",
    [PAGE, f"{PAGE}\n{METHODS}\n\nformer figures\n", PAGE.replace("## 10", f"{METHODS}\n\nformer figures\n\n## 10")],
)
def test_the_section_stands_once_and_at_the_end(page: str) -> None:
    assert with_methods(page, NEW) == f"{PAGE}\n{NEW}"
    assert with_methods(with_methods(page, NEW), NEW) == with_methods(page, NEW)


@pytest.mark.parametrize("section", ["", NEW])
def test_the_other_figures_leave_it_alone(tmp_path: Path, section: str) -> None:
    page = tmp_path / "performance.md"
    page.write_text(with_methods(PAGE, section) if section else PAGE, encoding="utf-8")
    write_page(page, [])
    told = page.read_text(encoding="utf-8")
    assert told.count(METHODS + "\n") == bool(section) and "old figures" in told
    assert told.endswith(f"{section}") if section else "new figures" not in told


def run(wall: float, **told: float) -> dict[str, Any]:
    return {"wall": wall, "cpu": wall, "whole": wall, "peak": 1e6, "told": told}


@pytest.mark.parametrize(
    ("ours", "peer", "apart"),
    [
        ({"a": 1.0}, {"a": 1.0}, False),
        ({"a": 1.0}, {"a": 1.000001}, False),
        ({"a": 1.0}, {"a": 1.1}, True),
        ({"a": 1.0}, {"b": 1.0}, True),
        ({"a": 1.0}, {}, True),
    ],
)
def test_figures_that_differ_are_seen(ours: dict[str, float], peer: dict[str, float], apart: bool) -> None:
    assert _apart(CASES["index"], {"ours": [run(1, **ours)], "peer": [run(2, **peer)]}) is apart


@pytest.mark.parametrize(("walls", "reached"), [((1, 2), "yes"), ((3, 2), "**no**")])
def test_the_ratio_is_judged_by_what_was_asked(walls: tuple[float, float], reached: str) -> None:
    row = _ratio(CASES["index"], {"ours": [run(walls[0])], "peer": [run(walls[1])]})
    assert f"{walls[0] / walls[1]:.3g}" in row and row.endswith(f"| ≤ 1 | {reached} |")


def test_every_case_has_its_scripts() -> None:
    assert all((PEERS / f"{side.script}.py").is_file() for case in CASES.values() for side in (case.ours, case.peer))
