"""The register of documents: who owns each, its status, its reviews, and every former revision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.errors import RecordError
from audit.evidence import Document
from audit.limits import DocumentStatus
from audit.records.database import Records
from audit.records.statement import day, readable, sha256_name, stated
from audit.records.tables import DocumentRow, EntryRow

STATUSES: tuple[str, ...] = get_args(DocumentStatus)


@dataclass(frozen=True)
class NewDocument:
    """What a person registers. Without an id of the organisation's own, the next free DOC number is taken."""

    kind: str
    title: str
    status: str = "draft"
    owner: str = ""
    approved_by: str = ""
    approved_on: dt.date | None = None
    reviewed_on: dt.date | None = None
    covers_from: dt.date | None = None
    covers_to: dt.date | None = None
    note: str = ""
    sha256: str = ""
    """Of the content in the store, or "" where only the entry is kept."""
    file: str = ""
    size: int | None = None
    """Bytes."""
    id: str = ""


@dataclass(frozen=True)
class Revision:
    """A document as it stood, and who made it so."""

    document: Document
    revision: int
    approved_by: str
    approved_on: dt.date | None
    note: str
    size: int | None
    actor: str
    reason: str
    at: dt.datetime


def register(records: Records, document: NewDocument, actor: str, reason: str = "") -> Document:
    """Raises RecordError, saying what to write instead, where the document cannot be registered as asked."""
    new = _checked(document, records.clock())
    with records.change(actor, "register", reason) as change:
        new = replace(new, id=new.id or _next_id(change.session))
        if _last(change.session, new.id):
            raise RecordError(f"document '{new.id}' is registered already; revise it, or choose another id")
        row = DocumentRow(**asdict(new), revision=1)
        change.keep(row)
        return _document(row)


def revise(records: Records, id: str, actor: str, reason: str, seen: int | None = None, **changes: Any) -> Document:
    """
    A new revision with the given fields changed; the former stays. `seen` is the revision that the
    person looked at: where somebody else has revised the document since, RecordError is raised.
    """
    reason = stated(reason, "the reason of the revision", "what was changed and why")
    with records.change(actor, "revise", reason) as change:
        former = _last(change.session, id)
        if former is None:
            raise RecordError(f"there is no document '{id}' in the register; register it first")
        if seen is not None and seen != former.revision:
            raise RecordError(
                f"document '{id}' was revised meanwhile: you saw revision {seen}, now it is {former.revision}; "
                "look at it and revise it again"
            )
        new = _checked(_changed(former, changes), records.clock())
        row = DocumentRow(**asdict(new), revision=former.revision + 1)
        change.keep(row)
        return _document(row)


def current(records: Records) -> list[Document]:
    """The last revision of every document, in the order of their registration."""
    return [revision.document for revision in register_of(records)]


def register_of(records: Records) -> list[Revision]:
    """The last revision of every document with all that is known of it, in the order of their registration."""
    with records.read() as session:
        asked = select(DocumentRow, EntryRow).join(EntryRow, EntryRow.seq == DocumentRow.seq).order_by(DocumentRow.seq)
        return list({row.id: _revision(row, entry) for row, entry in session.execute(asked)}.values())


def revisions(records: Records, id: str) -> list[Revision]:
    """Newest first. Raises RecordError where there is no such document."""
    with records.read() as session:
        asked = select(DocumentRow, EntryRow).join(EntryRow, EntryRow.seq == DocumentRow.seq)
        asked = asked.where(DocumentRow.id == id).order_by(DocumentRow.seq.desc())
        found = [_revision(row, entry) for row, entry in session.execute(asked)]
    if not found:
        raise RecordError(f"there is no document '{id}' in the register; register it first")
    return found


def _checked(new: NewDocument, now: dt.datetime) -> NewDocument:
    for name in ("approved_on", "reviewed_on"):
        day(getattr(new, name), name, now)
    if new.status not in STATUSES:
        raise RecordError(f"'{new.status}' is no status of a document; write one of: {', '.join(STATUSES)}")
    if new.covers_from and new.covers_to and new.covers_from > new.covers_to:
        raise RecordError(
            f"covers_from {new.covers_from} is after covers_to {new.covers_to}; write the earlier day into covers_from"
        )
    if new.size is not None and new.size < 0:
        raise RecordError(f"size {new.size} is no number of bytes; write 1 or more")
    if new.size == 0:
        raise RecordError(f"'{new.file}' is empty; choose the file again, or register the document without one")
    return replace(
        new,
        kind=stated(new.kind, "the kind of document", "one that the checklist asks for, as in 'survey method'"),
        title=stated(new.title, "the title", "the document's own title"),
        owner=readable(new.owner.strip(), "the owner"),
        approved_by=readable(new.approved_by.strip(), "approved_by"),
        note=readable(new.note.strip(), "the note"),
        sha256=sha256_name(new.sha256),
        file=readable(new.file.strip(), "the file name"),
        id=readable(new.id.strip(), "the id"),
    )


def _changed(former: DocumentRow, changes: dict[str, Any]) -> NewDocument:
    known = [field.name for field in fields(NewDocument) if field.name != "id"]
    for name in changes:
        if name not in known:
            raise RecordError(f"'{name}' cannot be revised; write one of: {', '.join(known)}")
    return NewDocument(**{name: getattr(former, name) for name in [*known, "id"]} | changes)


def _last(session: Session, id: str) -> DocumentRow | None:
    asked = select(DocumentRow).where(DocumentRow.id == id).order_by(DocumentRow.seq.desc()).limit(1)
    return session.scalars(asked).first()


def _next_id(session: Session) -> str:
    taken: Iterable[str] = set(session.scalars(select(DocumentRow.id)))
    number = 1
    while f"DOC-{number:03}" in taken:
        number += 1
    return f"DOC-{number:03}"


def _document(row: DocumentRow) -> Document:
    return Document(**{field.name: getattr(row, field.name) for field in fields(Document)})


def _revision(row: DocumentRow, entry: EntryRow) -> Revision:
    return Revision(
        document=_document(row),
        revision=row.revision,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        note=row.note,
        size=row.size,
        actor=entry.actor,
        reason=entry.reason,
        at=dt.datetime.fromisoformat(entry.at),
    )
