"""What a person typed into a form and has not kept yet. It is nobody else's, and no record: it stands in no trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from audit.access.person import Who, person
from audit.errors import Denied
from audit.records.database import Records
from audit.records.tables import EntryRow
from audit.records.tables.people import DraftRow
from audit.wording import say

LONGEST = 200_000
"""Signs in one draft; what is longer belongs into a document."""


@dataclass(frozen=True)
class Draft:
    form: str
    typed: dict[str, Any]
    """By the name of the field; what JSON can hold."""
    key: str
    """Of this filling of the form, so that sending it twice keeps it once, also after a lost session."""
    seen: int | None
    """The revision that the person looked at while typing."""
    at: dt.datetime


def note(records: Records, who: Who, form: str, typed: Mapping[str, Any], key: str, seen: int | None = None) -> None:
    """In the place of the former draft of the same person and form."""
    values = {
        "owner": _owner(records, who),
        "form": form,
        "typed": {"fields": _shortened(typed), "key": key},
        "seen": seen,
        "at": records.clock(),
    }
    # two windows of the same person may note at the same moment; the later one stays
    dialect = postgresql if records.engine.dialect.name == "postgresql" else sqlite
    told = dialect.insert(DraftRow).values(values)
    with records.remember() as session:
        session.execute(told.on_conflict_do_update(index_elements=["owner", "form"], set_=values))


def found(records: Records, who: Who, form: str) -> Draft | None:
    """None where there is none, and where this very filling was kept before the draft could be thrown away."""
    with records.read() as session:
        row = session.get(DraftRow, (_named(who), form))
        return _draft(session, row) if row else None


def discard(records: Records, who: Who, form: str) -> None:
    with records.remember() as session:
        session.execute(delete(DraftRow).where(DraftRow.owner == _named(who), DraftRow.form == form))


def _owner(records: Records, who: Who) -> str:
    if records.authority(who) is None:
        name = person(who).name or say("nobody")
        raise Denied(say("{name} has no role here, so nothing is noted; ask an administrator", name=name))
    return _named(who)


def _named(who: Who) -> str:
    """Who vouches is part of the name, so that nobody reads another's drafts by taking the same name."""
    by = person(who)
    return by.identity or f"local account {by.name}"


def _draft(session: Session, row: DraftRow) -> Draft | None:
    key = row.typed["key"]
    if session.scalar(select(EntryRow.seq).where(EntryRow.key == key)):
        return None
    return Draft(row.form, row.typed["fields"], key, row.seen, row.at)


def _shortened(typed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value[:LONGEST] if isinstance(value, str) else value for name, value in typed.items()}
