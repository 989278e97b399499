"""Who may do what here: roles are given, changed and ended, and somebody always remains who can give them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from audit.access.person import Who
from audit.access.role_words import role_word
from audit.access.roles import GIVEN, Role
from audit.errors import RecordError
from audit.records.database import Records
from audit.records.statement import readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.people import PersonRow
from audit.records.trail.entry import Entry
from audit.records.versions import found, last, latest, revised
from audit.wording import say

ADDRESS = re.compile(r"[^@\s|]+@[^@\s|]+")
IDENTITY = re.compile(r"[^|\s]+\|\S.*")


@dataclass(frozen=True)
class Member:
    """A person and the role, as last given."""

    id: str
    """An e-mail address that the provider vouches for, or its issuer and subject as in https://id.example|248289."""
    name: str
    role: Role | None
    """None once it was ended."""
    audit: str
    until: dt.date | None
    """The last day on which the role counts."""
    revision: int
    actor: str
    reason: str
    at: dt.datetime

    def counts(self, today: dt.date) -> bool:
        return self.role is not None and (self.until is None or today <= self.until)


def give(
    records: Records,
    id: str,
    name: str,
    role: str,
    who: Who,
    reason: str = "",
    audit: str = "",
    until: dt.date | None = None,
    seen: int | None = None,
    key: str | None = None,
) -> Member:
    """
    The role from now on; a further one takes the former's place. `seen` is the revision that was looked at.
    Raises RecordError, saying what to write instead, also where nobody would be left to give roles.
    """
    id, given = identified(id), _given(role)
    name = stated(name, say("the name"), say("the person's own"))
    audit = readable(audit.strip(), say("the audit"))
    with records.change(who, "people", reason, key) as change:
        _bounded(given, audit, until, change.at.date())
        former = last(change.session, PersonRow, id)
        if former and seen is None and former.role:
            word = role_word(Role(former.role))
            raise RecordError(say("{id} is {role} already; change the role that there is, or end it", id=id, role=word))
        if given != Role.ADMINISTRATOR or until:
            _refuse_the_last(change.session, id)
        new = dict(name=name, role=str(given), audit=audit, until=until)
        row = revised(change.session, PersonRow, id, seen, **new) if former else PersonRow(id=id, revision=1, **new)
        return _member(row, change.keep(row))


def end(
    records: Records, id: str, who: Who, reason: str = "", seen: int | None = None, key: str | None = None
) -> Member:
    """The person may do nothing any more, from this moment on, in every open window."""
    id = identified(id)
    with records.change(who, "people", reason, key) as change:
        if not found(change.session, PersonRow, id).role:
            raise RecordError(say("the role of {id} was ended before; nothing was changed", id=id))
        row = revised(change.session, PersonRow, id, seen, role="", audit="", until=None)
        _refuse_the_last(change.session, id)
        return _member(row, change.keep(row))


def every(records: Records) -> list[Member]:
    """Everybody who ever had a role, as it stands now."""
    with records.read() as session:
        return [_member(row, entry) for row, entry in latest(session, PersonRow)]


def identified(id: str) -> str:
    """An e-mail address in small letters, or issuer and subject as they are."""
    text = stated(id, say("who it is"), say("an e-mail address, or issuer|subject"))
    if IDENTITY.fullmatch(text):
        return text
    if not ADDRESS.fullmatch(text):
        raise RecordError(
            say("'{text}' names nobody; write an e-mail address, or issuer|subject as the sign-in gives it", text=text)
        )
    return text.lower()


def _given(role: str) -> Role:
    if role not in GIVEN:
        raise RecordError(
            say("'{role}' is no role that can be given; write one of: {known}", role=role, known=", ".join(GIVEN))
        )
    return Role(role)


def _bounded(role: Role, audit: str, until: dt.date | None, today: dt.date) -> None:
    if until and until < today:
        raise RecordError(
            say(
                "the last day {until} is over; write {today} or later",
                until=until.isoformat(),
                today=today.isoformat(),
            )
        )
    if role == Role.GUEST_AUDITOR:
        if not audit or not until:
            raise RecordError(
                say("a guest auditor sees one audit until a day; write both, the audit's id and the last day")
            )
    elif audit:
        word = role_word(role)
        raise RecordError(
            say("a person who is {role} is not bound to one audit; leave '{audit}' out", role=word, audit=audit)
        )


def _refuse_the_last(session: Session, id: str) -> None:
    """A way back in must stay: an administrator without a last day."""
    left = {row.id for row, _ in latest(session, PersonRow) if row.role == Role.ADMINISTRATOR and row.until is None}
    if left == {id}:
        raise RecordError(
            say("{id} is the last administrator; give somebody else this role first, without a last day", id=id)
        )


def _member(row: PersonRow, entry: EntryRow | Entry) -> Member:
    return Member(
        id=row.id,
        name=row.name,
        role=Role(row.role) if row.role else None,
        audit=row.audit,
        until=row.until,
        revision=row.revision,
        actor=entry.actor,
        reason=entry.reason,
        at=dt.datetime.fromisoformat(entry.at),
    )
