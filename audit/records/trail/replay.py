"""The state that the trail alone tells, held against what the program reads out of the tables."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import select

from audit.errors import RecordError
from audit.records import assumptions, erasures, events, loads
from audit.records.access import people
from audit.records.auditing import answers, audits, decisions, gap_plans, maturity, programmes
from audit.records.database import Records
from audit.records.document import documents
from audit.records.finding import actions, effectiveness, findings
from audit.records.signing import signatures
from audit.records.tables import RECORDS, Kept
from audit.records.targets import criteria, objectives, scorecards
from audit.records.trail import trail, trail_reviews  # fmt: skip
from audit.records.trail.entry import Entry
from audit.records.trail.trail import Damage
from audit.records.versions import object_words
from audit.text import Text
from audit.wording import say

Key = tuple[str, ...]
State = dict[str, dict[Key, dict[str, Any]]]
"""Kind of record -> what it is known by -> what is known of it."""


def _of_every_audit(read: Callable[[Records, str], dict[Any, Any]]) -> Callable[[Records], Iterable[Any]]:
    """What belongs to an audit, or to none, is read audit by audit."""
    return lambda records: [
        {**vars(each), "audit": audit}
        for audit in ("", *(audit.id for audit in audits.every(records)))
        for each in read(records, audit).values()
    ]


READERS: dict[str, Callable[[Records], Iterable[Any]]] = {
    "load": loads.every,
    "document": lambda records: [{**vars(each.document), **vars(each)} for each in documents.register_of(records)],
    "erasure": erasures.every,
    "criterion": lambda records: criteria.current(records).values(),
    "decision": _of_every_audit(decisions.current),
    "answer": _of_every_audit(answers.current),
    "gap": lambda records: gap_plans.current(records).values(),
    "maturity": lambda records: maturity.current(records).values(),
    "person": people.every,
    "programme": programmes.every,
    "audit": audits.every,
    "finding": findings.every,
    "action": actions.every,
    "effectiveness": lambda records: effectiveness.current(records).values(),
    "signature": signatures.every,
    "event": events.every,
    "objective": objectives.every,
    "assumption": lambda records: [
        {**vars(each.assumption), "id": each.assumption.name} for each in assumptions.every(records)
    ],
    "scorecard": scorecards.every,
    "trail review": trail_reviews.every,
}
"""How pages and reports read each kind; a kind that is not here is read by its last rows."""
KNOWN_BY: dict[str, tuple[str, ...]] = {
    "erasure": ("pseudonym",),
    "criterion": ("evidence_id",),
    "decision": ("audit", "requirement_id"),
    "answer": ("audit", "evidence_id", "item"),
    "gap": ("requirement_id",),
    "maturity": ("clause",),
    "reading": ("document", "revision"),
    "effectiveness": ("subject",),
    "restore": ("backup",),
    "set-up": ("edition",),
    "signature": ("what", "what_id", "meaning", "name"),
    "trail review": ("last",),
}
"""All others are known by their id."""


def replay(entries: Iterable[Entry]) -> State:
    """From the first entry to the last, each in the place of the one before it on the same object."""
    state: State = {}
    for entry in entries:
        content = json.loads(entry.payload)
        state.setdefault(entry.object, {})[known_by(entry.object, content)] = content
    for key in [key for key, content in state.get("criterion", {}).items() if not content["limits"]]:
        del state["criterion"][key]  # the checklist's own limits again
    return state


def known_by(kind: str, content: dict[str, Any]) -> Key:
    return tuple(str(content.get(name) or "") for name in KNOWN_BY.get(kind, ("id",)))


def damage(records: Records) -> list[Damage]:
    """Where the two differ. What somebody changes meanwhile is looked at the next time."""
    before = trail.entries(records)
    try:
        read = {kind.object: _read(records, kind) for kind in RECORDS}
        told = replay(before)
    except (RecordError, ValueError, LookupError) as error:
        what = say("the state cannot be told from the trail ({error})", error=error)
        return [Damage(what, say("trail, replayed"))]
    moving = {(e.object, known_by(e.object, json.loads(e.payload))) for e in trail.since(records, len(before))}
    return [found for key, found in _against(told, read) if key not in moving]


def _read(records: Records, kind: type[Kept]) -> dict[Key, dict[str, Any]]:
    every = READERS[kind.object](records) if kind.object in READERS else _rows(records, kind)
    contents = [each if isinstance(each, dict) else vars(each) for each in every]
    return {known_by(kind.object, content): content for content in contents}


def _rows(records: Records, kind: type[Kept]) -> list[dict[str, Any]]:
    with records.read() as session:
        return [row.content() for row in session.scalars(select(kind).order_by(kind.seq))]


def _against(told: State, read: State) -> Iterator[tuple[tuple[str, Key], Damage]]:
    for kind in sorted(told.keys() | read.keys()):
        ours, theirs = told.get(kind, {}), read.get(kind, {})
        for key in sorted(ours.keys() | theirs.keys()):
            if what := _difference(ours.get(key), theirs.get(key)):
                word, id = object_words().get(kind, kind), " ".join(filter(None, key))
                yield (kind, key), Damage(what, say("trail, replayed ({kind} {id})", kind=word, id=id))


def _difference(told: dict[str, Any] | None, read: dict[str, Any] | None) -> Text | None:
    if read is None:
        return say("the trail tells of it, and the tables do not")
    if told is None:
        return say("the tables tell of it, and the trail does not")
    odd = [name for name in told if not _says(told[name], read.get(name, told[name]))]
    return say("the tables tell something else: {names}", names=", ".join(odd)) if odd else None


def _says(told: Any, read: Any) -> bool:
    """Whether what was read holds what the trail tells; a reader may leave parts out, or know more."""
    plain = read if isinstance(read, str | int | float | None) else _plain(read)
    if isinstance(told, dict) and isinstance(plain, dict):
        return all(_says(part, plain.get(name, part)) for name, part in told.items())
    if isinstance(told, list) and isinstance(plain, list):
        return len(told) == len(plain) and all(map(_says, told, plain))
    return bool(told == plain or (told in ("", None) and plain in ("", None)))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return to_jsonable_python(value)
