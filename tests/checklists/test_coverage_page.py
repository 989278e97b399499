"""docs/coverage.md says who can judge each requirement: held against the checklists as the files write them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from pipelines.checklists.coverage import coverage

HOUSE = Path(__file__).resolve().parents[2]
PAGE = HOUSE / "docs" / "coverage.md"
KINDS = ("computed", "document", "sample", "interview", "observation")
Row = tuple[str, ...]


def rows_of_the_page() -> list[Row]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("| ")]
    return [row for row in cells if row[0] != "requirement"]


def written(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.glob("[0-9]*.yaml"))
    return [asked for file in files for asked in yaml.safe_load(file.read_text(encoding="utf-8"))["requirements"]]


def kinds(asked: dict[str, Any]) -> Counter[str]:
    return Counter(kind for rule in asked.get("evidence", ()) for kind in KINDS if kind in rule)


def row(id: str, counts: Counter[str]) -> Row:
    return id, *(str(counts[kind]) if counts[kind] else "" for kind in KINDS)


def test_the_page_says_what_the_files_say() -> None:
    lists = HOUSE / "checklists"
    former = {asked["id"]: kinds(asked) for asked in written(lists / "iso-9001-2015")}
    expected = [row(id, counts) for id, counts in former.items()]
    for asked in written(lists / "iso-9001-2026"):
        if "carries" not in asked:
            expected.append(row(asked["id"], kinds(asked)))
        elif asked.get("evidence"):
            expected.append(row(asked["carries"], former[asked["carries"]] + kinds(asked)))
    for pack in sorted((lists / "packs").iterdir()):
        expected += [row(asked["id"], kinds(asked)) for asked in written(pack)]
    assert Counter(rows_of_the_page()) == Counter(expected), "write it again: python -m pipelines.checklists.coverage"


def test_every_requirement_can_be_judged_by_somebody() -> None:
    assert [row[0] for row in rows_of_the_page() if not any(row[1:])] == []


def test_the_page_is_what_the_program_prints() -> None:
    assert coverage() == PAGE.read_text(encoding="utf-8")


def test_each_section_stands_in_the_order_of_the_clauses() -> None:
    for section in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        clauses = re.findall(r"^\| (?:[a-z0-9-]*?-)?(\d+(?:\.\d+)*)-[a-z]\d* \|", section, re.MULTILINE)
        assert clauses and clauses == sorted(clauses, key=lambda clause: [int(part) for part in clause.split(".")])
