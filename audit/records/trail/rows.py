"""Every row as it lies in the tables, by the entry of the trail that made it; also one that can no longer be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.records.tables import RECORDS, Kept, canonical
from audit.records.versions import named
from audit.text import Text
from audit.wording import say


@dataclass(frozen=True)
class Row:
    kind: type[Kept]
    values: Mapping[str, Any]
    unreadable: Text | None = None
    """Why it cannot be read."""

    @property
    def payload(self) -> str:
        """What the trail must say of it."""
        return canonical(self.kind.told(self.values))

    @property
    def name(self) -> Text:
        if self.unreadable:
            return say("a row")
        return named(self.kind, self.kind(**self.values).object_id)


def by_entry(session: Session) -> dict[int, Row]:
    return {seq: row for kind in RECORDS for seq, row in _of(session, kind)}


def _of(session: Session, kind: type[Kept]) -> Iterator[tuple[int, Row]]:
    """All at once, as bare values, which takes a twentieth of the time; one by one where one of them is odd."""
    try:
        every = session.execute(select(kind.__table__).order_by(kind.seq)).mappings().all()
    except (ValueError, TypeError):
        yield from _one_by_one(session, kind)
        return
    yield from ((row["seq"], Row(kind, cast(Mapping[str, Any], row))) for row in every)


def _one_by_one(session: Session, kind: type[Kept]) -> Iterator[tuple[int, Row]]:
    for seq in session.scalars(select(kind.seq).order_by(kind.seq)).all():
        try:
            found = session.execute(select(kind.__table__).where(kind.seq == seq)).mappings().one()
            yield seq, Row(kind, cast(Mapping[str, Any], found))
        except (ValueError, TypeError) as error:
            told = say("the row in '{table}' cannot be read ({error})", table=kind.__tablename__, error=error)
            yield seq, Row(kind, {}, told)
