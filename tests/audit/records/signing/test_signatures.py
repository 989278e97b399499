"""Who may sign what, in which meaning, and what becomes of a signature when what was signed changes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from team import ANN, BEN, CEM, DANA, EVE, VIC, Desk, audited, content, desk, found

from audit.access.person import Person
from audit.access.roles import PERMISSIONS, Role
from audit.auditing.plan import Auditor, PlanItem
from audit.errors import Denied, KeptAlready, RecordError, SignInAgain
from audit.evidence import Grade, Verdict
from audit.finding.grading import Answers
from audit.records import Records
from audit.records.access import people
from audit.records.auditing import audit_steps, audits, decisions
from audit.records.auditing.audits import NewAudit
from audit.records.finding import findings
from audit.records.signing import signatures
from audit.records.trail import trail
from audit.signing.signed import AUDIT, MEANINGS, sha256


@pytest.fixture
def signing(url: str, tmp_path: Path) -> Iterator[Desk]:
    """Everybody signs in; AUD-001 is reporting, with one conclusion and one finding by Ben."""
    made = desk(url, tmp_path, True)
    audited(made.records)
    with made.records:
        yield made


@pytest.fixture
def local(url: str, tmp_path: Path) -> Iterator[Desk]:
    made = desk(url, tmp_path, False)
    with made.records:
        yield made


def test_a_signature_says_who_signed_exactly_what_when_and_in_which_meaning(signing: Desk) -> None:
    shown = content(signing.records)
    made = signing.sign(ANN, content=shown, reason="as reported")
    assert (made.name, made.meaning, made.verified, made.independent) == ("Ann", "lead auditor", True, True)
    kept = signing.store.get(made.sha256)
    assert json.loads(kept) == shown and hashlib.sha256(kept).hexdigest() == made.sha256
    entry = trail.entries(signing.records)[-1]
    assert (entry.seq, entry.action, entry.object, entry.object_id) == (made.seq, "sign", "signature", "audit AUD-001")
    assert (entry.role, entry.identity, entry.time) == ("auditor", "https://id|Ann", made.at)
    assert json.loads(entry.payload)["sha256"] == made.sha256
    assert signatures.of(signing.records, AUDIT, "AUD-001") == [made] == signatures.every(signing.records)


def test_what_is_signed_is_the_audit_as_recorded(signing: Desk) -> None:
    told = content(signing.records)["recorded"]
    assert told["audit"]["objectives"] == "Is 9.1.2 lived?" and told["audit"]["plan"][0]["what"] == "9.1.2"
    assert told["decisions"]["9.1.2-a"] == {
        "requirement_id": "9.1.2-a", "run": "run-1", "proposed": "conforms", "concluded": "does not conform",
        "by": "Ben", "reason": "Half are missing",
    }  # fmt: skip
    assert told["answers"]["9.1.2-a-4"]["note"] == "they know"
    assert (told["findings"]["F-001"]["grade"], told["findings"]["F-001"]["statement"]) == (
        "observation",
        "Half of the answers are missing",
    )


@pytest.mark.parametrize(
    ("who", "meaning"),
    [(ANN, "lead auditor"), (CEM, "auditee"), (CEM, "management representative"), (DANA, "management representative")],
)
def test_who_may_sign(signing: Desk, who: Person, meaning: str) -> None:
    made = signing.sign(who, meaning)
    assert (made.meaning, made.independent) == (meaning, True)


@pytest.mark.parametrize(
    ("who", "meaning", "told"),
    [
        (BEN, "lead auditor", "Ben is not the lead auditor; ask Ann to sign"),
        (CEM, "lead auditor", "quality manager does not sign as lead auditor; ask somebody who is auditor"),
        (BEN, "auditee", "Ben wrote decision 9.1.2-a, answer 9.1.2-a-4, finding F-001 and cannot sign it as auditee"),
        (ANN, "auditee", "Ann is of the audit team and cannot sign as auditee; ask somebody who did not audit"),
        (ANN, "management representative", "auditor does not sign as management representative"),
        (CEM, "witness", "'witness' does not sign a audit; choose one of: lead auditor, auditee"),
    ],
)
def test_who_may_not_sign_is_told_why(signing: Desk, who: Person, meaning: str, told: str) -> None:
    with pytest.raises(RecordError, match=told):
        signing.sign(who, meaning)
    assert signatures.every(signing.records) == []


@pytest.mark.parametrize("who", [EVE, VIC, Person("Ann"), Person("Ann", "https://id|other", "x@example.org")])
@pytest.mark.parametrize("meaning", ["lead auditor", "auditee", "management representative"])
def test_administrators_viewers_and_names_without_a_role_cannot_sign(signing: Desk, who: Person, meaning: str) -> None:
    with pytest.raises(Denied, match="may not sign"):
        signing.sign(who, meaning)
    assert signatures.every(signing.records) == []


def test_the_table_of_roles_lets_neither_administrator_nor_guest_sign() -> None:
    assert PERMISSIONS["sign"] == {Role.AUDITOR, Role.QUALITY_MANAGER, Role.LOCAL_USER}


def test_who_raised_a_finding_does_not_sign_as_auditee(signing: Desk) -> None:
    raised = findings.raise_finding(signing.records, found("AUD-001", None), CEM)
    findings.grade(signing.records, raised.id, 1, BEN, Grade.OBSERVATION, Answers(), "Seen once")
    with pytest.raises(RecordError, match="Cem wrote finding F-002 and cannot sign it as auditee; ask"):
        signing.sign(CEM, "auditee")
    assert signing.sign(DANA, "auditee").independent


@pytest.mark.parametrize("named", ["auditors", "plan"])
def test_who_is_of_the_team_does_not_sign_for_those_who_were_audited(signing: Desk, named: str) -> None:
    team = {"auditors": (Auditor("dana@example.org"),), "plan": (PlanItem(None, "8.2.1", "Dana"),)}
    audit_steps.close(signing.records, "AUD-001", ANN)
    new = NewAudit("Orders", "iso-9001-2015", objectives="o", scope="s", lead="Ann", **{named: team[named]})
    id = audits.create(signing.records, new, ANN).id
    audit_steps.begin(signing.records, id, ["8.2.1-a"], ANN, run="run-1")
    audit_steps.report(signing.records, id, ANN, run="run-1")
    shown = content(signing.records, id=id)
    for meaning in ("auditee", "management representative"):
        with pytest.raises(RecordError, match=f"Dana is of the audit team and cannot sign as {meaning}"):
            signing.sign(DANA, meaning, content=shown)
    assert signing.sign(CEM, "auditee", content=shown).independent


def test_who_only_follows_a_finding_up_is_no_author_of_the_report(signing: Desk) -> None:
    before = sha256(content(signing.records))
    findings.assign(signing.records, "F-001", 1, CEM, "Cem", None)
    assert signing.sign(CEM, "auditee").sha256 == before


def test_nobody_signs_in_two_meanings(signing: Desk) -> None:
    signing.sign(CEM, "auditee")
    with pytest.raises(RecordError, match="Cem signed as auditee already; somebody else signs as management repres"):
        signing.sign(CEM, "management representative")
    assert signing.sign(DANA, "management representative").independent


@pytest.mark.parametrize(("minutes", "fresh"), [(0, True), (10, True), (11, False), (-1, True), (-2, False)])
def test_the_last_sign_in_must_be_at_most_ten_minutes_old(url: str, tmp_path: Path, minutes: int, fresh: bool) -> None:
    now = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)
    made = desk(url, tmp_path, True, lambda: now)
    audited(made.records)
    with made.records:
        at = now - dt.timedelta(minutes=minutes)
        if fresh:
            assert made.sign(ANN, authenticated_at=at).verified
            return
        with pytest.raises(SignInAgain, match="sign in again"):
            made.sign(ANN, authenticated_at=at)
        with pytest.raises(SignInAgain):
            made.sign(ANN, authenticated_at=None)
        assert signatures.every(made.records) == []


def test_an_audit_that_is_still_being_done_cannot_be_signed(signing: Desk) -> None:
    before = content(signing.records)
    audit_steps.resume(signing.records, "AUD-001", ANN, "One more")
    with pytest.raises(RecordError, match="audit 'AUD-001' is in progress; report or close it, then sign"):
        signing.sign(ANN, content=before)


def test_a_closed_audit_can_be_signed_and_closing_changes_nothing_of_what_was_signed(signing: Desk) -> None:
    before = signing.sign(ANN)
    audit_steps.close(signing.records, "AUD-001", ANN)
    assert sha256(content(signing.records)) == before.sha256
    assert signing.sign(CEM, "auditee").sha256 == before.sha256


def test_a_finding_without_a_grade_stands_in_the_way(signing: Desk) -> None:
    before = content(signing.records)
    findings.raise_finding(signing.records, found("AUD-001", None), BEN)
    with pytest.raises(RecordError, match="F-002 of audit 'AUD-001' has no grade or no statement; grade it, then sign"):
        signing.sign(ANN, content=before)


def test_what_changed_since_it_was_opened_cannot_be_signed_unseen(signing: Desk) -> None:
    before = content(signing.records)
    decisions.conclude(signing.records, "9.1.2-a", "run-1", Verdict.CONFORMS, Verdict.CONFORMS, ANN, audit="AUD-001")
    with pytest.raises(RecordError, match=r"changed after you opened it \(decisions, 9.1.2-a, by\); nothing"):
        signing.sign(ANN, content=before)
    assert signatures.every(signing.records) == []


def test_a_later_change_supersedes_and_signing_again_adds_a_further_signature(signing: Desk) -> None:
    first = signing.sign(ANN)
    assert first.sha256 == sha256(content(signing.records))
    decisions.conclude(signing.records, "9.1.2-a", "run-1", Verdict.CONFORMS, Verdict.CONFORMS, ANN, audit="AUD-001")
    now = sha256(content(signing.records))
    assert first.sha256 != now
    second = signing.sign(ANN)
    assert [each.sha256 == now for each in signatures.of(signing.records, AUDIT, "AUD-001")] == [False, True]
    assert signatures.every(signing.records) == [first, second]


def test_the_same_is_not_signed_twice(signing: Desk) -> None:
    signing.sign(ANN)
    with pytest.raises(RecordError, match="Ann has signed exactly this as lead auditor, at 2026-"):
        signing.sign(ANN)
    assert len(signatures.every(signing.records)) == 1


def test_a_form_that_is_sent_twice_signs_once(signing: Desk) -> None:
    signing.sign(ANN, key="one filling")
    with pytest.raises(KeptAlready):
        signing.sign(CEM, "auditee", key="one filling")
    assert len(signatures.every(signing.records)) == 1


def test_nothing_is_raised_into_an_audit_that_was_signed_while_it_is_reported(signing: Desk) -> None:
    signing.sign(ANN)
    with pytest.raises(RecordError, match="signed"):
        findings.raise_finding(signing.records, found("AUD-001"), BEN)
    audit_steps.resume(signing.records, "AUD-001", ANN, "One more was seen")
    assert findings.raise_finding(signing.records, found("AUD-001"), BEN).id == "F-002"


def test_one_person_alone_can_do_everything_and_the_records_say_so(local: Desk) -> None:
    me = Person("me")
    audited(local.records, me, me)
    made = [local.sign(me, meaning, authenticated_at=None) for meaning in MEANINGS[AUDIT]]
    assert [(each.verified, each.independent, each.role) for each in made] == [(False, False, "local user")] * 3


def test_who_has_nobody_else_to_sign_does_it_alone_until_somebody_else_may(url: str, tmp_path: Path) -> None:
    made = desk(url, tmp_path, True)
    with made.records:
        audited(made.records, ANN, ANN)
        with pytest.raises(RecordError, match="cannot sign it as auditee"):
            made.sign(ANN, "auditee")  # though nobody else has done anything yet
        for name in ("ben", "cem", "dana"):
            people.end(made.records, f"{name}@example.org", EVE)
        alone = made.sign(ANN, "auditee")  # a viewer and an administrator are still there
        assert (alone.verified, alone.independent) == (True, False)
        people.give(made.records, "cem@example.org", "Cem", "quality manager", EVE)
        made.sign(CEM, "management representative")
        with pytest.raises(RecordError, match="signed as auditee already"):
            made.sign(ANN, "lead auditor")


def test_an_audit_that_does_not_exist_cannot_be_signed(signing: Desk) -> None:
    with pytest.raises(RecordError, match="there is no audit 'AUD-009'; the last ones are: AUD-001"):
        signing.sign(ANN, content={"what": AUDIT, "id": "AUD-009", "recorded": {}})
    with pytest.raises(RecordError, match="does not sign a letter"):
        signing.sign(ANN, content={"what": "letter", "id": "1", "recorded": {}})
    assert audits.find(signing.records, "AUD-001").state == "reporting"


def test_signing_and_raising_a_finding_cannot_both_win(url: str, tmp_path: Path) -> None:
    """Whoever comes second is refused: the signature, as the audit changed, or the finding, as the audit is signed."""
    made = desk(url, tmp_path, True)
    with made.records, ThreadPoolExecutor(2) as both:
        for number in range(1, 13):
            id = audited(made.records)
            shown = content(made.records, id=id)
            doing = [
                both.submit(made.sign, ANN, content=shown),
                both.submit(findings.raise_finding, made.records, found(id, None), BEN),
            ]
            refused = [isinstance(each.exception(), RecordError) for each in doing]
            assert sum(refused) == 1, [each.exception() for each in doing]
            graded(made.records, id)
            audit_steps.close(made.records, id, ANN)
            assert len(signatures.of(made.records, AUDIT, id)) == (0 if refused[0] else 1), number
        assert trail.verify(made.records) == []


def graded(records: Records, audit: str) -> None:
    for each in findings.every(records):
        if each.audit == audit and each.grade is None:
            findings.grade(records, each.id, each.revision, BEN, Grade.OBSERVATION, Answers(), "Seen once")
