"""The key is made once, kept apart, and never replaced in silence."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from audit.errors import SourceError
from pipelines.personal.key import place, pseudonyms
from pipelines.workspace import SetUp, Workspace, make_workspace, open_workspace


def begun(workspace: Workspace) -> Workspace:
    """As after a first load."""
    (workspace.table("orders") / "_delta_log").mkdir(parents=True)
    return workspace


def refused(workspace: Workspace) -> str:
    with pytest.raises(SourceError) as told:
        pseudonyms(workspace)
    assert "\n" not in str(told.value)
    return str(told.value)


def test_the_key_is_made_with_the_workspace_and_stays(workspace: Workspace) -> None:
    first = pseudonyms(workspace).of("C-1")
    file = workspace.folder / "key" / "pseudonyms.key"
    assert re.fullmatch("[0-9a-f]{64}\n", file.read_text())
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
    assert pseudonyms(begun(workspace)).of("C-1") == first
    assert list(file.parent.iterdir()) == [file]


def test_each_workspace_has_a_key_of_its_own(tmp_path: Path) -> None:
    made = [pseudonyms(make_workspace(tmp_path / name, SetUp(organisation=name))).of("C-1") for name in "ab"]
    assert made[0] != made[1]


def test_the_fingerprint_tells_nothing_of_the_key(workspace: Workspace) -> None:
    pseudonyms(workspace)
    key = place(workspace).read_text().strip()
    noted = (workspace.folder / "key.fingerprint").read_text()
    assert key not in noted and bytes.fromhex(key) not in bytes.fromhex(noted)


@pytest.mark.parametrize("with_tables", [True, False])
def test_no_new_key_is_made_where_one_was_lost(workspace: Workspace, with_tables: bool) -> None:
    pseudonyms(workspace)
    if with_tables:
        begun(workspace)
    place(workspace).unlink()
    assert "is missing" in refused(workspace) and "bring it back" in refused(workspace)
    assert not place(workspace).exists()


def test_tables_of_before_there_was_a_key_are_refused(workspace: Workspace) -> None:
    assert "is missing" in refused(begun(workspace))
    assert not place(workspace).exists()


def test_another_key_is_refused(workspace: Workspace) -> None:
    pseudonyms(begun_after_key(workspace))
    place(workspace).write_text("ab" * 32)
    assert "another key" in refused(workspace)


def test_a_lost_fingerprint_is_no_leave_to_take_any_key(workspace: Workspace) -> None:
    pseudonyms(begun_after_key(workspace))
    (workspace.folder / "key.fingerprint").unlink()
    assert "key.fingerprint is missing" in refused(workspace)


@pytest.mark.parametrize("written", ["", "ab" * 31, "ab" * 33, "zz" * 32, "AB" * 32, "[secret]\n" + "ab" * 32])
def test_what_is_no_key_is_refused(workspace: Workspace, written: str) -> None:
    pseudonyms(workspace)
    place(workspace).write_text(written)
    said = refused(workspace)
    assert "64 hexadecimal digits" in said and (not written or written not in said)


def test_the_key_lies_where_the_set_up_or_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "own"
    workspace = make_workspace(folder, SetUp(organisation="A", key="../safe/a.key"))
    first = pseudonyms(workspace).of("C-1")
    assert (tmp_path / "safe" / "a.key").is_file() and not (folder / "key").exists()
    (tmp_path / "safe" / "a.key").rename(tmp_path / "b.key")
    assert "a.key is missing" in refused(workspace)
    monkeypatch.setenv("CLAUSELIGHT_KEY_FILE", str(tmp_path / "b.key"))
    assert pseudonyms(open_workspace(folder)).of("C-1") == first


def begun_after_key(workspace: Workspace) -> Workspace:
    pseudonyms(workspace)
    return begun(workspace)
