"""Every system that customer focus is taught by has its place, and every name of the table is one of the program's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import analyses, definitions
from pipelines.commands import parser
from pipelines.commands.method import METHODS

HOUSE = Path(__file__).resolve().parent.parent
PAGE = (HOUSE / "docs" / "systems.md").read_text(encoding="utf-8")
SYSTEMS = """
以顾客为关注焦点 · Customer focus as a principle
标准中的顾客满意条款 · Where ISO 9001 speaks of customer satisfaction
期望与感知 · Expectation against perception
顾客满意三要素 · Three elements of satisfaction
忠诚阶梯 · Loyalty ladder and pyramid
顾客保留率 · Retention and lifetime value
新老顾客收入与二八原则 · Existing and new revenue, 80/20
冰山：未说出的投诉 · Unheard complaints
投诉处理 · Complaint process
满意度评估方法 · Ways to evaluate satisfaction
满意、忠诚与保留指标 · Metrics of satisfaction, loyalty and retention
绩效考核 · Scorecard
顾客满意度指数 · Satisfaction index
卡诺模型 · Kano model
需求结构 · Structure of needs
需求管理制度 · Needs management
顾客需求管理程序 · Requirements and contract review
满意度管理制度 · Management regime for satisfaction
顾客的种类 · Kinds of customers
服务利润链 · Service and profit
服务的层次 · Levels of service
排队与能力 · Waiting and capacity
策划—实施—检查—处置 · Plan, do, check, act
"""
"""Each with its term, as the documents that gave rise to the program name them."""
NAMED = [tuple(line.split(" · ")) for line in SYSTEMS.strip().splitlines()]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")][
    1:
]
PLACES = {row[0]: row[3].split("<br>") for row in ROWS}
KINDS = ("pages", "KPIs", "methods", "analyses", "contracts", "commands", "clauses", "packs")


def names(kind: str) -> list[tuple[str, str]]:
    """System and name, of one kind."""
    found = []
    for system, parts in PLACES.items():
        for part in (part for part in parts if part.split()[0] == kind):
            listed = re.findall(r"\d+(?:\.\d+)+", part) if kind == "clauses" else re.findall("`([^`]+)`", part)
            found += [(system, name) for name in listed]
    return found


def files(folder: str, ending: str) -> set[str]:
    return {path.name.removesuffix(ending) for path in (HOUSE / folder).glob(f"*{ending}")}


def in_the_menu() -> set[str]:
    return set(re.findall(r'\("pages/(\w+)\.py"', (HOUSE / "app.py").read_text(encoding="utf-8")))


def commands() -> set[str]:
    return set(next(each.choices for each in parser()._actions if each.choices))


def clauses() -> set[str]:
    return {path.name.split("-")[0] for path in (HOUSE / "checklists" / "iso-9001-2015").glob("[0-9]*.yaml")}


KNOWN: dict[str, Callable[[], set[str]]] = {
    "pages": in_the_menu,
    "KPIs": lambda: files("pipelines/kpis", ".sql"),
    "methods": lambda: set(METHODS),
    "analyses": lambda: set(analyses.ANALYSES),
    "contracts": lambda: files("pipelines/sources", ".yaml"),
    "commands": commands,
    "clauses": clauses,
    "packs": lambda: files("checklists/packs", ""),
}


def test_every_system_has_its_row_and_no_other_has() -> None:
    assert [(row[1], row[0]) for row in ROWS] == NAMED and len(NAMED) == 23


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_row_says_what_is_done_and_where(row: list[str]) -> None:
    assert len(row) == 4 and all(row)
    kinds = [part.split()[0] for part in PLACES[row[0]]]
    assert set(kinds) <= set(KINDS) and len(kinds) == len(set(kinds))
    assert {"pages", "clauses"} <= set(kinds) and len(kinds) >= 3


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_is_one_of_the_program(kind: str) -> None:
    known, named = KNOWN[kind](), names(kind)
    assert len(known) > 3 and named
    assert [(system, name) for system, name in named if name not in known] == []


def test_every_method_that_is_named_can_be_asked_and_every_source_read() -> None:
    for name in {name for _system, name in names("methods")}:
        assert (HOUSE / "pipelines" / "commands" / "method" / f"{METHODS[name]}.py").is_file()
    assert {name for _system, name in names("contracts")} <= set(definitions.sources())


def test_everything_that_a_run_finds_serves_a_system() -> None:
    assert set(analyses.ANALYSES) == {name for _system, name in names("analyses")}


@pytest.mark.parametrize("kind", ["pages", "KPIs", "methods", "analyses", "contracts"])
def test_no_list_is_left_without_a_name(kind: str) -> None:
    for system, parts in PLACES.items():
        for part in parts:
            if part.split()[0] == kind:
                assert re.fullmatch(rf"{kind} `[\w-]+`(, `[\w-]+`)*", part), (system, part)
