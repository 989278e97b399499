"""Every file of a pack changed with sums that fit: none is taken for what this workspace gave out."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from audit.access.person import Person
from audit.records import Records
from audit.records.auditing import decisions
from audit.records.reviewing import review_decisions, reviews
from audit.records.reviewing.review_decisions import NewDecision
from audit.records.reviewing.reviews import NewReview
from audit.signing.signed import LEAD
from pipelines.__main__ import main
from pipelines.reports import archive, given_out, origin
from pipelines.runs import results
from pipelines.signing import signing
from pipelines.workspace import Workspace, open_workspace
from tests.audit.records.team import audited
from tests.pipelines.conftest import Ours, clock
from tests.pipelines.reports.findings_to_tell import DAY, DUE, Files, built, held, raised

ME = Person("me")
PAGES = ["assessment.en.html", "assessment.zh.html"]
UNHELD = [*PAGES, "signatures.json"]
"""What nothing in the workspace can be held against without a note: pages, and whether a signature stood that day."""


@dataclass(frozen=True)
class House:
    workspace: Workspace
    records: Records
    pack: bytes

    def compared(self, files: Files, to: Path) -> origin.Compared:
        return origin.compared(self.workspace, self.records, mended(files, to))


def mended(files: Files, to: Path) -> Path:
    """A pack of these files with sums that fit."""
    file = to / "pack.zip"
    file.write_bytes(archive.packed({name: content for name, content in files.items() if name != archive.SUMS}))
    assert archive.damage(file) == []
    return file


@pytest.fixture(scope="module")
def house(ours: Ours, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An audit that is signed, a finding, a review and a conclusion in it; for reading only."""
    workspace = open_workspace(shutil.copytree(ours.folder, tmp_path_factory.mktemp("origin") / "house"))
    with workspace.open_records(clock) as records:
        run = results.latest(workspace)
        assert run
        content = signing.of_audit(workspace, records, audited(records, ME, ME, run=run.id))
        signing.sign(workspace, records, content, LEAD, ME)
        raised(records)
        review = reviews.hold(records, NewReview(DAY, DAY, DAY, "Director", run.id), ME).id
        review_decisions.decide(records, NewDecision(review, "9.3.2-c1", "improvement", "Ask", "Ben", DUE), ME)
        yield House(workspace, records, built(workspace, records))


def digit(found: re.Match[bytes]) -> bytes:
    return b"8" if found[0] == b"7" else b"7"


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "a line more": lambda content: content + b"\n",
    "a byte less": lambda content: content[:-1],
    "emptied": lambda content: b"",
    "an empty list": lambda content: b"[]",
    "an empty object": lambda content: b"{}",
    "another first digit": lambda content: re.sub(rb"\d", digit, content, count=1),
    "another last digit": lambda content: re.sub(rb"\d(?=\D*\Z)", digit, content, count=1),
}


