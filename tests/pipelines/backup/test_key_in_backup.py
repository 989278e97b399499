"""Wherever the key lies, a backup holds it only where it was asked for, and a restored workspace finds it."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from pipelines.__main__ import main
from pipelines.backup import contents
from pipelines.workspace import Workspace, open_workspace

PLACES = [None, "secrets/pseudo.key", "deep/in/../key.txt", "../outside.key", "key/other.key", "runs/pseudo.key"]
FILE = "key/pseudonyms.key"
BASE = "customer_id,segment\nK-1,Business\n"


@pytest.fixture(autouse=True)
def no_other_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAUSELIGHT_KEY_FILE", raising=False)


def made(folder: Path, key: str | None, more: str = "") -> Workspace:
    folder.mkdir()
    (folder / "deep" / "in").mkdir(parents=True)
    written = "organisation: Ours # ours\n" + (f"key: {key}\n" if key else "") + more
    (folder / "workspace.yaml").write_text(written, "utf-8")
    assert loaded(folder, BASE) == 0
    return open_workspace(folder)


def loaded(folder: Path, content: str) -> int:
    file = folder.parent / "customers.csv"
    file.write_text(content, "utf-8")
    return main(["load", str(file), "--source", "customers", "--workspace", str(folder)])


def key_of(workspace: Workspace) -> Path:
    return workspace.folder / (workspace.set_up.key or FILE)


def packed(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("with_key", [False, True], ids=["without", "with"])
@pytest.mark.parametrize("key", PLACES)
def test_the_key_is_in_it_where_it_was_asked_for_and_found_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str | None, with_key: bool
) -> None:
    workspace = made(tmp_path / "own", key)
    secret = key_of(workspace).read_bytes().strip()
    asked = ["--with-key"] * with_key
    assert main(["backup", "--to", str(tmp_path / "b"), *asked, "--workspace", str(workspace.folder)]) == 0
    assert {name for name, content in packed(tmp_path / "b").items() if secret in content} == {FILE} & {FILE * with_key}
    assert ("the key of the pseudonyms is not in this backup" in capsys.readouterr().err) is not with_key

    copy = tmp_path / "far" / "copy"
    assert main(["restore", str(tmp_path / "b"), "--to", str(copy)]) == 0
    assert "key/pseudonyms.key" in capsys.readouterr().err
    if not with_key:
        assert loaded(copy, BASE.replace("Business", "Private")) == 2
        (copy / "key").mkdir()
        (copy / FILE).write_bytes(secret + b"\n")
    assert loaded(copy, BASE.replace("Business", "Private")) == 0
    assert "key:" not in (copy / "workspace.yaml").read_text("utf-8")
    assert "# ours" in (copy / "workspace.yaml").read_text("utf-8")


def taken(workspace: Workspace) -> set[str]:
    runs = (part for part in contents.runs(workspace, {}))
    return {name for parts in (contents.others(workspace, False), runs) for name, _ in parts}


def test_no_other_path_leads_to_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = made(tmp_path / "own", "secrets/pseudo.key")
    os.link(key_of(workspace), workspace.folder / "secrets" / ".pseudo.key-killed")
    (workspace.folder / "link.key").symlink_to("secrets/pseudo.key")
    (workspace.folder / "secrets" / "note.txt").write_text("mine")
    assert {name for name in taken(workspace) if "key" in name or "secrets" in name} == {
        "key.fingerprint", "secrets/note.txt",
    }  # fmt: skip
    monkeypatch.setenv("CLAUSELIGHT_KEY_FILE", str(tmp_path / "other.key"))
    assert "secrets/pseudo.key" not in taken(workspace), "a key that the environment overrides is a key"


def test_the_database_is_in_it_once_wherever_it_lies(tmp_path: Path) -> None:
    workspace = made(tmp_path / "own", None, "records: sqlite:///deep/ours.sqlite\n")
    assert not [name for name in taken(workspace) if name.startswith("deep/")]
    assert main(["backup", "--to", str(tmp_path / "b"), "--workspace", str(workspace.folder)]) == 0
    assert main(["restore", str(tmp_path / "b"), "--to", str(tmp_path / "copy")]) == 0
