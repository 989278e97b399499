"""The trail of all changes, and the check that neither it nor the records were altered behind the program's back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.errors import RecordError
from audit.records.anchor import BEFORE_THE_FIRST, Anchored, line
from audit.records.entry import Entry, as_entry
from audit.records.tables import RECORDS, EntryRow, Kept, canonical

if TYPE_CHECKING:
    from audit.records.database import Records

AT_ONCE = 32
"""Changes that can be under way together, and so lack their line in the anchor after a crash."""


@dataclass(frozen=True)
class Damage:
    """What was found to be altered, and where."""

    what: str
    where: str


def entries(records: Records, object: str | None = None, object_id: str | None = None) -> list[Entry]:
    """Oldest first; all of them, or those of one kind or object."""
    asked = select(EntryRow).order_by(EntryRow.seq)
    asked = asked.where(EntryRow.object == object) if object is not None else asked
    asked = asked.where(EntryRow.object_id == object_id) if object_id is not None else asked
    with records.read() as session:
        return [as_entry(row) for row in session.scalars(asked)]


def verify(records: Records) -> list[Damage]:
    """Everything that was altered; nothing on untouched records, also while others are writing."""
    # the anchor first: what it names is committed already, so a change meanwhile is no damage
    anchored = records.anchor.read() if records.anchor else None
    try:
        with records.read() as session:
            chain = [as_entry(row) for row in session.scalars(select(EntryRow).order_by(EntryRow.seq))]
            rows = {seq: row for kind in RECORDS for seq, row in _rows(session, kind)}
    except RecordError as error:
        return [Damage(str(error), "records")]
    found = [*_chain(chain), *_against_rows(chain, rows)]
    return [*found, *_against_anchor(chain, anchored, records.anchor.path.name)] if records.anchor else found


def _chain(chain: list[Entry]) -> Iterator[Damage]:
    last, hash = 0, BEFORE_THE_FIRST
    for entry in chain:
        if entry.seq != last + 1:
            yield Damage(f"{_numbers(last + 1, entry.seq - 1)} missing", f"trail, before entry {entry.seq}")
        elif entry.previous != hash:
            yield Damage(f"this entry does not follow entry {last}", _place(entry))
        if entry.hash != entry.sealed():
            yield Damage("this entry was changed after it was written", _place(entry))
        last, hash = entry.seq, entry.hash


def _rows(session: Session, kind: type[Kept]) -> Iterator[tuple[int, Kept | str]]:
    """Each row by its entry's number; of a row that cannot be read, why."""
    for seq in session.scalars(select(kind.seq).order_by(kind.seq)).all():
        try:
            yield seq, session.get_one(kind, seq)
        except (ValueError, TypeError) as error:
            yield seq, f"the row in '{kind.__tablename__}' cannot be read ({error})"


def _against_rows(chain: list[Entry], rows: dict[int, Kept | str]) -> Iterator[Damage]:
    for entry in chain:
        row = rows.get(entry.seq)
        if row is None:
            yield Damage("the trail names it, but its row is missing", _place(entry))
        elif isinstance(row, str):
            yield Damage(row, _place(entry))
        elif canonical(row.content()) != entry.payload or row.object != entry.object:
            yield Damage(f"the row is not what the trail says: {_differences(row, entry)}", _place(entry))
    for seq in sorted(rows.keys() - {entry.seq for entry in chain}):
        row = rows[seq]
        of = "a row" if isinstance(row, str) else f"{row.object} {row.object_id}"
        yield Damage(f"{of} is there without an entry in the trail", f"records, row {seq}")


def _against_anchor(chain: list[Entry], anchored: Anchored | None, name: str) -> Iterator[Damage]:
    if anchored is None:
        yield Damage("the anchor is missing or cannot be read, so a cut trail would not be noticed", name)
        return
    hashes = {0: BEFORE_THE_FIRST} | {entry.seq: entry.hash for entry in chain}
    for seq, hash in anchored.hashes:
        if seq not in hashes:
            yield Damage(f"entry {seq} was written once and is missing", f"trail, against {name}")
        elif hashes[seq] != hash:
            yield Damage(f"entry {seq} is not the one that was written first", f"trail, against {name}")
    for number, torn in anchored.torn:
        # half of a true line is what a power cut leaves
        if not any(line(seq, hash).startswith(torn) for seq, hash in hashes.items()):
            yield Damage("this line cannot be read", f"{name}, line {number}")
    yield from _gaps([seq for seq, _ in anchored.hashes], len(chain), name)


def _gaps(anchored: list[int], head: int, name: str) -> Iterator[Damage]:
    """More entries without a line than crashes can leave: lines were taken out of the anchor."""
    if 0 not in anchored:
        yield Damage("the anchor has lost its beginning", name)
    noted = sorted({0, *anchored, head + 1})
    for before, after in zip(noted, noted[1:], strict=False):
        if after - before - 1 > AT_ONCE:
            yield Damage(f"{_numbers(before + 1, after - 1)} missing from the anchor", name)


def _differences(row: Kept, entry: Entry) -> str:
    try:
        told = json.loads(entry.payload)
        names = [name for name, value in row.content().items() if told.get(name) != value]
    except (ValueError, AttributeError):
        names = []
    return ", ".join(names) or "its payload"


def _numbers(first: int, last: int) -> str:
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"


def _place(entry: Entry) -> str:
    return f"trail, entry {entry.seq} ({entry.object} {entry.object_id})"
