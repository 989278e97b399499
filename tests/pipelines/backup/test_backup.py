"""A backup taken while people work: whole, of one moment, without the key, and never called done before it is read."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import threading
import time
import zipfile
from pathlib import Path

import pytest

from audit.errors import Denied, RecordError
from audit.evidence import Verdict
from audit.records import Records, drafts
from audit.records.auditing import decisions
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.trail import trail
from pipelines import definitions
from pipelines.backup import archive, write
from pipelines.backup.restore import Asked, Restored, restore
from pipelines.load import load
from pipelines.loading.attach import attach
from pipelines.upkeep import integrity
from pipelines.workspace import Workspace, open_workspace
from tests.pipelines.backup.conftest import Take, rows, silent

HERE = Path(__file__).parent


def restored(file: Path, to: Path, reason: str = "", records: str = "sqlite:///records.sqlite") -> Restored:
    return restore(file, to, Asked("Ann", records, reason), silent)


def concluded(records: Records, number: int, who: str = "Ann") -> None:
    decisions.conclude(records, f"9.9-{number}", "run", Verdict.CONFORMS, Verdict.CONFORMS, who)


def test_a_restored_copy_is_the_workspace_and_verifies(
    at_work: tuple[Workspace, Records], take: Take, tmp_path: Path
) -> None:
    workspace, records = at_work
    drafts.note(records, "Ann", "conclude 9.9-a", {"reason": "half a sentence"}, "key")
    taken = take()
    assert taken.damage == []
    done = restored(taken.file, tmp_path / "new")
    copy = open_workspace(tmp_path / "new")
    with copy.open_records() as again:
        assert integrity.damage(copy, again) == done.damage == []
        assert trail.entries(again) == trail.entries(records)
        assert drafts.found(again, "Ann", "conclude 9.9-a")
    assert rows(copy.records_url) == rows(workspace.records_url)
    assert files(copy.folder) == files(workspace.folder)


def files(folder: Path) -> dict[str, str]:
    """Everything but what is one machine's own: the file of the records, identities, locks, key, and the address."""
    own = ("records.sqlite", "identity/", "waiting", "at-work.lock", "key/", "workspace.yaml")
    every = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {
        name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in every.items() if not name.startswith(own)
    }


