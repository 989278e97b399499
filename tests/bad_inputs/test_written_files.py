"""YAML that people write is accepted as it was meant, or refused in one line with its file, line and column."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from answers import TABLE
from every_fault import variants_of
from fault import Accepted, File, Outcome, Refused, Yaml
from program import Done, ask, here, load, process, state

from pipelines import definitions
from pipelines.check import check
from pipelines.workspace import open_workspace

pytestmark = pytest.mark.xdist_group("bad inputs")
PAGES = variants_of(Yaml)


def of_kind(kind: str) -> list[object]:
    return [one for one in PAGES if one.values[0].kind == kind]


def put(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def is_one_line(done: Done, outcome: Refused) -> None:
    assert (done.code, done.stdout, len(done.lines)) == (2, "", 1), done.stderr
    assert "Traceback" not in done.stderr and done.lines[0].isprintable() and len(done.lines[0]) < 500
    assert re.search(outcome.told, done.lines[0]), done.lines[0]


@pytest.mark.parametrize(("sent", "outcome"), of_kind("mapping"))
def test_a_mapping_with_a_mistake_loads_nothing(workspace: Path, sent: Yaml, outcome: Refused) -> None:
    before = state(workspace)
    file = put(workspace.parent / "answers.csv", TABLE.encode())
    written = put(workspace.parent / "mapping.yaml", sent.text)
    asked = ["load", str(file), "--source", "survey_responses", "--mapping", str(written)]
    is_one_line(here(*asked, "--workspace", str(workspace), "--json"), outcome)
    assert state(workspace) == before
    assert ask(workspace, "verify")["ok"]
    assert load(workspace, File(TABLE.encode())).code == 0, "without it the same file comes in"


@pytest.mark.parametrize(("sent", "outcome"), of_kind("workspace"))
def test_a_set_up_with_a_mistake_is_named_and_nothing_is_touched(workspace: Path, sent: Yaml, outcome: Outcome) -> None:
    before, good = state(workspace), (workspace / "workspace.yaml").read_bytes()
    put(workspace / "workspace.yaml", sent.text)
    if isinstance(outcome, Accepted):
        written = open_workspace(workspace).set_up.model_dump(mode="json")
        assert outcome.says.items() <= written.items()
    else:
        assert isinstance(outcome, Refused)
        is_one_line(here("run", "--workspace", str(workspace), "--json"), outcome)
        put(workspace / "workspace.yaml", good)
    assert state(workspace) == before
    assert ask(workspace, "verify")["ok"]


@pytest.mark.parametrize(("sent", "outcome"), of_kind("clause"))
def test_a_clause_with_a_mistake_is_named(tmp_path: Path, sent: Yaml, outcome: Outcome) -> None:
    folder = tmp_path / "iso-9001-2015"
    folder.mkdir()
    shutil.copy(definitions.CHECKLISTS / folder.name / "_standard.yaml", folder)
    shutil.copy(definitions.CHECKLISTS / "documents.yaml", tmp_path)
    put(folder / "9.1.2.yaml", sent.text)
    none = tmp_path / "none"
    found = check(none, none, none, layers=(tmp_path,))
    in_it = [str(one) for one in found.mistakes if one.file.endswith("9.1.2.yaml")]
    said = [one for one in in_it if "the name of the file" not in one]  # it stays whatever number the text has
    if isinstance(outcome, Accepted):
        assert said == []
        (clause,) = found.checklists[0].clauses
        assert outcome.says.items() <= clause.model_dump().items()
    else:
        assert isinstance(outcome, Refused)
        assert any(re.search(outcome.told, one) for one in said), said
        assert all(one.isprintable() and len(one) < 500 for one in said)


def test_a_process_of_its_own_says_the_same(workspace: Path) -> None:
    sent, outcome = of_kind("workspace")[0].values  # type: ignore[attr-defined]
    put(workspace / "workspace.yaml", sent.text)
    is_one_line(process("loads", "--workspace", str(workspace), "--json"), outcome)


def test_the_usual_files_have_no_mistake(tmp_path: Path, workspace: Path) -> None:
    """The variants are changes of these: what is found is the change and not the file."""
    from section_d_yaml import CLAUSE, MAPPING, WORKSPACE

    test_a_clause_with_a_mistake_is_named(tmp_path, Yaml(CLAUSE, "clause"), Accepted({"clause": "9.1.2"}))
    put(workspace / "workspace.yaml", WORKSPACE)
    assert load(workspace, File(TABLE.encode(), MAPPING)).answer[0]["loaded"] == 3
