"""One entry of the trail, and the hash that seals it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.records.tables import EntryRow, canonical

LATER = ("role", "identity", "key")
"""Came after the first entries, which are sealed without them."""


@dataclass(frozen=True)
class Entry:
    """One change: who did what to which object, why, and the object's content as it was kept."""

    seq: int
    at: str
    """UTC, ISO 8601."""
    actor: str
    action: str
    object: str
    """The kind, as in load, document or finding."""
    object_id: str
    payload: str
    """Canonical JSON of the whole row."""
    reason: str
    previous: str
    hash: str
    role: str | None = None
    """In which role; None in entries made before there were roles."""
    identity: str | None = None
    """Who vouches for the actor; None where nobody does."""
    key: str | None = None
    """Of the form that was sent, so that sending it twice keeps it once."""

    @property
    def time(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.at)

    def sealed(self) -> str:
        """The hash that this content must carry."""
        content = {
            name: value
            for name, value in vars(self).items()
            if name != "hash" and (value is not None or name not in LATER)
        }
        return hashlib.sha256(canonical(content).encode("utf-8", "surrogatepass")).hexdigest()


def as_entry(row: EntryRow) -> Entry:
    return Entry(**{field.name: getattr(row, field.name) for field in fields(Entry)})


def head(session: Session) -> EntryRow | None:
    """The newest entry."""
    return session.scalars(select(EntryRow).order_by(EntryRow.seq.desc()).limit(1)).first()
