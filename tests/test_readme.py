"""Every path and every command that the README and the pages in docs/ name is there and works."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from audit.mapping import ColumnMapping, Mapping
from data.demo.story import make
from pipelines import definitions
from pipelines.__main__ import main
from pipelines.checklists import editions
from pipelines.yaml_file import Page

HOUSE = Path(__file__).resolve().parent.parent
README = (HOUSE / "README.md").read_text(encoding="utf-8")
PAGES = [README, *((page).read_text(encoding="utf-8") for page in sorted((HOUSE / "docs").glob("*.md")))]
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
SHELL = [line.split("  #")[0].strip() for kind, block in BLOCKS if kind == "sh" for line in block.splitlines() if line]
WINDOWS = [line for kind, block in BLOCKS if kind == "bat" for line in block.splitlines()]
DATA = (HOUSE / "docs" / "data.md").read_text(encoding="utf-8")
MAPPINGS = re.findall(r"```yaml\n(.*?)```", DATA, re.DOTALL)
PIPELINES = [shlex.split(line)[3:] for line in SHELL if line.startswith("python -m pipelines")]

MADE = ("workspace.yaml", "themes.yaml", "elements.yaml", "index-models/", "key/", "recovery/", "facts/")
"""What a workspace has, and the house has not."""

pytestmark = pytest.mark.xdist_group("readme")


def paths(text: str) -> set[str]:
    """What stands in backquotes and looks like a path of the house."""
    named = set(re.findall(r"`([\w.<>/-]+/[\w.<>/-]*|\w+\.(?:py|md|txt|yaml))`", text))
    return {name for name in named if not name.startswith(MADE)}


@pytest.mark.parametrize("name", sorted(set().union(*map(paths, PAGES))))
def test_a_path_that_is_named_exists(name: str) -> None:
    pattern = re.sub(r"<\w+>", "*", name).rstrip("/")
    found = [*HOUSE.glob(pattern), *HOUSE.glob(f"*/{pattern}"), *HOUSE.glob(f"checklists/*/{pattern}")]
    assert found, name


def test_the_ten_second_table_is_on_the_first_screen() -> None:
    first_screen = README.split("\n## ")[0]
    rows = [line for line in first_screen.splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) == 6


def test_the_picture_is_there() -> None:
    (picture,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert (HOUSE / picture).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("target", [line.split()[1] for line in SHELL if line.startswith("make ")])
def test_a_make_command_has_a_target(target: str) -> None:
    assert re.search(rf"^{target}:", (HOUSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_command_of_the_readme_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "story").mkdir()
    story = make("healthy", tmp_path / "story")
    file = next(file for file in story.files if file.source == "survey_responses")
    (tmp_path / "answers.csv").write_bytes(file.path.read_bytes())
    assert file.mapping is not None
    (tmp_path / "mapping.yaml").write_bytes(file.mapping.read_bytes())
    orders = next(file for file in story.files if file.source == "orders")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "orders.csv").write_bytes(orders.path.read_bytes())
    customer = orders.path.read_text(encoding="utf-8").splitlines()[1].split(",")[2]
    (tmp_path / "my-organisation").mkdir()
    (tmp_path / "my-organisation" / "workspace.yaml").write_text("organisation: My organisation\n", encoding="utf-8")
    monkeypatch.setenv("CLAUSELIGHT_WORKSPACE", "my-organisation")
    monkeypatch.chdir(tmp_path)
    assert PIPELINES
    (tmp_path / "backups").mkdir()
    for command in PIPELINES:
        backups = [*(tmp_path / "backups").iterdir()]
        for_example = {"CUSTOMER": customer, "/mnt/backups": "backups", "FILE": str(*backups), "FOLDER": "restored"}
        meant = [for_example.get(word, word) for word in command]
        assert main([*meant, "--yes"] if command[0] == "erase" else meant) == 0, command


def test_every_command_of_the_command_line_is_documented() -> None:
    from pipelines.commands import parser

    (commands,) = (action for action in parser()._actions if action.choices and "load" in action.choices)
    told = {line.split("python -m pipelines ")[-1].split()[0] for line in [*SHELL, *WINDOWS] if "-m pipelines" in line}
    assert set(commands.choices or ()) - told == {"loads", "rejects"}, "these two are named by messages of their own"


@pytest.mark.parametrize("line", WINDOWS)
def test_the_commands_for_windows_name_what_exists(line: str) -> None:
    words = line.replace("\\", "/").split()
    module = words[words.index("-m") + 1]
    wanted = "ensurepip" if module == "pip" else module  # venv brings pip; an environment that uv made has none
    done = subprocess.run(
        [sys.executable, "-c", f"import importlib.util as u, sys; sys.exit(not u.find_spec('{wanted}'))"]
    )
    assert done.returncode == 0
    assert all((HOUSE / word).is_file() for word in words if word.endswith((".txt", ".py")))


@pytest.mark.parametrize("written", MAPPINGS)
def test_a_mapping_in_the_page_about_data_can_be_used(written: str, tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(written, encoding="utf-8")
    source = Page(written, "docs/data.md").as_model(Mapping).source
    assert definitions.mapping(tmp_path / "mapping.yaml", source).columns


def test_the_keys_of_a_mapping_are_all_told_in_the_page_about_data() -> None:
    told = set(re.findall(r"`(\w+)[`:]", DATA))
    keys = {field.alias or name for name, field in ColumnMapping.model_fields.items()} | set(Mapping.model_fields)
    assert keys - {"source", "columns"} <= told


def test_the_table_of_sources_names_what_each_must_have() -> None:
    (text,) = (block for block in DATA.split("\n\n") if block.startswith("| source | one row is"))
    told = {
        name: set(re.findall(r"`(\w+)`", columns))
        for name, columns in re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|", text, re.M)
    }
    known = {
        name: {c for c, column in source.columns.items() if column.required}
        for name, source in definitions.sources().items()
    }
    assert told == known


def test_the_number_of_kpis_in_the_readme_is_right() -> None:
    assert f"{len(definitions.kpis())} KPIs" in README


def test_the_numbers_of_clauses_and_packs_in_the_readme_are_right() -> None:
    counts = [len(definitions.checklist(edition).clauses) for edition in ("iso-9001-2015", "iso-9001-2026")]
    assert counts == [int(number) for number in re.findall(r"(\d+) of\s+ISO 9001:20\d\d", README)]
    assert len(editions.packs_named()) == 8 and "eight packs" in README


def test_the_readme_names_every_screen() -> None:
    told = re.search(r"one file is one screen: ([^;]+);", README)
    titles = re.findall(r'\("pages/\w+\.py", _\("([^"]+)"\)', (HOUSE / "app.py").read_text(encoding="utf-8"))
    assert told and titles
    assert told[1].lower().split(", ") == [title.lower() for title in titles]
