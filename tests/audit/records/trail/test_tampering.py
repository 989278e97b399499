"""Ten ways to tamper with a workspace, and three with what was signed: `verify` finds each, on both databases."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from behind import TABLES, behind_its_back, of_an_entry, seal_again
from team import Desk, audited, content, found

from audit.access.person import Person
from audit.records import Records
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.finding import findings
from audit.records.signing import signatures
from audit.records.tables import RECORDS
from audit.records.trail import replay, trail
from pipelines.reports import archive
from pipelines.upkeep.integrity import damage
from pipelines.workspace import SetUp, Workspace, make_workspace

ME = Person("me")
PACK = {"conclusions.json": b"[]", "assessment.en.html": b"<p>conforms</p>" * 99}


@dataclass(frozen=True)
class House:
    workspace: Workspace
    records: Records
    last: int
    """The entry of the last signature."""

    @property
    def pack(self) -> Path:
        return self.workspace.folder / "pack.zip"

    def found(self) -> list[str]:
        told = [*damage(self.workspace, self.records), *archive.damage(self.pack)]
        return [str(one) for one in told]


@pytest.fixture
def house(url: str, tmp_path: Path) -> Iterator[House]:
    """A document with a file, an audit with answers, a conclusion and a finding, and its signature."""
    workspace = make_workspace(tmp_path / "house", SetUp(organisation="A test", records=url))
    (workspace.folder / "pack.zip").write_bytes(archive.packed(PACK))
    with workspace.open_records() as records:
        sha256 = workspace.store.put(b"How we ask, in full")
        documents.register(records, NewDocument("survey method", "How we ask", sha256=sha256, file="how.txt"), ME)
        audited(records, ME, ME)
        run = workspace.runs / "run-1"
        run.mkdir(parents=True)
        (run / "SHA256SUMS").write_bytes(b"")
        shown = content(records) | {"run": {"id": "run-1", "sha256sums": hashlib.sha256(b"").hexdigest()}}
        signed = Desk(records, workspace.store).sign(ME, content=shown)
        yield House(workspace, records, signed.seq)


def statements(*texts: str) -> Callable[[House], None]:
    return lambda house: behind_its_back(house.records, *(text.format(last=house.last) for text in texts))


def resealed(*texts: str) -> Callable[[House], None]:
    def tamper(house: House) -> None:
        statements(*texts)(house)
        seal_again(house.records)

    return tamper


def moved(house: House, *moves: tuple[int, int]) -> None:
    for table in TABLES:
        behind_its_back(house.records, *[f"update {table} set seq = {new} where seq = {old}" for old, new in moves])


def inserted(house: House) -> None:
    moved(house, *((seq, seq + 1) for seq in range(house.last, 2, -1)))
    behind_its_back(house.records, of_an_entry(2, seq="3", previous="'x'", hash="'y'"))


def cut(house: House) -> None:
    behind_its_back(house.records, *[f"delete from {table} where seq >= {house.last - 1}" for table in TABLES])


def blob(house: House, sha256: str = "") -> Path:
    return house.workspace.store.path(sha256 or documents.current(house.records)[0].sha256)


def flipped(file: Path) -> None:
    file.chmod(0o644)
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 1
    file.write_bytes(held)


def pack_edited(house: House) -> None:
    """Packed again with another page, and with the sums as they were."""
    with zipfile.ZipFile(house.pack) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["assessment.en.html"] = held["assessment.en.html"].replace(b"conforms", b"conformed", 1)
    with zipfile.ZipFile(house.pack, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


def snapshot_swapped(house: House) -> None:
    """The content of the snapshot is replaced under its old name."""
    path = blob(house, signatures.every(house.records)[0].sha256)
    path.chmod(0o644)
    told = json.loads(path.read_bytes())
    told["recorded"]["decisions"]["9.1.2-a"]["concluded"] = "conforms"
    path.write_bytes(json.dumps(told).encode())


def run_rewritten(house: House) -> None:
    """A run whose files and sums were both written anew is sound in itself."""
    folder = house.workspace.runs / "run-1"
    (folder / "assessment.json").write_bytes(b"[]")
    (folder / "SHA256SUMS").write_text(f"{hashlib.sha256(b'[]').hexdigest()}  assessment.json\n")


TAMPERINGS: dict[str, tuple[Callable[[House], None], str]] = {
    "an entry is edited": (
        statements("update trail set actor = 'you' where seq = 1"),
        "entry 1 (document DOC-001): this entry was changed",
    ),
    "an entry is deleted": (
        statements("delete from documents where seq = 1", "delete from trail where seq = 1"),
        "entry 1 is missing",
    ),
    "an entry is inserted": (inserted, "entry 3 (audit AUD-001): this entry does not follow entry 2"),
    "entries are reordered": (
        lambda house: moved(house, (1, 99), (2, 1), (99, 2)),
        "entry 1 (audit AUD-001): this entry does not follow entry 0",
    ),
    "the tail is cut": (cut, "was written once and is missing"),
    "the trail is rewritten and sealed again": (
        resealed(
            "update documents set title = 'Other' where seq = 1",
            "update trail set payload = replace(payload, 'How we ask', 'Other') where seq = 1",
        ),
        "entry 1 is not the one that was written first",
    ),
    "a byte of a document is changed": (lambda house: flipped(blob(house)), "this file was changed after it was kept"),
    "a document is deleted": (lambda house: blob(house).unlink(), "the content of 'How we ask' is missing"),
    "the anchor is deleted": (
        lambda house: (house.workspace.folder / "trail-anchor.jsonl").unlink(),
        "the anchor is missing",
    ),
    "the pack is edited": (pack_edited, "assessment.en.html: is changed"),
    "a signature is edited": (
        statements("update signatures set name = 'you'"),
        "the row is not what the trail says: name",
    ),
    "a signature is deleted": (statements("delete from signatures"), "the trail names it, but its row is missing"),
    "a signature and its entry are edited": (
        resealed(
            "update signatures set meaning = 'auditee'",
            "update trail set payload = replace(payload, 'lead auditor', 'auditee') where seq = {last}",
        ),
        "is not the one that was written first",
    ),
    "what was signed is swapped": (snapshot_swapped, "what was signed is gone or altered"),
    "what was signed is deleted": (
        lambda house: blob(house, signatures.every(house.records)[0].sha256).unlink(),
        "what was signed is gone or altered",
    ),
    "a role is changed": (
        statements("update trail set role = 'auditor' where seq = {last}"),
        "this entry was changed after it was written",
    ),
    "an identity is added": (
        statements("update trail set identity = 'https://id|me' where seq = {last}"),
        "this entry was changed",
    ),
    "a run that was signed is rewritten": (run_rewritten, "run run-1 is not the one that was signed"),
}


def test_what_nobody_touched_is_whole(house: House) -> None:
    assert house.found() == []


@pytest.mark.parametrize(("tamper", "told"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_every_tampering_is_found(house: House, tamper: Callable[[House], None], told: str) -> None:
    tamper(house)
    every = house.found()
    assert every and any(told in line for line in every), every


def test_a_change_by_the_program_itself_is_no_tampering(house: House) -> None:
    findings.raise_finding(house.records, found(""), ME)
    documents.revise(house.records, "DOC-001", ME, "Yearly review", status="in review")
    assert house.found() == []


def test_the_trail_alone_tells_the_state_of_the_tables(house: House) -> None:
    state = replay.replay(trail.entries(house.records))
    assert state["document"][("DOC-001",)]["title"] == "How we ask"
    assert state["audit"][("AUD-001",)]["state"] == "reporting"
    assert state["decision"][("AUD-001", "9.1.2-a")]["concluded"] == "does not conform"
    assert state["finding"][("F-001",)]["grade"] == "observation"
    assert replay.damage(house.records) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("update documents set title = 'Other'", "(document DOC-001): the tables tell something else: title"),
        ("update audits set state = 'closed'", "(audit AUD-001): the tables tell something else: state"),
        ("update decisions set concluded = 'conforms'", "(decision AUD-001 9.1.2-a): the tables tell something else"),
        ("update answers set note = 'they guess'", "(answer AUD-001 9.1.2-a-4): the tables tell something else: note"),
        ("update findings set statement = 'None'", "(finding F-001): the tables tell something else: statement"),
        ("delete from findings", "(finding F-001): the trail tells of it, and the tables do not"),
        ("update signatures set sha256 = ''", "lead auditor me): the tables tell something else: sha256"),
        ("update findings set id = 'F-009'", "(finding F-009): the tables tell of it, and the trail does not"),
    ],
)
def test_a_state_that_the_trail_does_not_tell_is_found_by_replaying(house: House, statement: str, told: str) -> None:
    behind_its_back(house.records, statement)
    assert any(told in str(one) for one in replay.damage(house.records))


def test_every_kind_of_record_is_known_by_columns_that_it_has() -> None:
    for kind in RECORDS:
        assert set(replay.KNOWN_BY.get(kind.object, ("id",))) <= {column.name for column in kind.__table__.columns}
    assert replay.READERS.keys() <= {kind.object for kind in RECORDS}
