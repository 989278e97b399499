"""The trail of all changes, and the check that neither it nor the records were altered behind the program's back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from audit.errors import RecordError
from audit.records.tables import EntryRow
from audit.records.trail.anchor import BEFORE_THE_FIRST, Anchored, line
from audit.records.trail.entry import Entry, as_entry, head
from audit.records.trail.rows import Row, by_entry
from audit.records.versions import object_words
from audit.text import Language, Text
from audit.wording import say

if TYPE_CHECKING:
    from audit.records.database import Records

AT_ONCE = 32
"""Changes that can be under way together, and so lack their line in the anchor after a crash."""


@dataclass(frozen=True)
class Damage:
    """What was found to be altered, and where; a path stays plain."""

    what: Text
    where: Text | str

    def __str__(self) -> str:
        """English, for a command line."""
        return "{where}: {what}".format(**self.said("en"))

    def said(self, language: Language) -> dict[str, str]:
        where = self.where if isinstance(self.where, str) else self.where.said(language)
        return {"what": self.what.said(language), "where": where}


def entries(records: Records, object: str | None = None, object_id: str | None = None) -> list[Entry]:
    """Oldest first; all of them, or those of one kind or object."""
    asked = asked_for()
    asked = asked.where(EntryRow.object == object) if object is not None else asked
    asked = asked.where(EntryRow.object_id == object_id) if object_id is not None else asked
    with records.read() as session:
        return [Entry(*row) for row in session.execute(asked)]


def since(records: Records, seq: int) -> list[Entry]:
    with records.read() as session:
        return [Entry(*row) for row in session.execute(asked_for().where(EntryRow.seq > seq))]


def asked_for() -> Select[Any]:
    """All entries as bare values, which takes a quarter of the time that whole rows take."""
    return select(*[getattr(EntryRow, field.name) for field in fields(Entry)]).order_by(EntryRow.seq)


def newest(records: Records) -> Entry | None:
    with records.read() as session:
        row = head(session)
        return as_entry(row) if row else None


def verify(records: Records) -> list[Damage]:
    """Everything that was altered; nothing on untouched records, also while others are writing."""
    # the anchor first: what it names is committed already, so a change meanwhile is no damage
    anchored = records.anchor.read() if records.anchor else None
    try:
        with records.read() as session:
            chain, rows = [Entry(*row) for row in session.execute(asked_for())], by_entry(session)
    except RecordError as error:
        return [Damage(Text(en=error.said("en"), zh=error.said("zh")), say("records"))]
    found = [*_chain(chain), *_against_rows(chain, rows)]
    return [*found, *_against_anchor(chain, anchored, records.anchor.path.name)] if records.anchor else found


def _chain(chain: list[Entry]) -> Iterator[Damage]:
    last, hash = 0, BEFORE_THE_FIRST
    for entry in chain:
        if entry.seq != last + 1:
            where = say("trail, before entry {seq}", seq=str(entry.seq))
            yield Damage(_gone(last + 1, entry.seq - 1), where)
        elif entry.previous != hash:
            yield Damage(say("this entry does not follow entry {seq}", seq=str(last)), _place(entry))
        if entry.hash != entry.sealed():
            yield Damage(say("this entry was changed after it was written"), _place(entry))
        last, hash = entry.seq, entry.hash


def _against_rows(chain: list[Entry], rows: dict[int, Row]) -> Iterator[Damage]:
    for entry in chain:
        row = rows.get(entry.seq)
        if row is None:
            yield Damage(say("the trail names it, but its row is missing"), _place(entry))
        elif row.unreadable:
            yield Damage(row.unreadable, _place(entry))
        elif row.payload != entry.payload or row.kind.object != entry.object:
            odd = _differences(row, entry)
            yield Damage(say("the row is not what the trail says: {names}", names=odd), _place(entry))
    for seq in sorted(rows.keys() - {entry.seq for entry in chain}):
        what = say("{row} is there without an entry in the trail", row=rows[seq].name)
        yield Damage(what, say("records, row {seq}", seq=str(seq)))


def _against_anchor(chain: list[Entry], anchored: Anchored | None, name: str) -> Iterator[Damage]:
    if anchored is None:
        yield Damage(say("the anchor is missing or cannot be read, so a cut trail would not be noticed"), name)
        return
    hashes = {0: BEFORE_THE_FIRST} | {entry.seq: entry.hash for entry in chain}
    where = say("trail, against {name}", name=name)
    for seq, hash in anchored.hashes:
        if seq not in hashes:
            yield Damage(say("entry {seq} was written once and is missing", seq=str(seq)), where)
        elif hashes[seq] != hash:
            yield Damage(say("entry {seq} is not the one that was written first", seq=str(seq)), where)
    for number, torn in anchored.torn:
        # half of a true line is what a power cut leaves
        if not any(line(seq, hash).startswith(torn) for seq, hash in hashes.items()):
            yield Damage(say("this line cannot be read"), say("{file}, line {line}", file=name, line=str(number)))
    yield from _gaps([seq for seq, _ in anchored.hashes], len(chain), name)


def _gaps(anchored: list[int], head: int, name: str) -> Iterator[Damage]:
    """More entries without a line than crashes can leave: lines were taken out of the anchor."""
    if 0 not in anchored:
        yield Damage(say("the anchor has lost its beginning"), name)
    noted = sorted({0, *anchored, head + 1})
    for before, after in zip(noted, noted[1:], strict=False):
        if after - before - 1 > AT_ONCE:
            first, last = str(before + 1), str(after - 1)
            yield Damage(say("entries {first} to {last} are missing from the anchor", first=first, last=last), name)


def _differences(row: Row, entry: Entry) -> Text | str:
    try:
        told, lies = json.loads(entry.payload), json.loads(row.payload)
        names = [name for name, value in lies.items() if told.get(name) != value]
    except (ValueError, AttributeError):
        names = []
    return ", ".join(names) or say("its payload")


def _gone(first: int, last: int) -> Text:
    if first == last:
        return say("entry {seq} is missing", seq=str(first))
    return say("entries {first} to {last} are missing", first=str(first), last=str(last))


def _place(entry: Entry) -> Text:
    kind = object_words().get(entry.object, entry.object)
    return say("trail, entry {seq} ({kind} {id})", seq=str(entry.seq), kind=kind, id=entry.object_id)
