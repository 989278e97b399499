"""What a finding must say before it is kept, and whether its audit still takes findings."""

from __future__ import annotations

from dataclasses import astuple
from typing import get_args

from sqlalchemy.orm import Session

from audit.access.role_words import role_word
from audit.access.roles import may
from audit.auditing.audit_state import OPENED
from audit.errors import Denied, RecordError
from audit.evidence import Grade
from audit.finding.finding import NONCONFORMITIES, Extent, Reference, ReferenceKind, reference_word
from audit.records.auditing.audit_rows import state_word
from audit.records.database import Change
from audit.records.signing.signature_row import signed_since_it_moved
from audit.records.statement import readable, stated
from audit.records.tables.audits import AuditRow
from audit.records.tables.findings import FindingRow
from audit.records.versions import found
from audit.tag import grade_tag
from audit.text import Text
from audit.wording import say

KINDS: tuple[str, ...] = get_args(ReferenceKind)
LONGEST_KEY = 120


def checked_references(given: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(_reference(each) for each in given)


def _reference(each: Reference) -> Reference:
    if each.kind not in KINDS:
        raise RecordError(
            say("'{kind}' is no kind of evidence; write one of: {known}", kind=each.kind, known=", ".join(KINDS))
        )
    kind = reference_word(each.kind)
    key = stated(each.key, say("the key of the {kind}", kind=kind), say("what it is known by, as in C-1042"))
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise RecordError(
            say(
                "'{key}...' is no key of a {kind}; write only what it is known by, in one line of at most {most} "
                "characters: its content stays where it is",
                key=ascii(key[:20])[1:-1],
                kind=kind,
                most=LONGEST_KEY,
            )
        )
    return Reference(each.kind, key, readable(each.word.strip(), say("the word on {key}", key=key)))


def checked_extent(extent: Extent) -> Extent:
    told = {"found": extent.found, "sampled": extent.sampled, "population": extent.population}
    for name, number in told.items():
        if number is not None and (isinstance(number, bool) or number < 0):
            raise RecordError(
                say("{name} {number} is no number of records; write 0 or more", name=name, number=str(number))
            )
    known = [number for number in astuple(extent) if number is not None]
    if known != sorted(known):
        raise RecordError(
            say(
                "found {found} of sampled {sampled} of population {population} cannot be; write at most as many found "
                "as were looked at, and at most as many looked at as there are",
                found=_count(extent.found),
                sampled=_count(extent.sampled),
                population=_count(extent.population),
            )
        )
    return extent


def _count(number: int | None) -> Text | str:
    return say("None") if number is None else str(number)


def checked_grade(grade: str) -> Grade:
    try:
        return Grade(grade)
    except ValueError as error:
        raise RecordError(
            say("'{grade}' is no grade; write one of: {known}", grade=grade, known=", ".join(Grade))
        ) from error


def grade_word(grade: Grade) -> Text:
    """In English as it is written, in small letters."""
    return Text(en=str(grade), zh=grade_tag(grade).word.zh)


def require_complete(row: FindingRow, grade: Grade) -> None:
    """A finding is graded on what it says; a nonconformity names criterion, evidence and requirement as well."""
    wanted: list[tuple[Text, object]] = [(say("the statement"), row.statement)]
    if grade in NONCONFORMITIES:
        wanted += [
            (say("the requirement"), row.requirement_id),
            (say("the criterion"), row.criterion),
            (say("the evidence"), row.evidence),
        ]
    lacking = [name for name, value in wanted if not value]
    if lacking:
        names = Text(en=" and ".join(name.en for name in lacking), zh="、".join(name.zh for name in lacking))
        raise RecordError(
            say(
                "'{grade}' cannot be graded yet: {lacking} missing; write it first",
                grade=grade_word(grade),
                lacking=names,
            )
        )


def require_to_grade(change: Change) -> None:
    if not may(change.role, "grade"):
        raise Denied(
            say(
                "{actor} may not grade as {role}; raise it without a grade: an auditor grades it",
                actor=change.actor,
                role=role_word(change.role),
            )
        )


def require_audit_takes_findings(session: Session, audit: str) -> None:
    """Asked inside the change, in which nobody else can close or sign the audit."""
    if not audit:
        return
    if (state := found(session, AuditRow, audit).state) not in OPENED:
        raise RecordError(
            say(
                "audit '{audit}' is {state} and takes no findings; nothing was raised: open a further audit, or "
                "raise it outside of an audit",
                audit=audit,
                state=state_word(state),
            )
        )
    if signed := signed_since_it_moved(session, audit):
        raise RecordError(
            say(
                "audit '{audit}' is signed by {name} as it is {state}; nothing was raised: go on with the audit "
                "first, or raise it outside of an audit",
                audit=audit,
                name=signed.name,
                state=state_word(state),
            )
        )
