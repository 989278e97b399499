"""
The tables of the records, one file per room. `seq` names the trail entry that made each row; rows are added and never
changed, but for sign-ins and drafts, which are no records.
"""

from audit.records.tables import (
    assumptions,
    audits,
    documents,
    events,
    facts,
    findings,
    judging,
    objectives,
    people,
    restores,
    reviews,
    scorecards,
    set_ups,
    signatures,
)
from audit.records.tables.base import Base, EntryRow, Kept, Versioned, canonical

ROOMS = (
    facts, documents, judging, people, audits, findings, reviews, signatures, restores, events, objectives, scorecards,
    assumptions, set_ups,
)  # fmt: skip
RECORDS: tuple[type[Kept], ...] = tuple(
    mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Kept)
)

__all__ = ["RECORDS", "ROOMS", "Base", "EntryRow", "Kept", "Versioned", "canonical"]
