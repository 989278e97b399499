"""Which role a person has at this moment, and whether it may do what is asked. Asked inside the change itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.access.person import Person
from audit.access.role_words import action_word, any_of, role_word
from audit.access.roles import PERMISSIONS, Role, may
from audit.errors import Denied
from audit.records.tables.people import PersonRow
from audit.text import Text
from audit.wording import say


@dataclass(frozen=True)
class Authority:
    role: Role
    audit: str = ""
    """The one audit that a guest auditor sees."""
    until: dt.date | None = None


def authority(session: Session, person: Person, signing_in: bool, today: dt.date) -> Authority | None:
    """None for somebody who may do nothing. Where people sign in, a name that nobody vouches for is nobody's."""
    if not signing_in:
        return Authority(Role.LOCAL_USER)
    for id in filter(None, (person.identity, person.email.lower())) if person.identity else ():
        asked = select(PersonRow).where(PersonRow.id == id).order_by(PersonRow.revision.desc()).limit(1)
        if row := session.scalars(asked).first():
            ended = row.until is not None and today > row.until
            return Authority(Role(row.role), row.audit, row.until) if row.role and not ended else None
    return None


def require(session: Session, person: Person, action: str, signing_in: bool, today: dt.date) -> Role:
    """Raises Denied, naming who may."""
    found = authority(session, person, signing_in, today)
    if found and may(found.role, action):
        return found.role
    name, what, ask = person.name or say("nobody"), action_word(action), _whom_to_ask(action)
    if found is None:
        raise Denied(
            say("{name} may not {action} without a role; nothing was changed: {ask}", name=name, action=what, ask=ask)
        )
    raise Denied(
        say(
            "{name} may not {action} as {role}; nothing was changed: {ask}",
            name=name,
            action=what,
            role=role_word(found.role),
            ask=ask,
        )
    )


def _whom_to_ask(action: str) -> Text:
    allowed = sorted(role for role in PERMISSIONS.get(action, ()) if role != Role.LOCAL_USER)
    return say("ask somebody who is {roles}", roles=any_of(allowed)) if allowed else say("nobody may")
