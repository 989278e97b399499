"""What a finding must say before it is kept, and whether its audit still takes findings."""

from __future__ import annotations

from dataclasses import astuple
from typing import get_args

from sqlalchemy.orm import Session

from audit.audit_state import OPENED
from audit.errors import Denied, RecordError
from audit.evidence import Grade
from audit.finding import NONCONFORMITIES, Extent, Reference, ReferenceKind
from audit.records.database import Change
from audit.records.signature_row import signed_since_it_moved
from audit.records.statement import readable, stated
from audit.records.tables.audits import AuditRow
from audit.records.tables.findings import FindingRow
from audit.records.versions import found
from audit.roles import may

KINDS: tuple[str, ...] = get_args(ReferenceKind)
LONGEST_KEY = 120


def checked_references(given: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(_reference(each) for each in given)


def _reference(each: Reference) -> Reference:
    if each.kind not in KINDS:
        raise RecordError(f"'{each.kind}' is no kind of evidence; write one of: {', '.join(KINDS)}")
    key = stated(each.key, f"the key of the {each.kind}", "what it is known by, as in C-1042")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise RecordError(
            f"'{ascii(key[:20])[1:-1]}...' is no key of a {each.kind}; write only what it is known by, in one line of "
            f"at most {LONGEST_KEY} characters: its content stays where it is"
        )
    return Reference(each.kind, key, readable(each.word.strip(), f"the word on {key}"))


def checked_extent(extent: Extent) -> Extent:
    told = {"found": extent.found, "sampled": extent.sampled, "population": extent.population}
    for name, number in told.items():
        if number is not None and (isinstance(number, bool) or number < 0):
            raise RecordError(f"{name} {number} is no number of records; write 0 or more")
    known = [number for number in astuple(extent) if number is not None]
    if known != sorted(known):
        raise RecordError(
            f"found {extent.found} of sampled {extent.sampled} of population {extent.population} cannot be; "
            "write at most as many found as were looked at, and at most as many looked at as there are"
        )
    return extent


def checked_grade(grade: str) -> Grade:
    try:
        return Grade(grade)
    except ValueError as error:
        raise RecordError(f"'{grade}' is no grade; write one of: {', '.join(Grade)}") from error


def require_complete(row: FindingRow, grade: Grade) -> None:
    """A finding is graded on what it says; a nonconformity names criterion, evidence and requirement as well."""
    wanted: dict[str, object] = {"the statement": row.statement}
    if grade in NONCONFORMITIES:
        wanted |= {"the requirement": row.requirement_id, "the criterion": row.criterion, "the evidence": row.evidence}
    lacking = [name for name, value in wanted.items() if not value]
    if lacking:
        raise RecordError(f"'{grade}' cannot be graded yet: {' and '.join(lacking)} missing; write it first")


def require_to_grade(change: Change) -> None:
    if not may(change.role, "grade"):
        raise Denied(f"{change.actor} may not grade as {change.role}; raise it without a grade: an auditor grades it")


def require_audit_takes_findings(session: Session, audit: str) -> None:
    """Asked inside the change, in which nobody else can close or sign the audit."""
    if not audit:
        return
    if (state := found(session, AuditRow, audit).state) not in OPENED:
        raise RecordError(
            f"audit '{audit}' is {state} and takes no findings; nothing was raised: open a further audit, or raise it "
            "outside of an audit"
        )
    if signed := signed_since_it_moved(session, audit):
        raise RecordError(
            f"audit '{audit}' is signed by {signed.name} as it is {state}; nothing was raised: go on with the audit "
            "first, or raise it outside of an audit"
        )