def _queries(files: Files) -> list[str]:
    return sorted(name for name in files if name.startswith("queries/"))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_file_can_be_changed_in_silence(house: House, tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    files = held(house.pack)
    others = [
        name
        for name in files
        if change(files[name]) != files[name] and name not in {archive.SUMS, *_queries(files)[1:]}
    ]
    assert {"assessment.en.html", "documents.csv", "measurements.csv", "signatures.json", "run.json"} <= {*others}
    silent = []
    for name in others:
        found = house.compared({**files, name: change(files[name])}, tmp_path)
        told = {*found.unheld, *(each.where for each in found.damage)}
        silent += [] if told & {name, "pack.zip"} else [name]
    assert silent == []


def test_each_query_is_held_against_the_run(house: House, tmp_path: Path) -> None:
    files = held(house.pack)
    queries = _queries(files)
    found = house.compared({**files, **{name: files[name] + b" " for name in queries}}, tmp_path)
    assert len(queries) > 1 and [each.where for each in found.damage] == queries


def test_without_a_note_the_pack_as_it_was_given_out_is_not_damaged_and_not_called_whole(
    house: House, tmp_path: Path
) -> None:
    assert house.compared(held(house.pack), tmp_path) == origin.Compared([], UNHELD)


def test_a_pack_that_was_made_while_the_records_went_on_is_of_one_entry(
    own: Ours, own_records: Records, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A conclusion that falls between the reading of the head and that of the conclusions is not in the pack."""
    usual = decisions.current

    def late(*given: Any, **more: Any) -> Any:
        monkeypatch.undo()
        audited(own_records, ME, ME)
        return usual(*given, **more)

    monkeypatch.setattr(decisions, "current", late)
    files = held(built(own.workspace, own_records))
    assert json.loads(files["conclusions.json"]) == []
    assert origin.compared(own.workspace, own_records, mended(files, tmp_path)) == origin.Compared([], PAGES)


def rows(name: str, change: Callable[[list[Any]], object]) -> Callable[[Files], object]:
    def write(files: Files) -> None:
        content = json.loads(files[name])
        change(content)
        files[name] = json.dumps(content, indent=1, ensure_ascii=False).encode()

    return write


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Files], object]:
    def write(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return write


SIGNED, CONCLUDED = "signatures.json", "conclusions.json"
FORGED: dict[str, tuple[Callable[[Files], object], list[str], list[str]]] = {
    "another owner of a document": (replaced("documents.csv", b"approved", b"draft"), ["documents.csv"], UNHELD),
    "a figure": (replaced("measurements.csv", b"\n", b"\nnps,year,"), ["measurements.csv"], UNHELD),
    "a table with another column": (
        replaced("documents.csv", b",link\n", b"\n"),
        [],
        ["assessment.en.html", "assessment.zh.html", "documents.csv", SIGNED],
    ),
    "a query taken out": (lambda files: files.pop("queries/kpis/nps.sql"), ["queries/kpis/nps.sql"], UNHELD),
    "a page taken out": (lambda files: files.pop(PAGES[0]), [PAGES[0]], UNHELD[1:]),
    "a file more": (lambda files: files.update({"z.html": b"<p>"}), [], [*UNHELD, "z.html"]),
    "somebody else signed": (rows(SIGNED, lambda every: every[0].update(name="Eve")), [SIGNED], PAGES),
    "signed on another day": (rows(SIGNED, lambda every: every[0].update(at="2026-01-01")), [SIGNED], PAGES),
    "a signature under nothing": (
        rows(SIGNED, lambda every: every.append({"what": "x", "what_id": "y"})),
        [SIGNED],
        PAGES,
    ),
    "a signature taken out": (rows(SIGNED, lambda every: every.clear()), [], UNHELD),
    "a conclusion taken out": (rows(CONCLUDED, lambda every: every.clear()), [CONCLUDED], UNHELD),
    "something else was proposed": (
        rows(CONCLUDED, lambda every: every[0].update(proposed="undetermined")),
        [CONCLUDED],
        UNHELD,
    ),
    "no audit": (lambda files: files.update({"audit.json": b"{}"}), ["findings.json"], [*PAGES, "audit.json", SIGNED]),
    "an entry that no trail can have": (
        replaced("trail-head.json", b'"seq": ', b'"seq": 9' + b"0" * 30),
        ["pack.zip"],
        [],
    ),
}


@pytest.mark.parametrize(("change", "damaged", "unheld"), FORGED.values(), ids=FORGED)
def test_what_can_be_made_again_is_named_and_the_rest_is_told_apart(
    house: House, tmp_path: Path, change: Callable[[Files], object], damaged: list[str], unheld: list[str]
) -> None:
    files = held(house.pack)
    change(files)
    found = house.compared(files, tmp_path)
    assert [str(each.where) for each in found.damage] == damaged
    assert sorted(found.unheld) == sorted(unheld)


@pytest.fixture
def given(own: Ours, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The file that the command wrote."""
    file = tmp_path / "given.zip"
    assert main(["report", "pack", "--to", str(file), "--workspace", str(own.folder)]) == 0
    capsys.readouterr()
    return file


def said(pack: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, Any]:
    asked = ["verify", str(pack), "--workspace", str(folder)]
    code, text = main(asked), capsys.readouterr().out
    assert main([*asked, "--json"]) == code
    return code, text, json.loads(capsys.readouterr().out)


def test_what_the_command_gave_out_is_whole(own: Ours, given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, document = said(given, own.folder, capsys)
    assert (code, text.split()) == (0, ["where", "what", "all", "whole"])
    assert document == {"ok": True, "damage": [], "not_compared": []}


@pytest.mark.parametrize("name", [*PAGES, "queries/kpis/nps.sql", "documents.csv", "signatures.json"])
def test_what_was_changed_since_it_was_given_out_is_not_whole(
    own: Ours, given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    files = held(given.read_bytes())
    code, text, document = said(mended({**files, name: files[name] + b" "}, tmp_path), own.folder, capsys)
    assert "whole" not in text and name in text
    assert code == (0 if name in document["not_compared"] else 1) == (0 if document["ok"] else 1)
    assert (name in document["not_compared"]) != (name in {each["where"] for each in document["damage"]})


def test_without_its_note_the_pages_are_named(own: Ours, given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own.folder / given_out.FILE).unlink()
    code, text, document = said(given, own.folder, capsys)
    why = "not compared, because this workspace has no note that it gave this pack out"
    assert (code, [re.split("  +", line) for line in text.splitlines()[1:]]) == (0, [[page, why] for page in PAGES])
    assert document == {"ok": True, "damage": [], "not_compared": PAGES}


def test_a_run_that_cannot_be_read_is_said_of_the_workspace(
    own: Ours, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own.folder / given_out.FILE).unlink()
    (own.folder / "runs" / own.after / "documents.json").unlink()
    assert main(["verify", str(given), "--workspace", str(own.folder)]) == 2
    assert f"run {own.after} cannot be read" in capsys.readouterr().err
