"""Findings are raised, stated, graded and given to somebody; what cannot be kept is refused, and nothing is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from audit.errors import KeptAlready, RecordError, Stale
from audit.evidence import Grade
from audit.finding.finding import Extent, Finding, Reference, Repeat
from audit.finding.grading import TESTS, Answers
from audit.records import Records
from audit.records.auditing import audits
from audit.records.auditing.audits import NewAudit
from audit.records.finding import findings
from audit.records.finding.findings import NewFinding
from audit.records.tables.audits import AuditRow
from audit.records.tables.signatures import SignatureRow
from audit.records.trail import trail
from audit.records.versions import revised

MINOR = Answers(True, True, False, False, False, False, False)
EVIDENCE = (Reference("evidence", "9.1.2-b-2", "one segment was never asked"),)
NEW = NewFinding("9.1.2-b", "9.1.2", "Private customers were never asked.", "9.1.2: perceptions", EVIDENCE)


def raised(records: Records, **changes: object) -> Finding:
    return findings.raise_finding(records, replace(NEW, **changes), "Ann")  # type: ignore[arg-type]


def audit_in(records: Records, state: str) -> str:
    """Its state set without going through what an audit needs for it, which is not this file's business."""
    id = audits.create(records, NewAudit(title="2026", edition="iso-9001-2015"), "Ann").id
    move(records, id, state)
    return id


