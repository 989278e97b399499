"""Which persons were erased, why, and which files that changed: by pseudonym, and with nothing else of the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select

from audit.access.person import Who
from audit.records.database import Records
from audit.records.statement import stated
from audit.records.tables import EntryRow
from audit.records.tables.facts import ErasureRow
from audit.wording import say


@dataclass(frozen=True)
class Changed:
    place: str
    """The file, from the workspace's folder."""
    before: str
    """SHA-256 before the erasure."""
    after: str


@dataclass(frozen=True)
class Erasure:
    pseudonym: str
    rows: dict[str, int]
    """Source -> rows taken out of its table, the former state of a row counting too."""
    changed: tuple[Changed, ...]
    kept: tuple[str, ...]
    """What retention protects: files that may still name the person."""
    actor: str
    reason: str
    at: dt.datetime


def keep(
    records: Records,
    pseudonym: str,
    rows: Mapping[str, int],
    changed: Sequence[Changed],
    kept: Sequence[str],
    actor: Who,
    reason: str,
) -> Erasure:
    reason = stated(reason, say("the reason of the erasure"), say("why, naming nobody"))
    row = ErasureRow(pseudonym=pseudonym, rows=dict(rows), changed=[asdict(one) for one in changed], kept=list(kept))
    with records.change(actor, "erase", reason) as change:
        entry = change.keep(row)
        return Erasure(pseudonym, dict(rows), tuple(changed), tuple(kept), entry.actor, entry.reason, entry.time)


def every(records: Records) -> list[Erasure]:
    """Oldest first."""
    with records.read() as session:
        asked = select(ErasureRow, EntryRow).join(EntryRow, EntryRow.seq == ErasureRow.seq).order_by(ErasureRow.seq)
        return [_erasure(row, entry) for row, entry in session.execute(asked)]


def successor(erasures: Sequence[Erasure], place: str, digest: str) -> str:
    """The SHA-256 that a file must have now which had this one once."""
    for erasure in erasures:
        digest = next((one.after for one in erasure.changed if (one.place, one.before) == (place, digest)), digest)
    return digest


def _erasure(row: ErasureRow, entry: EntryRow) -> Erasure:
    changed = tuple(Changed(**one) for one in row.changed)
    at = dt.datetime.fromisoformat(entry.at)
    return Erasure(row.pseudonym, row.rows, changed, tuple(row.kept), entry.actor, entry.reason, at)
