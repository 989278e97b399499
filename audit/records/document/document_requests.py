"""Documents that somebody was asked for: by when, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from audit.access.person import Who
from audit.errors import RecordError
from audit.records import versions
from audit.records.database import Change, Records
from audit.records.document.document_entry import requirements
from audit.records.statement import readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.documents import DocumentRow, RequestRow
from audit.text import Text
from audit.wording import say

Status = Literal["open", "fulfilled", "withdrawn"]
LATEST_ZONE = dt.timedelta(hours=12)


@dataclass(frozen=True)
class NewRequest:
    asked_of: str
    due_on: dt.date
    kind: str = ""
    """"" where any document that shows the requirements will do."""
    requirements: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Request:
    id: str
    revision: int
    kind: str
    requirements: tuple[str, ...]
    asked_of: str
    due_on: dt.date
    note: str
    status: Status
    document: str
    """The document that fulfils it, or ""."""
    actor: str
    """Who asked, or who fulfilled or withdrew it."""
    reason: str
    at: dt.datetime

    def overdue(self, today: dt.date) -> bool:
        """Due today is not late yet."""
        return self.status == "open" and self.due_on < today


def ask(records: Records, new: NewRequest, who: Who, key: str | None = None) -> Request:
    """Raises RecordError, saying what to write instead, where it names nobody, nothing, or a day that is over."""
    asked = requirements(new.requirements)
    kind = readable(new.kind.strip(), say("the kind of document"))
    if not kind and not asked:
        raise RecordError(say("the request names no document; write its kind, or a requirement that it should show"))
    if new.due_on < (records.clock() - LATEST_ZONE).date():
        raise RecordError(
            say("due_on {day} is over; write the day by which the document is needed", day=new.due_on.isoformat())
        )
    with records.change(who, "request", key=key) as change:
        row = RequestRow(
            id=versions.next_id(change.session, RequestRow, "REQ"),
            revision=1,
            kind=kind,
            requirements=asked,
            asked_of=stated(new.asked_of, say("whom the document is asked of"), say("a name or a role")),
            due_on=new.due_on,
            note=readable(new.note.strip(), say("the note")),
            status="open",
            document="",
        )
        return _kept(change, row)


def fulfil(
    records: Records, id: str, document: str, who: Who, seen: int | None = None, key: str | None = None
) -> Request:
    """Raises RecordError where it is not open, and where the document is none, obsolete, or of another kind."""
    with records.change(who, "fulfil request", key=key) as change:
        row = _open(change, id, seen, status="fulfilled", document=document)
        found = versions.found(change.session, DocumentRow, document)
        if found.status == "obsolete":
            raise RecordError(say("document '{document}' is obsolete; name one that holds", document=document))
        if row.kind and found.kind != row.kind:
            raise RecordError(
                say(
                    "document '{document}' is a '{kind}'; name a '{wanted}', which {id} asks for",
                    document=document,
                    kind=found.kind,
                    wanted=row.kind,
                    id=id,
                )
            )
        return _kept(change, row)


def withdraw(
    records: Records, id: str, who: Who, reason: str, seen: int | None = None, key: str | None = None
) -> Request:
    reason = stated(reason, say("the reason of the withdrawal"), say("why the document is not needed any more"))
    with records.change(who, "withdraw request", reason, key) as change:
        return _kept(change, _open(change, id, seen, status="withdrawn"))


def every(records: Records) -> list[Request]:
    """As they stand, in the order in which they were asked."""
    with records.read() as session:
        return [_request(row, entry) for row, entry in versions.latest(session, RequestRow)]


def _open(change: Change, id: str, seen: int | None, **changes: str) -> RequestRow:
    former = versions.found(change.session, RequestRow, id)
    row = versions.revised(change.session, RequestRow, id, seen, **changes)
    if former.status != "open":
        words = {"fulfilled": say("Fulfilled"), "withdrawn": say("Withdrawn")}
        status = Text(en=former.status, zh=words[former.status].zh)
        raise RecordError(
            say("request '{id}' is {status} already; ask again if a document is still needed", id=id, status=status)
        )
    return row


def _kept(change: Change, row: RequestRow) -> Request:
    entry = change.keep(row)
    return _request(row, change.session.get_one(EntryRow, entry.seq))


def _request(row: RequestRow, entry: EntryRow) -> Request:
    return Request(
        id=row.id,
        revision=row.revision,
        kind=row.kind,
        requirements=tuple(row.requirements),
        asked_of=row.asked_of,
        due_on=row.due_on,
        note=row.note,
        status=cast(Status, row.status),
        document=row.document,
        actor=entry.actor,
        reason=entry.reason,
        at=dt.datetime.fromisoformat(entry.at),
    )