def move(records: Records, id: str, state: str) -> None:
    with records.change("Ann", "open audit") as change:
        change.keep(revised(change.session, AuditRow, id, None, state=state))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"statement": ""},
        {"evidence": ()},
        {"requirement_id": "", "clause": "9.1.2"},
        {"evidence": (Reference("complaint", "C-1042"), Reference("row", "orders O-7", "late"))},
        {"extent": Extent(1, 5, 120)},
        {"extent": Extent(0, 0, 0)},
        {"extent": Extent(found=3)},
        {"owner": "王芳", "due_on": dt.date(2020, 1, 1)},
        {"answers": Answers(True, True)},
        {"answers": MINOR, "grade": Grade.MINOR},
        {"answers": MINOR, "grade": Grade.MAJOR, "grade_reason": "the third time"},
        {"grade": Grade.GOOD_PRACTICE, "answers": Answers(False), "evidence": (), "criterion": ""},
    ],
)
def test_a_finding_is_kept_as_it_was_raised(records: Records, changes: dict[str, object]) -> None:
    found = raised(records, **changes)
    assert findings.every(records) == [found] == findings.revisions(records, "F-001")
    asked = replace(NEW, **changes)  # type: ignore[arg-type]
    for name in ("requirement_id", "clause", "statement", "criterion", "evidence", "extent", "grade", "owner", "due_on",
                 "answers"):  # fmt: skip
        assert getattr(found, name) == getattr(asked, name)
    assert (found.id, found.revision, found.actor, found.raised_by, found.status) == ("F-001", 1, "Ann", "Ann", "open")
    assert trail.verify(records) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"requirement_id": " ", "clause": ""}, "what the finding is against is missing; write a requirement"),
        ({"statement": " ", "evidence": ()}, "the finding says nothing"),
        ({"evidence": (Reference("evidence", " "),)}, "the key of the evidence is missing"),
        ({"evidence": (Reference("customer", "C-1"),)}, "'customer' is no kind of evidence; write one of: requirement"),
        ({"evidence": (Reference("row", "Dear sirs,\nI am Jo"),)}, "is no key of a row; write only what it is known"),
        ({"evidence": (Reference("complaint", "x" * 121),)}, "is no key of a complaint"),
        ({"extent": Extent(6, 5, 120)}, "found 6 of sampled 5 of population 120 cannot be"),
        ({"extent": Extent(1, 5, 4)}, "found 1 of sampled 5 of population 4 cannot be"),
        ({"extent": Extent(found=9, population=5)}, "cannot be"),
        ({"extent": Extent(-1)}, "found -1 is no number of records"),
        ({"statement": "half \ud83d"}, "the statement holds a character that is no text"),
        ({"owner": "\x00"}, "the owner holds a character that is no text"),
        ({"grade": "critical"}, "'critical' is no grade; write one of: major nonconformity"),
        ({"grade": Grade.MINOR}, "the questions are not answered to the end; write the reason for the grade"),
        ({"grade": Grade.MAJOR, "answers": MINOR}, "the answers lead to 'minor nonconformity'; write the reason"),
        ({"grade": Grade.OBSERVATION, "answers": MINOR}, "the answers lead to 'minor nonconformity'"),
        ({"grade": Grade.MAJOR, "answers": MINOR, "grade_reason": "  "}, "write the reason for the grade"),
        ({"grade": Grade.MINOR, "answers": MINOR, "evidence": ()}, "the evidence missing; write it first"),
        ({"grade": Grade.MINOR, "answers": MINOR, "criterion": " "}, "the criterion missing"),
        ({"grade": Grade.MINOR, "answers": MINOR, "statement": ""}, "the statement missing"),
        ({"grade": Grade.MINOR, "answers": MINOR, "requirement_id": ""}, "the requirement missing"),
        ({"grade": Grade.GOOD_PRACTICE, "answers": Answers(False), "statement": ""}, "the statement missing"),
        ({"audit": "AUD-009"}, "there is no audit 'AUD-009'"),
    ],
)
def test_what_cannot_be_kept_is_refused(records: Records, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        raised(records, **changes)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert trail.entries(records) == [] and findings.every(records) == []


@pytest.mark.parametrize("state", ["in progress", "reporting"])
def test_an_audit_that_has_begun_takes_findings(records: Records, state: str) -> None:
    assert raised(records, audit=audit_in(records, state)).audit == "AUD-001"


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_an_audit_that_is_closed_or_has_not_begun_takes_none(records: Records, state: str) -> None:
    audit = audit_in(records, state)
    with pytest.raises(RecordError, match=f"audit 'AUD-001' is {state} and takes no findings"):
        raised(records, audit=audit)
    assert findings.every(records) == []


def sign(records: Records, audit: str) -> None:
    """As a row, since what may be signed is not this file's business."""
    with records.change("Ann", "sign") as change:
        change.keep(SignatureRow(
            what="audit", what_id=audit, meaning="lead auditor", name="Ann", signed_at=change.at, sha256="a" * 64,
            verified=False, authenticated_at=None, independent=True,
        ))  # fmt: skip


def test_an_audit_that_is_reported_and_signed_takes_none_until_it_goes_on(records: Records) -> None:
    audit = audit_in(records, "reporting")
    sign(records, audit)
    with pytest.raises(RecordError, match="audit 'AUD-001' is signed by Ann as it is reporting"):
        raised(records, audit=audit)
    move(records, audit, "in progress")
    assert raised(records, audit=audit).audit == audit


def test_an_audit_names_what_is_not_yet_graded_and_stated(records: Records) -> None:
    audit = audit_in(records, "in progress")
    for changes in ({"audit": audit}, {"audit": audit, "statement": ""}, {"audit": ""},
                    {"audit": audit, "grade": Grade.MINOR, "answers": MINOR}):  # fmt: skip
        raised(records, **changes)
    with records.read() as session:
        assert findings.open_in(session, audit) == ["F-001", "F-002"]
        assert findings.open_in(session, "AUD-002") == []
    findings.grade(records, "F-001", 1, "Ann", Grade.MINOR, MINOR)
    with records.read() as session:
        assert findings.open_in(session, audit) == ["F-002"]


def test_the_same_form_sent_twice_is_one_finding(records: Records) -> None:
    findings.raise_finding(records, NEW, "Ann", key="form-1")
    with pytest.raises(KeptAlready):
        findings.raise_finding(records, NEW, "Ann", key="form-1")
    findings.raise_finding(records, NEW, "Ann", key="form-2")
    assert [finding.id for finding in findings.every(records)] == ["F-001", "F-002"]


def test_a_second_writer_is_told_who_changed_what(records: Records) -> None:
    raised(records)
    findings.assign(records, "F-001", 1, "Ben", "Cem", None)
    for late in (
        lambda: findings.assign(records, "F-001", 1, "Ann", "Dora", None),
        lambda: findings.grade(records, "F-001", 1, "Ann", Grade.MINOR, MINOR),
        lambda: findings.restate(records, "F-001", 1, "Ann", "s", "c", "", EVIDENCE),
    ):
        with pytest.raises(Stale, match="finding 'F-001' was changed meanwhile by Ben"):
            late()
    assert findings.find(records, "F-001").owner == "Cem"


def test_once_graded_a_finding_is_stated_otherwise_only_with_a_reason(records: Records) -> None:
    raised(records)
    findings.restate(records, "F-001", 1, "Ann", "Nobody asked private customers.", "9.1.2", "", EVIDENCE)
    findings.grade(records, "F-001", 2, "Ann", Grade.MINOR, MINOR)
    with pytest.raises(RecordError, match="the reason for stating it otherwise is missing"):
        findings.restate(records, "F-001", 3, "Ann", "Other", "9.1.2", "", EVIDENCE)
    with pytest.raises(RecordError, match="the evidence missing"):
        findings.restate(records, "F-001", 3, "Ann", "Other", "9.1.2", "", (), reason="typing error")
    kept = findings.restate(records, "F-001", 3, "Ann", "Other", "9.1.2", "", EVIDENCE, reason="typing error")
    assert [each.statement for each in findings.revisions(records, "F-001")][:2] == [
        "Other", "Nobody asked private customers.",
    ]  # fmt: skip
    assert kept.grade == Grade.MINOR and trail.verify(records) == []


def test_what_was_found_before_is_kept_with_the_finding(records: Records) -> None:
    first = audit_in(records, "in progress")
    raised(records, audit=first)
    assert raised(records, audit=first).repeats == ()
    move(records, first, "closed")
    second = audit_in(records, "in progress")
    found = raised(records, audit=second, evidence=(Reference("complaint", "C-1"),))
    assert found.repeats == (Repeat("F-001", "requirement", False), Repeat("F-002", "requirement", False))
    assert raised(records, audit=second, requirement_id="8.2.1-a").repeats[0] == Repeat("F-001", "evidence", False)
    assert raised(records, audit=second, requirement_id="8.2.1-b", evidence=()).repeats == ()


def test_an_unknown_finding_is_named_with_the_last_ones(records: Records) -> None:
    with pytest.raises(RecordError, match="there is no finding 'F-009'; there is none yet"):
        findings.find(records, "F-009")
    raised(records)
    with pytest.raises(RecordError, match="there is no finding 'F-009'; the last ones are: F-001"):
        findings.assign(records, "F-009", 1, "Ann", "Cem", None)


def test_the_tests_of_the_guided_decision_are_kept_as_answered(records: Records) -> None:
    given = Answers(True, True, **dict.fromkeys(TESTS, False) | {"repeated": True})
    found = raised(records, grade=Grade.MAJOR, answers=given)
    assert (found.proposed, found.grade, found.answers, found.grade_reason) == (Grade.MAJOR, Grade.MAJOR, given, "")
