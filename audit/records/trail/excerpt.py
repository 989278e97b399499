"""A part of the trail: the entries that somebody asks for, page by page, each with how its object stood before."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from audit.records.database import Records
from audit.records.tables import EntryRow
from audit.records.trail.entry import Entry
from audit.records.trail.trail import asked_for

AT_ONCE = 2_000


@dataclass(frozen=True)
class Wanted:
    """ "" and None ask for everything."""

    actor: str = ""
    action: str = ""
    object: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    """Days in UTC, both included."""
    text: str = ""
    """In the reason, the content or the object's name, whatever the case of its letters."""


@dataclass(frozen=True)
class Excerpt:
    entries: tuple[Entry, ...]
    """Newest first."""
    count: int
    """Of all that were asked for."""


def excerpt(records: Records, wanted: Wanted, skip: int = 0, most: int = 50) -> Excerpt:
    chosen = _chosen(wanted)
    page = asked_for().where(*chosen).order_by(None).order_by(EntryRow.seq.desc()).offset(skip).limit(most)
    with records.read() as session:
        count = session.scalar(select(func.count()).select_from(EntryRow).where(*chosen)) or 0
        return Excerpt(tuple(Entry(*row) for row in session.execute(page)), count)


def every(records: Records, wanted: Wanted) -> Iterator[Entry]:
    """Oldest first, however many there are."""
    with records.read() as session:
        found = session.execute(asked_for().where(*_chosen(wanted)).execution_options(yield_per=AT_ONCE))
        yield from (Entry(*row) for row in found)


def names(records: Records) -> dict[str, list[str]]:
    """Who, which actions and which kinds of object stand in the trail."""
    with records.read() as session:
        return {
            name: sorted(session.scalars(select(getattr(EntryRow, name)).distinct()))
            for name in ("actor", "action", "object")
        }


def before(records: Records, entry: Entry) -> Entry | None:
    """The entry before on the same object; None where this is the first."""
    same = (EntryRow.object == entry.object, EntryRow.object_id == entry.object_id, EntryRow.seq < entry.seq)
    asked = asked_for().where(*same).order_by(None).order_by(EntryRow.seq.desc()).limit(1)
    with records.read() as session:
        row = session.execute(asked).first()
        return Entry(*row) if row else None


def _chosen(wanted: Wanted) -> list[ColumnElement[bool]]:
    equal = ((EntryRow.actor, wanted.actor), (EntryRow.action, wanted.action), (EntryRow.object, wanted.object))
    chosen: list[Any] = [column == value for column, value in equal if value]
    # the times are kept as text in one form, so that their order is that of the letters
    if wanted.first:
        chosen.append(EntryRow.at >= wanted.first.isoformat())
    if wanted.last:
        chosen.append(EntryRow.at < (wanted.last + dt.timedelta(days=1)).isoformat())
    if text := wanted.text.strip():
        # the content is JSON, where a quotation mark has a backslash before it
        forms = sorted({text, json.dumps(text, ensure_ascii=False)[1:-1]})
        plain = [_holds(column, text) for column in (EntryRow.reason, EntryRow.object_id)]
        chosen.append(or_(*plain, *[_holds(EntryRow.payload, form) for form in forms]))
    return chosen


def _holds(column: Any, text: str) -> ColumnElement[bool]:
    """The database makes both small, so that what is typed as it stands is found whichever letters it knows."""
    escaped = re.sub(r"([/%_])", r"/\1", text)
    return func.lower(column).like(func.lower(f"%{escaped}%"), escape="/")
