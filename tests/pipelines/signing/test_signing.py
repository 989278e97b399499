"""What is put before a signer, what makes a signature superseded, and a pack held against where it came from."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from audit.access.person import Person
from audit.errors import RecordError
from audit.evidence import Verdict
from audit.records import Records
from audit.records.auditing import audit_steps, audits, decisions
from audit.records.auditing.audits import NewAudit
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.reviewing import review_decisions, reviews
from audit.records.reviewing.review_decisions import NewDecision
from audit.records.reviewing.reviews import NO_RUN, NewReview
from audit.records.signing import signatures
from audit.signing.signed import LEAD, PACK, REPRESENTATIVE, REVIEW
from audit.text import Language
from pipelines.reports import archive, origin, pack
from pipelines.reports.sign_off import sheet
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.signing import signing
from pipelines.upkeep import turn
from pipelines.upkeep.integrity import damage
from pipelines.workspace import Workspace
from tests.audit.records.team import audited
from tests.pipelines.conftest import Ours

ME = Person("me")


@dataclass(frozen=True)
class Here:
    workspace: Workspace
    records: Records
    run: Run

    def standing(self) -> signing.Standing:
        return signing.standing(self.workspace, self.records, signatures.every(self.records)[0])

    def sign(self, content: dict[str, Any]) -> None:
        signing.sign(self.workspace, self.records, content, LEAD, ME)

    def conclude(self, audit: str = "", reason: str = "Seen again") -> None:
        requirement, was = "9.1.2-a", Verdict.CONFORMS
        decisions.conclude(self.records, requirement, self.run.id, was, Verdict.UNDETERMINED, ME, reason, audit=audit)


@pytest.fixture
def here(own: Ours, own_records: Records) -> Iterator[Here]:
    latest = results.latest(own.workspace)
    assert latest
    yield Here(own.workspace, own_records, latest)


def test_the_run_is_signed_by_the_sum_of_its_sums_and_its_criteria(here: Here) -> None:
    content = signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run=here.run.id))
    sums = (here.workspace.runs / here.run.id / "SHA256SUMS").read_bytes()
    assert content["run"]["sha256sums"] == hashlib.sha256(sums).hexdigest()
    assert (content["run"]["id"], content["run"]["criteria"]) == (here.run.id, {})
    here.sign(content)
    assert not here.standing().superseded


def test_an_audit_that_names_no_run_is_signed_with_the_last_one_and_later_runs_change_nothing(
    here: Here, own: Ours
) -> None:
    here.sign(signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run="")))
    (here.workspace.runs / "latest").write_text(own.before)
    assert not here.standing().superseded


def test_a_conclusion_supersedes_and_is_told(here: Here) -> None:
    here.sign(signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run=here.run.id)))
    here.conclude("AUD-001")
    places = [each.place[-1] for each in here.standing().changes]
    assert places == ["concluded", "reason", "run"]


def test_what_has_nothing_to_do_with_it_does_not_supersede(here: Here) -> None:
    here.sign(signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run=here.run.id)))
    documents.register(here.records, NewDocument("survey method", "Another"), ME)
    assert not here.standing().superseded


def test_a_signed_pack_is_kept_and_superseded_by_another_conclusion(here: Here) -> None:
    content = signing.of_pack(here.workspace, here.records, here.run)
    here.sign(content)
    pack = here.workspace.store.get(content["pack"]["sha256"])
    assert zipfile.is_zipfile(io.BytesIO(pack)) and content["what"] == PACK
    assert not here.standing().superseded and damage(here.workspace, here.records) == []
    here.conclude()
    assert here.standing().superseded


@pytest.mark.parametrize("kept", [True, False], ids=["of a run", "before there were runs"])
def test_a_review_is_signed_with_its_run_or_without_one(here: Here, kept: bool) -> None:
    day = dt.date(2026, 3, 16)
    review = NewReview(day, day, day, "Director", here.run.id if kept else NO_RUN)
    content = signing.of_review(here.workspace, here.records, reviews.hold(here.records, review, ME).id)
    assert bool(content["run"]) == kept
    assert content["recorded"][REVIEW]["run"] == review.run
    signing.sign(here.workspace, here.records, content, REPRESENTATIVE, ME)
    assert not here.standing().superseded and damage(here.workspace, here.records) == []


def held_and_decided(here: Here) -> tuple[str, str]:
    day = dt.date(2026, 3, 16)
    review = reviews.hold(here.records, NewReview(day, day, day, "Director", here.run.id), ME).id
    new = NewDecision(review, "9.3.2-c1", "improvement", "Ask private customers, too", "Head of Sales", day)
    return review, review_decisions.decide(here.records, new, ME).id


@pytest.mark.parametrize(
    ("change", "then"),
    [
        (lambda records, id: review_decisions.redecide(records, id, 1, ME, "Ill", owner="Director"), ["owner"]),
        (lambda records, id: review_decisions.drop(records, id, 1, ME, "Too dear"), ["status"]),
        (lambda records, id: review_decisions.done(records, id, 1, ME, dt.date(2026, 3, 17)), []),
    ],
    ids=["another owner", "dropped", "carried out"],
)
def test_a_signed_review_stands_until_what_it_decided_changes(
    here: Here, change: Callable[[Records, str], object], then: list[str]
) -> None:
    review, decision = held_and_decided(here)
    content = signing.of_review(here.workspace, here.records, review)
    signing.sign(here.workspace, here.records, content, REPRESENTATIVE, ME)
    change(here.records, decision)
    assert [each.place for each in here.standing().changes] == [
        ("recorded", "decisions", decision, part) for part in then
    ]


def test_a_decision_that_was_dropped_is_not_signed_as_if_it_stood(here: Here) -> None:
    review, decision = held_and_decided(here)
    review_decisions.drop(here.records, decision, 1, ME, "Too dear")
    content = signing.of_review(here.workspace, here.records, review)
    assert content["recorded"]["decisions"][decision]["status"] == "dropped"
    review_decisions.reopen(here.records, decision, 2, ME, "It is cheaper now")
    assert "status" not in signing.of_review(here.workspace, here.records, review)["recorded"]["decisions"][decision]


@pytest.mark.parametrize(
    ("language", "conclusions", "decided"), [("en", "conclusions", "decisions"), ("zh", "结论", "决定")]
)
def test_an_audit_s_sheet_shows_conclusions_and_a_review_s_decisions(
    here: Here, language: Language, conclusions: str, decided: str
) -> None:
    def headings(content: dict[str, Any]) -> list[str]:
        shown = sheet("Ours", content, [], here.records, language)
        return re.findall("<h3>(.*?)</h3>", shown)

    review, _ = held_and_decided(here)
    of_review = headings(signing.of_review(here.workspace, here.records, review))
    of_audit = headings(signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run=here.run.id)))
    assert decided in of_review and conclusions not in of_review
    assert conclusions in of_audit and decided not in of_audit


def test_a_signed_pack_that_is_lost_is_found(here: Here) -> None:
    content = signing.of_pack(here.workspace, here.records, here.run)
    here.sign(content)
    here.workspace.store.path(content["pack"]["sha256"]).unlink()
    (found,) = damage(here.workspace, here.records)
    assert found.what.en == "the pack that was signed is missing"


def forged(change: Callable[[dict[str, bytes]], None], file: Path) -> None:
    """A pack with something else in it, and with sums that fit."""
    with zipfile.ZipFile(file) as archived:
        inside = {name: archived.read(name) for name in archived.namelist() if name != archive.SUMS}
    change(inside)
    file.write_bytes(archive.packed(inside))


def held(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as archived:
        return {name: archived.read(name) for name in archived.namelist()}


def test_a_pack_says_who_signed_in_which_role_and_which_signatures_still_stand(here: Here) -> None:
    here.sign(signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run=here.run.id)))
    before = held(pack.build(here.workspace, here.records, here.run))
    here.conclude("AUD-001")
    after = held(pack.build(here.workspace, here.records, here.run))
    told = [[each["standing"] for each in json.loads(files["signatures.json"])] for files in (before, after)]
    assert told == [["valid"], ["superseded"]]
    assert "<td>valid</td>" in before["assessment.en.html"].decode()
    assert "<td>superseded</td>" in after["assessment.en.html"].decode()
    assert "<td>已被取代</td>" in after["assessment.zh.html"].decode()
    assert '<td>me<br><span class="muted">本机用户</span>' in after["assessment.zh.html"].decode()


def test_a_signature_that_cannot_be_checked_is_said_and_no_pack_is_refused_for_it(here: Here) -> None:
    here.sign(signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run=here.run.id)))
    here.workspace.store.path(signatures.every(here.records)[0].sha256).unlink()
    files = held(pack.build(here.workspace, here.records, here.run))
    assert [each["standing"] for each in json.loads(files["signatures.json"])] == ["cannot be checked"]
    assert "<td>无法核对</td>" in files["assessment.zh.html"].decode()


def test_a_signed_pack_stays_byte_for_byte_what_it_was_when_signatures_are_superseded(
    here: Here, tmp_path: Path
) -> None:
    here.sign(signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run=here.run.id)))
    content = signing.of_pack(here.workspace, here.records, here.run)
    here.sign(content)
    here.conclude("AUD-001")
    kept = here.workspace.store.get(content["pack"]["sha256"])
    (tmp_path / "pack.zip").write_bytes(kept)
    assert [each["standing"] for each in json.loads(held(kept)["signatures.json"])] == ["valid"]
    assert origin.compared(here.workspace, here.records, tmp_path / "pack.zip").damage == []


def test_a_pack_names_the_audit_of_its_conclusions_and_keeps_others_apart(here: Here) -> None:
    """The open one is AUD-002; AUD-001 is closed and signed, and so is a pack of the open one."""
    here.sign(signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run=here.run.id)))
    audit_steps.close(here.records, "AUD-001", ME)
    period = {"period_from": dt.date(2026, 1, 1), "period_to": dt.date(2026, 6, 30)}
    new = NewAudit("Returns <2027>", "iso-9001-2015", objectives="Kept?", scope="All", lead="me", **period)
    second = audits.create(here.records, new, ME).id
    audit_steps.begin(here.records, second, ["9.1.2-a"], ME)
    here.sign(signing.of_pack(here.workspace, here.records, here.run))
    files = held(pack.build(here.workspace, here.records, here.run))
    told, page = json.loads(files["audit.json"]), files["assessment.en.html"].decode()
    assert (told["id"], told["title"], told["period_from"], told["period_to"]) == (
        second, "Returns <2027>", "2026-01-01", "2026-06-30",
    )  # fmt: skip
    assert "Audit AUD-002: Returns &lt;2027&gt;" in page and "audit period 1 Jan 2026 to 30 Jun 2026" in page
    assert "Data from" in page and "Audit period" not in page
    assert [each["audit"] for each in json.loads(files["signatures.json"])] == ["AUD-001", "AUD-002"]
    own, others = page.split("Signatures of other audits")
    assert "evidence pack" in own.split("<h2>Signatures</h2>")[1] and "audit AUD-001" not in own
    assert "audit AUD-001" in others and "evidence pack" not in others


def test_a_pack_outside_of_an_open_audit_says_so(here: Here) -> None:
    here.conclude()
    files = held(pack.build(here.workspace, here.records, here.run))
    assert json.loads(files["audit.json"]) == {}
    assert "No audit was open when this was made" in files["assessment.en.html"].decode()


def test_an_audit_that_a_pack_made_up_is_found(here: Here, tmp_path: Path) -> None:
    audited(here.records, ME, ME, run=here.run.id)
    file = tmp_path / "pack.zip"
    file.write_bytes(pack.build(here.workspace, here.records, here.run))
    assert origin.compared(here.workspace, here.records, file).damage == []
    forged(replaced("audit.json", "Complaints", "Other words"), file)
    (found,) = origin.compared(here.workspace, here.records, file).damage
    assert str(found) == "audit.json: audit AUD-001 was never as it stands here"


def replaced(name: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(held: dict[str, bytes]) -> None:
        assert old.encode() in held[name]
        held[name] = held[name].replace(old.encode(), new.encode(), 1)

    return change


def concluded(held: dict[str, bytes]) -> None:
    rows = json.loads(held["conclusions.json"])
    rows[0]["concluded"] = "conforms"
    held["conclusions.json"] = json.dumps(rows).encode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda held: None, []),
        (replaced("assessment.json", "conform", "CONFORM"), ["assessment.json: is not what run {run} holds"]),
        (replaced("run.json", "{run}", "2020-01-01-0"), ["run.json: run 2020-01-01-0 is not in this workspace"]),
        (concluded, ["conclusions.json: nobody concluded so on 9.1.2-a"]),
        (replaced("trail-head.json", '"hash": "', '"hash": "0'), ["trail-head.json: entry {seq} of the trail has"]),
        (lambda held: held.pop("run.json"), ["pack.zip: it is no pack of this program ('run.json')"]),
    ],
    ids=["untouched", "verdict", "run", "conclusion", "trail", "no run"],
)
def test_a_pack_that_was_forged_with_fitting_sums_is_found_against_its_workspace(
    here: Here, tmp_path: Path, change: Callable[[dict[str, bytes]], None], told: list[str]
) -> None:
    here.conclude()
    pack = tmp_path / "pack.zip"
    content = signing.of_pack(here.workspace, here.records, here.run)
    pack.write_bytes(here.workspace.store.get(content["pack"]["sha256"]))
    if change.__name__ == "change" and told and "2020" in told[0]:
        change = replaced("run.json", here.run.id, "2020-01-01-0")
    forged(change, pack)
    assert archive.damage(pack) == []
    found = [str(one) for one in origin.compared(here.workspace, here.records, pack).damage]
    seq = json.loads(zipfile.ZipFile(pack).read("trail-head.json"))["seq"]
    expected = [line.format(run=here.run.id, seq=seq) for line in told]
    assert len(found) == len(expected) and all(map(str.startswith, found, expected)), found


def test_while_somebody_takes_out_of_the_workspace_nothing_is_put_into_it(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is alone sweeps up what looks unfinished: a snapshot that is just being written must not be there."""
    monkeypatch.setattr(turn, "WAIT", 0.1)
    content = signing.of_audit(here.workspace, here.records, audited(here.records, ME, ME, run=here.run.id))
    kept = [*here.workspace.store.files()]
    with turn.alone(here.workspace):
        for put in (lambda: here.sign(content), lambda: signing.of_pack(here.workspace, here.records, here.run)):
            with pytest.raises(RecordError, match="nothing was changed: try again later"):
                put()
    assert [*here.workspace.store.files()] == kept and signatures.every(here.records) == []
    here.sign(content)
    assert len(signatures.every(here.records)) == 1
