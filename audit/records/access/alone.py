"""Whether somebody works alone: then one may do what else needs another person, and the records say so."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from audit.access.person import Person
from audit.access.roles import Role, may
from audit.records.tables.people import PersonRow
from audit.records.versions import latest


def alone(session: Session, person: Person, action: str, today: dt.date, signing_in: bool) -> bool:
    """Nobody signs in here, or nobody else has a role that may do this."""
    if not signing_in:
        return True
    own = {person.identity, person.email.lower()}
    others = [row for row, _entry in latest(session, PersonRow) if row.id not in own]
    current = [Role(row.role) for row in others if row.role and not (row.until and today > row.until)]
    return not any(may(role, action) for role in current)
