"""Rows of signatures as people meet them, and whether something was signed since it last moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from audit.access.person import Person
from audit.records.tables import EntryRow
from audit.records.tables.audits import AuditRow
from audit.records.tables.signatures import SignatureRow
from audit.records.versions import found
from audit.signing.signed import AUDIT


@dataclass(frozen=True)
class Signature:
    seq: int
    """The entry of the trail that vouches for it."""
    what: str
    what_id: str
    meaning: str
    name: str
    at: dt.datetime
    sha256: str
    """Of the snapshot of what was signed."""
    verified: bool
    """Whether a sign-in vouches for the person."""
    independent: bool
    by: Person
    role: str
    reason: str


def asked() -> Select[SignatureRow, EntryRow]:
    return select(SignatureRow, EntryRow).join(EntryRow, EntryRow.seq == SignatureRow.seq).order_by(SignatureRow.seq)


def as_signature(row: SignatureRow, entry: Any) -> Signature:
    """`entry` is the trail's, as kept or as read."""
    return Signature(
        seq=entry.seq, what=row.what, what_id=row.what_id, meaning=row.meaning, name=row.name, at=row.signed_at,
        sha256=row.sha256, verified=row.verified, independent=row.independent,
        by=Person(entry.actor, entry.identity or ""), role=entry.role or "", reason=entry.reason,
    )  # fmt: skip


def of_in(session: Session, what: str, what_id: str) -> list[Signature]:
    """Oldest first."""
    chosen = asked().where(SignatureRow.what == what, SignatureRow.what_id == what_id)
    return [as_signature(row, entry) for row, entry in session.execute(chosen)]


def signed_since_it_moved(session: Session, audit: str) -> Signature | None:
    """The first signature under the audit since it was last reported, resumed or closed."""
    moved = found(session, AuditRow, audit).seq
    return next((each for each in of_in(session, AUDIT, audit) if each.seq > moved), None)
