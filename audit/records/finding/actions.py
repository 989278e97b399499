"""Corrective actions and what management decided to do: who does what until when, and which KPI it should move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from audit.access.person import Who
from audit.errors import RecordError
from audit.finding.finding import Action, Reference
from audit.records.database import Change, Records
from audit.records.finding.finding_row import as_action
from audit.records.finding.finding_text import checked_references
from audit.records.statement import day, readable, stated
from audit.records.tables.findings import ActionRow, FindingRow
from audit.records.tables.reviews import ReviewDecisionRow
from audit.records.versions import found, history, latest, next_id, revised
from audit.text import Text
from audit.wording import say

__all__ = ["Action", "NewAction"]
REVISABLE = ("what", "owner", "due_on", "kpi", "by", "group", "expected_on")


@dataclass(frozen=True)
class NewAction:
    """For a finding, or for a decision of a management review: one of the two."""

    what: str
    owner: str
    due_on: dt.date | None
    finding: str = ""
    decision: str = ""
    kpi: str = ""
    by: str = ""
    group: str = ""
    expected_on: dt.date | None = None


def plan(records: Records, new: NewAction, who: Who, key: str | None = None) -> Action:
    written = _written(asdict(new))
    if bool(written["finding"]) == bool(written["decision"]):
        raise RecordError(say("what the action belongs to is missing; name one finding, or one decision"))
    with records.change(who, "act", key=key) as change:
        _require_open_finding(change, written["finding"])
        if written["decision"]:
            found(change.session, ReviewDecisionRow, written["decision"])
        id = next_id(change.session, ActionRow, "ACT")
        return _kept(change, ActionRow(id=id, revision=1, **written, status="open", done_on=None, evidence=[]))


def revise(
    records: Records, id: str, seen: int, who: Who, reason: str, key: str | None = None, **changes: Any
) -> Action:
    """Of an action that is open: another owner, day or KPI, and why."""
    reason = stated(reason, say("the reason for changing the action"), say("what was changed and why"))
    for name in changes:
        if name not in REVISABLE:
            raise RecordError(
                say(
                    "'{name}' of an action cannot be changed; write one of: {known}",
                    name=name,
                    known=", ".join(REVISABLE),
                )
            )
    written = _written(changes)
    with records.change(who, "act", reason, key) as change:
        row = _next(change, id, seen, "open", **written)
        _written({name: getattr(row, name) for name in REVISABLE})
        return _kept(change, row)


def done(
    records: Records,
    id: str,
    seen: int,
    who: Who,
    on: dt.date,
    evidence: Sequence[Reference],
    note: str = "",
    key: str | None = None,
) -> Action:
    """With what shows that it was done."""
    rows = [asdict(each) for each in checked_references(tuple(evidence))]
    if not rows:
        raise RecordError(
            say("nothing shows that action '{id}' was done; name at least one piece of evidence by its key", id=id)
        )
    day(on, say("the day on which it was done"), records.clock())
    with records.change(who, "act", note, key) as change:
        return _kept(change, _next(change, id, seen, "open", status="done", done_on=on, evidence=rows))


def cancel(records: Records, id: str, seen: int, who: Who, reason: str, key: str | None = None) -> Action:
    reason = stated(reason, say("the reason for cancelling"), say("why the action is not needed any more"))
    with records.change(who, "act", reason, key) as change:
        return _kept(change, _next(change, id, seen, "open", status="cancelled"))


def reopen(records: Records, id: str, seen: int, who: Who, reason: str, key: str | None = None) -> Action:
    """What was reported as done or cancelled stays in the history."""
    reason = stated(reason, say("the reason for opening it again"), say("what is left to do"))
    with records.change(who, "act", reason, key) as change:
        return _kept(change, _next(change, id, seen, "", status="open", done_on=None, evidence=[]))


def every(records: Records, upto: int | None = None) -> list[Action]:
    """In the order of their planning; at an entry of the trail, or now."""
    with records.read() as session:
        return [as_action(row, entry) for row, entry in latest(session, ActionRow, upto)]


def find(records: Records, id: str) -> Action:
    """Raises RecordError, naming the last ones, where there is none."""
    return revisions(records, id)[0]


def revisions(records: Records, id: str) -> list[Action]:
    """Newest first."""
    with records.read() as session:
        found(session, ActionRow, id)
        return [as_action(row, entry) for row, entry in history(session, ActionRow, id)]


def _next(change: Change, id: str, seen: int, wanted: str, **changes: Any) -> ActionRow:
    """The next revision of an action whose finding is not closed; `wanted` is its status, "" for any but open."""
    row = revised(change.session, ActionRow, id, seen)
    if (row.status == "open") != (wanted == "open"):
        instead = say("nothing was changed") if row.status == "open" else say("open it again first")
        raise RecordError(
            say("action '{id}' is {status}; {instead}", id=id, status=status_word(row.status), instead=instead)
        )
    _require_open_finding(change, row.finding)
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def status_word(status: str) -> Text:
    """As it stands within a sentence."""
    words = {"open": say("Open"), "done": say("Done"), "cancelled": say("Cancelled")}
    return Text(en=status, zh=words[status].zh)


def _require_open_finding(change: Change, finding: str) -> None:
    if finding and found(change.session, FindingRow, finding).status == "closed":
        raise RecordError(
            say("finding '{finding}' is closed and takes no further action; reopen it first", finding=finding)
        )


def _written(fields: dict[str, Any]) -> dict[str, Any]:
    texts = {
        name: readable(value.strip(), say("the {name}", name=name))
        for name, value in fields.items()
        if isinstance(value, str)
    }
    if "what" in fields:
        stated(texts["what"], say("the action's what"), say("what will be done"))
    if "owner" in fields:
        stated(texts["owner"], say("the action's owner"), say("who does it"))
    if fields.get("due_on", ...) is None:
        raise RecordError(say("the day until which the action is due is missing; write a day, as in 2027-01-31"))
    return fields | texts


def _kept(change: Change, row: ActionRow) -> Action:
    entry = change.keep(row)
    return as_action(row, entry)
