"""docs/performance.md: the words of the template, and a section of figures for each size that was ever measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tests.bench.machine import machine, versions
from tests.bench.rounds import Measurements
from tests.bench.table import tables

TEMPLATE = Path(__file__).with_name("performance.md")
SECTION = re.compile(r"^## ([\d,]+) survey rows\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


METHODS = "## Methods"
"""Our methods beside other people's: `python -m tests.bench.methods` writes this section, all else leaves it alone."""
OF_METHODS = re.compile(rf"^{METHODS}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def with_methods(page: str, section: str) -> str:
    """The page with this section in the place of the former, or at the end."""
    rest = OF_METHODS.sub("", page).rstrip()
    return f"{rest}\n\n{section.strip()}\n"


def write_page(page: Path, found: Sequence[Measurements]) -> None:
    """Sections of other sizes, which were not measured now, stay as they are."""
    former = page.read_text(encoding="utf-8") if page.exists() else ""
    sections = {_size(old[1]): old[0].strip() for old in SECTION.finditer(former)}
    sections |= {one.size: section(one) for one in found}
    figures = "\n\n".join(sections[size] for size in sorted(sections, reverse=True))
    words = TEMPLATE.read_text(encoding="utf-8").replace("{{ figures }}", figures)
    methods = OF_METHODS.search(former)
    page.write_text(with_methods(words, methods[0]) if methods else words, encoding="utf-8")


def section(found: Measurements) -> str:
    rounds = max(map(len, found.runs.values()), default=0)
    measured = f"{rounds} round{'s' * (rounds != 1)} on {found.date}, {machine()}. {versions()}."
    return f"## {found.size:,} survey rows\n\n{measured}\n\n{tables(found)}"


def _size(written: str) -> int:
    return int(written.replace(",", ""))
