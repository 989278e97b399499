"""The register of documents: who owns each, its status, its reviews, and every former revision."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import select

from audit.access.person import Who
from audit.errors import RecordError
from audit.evidence import Document
from audit.records import versions
from audit.records.database import Records
from audit.records.document.approval import approve
from audit.records.document.document_entry import STATUSES, NewDocument, checked
from audit.records.statement import stated
from audit.records.tables import EntryRow
from audit.records.tables.documents import DocumentRow
from audit.wording import say

__all__ = ["STATUSES", "NewDocument", "Revision", "current", "files", "register", "register_of", "revise", "revisions"]
APPROVED = ("approved_by", "approved_on")


@dataclass(frozen=True)
class Revision:
    """A document as it stood, and who made it so."""

    document: Document
    revision: int
    approved_by: str
    approved_on: dt.date | None
    approval: str
    """How independent it was: independent, own or stated; "" where the record does not say."""
    retain_until: dt.date | None
    note: str
    size: int | None
    file_type: str
    actor: str
    reason: str
    at: dt.datetime


def register(records: Records, document: NewDocument, actor: Who, reason: str = "", key: str | None = None) -> Document:
    """Raises RecordError, saying what to write instead, where the document cannot be registered as asked."""
    new = checked(document, records.clock())
    with records.change(actor, "register", reason, key) as change:
        new = replace(new, id=new.id or versions.next_id(change.session, DocumentRow, "DOC"))
        if versions.last(change.session, DocumentRow, new.id):
            raise RecordError(say("document '{id}' is registered already; revise it, or choose another id", id=new.id))
        row = DocumentRow(**_columns(new), revision=1)
        approve(change, row, APPROVED, records.signing_in)
        change.keep(row)
        return _document(row)


def revise(
    records: Records,
    id: str,
    actor: Who,
    reason: str,
    seen: int | None = None,
    key: str | None = None,
    **changes: Any,
) -> Document:
    """
    A new revision with the given fields changed; the former stays. `seen` is the revision that the
    person looked at: where somebody else has revised the document since, Stale is raised.
    """
    reason = stated(reason, say("the reason of the revision"), say("what was changed and why"))
    with records.change(actor, "revise", reason, key) as change:
        row = versions.revised(change.session, DocumentRow, id, seen)
        new = checked(_changed(row, changes), records.clock())
        row = DocumentRow(**_columns(new), approval=row.approval, revision=row.revision)
        approve(change, row, changes, records.signing_in)
        change.keep(row)
        return _document(row)


def current(records: Records) -> list[Document]:
    """The last revision of every document, in the order of their registration."""
    return [revision.document for revision in register_of(records)]


def register_of(records: Records) -> list[Revision]:
    """The last revision of every document with all that is known of it, in the order of their registration."""
    with records.read() as session:
        return [_revision(row, entry) for row, entry in versions.latest(session, DocumentRow)]


def revisions(records: Records, id: str) -> list[Revision]:
    """Newest first. Raises RecordError where there is no such document."""
    with records.read() as session:
        versions.found(session, DocumentRow, id)
        return [_revision(row, entry) for row, entry in versions.history(session, DocumentRow, id)]


def files(records: Records) -> dict[str, Document]:
    """SHA-256 of every file that a document has or had -> the newest revision with it."""
    with records.read() as session:
        rows = session.scalars(select(DocumentRow).where(DocumentRow.sha256 != "").order_by(DocumentRow.seq))
        return {row.sha256: _document(row) for row in rows}


def _columns(new: NewDocument) -> dict[str, Any]:
    """What came after the first rows is left out where it says nothing, so that entries stay as short as they were."""
    told = asdict(new)
    return told | {name: told[name] or None for name in ("link", "file_type", "requirements")}


def _changed(former: DocumentRow, changes: dict[str, Any]) -> NewDocument:
    known = [field.name for field in fields(NewDocument) if field.name != "id"]
    for name in changes:
        if name not in known:
            raise RecordError(
                say("'{name}' cannot be revised; write one of: {known}", name=name, known=", ".join(known))
            )
    return NewDocument(**_told(former, [*known, "id"]) | changes)


def _document(row: DocumentRow) -> Document:
    told = _told(row, [field.name for field in fields(Document)])
    return Document(**told | {"requirements": tuple(told["requirements"])})


def _told(row: DocumentRow, names: list[str]) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in names}
    empty = {"link": "", "file_type": "", "requirements": ()}
    return told | {name: told[name] or value for name, value in empty.items() if name in told}


def _revision(row: DocumentRow, entry: EntryRow) -> Revision:
    return Revision(
        document=_document(row),
        revision=row.revision,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        approval=row.approval or "",
        retain_until=row.retain_until,
        note=row.note,
        size=row.size,
        file_type=row.file_type or "",
        actor=entry.actor,
        reason=entry.reason,
        at=dt.datetime.fromisoformat(entry.at),
    )
