"""Every file's way in, as it was recorded."""

from __future__ import annotations

import datetime as dt

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.access.person import Who
from audit.errors import RecordError
from audit.load import Load
from audit.records.database import Records
from audit.records.tables.facts import LoadRow
from audit.text import Text
from audit.wording import say

ADAPTER = TypeAdapter(Load)


def keep(records: Records, load: Load, actor: Who) -> Load:
    """
    The load as recorded. One that is published already, or was refused for the same reason, is returned
    unchanged and nothing is written; a load that the gate stopped may be tried again, and both tries stay.
    """
    with records.change(actor, "load") as change:
        former = _last(change.session, load.id)
        if former and (former.published or former.refused and former.refused == load.refused):
            return _load(former)
        written = ADAPTER.dump_python(load, mode="json") | {"received_at": load.received_at}
        later = {"refused": load.refused or None, "rows_of_record": _of_many(load), "masked": load.masked or None}
        change.keep(LoadRow(**written | later))
    return load


def _of_many(load: Load) -> int | None:
    return load.rows_of_record if load.rows_of_record > 1 else None


def every(records: Records, before: dt.datetime | None = None) -> list[Load]:
    """The last try of each load, newest first; of those received before a moment where one is given."""
    with records.read() as session:
        return list(_latest(session, before).values())[::-1]


def find(records: Records, id: str) -> Load:
    """Raises RecordError where there is no such load."""
    with records.read() as session:
        if row := _last(session, id):
            return _load(row)
        known = list(_latest(session))
    raise RecordError(say("there is no load '{id}'; {known}", id=id, known=_known(known)))


def _known(ids: list[str]) -> Text:
    if not ids:
        return say("nothing was loaded yet")
    return say("the last ones are: {known}", known=", ".join(ids[:-6:-1]))


def _last(session: Session, id: str) -> LoadRow | None:
    return session.scalars(select(LoadRow).where(LoadRow.id == id).order_by(LoadRow.seq.desc()).limit(1)).first()


def _latest(session: Session, before: dt.datetime | None = None) -> dict[str, Load]:
    latest: dict[str, Load] = {}
    asked = select(LoadRow).order_by(LoadRow.seq)
    for row in session.scalars(asked if before is None else asked.where(LoadRow.received_at < before)):
        latest.pop(row.id, None)  # the last try also takes the last place
        latest[row.id] = _load(row)
    return latest


def _load(row: LoadRow) -> Load:
    return ADAPTER.validate_python(row.content())
