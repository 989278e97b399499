"""The house stays a house: imports point one way, and heavy or foreign libraries stay in their rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
OURS = ("audit", "pipelines", "pages", "data", "app")

ALLOWED = {
    "audit": {"audit"},
    "audit/records": {"audit"},
    "pipelines": {"audit", "pipelines", "data"},
    "pages": {"audit", "pipelines", "pages"},
    "app.py": {"audit", "pipelines", "pages"},
    "data/demo": {"audit", "data"},
}
"""Room -> rooms that it may import."""

KEPT_OUT = [
    ("pages", {"duckdb", "deltalake", "great_expectations", "sqlalchemy", "sqlglot"}),
    ("app.py", {"duckdb", "deltalake", "great_expectations", "sqlalchemy"}),
    ("pipelines", {"streamlit", "sqlalchemy"}),
    ("audit", {"streamlit", "pandas", "duckdb", "deltalake", "yaml", "numpy"}),
    ("data/demo", {"streamlit", "pandas", "duckdb", "pydantic"}),
]


def files(room: str) -> list[Path]:
    path = HOUSE / room
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name of what is imported"
            yield node.module or ""


@pytest.mark.parametrize(("room", "allowed"), ALLOWED.items())
def test_imports_point_one_way(room: str, allowed: set[str]) -> None:
    wrong = {
        f"{path.relative_to(HOUSE)} imports {name}"
        for path in files(room)
        for name in imports(path)
        if name.split(".")[0] in OURS and name.split(".")[0] not in allowed
    }
    assert not wrong


@pytest.mark.parametrize(("room", "foreign"), KEPT_OUT)
def test_libraries_stay_in_their_rooms(room: str, foreign: set[str]) -> None:
    wrong = {
        f"{path.relative_to(HOUSE)} imports {name}"
        for path in files(room)
        for name in imports(path)
        if name.split(".")[0] in foreign and not (room == "audit" and "records" in path.parts)
    }
    assert not wrong


def test_the_rules_need_only_the_standard_library_and_pydantic() -> None:
    import sys

    known = sys.stdlib_module_names | {"pydantic", "audit"}
    wrong = {
        f"{p.relative_to(HOUSE)}: {name}"
        for p in files("audit")
        for name in imports(p)
        if name.split(".")[0] not in known and p.relative_to(HOUSE).parts[1] not in {"records", "wording"}
    }
    assert not wrong


def test_great_expectations_is_imported_in_the_gate_alone() -> None:
    users = {p for p in files("pipelines") for name in imports(p) if name.startswith("great_expectations")}
    assert {path.relative_to(HOUSE).as_posix() for path in users} == {"pipelines/gating/gx.py"}


def test_the_gate_does_not_wait_for_great_expectations() -> None:
    """Which takes seconds to import, and is asked for what is not compiled alone."""
    import subprocess
    import sys

    code = "import sys, pipelines.gate, pipelines.load; print('great_expectations' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_no_rule_asks_the_clock_or_the_dice() -> None:
    """Only records, the command line and pages know what time it is; they pass it in."""
    asking = {".now(", "today()", "utcnow(", "time.time(", "random."}
    allowed = {"audit/records/database.py"}
    wrong = {
        f"{p.relative_to(HOUSE)}: {word}"
        for room in ("audit", "pipelines")
        for p in files(room)
        for word in asking
        if word in p.read_text(encoding="utf-8") and p.relative_to(HOUSE).as_posix() not in allowed
    }
    assert not wrong


def test_the_top_level_holds_what_the_design_names() -> None:
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    top = {line.split("/")[0] for line in listed.splitlines()}
    folders = {"pages", "checklists", "pipelines", "audit", "data", "docs", "tests", ".ci", ".streamlit"}
    known = folders | {
        "app.py",
        "requirements.txt",
        "README.md",
        "pyproject.toml",
        "Makefile",
        "set_up.sh",
        ".gitignore",
        "LICENSE",
    }
    assert top <= known


def test_every_field_that_begins_empty_says_so_in_words_of_ours() -> None:
    """Where a choice has no placeholder Streamlit writes one of its own, in English."""
    wrong = {
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in files("pages")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _begins_empty(call)
        if "placeholder" not in {given.arg for given in call.keywords}
    }
    assert not wrong


def _begins_empty(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    given = {each.arg: ast.unparse(each.value) for each in call.keywords}
    return name == "multiselect" or (name == "selectbox" and given.get("index") == "None")