def test_it_can_be_restored_into_the_other_database(
    at_work: tuple[Workspace, Records], take: Take, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    workspace, _records = at_work
    taken = take()
    server = request.getfixturevalue("postgres")
    url = server.database()
    done = restored(taken.file, tmp_path / "new", records=url)
    assert done.damage == [] and rows(url) == rows(workspace.records_url)
    copy = open_workspace(tmp_path / "new")
    assert copy.records_url == url
    with copy.open_records() as again:
        concluded(again, 1)
        assert integrity.damage(copy, again) == []
    with pytest.raises(RecordError, match="holds tables already"):
        restored(taken.file, tmp_path / "newer", records=url)
    server.drop(url)


def test_taken_while_twenty_people_write_it_is_of_one_moment(
    at_work: tuple[Workspace, Records], take: Take, tmp_path: Path
) -> None:
    workspace, records = at_work
    stop, acknowledged = threading.Event(), []

    def people(number: int) -> None:
        while not stop.is_set():
            kept = attach(workspace, f"evidence {number} {len(acknowledged)}".encode(), "note.txt")
            documents.register(records, NewDocument("note", "A note", "draft", sha256=kept.sha256), f"Person {number}")
            acknowledged.append(number)

    before = len(trail.entries(records))
    writers = [threading.Thread(target=people, args=(number,)) for number in range(20)]
    for writer in writers:
        writer.start()
    try:
        while len(acknowledged) < 20:
            time.sleep(0.05)
        first = len(acknowledged)
        taken = take()
        later = len(acknowledged)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert later > first, "nobody was kept waiting"
    assert before + first <= taken.manifest.head.seq <= before + later + 20
    assert taken.damage == []
    assert restored(taken.file, tmp_path / "new").damage == []


def test_a_load_that_publishes_meanwhile_is_in_it_whole_or_not_at_all(
    at_work: tuple[Workspace, Records], take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The load publishes and is recorded after the records were read and before the facts are."""
    workspace, records = at_work
    former = write.contents.facts

    def late(*given: object) -> object:
        mapping = definitions.mapping(None, "survey_responses")
        more = b"response_id,answered_on,satisfaction,channel\nnew-1,2026-01-02,4,web\n"
        load(workspace, records, more, "more.csv", "survey_responses", mapping, "Ann")
        return former(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(write.contents, "facts", late)
    taken = take()
    assert taken.manifest.versions["survey_responses"] == 1
    assert restored(taken.file, tmp_path / "new").damage == []


def test_the_key_is_left_out_unless_it_is_asked_for(
    at_work: tuple[Workspace, Records], take: Take, tmp_path: Path
) -> None:
    workspace, _records = at_work
    secret = (workspace.folder / "key" / "pseudonyms.key").read_bytes().strip()
    without, with_key = take(tmp_path / "without"), take(tmp_path / "with", with_key=True)
    assert not without.manifest.with_key and with_key.manifest.with_key
    assert not any(secret in content for content in contents(without.file).values())
    assert restored(with_key.file, tmp_path / "new").damage == []
    kept = tmp_path / "new" / "key" / "pseudonyms.key"
    assert kept.read_bytes().strip() == secret and kept.stat().st_mode & 0o077 == 0
    restored(without.file, tmp_path / "other")
    assert not (tmp_path / "other" / "key").exists()


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_password_of_the_database_is_left_out(own: object, tmp_path: Path) -> None:
    workspace = open_workspace(own.folder)  # type: ignore[attr-defined]
    written = workspace.folder / "workspace.yaml"
    url = "postgresql+psycopg://ann:secret@db.example.org/records"
    written.write_text(f"organisation: Ours # ours\nrecords: {url}\n", "utf-8")
    told = write._set_up(open_workspace(workspace.folder)).decode()
    assert "secret" not in told and "# ours" in told and "ann:***@db.example.org" in told


def test_every_file_in_it_has_the_hash_that_its_list_says(take: Take) -> None:
    found = contents(take().file)
    listed = json.loads(found.pop("manifest.json"))["files"]
    assert {name: hashlib.sha256(content).hexdigest() for name, content in found.items()} == {
        name: each["sha256"] for name, each in listed.items()
    }
    assert {"trail-anchor.jsonl", "workspace.yaml", "records/trail.jsonl"} <= set(found)


def test_a_folder_gets_a_file_named_after_organisation_and_moment(take: Take, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    taken = take(tmp_path / "backups")
    assert taken.file.parent == tmp_path / "backups" and taken.file.name.startswith("Ours-2")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("there", "exists already; name a new file"),
        ("no/folder/b", "is no folder; make it first"),
        ("house/b", "lies inside the workspace and would be lost with it"),
    ],
)
def test_a_place_that_will_not_do_is_one_line(take: Take, tmp_path: Path, place: str, sentence: str) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(RecordError, match=sentence):
        take(tmp_path / place)
    assert (tmp_path / "there").read_text() == "mine"


def test_who_may_not_back_up_is_refused(at_work: tuple[Workspace, Records], tmp_path: Path) -> None:
    workspace, _records = at_work
    with workspace.open_records(signing_in=True) as records, pytest.raises(Denied, match="may not back up"):
        write.backup(workspace, records, tmp_path / "b", "Ann", False, silent)
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("block", [1, 3, 30, 100])
def test_a_disk_that_runs_full_leaves_nothing_and_says_so(
    take: Take, tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    former, count = archive.zipfile._ZipWriteFile.write, iter(range(1, 1_000_000))  # type: ignore[attr-defined]

    def full(self: object, data: bytes) -> int:
        if next(count) > block:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return int(former(self, data))

    monkeypatch.setattr(archive.zipfile._ZipWriteFile, "write", full)  # type: ignore[attr-defined]
    before = sorted(tmp_path.iterdir())
    with pytest.raises(RecordError, match="No space left on device.*nothing was left behind"):
        take()
    assert sorted(tmp_path.iterdir()) == before


def test_a_copy_that_does_not_read_back_is_never_called_a_backup(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that writes something else than it was given."""
    former = write._read_back

    def bad(file: Path, *more: object) -> object:
        with file.open("r+b") as opened:
            opened.seek(file.stat().st_size // 2)
            opened.write(b"\x00bad\x00")
        return former(file, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(write, "_read_back", bad)
    with pytest.raises(RecordError, match="take another"):
        take()
    assert not list(tmp_path.glob("*b.clauselight*")) and not list(tmp_path.glob(".b*"))


def test_a_damaged_workspace_is_backed_up_as_it_is_and_the_damage_named(
    at_work: tuple[Workspace, Records], take: Take, tmp_path: Path
) -> None:
    workspace, records = at_work
    sha256 = workspace.store.put(b"evidence")
    documents.register(records, NewDocument("note", "The lost note", "draft", sha256=sha256), "Ann")
    workspace.store.path(sha256).unlink()
    taken = take()
    assert [each.what.en for each in taken.damage] == ["the content of 'The lost note' is missing"]
    assert [each.what.en for each in restored(taken.file, tmp_path / "new").damage] == [
        "the content of 'The lost note' is missing"
    ]


def test_only_an_empty_folder_is_restored_into(take: Take, tmp_path: Path) -> None:
    taken = take()
    for name in ("used", "file"):
        (tmp_path / "used").mkdir(exist_ok=True)
        (tmp_path / "used" / "note.txt").write_text("mine")
        (tmp_path / "file").write_text("mine")
        with pytest.raises(RecordError, match="is not empty; nothing was restored"):
            restored(taken.file, tmp_path / name)
    assert [path.name for path in (tmp_path / "used").iterdir()] == ["note.txt"]
    (tmp_path / "empty").mkdir()
    assert restored(taken.file, tmp_path / "empty").damage == []


def test_a_backup_that_was_touched_is_refused_and_leaves_nothing(take: Take, tmp_path: Path) -> None:
    """Twelve places in the file, one bit each, and cuts; a bit that changes nothing that is read may pass."""
    taken = take()
    whole = taken.file.read_bytes()
    passed = []
    for number in range(12):
        bad = bytearray(whole)
        bad[len(bad) * number // 12] ^= 1 << number % 8
        (tmp_path / "bad").write_bytes(bad)
        try:
            done = restored(tmp_path / "bad", tmp_path / f"new {number}")
        except RecordError as error:
            assert len(str(error).splitlines()) == 1 and not (tmp_path / f"new {number}").exists()
        else:
            passed.append(number)
            assert done.damage == [] and rows_of(tmp_path / f"new {number}") == rows_of_backup(taken)
    assert len(passed) <= 2
    for share in (0, 0.1, 0.5, 0.9, 0.999):
        (tmp_path / "cut").write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(RecordError, match="is no backup, or was cut short"):
            restored(tmp_path / "cut", tmp_path / "new")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".new")]


def rows_of(folder: Path) -> object:
    return rows(open_workspace(folder).records_url)["trail"]


def rows_of_backup(taken: object) -> object:
    return rows_of(restored(taken.file, taken.file.parent / f"true {os.urandom(3).hex()}").folder)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a/../../outside", "C:\\outside", "..\\outside"])
def test_no_name_in_a_backup_leads_out_of_the_folder(take: Take, tmp_path: Path, name: str) -> None:
    taken = take()
    found = contents(taken.file)
    manifest = json.loads(found["manifest.json"])
    manifest["files"][name] = {"sha256": hashlib.sha256(b"x").hexdigest(), "size": 1}
    found |= {name: b"x", "manifest.json": json.dumps(manifest).encode()}
    with zipfile.ZipFile(tmp_path / "bad", "w") as made:
        for each, content in found.items():
            made.writestr(each, content)
    with pytest.raises(RecordError, match="does not belong to the backup"):
        restored(tmp_path / "bad", tmp_path / "new")
    assert not (tmp_path / "new").exists() and not (tmp_path / "outside").exists()


def test_a_backup_of_a_newer_program_is_refused(take: Take, tmp_path: Path) -> None:
    found = contents(take().file)
    for change in ({"schema": "0099_later"}, {"format": 2}):
        manifest = json.dumps(json.loads(found["manifest.json"]) | change).encode()
        with zipfile.ZipFile(tmp_path / "bad", "w") as made:
            for each, content in (found | {"manifest.json": manifest}).items():
                made.writestr(each, content)
        with pytest.raises(RecordError, match="newer program"):
            restored(tmp_path / "bad", tmp_path / "new")
        assert not (tmp_path / "new").exists()


def test_an_older_backup_needs_a_reason_and_the_trail_keeps_it(
    at_work: tuple[Workspace, Records], take: Take, tmp_path: Path
) -> None:
    workspace, records = at_work
    taken = take()
    for number in range(3):
        concluded(records, number)
    head, place = taken.manifest.head.seq, tmp_path / "new"
    place.mkdir()
    shutil.copy(workspace.folder / "trail-anchor.jsonl", place)
    with pytest.raises(RecordError, match=f"older than the last seen head: it ends at entry {head}, .* {head + 3} is"):
        restored(taken.file, place)
    assert [path.name for path in place.iterdir()] == ["trail-anchor.jsonl"]
    done = restored(taken.file, place, "the disk broke on Sunday")
    assert (done.seen, done.damage) == (head + 3, [])
    with open_workspace(place).open_records() as again:
        last = trail.entries(again)[-1]
        assert (last.seq, last.action, last.reason) == (head + 1, "restore", "the disk broke on Sunday")
        assert json.loads(last.payload)["head"] == head and json.loads(last.payload)["seen"] == head + 3
        assert integrity.damage(open_workspace(place), again) == []
        concluded(again, 9)
    former = (place / "trail-anchor.before-restore.jsonl").read_text()
    assert former == (workspace.folder / "trail-anchor.jsonl").read_text()


def test_a_backup_that_is_as_new_as_the_anchor_asks_for_nothing(
    at_work: tuple[Workspace, Records], take: Take, tmp_path: Path
) -> None:
    workspace, records = at_work
    taken, place = take(), tmp_path / "new"
    place.mkdir()
    shutil.copy(workspace.folder / "trail-anchor.jsonl", place)
    assert restored(taken.file, place).damage == []
    with open_workspace(place).open_records() as again:
        assert trail.entries(again) == trail.entries(records)


def test_the_anchor_of_other_records_is_no_reason_to_overwrite_it(take: Take, tmp_path: Path) -> None:
    taken, place = take(), tmp_path / "new"
    place.mkdir()
    strange = json.dumps({"hash": "f" * 64, "seq": taken.manifest.head.seq})
    (place / "trail-anchor.jsonl").write_text(f"{strange}\n")
    with pytest.raises(RecordError, match="belongs to other records than this backup"):
        restored(taken.file, place, "whatever")
    assert (place / "trail-anchor.jsonl").read_text() == f"{strange}\n"


def test_a_backup_of_records_that_lost_their_end_says_so_when_it_is_restored(
    at_work: tuple[Workspace, Records], tmp_path: Path
) -> None:
    workspace, records = at_work
    head = len(trail.entries(records))
    with (workspace.folder / "trail-anchor.jsonl").open("a") as anchor:
        anchor.write(json.dumps({"hash": "e" * 64, "seq": head + 100}) + "\n")
    with workspace.open_records() as short:
        assert short.read_only
        taken = write.backup(workspace, short, tmp_path / "b", "Ann", False, silent)
    assert taken.damage and taken.manifest.seen == head + 100
    with pytest.raises(RecordError, match="older than the last seen head"):
        restored(taken.file, tmp_path / "new")
    assert restored(taken.file, tmp_path / "new", "the log was lost").damage == []
    with open_workspace(tmp_path / "new").open_records() as again:
        concluded(again, 1)
        assert integrity.damage(open_workspace(tmp_path / "new"), again) == []
