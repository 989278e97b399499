"""A pack that is given out is noted once and lastingly, and built all the same where nothing can be noted."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from unprivileged import closed, python

from audit.access.person import Person
from audit.records import Records
from audit.records.trail import trail
from pipelines.backup.restore import Asked, restore
from pipelines.backup.write import backup
from pipelines.reports import given_out, pack
from pipelines.runs import results
from pipelines.signing import signing
from pipelines.workspace import Workspace, open_workspace
from tests.pipelines.conftest import Ours
from tests.pipelines.reports.findings_to_tell import raised


def gave(workspace: Workspace, records: Records) -> str:
    run = results.latest(workspace)
    assert run
    content = given_out.build(workspace, records, run)
    assert content == pack.build(workspace, records, run)
    return hashlib.sha256(content).hexdigest()


def lines(workspace: Workspace) -> list[Any]:
    return [json.loads(line) for line in (workspace.folder / "given-out.jsonl").read_bytes().splitlines()]


def test_each_pack_is_noted_once_and_nothing_of_it_is_recorded(own: Ours, own_records: Records) -> None:
    before = trail.entries(own_records)
    first = gave(own.workspace, own_records)
    assert gave(own.workspace, own_records) == first and trail.entries(own_records) == before
    assert lines(own.workspace) == [{"at": "2026-07-01T00:00:00+00:00", "run": own.after, "sha256": first}]
    raised(own_records)
    second = gave(own.workspace, own_records)
    assert [each["sha256"] for each in lines(own.workspace)] == [first, second]
    assert given_out.noted(own.workspace) == {first, second}


def test_what_is_built_to_be_signed_is_not_noted(own: Ours, own_records: Records) -> None:
    run = results.latest(own.workspace)
    assert run
    signing.of_pack(own.workspace, own_records, run)
    assert not (own.folder / "given-out.jsonl").exists()


def test_of_many_who_give_out_the_same_pack_one_notes_it(own: Ours, own_records: Records) -> None:
    with ThreadPoolExecutor(8) as people:
        notes = [{"sha256": f"{number % 4}"} for number in range(80)]
        list(people.map(lambda note: given_out._add(own.workspace, note), notes))
    assert sorted(each["sha256"] for each in lines(own.workspace)) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("left", [b'{"sha256":"12', b"\xff\xfe\n", b"[]\n7\n", b'{"sha256":"12"}'])
def test_half_a_line_is_passed_over_and_glued_to_nothing(own: Ours, own_records: Records, left: bytes) -> None:
    file = own.folder / "given-out.jsonl"
    file.write_bytes(left)
    given = gave(own.workspace, own_records)
    assert given_out.noted(own.workspace) - {"12"} == {given}
    assert file.read_bytes().startswith(left) and json.loads(file.read_bytes().splitlines()[-1])["sha256"] == given


def test_a_note_outlasts_a_power_cut(own: Ours, own_records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is flushed after its line was written, and then the folder that names it."""
    flushed: list[tuple[str, int]] = []

    def noticed(opened: int) -> None:
        path = Path(f"/proc/self/fd/{opened}").resolve()
        flushed.append((path.name, path.stat().st_size if path.is_file() else 0))

    monkeypatch.setattr(os, "fsync", noticed)
    gave(own.workspace, own_records)
    file = own.folder / "given-out.jsonl"
    assert flushed[-2:] == [(file.name, file.stat().st_size), (own.folder.name, 0)]


def test_a_full_disk_costs_the_note_alone(own: Ours, own_records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_opened: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert gave(own.workspace, own_records)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such permissions")
def test_in_a_workspace_that_may_not_be_written_to_a_pack_is_built_and_not_noted(own: Ours, tmp_path: Path) -> None:
    code = "from pipelines.__main__ import main; sys.exit(main(sys.argv[1:]))"
    out = tmp_path / "out"
    out.mkdir()
    with closed(own.folder):
        done = python(code, "report", "pack", "--to", str(out / "p.zip"), "--workspace", str(own.folder), "--json")
        asked = python(code, "verify", str(out / "p.zip"), "--workspace", str(own.folder), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(asked.stdout)["not_compared"] == ["assessment.en.html", "assessment.zh.html"]
    assert not (own.folder / "given-out.jsonl").exists()


def test_a_backup_carries_the_notes_and_a_restore_brings_them_back(
    own: Ours, own_records: Records, tmp_path: Path
) -> None:
    given = gave(own.workspace, own_records)

    def silent(share: float, words: object) -> None:
        pass

    taken = backup(own.workspace, own_records, tmp_path / "b.clauselight", Person("Ann"), False, silent)
    restore(taken.file, tmp_path / "new", Asked("Ann"), silent)
    copy = open_workspace(tmp_path / "new")
    assert lines(copy) == lines(own.workspace) and given_out.noted(copy) == {given}
