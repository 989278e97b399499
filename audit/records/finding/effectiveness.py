"""Whether what was done had the effect that was hoped for: reviewed by somebody who is not responsible for it."""

from __future__ import annotations

from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.access.person import Person, Who
from audit.errors import RecordError
from audit.finding.closing import independent, judged_word
from audit.finding.finding import Judged, Review
from audit.records.access.alone import alone
from audit.records.database import Records
from audit.records.finding.actions import status_word
from audit.records.finding.finding_row import as_review, responsible_in, reviews_in
from audit.records.statement import readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.findings import ActionRow, EffectivenessRow, FindingRow
from audit.records.versions import history, last, latest
from audit.wording import say

JUDGED: tuple[str, ...] = get_args(Judged)
ACTION = "review effectiveness"


def review(
    records: Records,
    subject: str,
    proposed: str,
    concluded: str,
    sentence: str,
    run: str,
    who: Who,
    reason: str = "",
    key: str | None = None,
) -> Review:
    """
    `subject` is an action or a finding, `proposed` what data say or "", `sentence` what was seen. Raises RecordError
    for somebody who is responsible, unless nobody else is there: then the review says that it was not independent.
    """
    concluded, proposed = _judged(concluded), _judged(proposed) if proposed else ""
    sentence = stated(sentence, say("what was seen"), say("one sentence on what changed since the actions were done"))
    if proposed and concluded != proposed:
        what = say(
            "the reason why '{concluded}' departs from the proposed '{proposed}'",
            concluded=judged_word(concluded),
            proposed=judged_word(proposed),
        )
        stated(reason, what, say("it"))
    with records.change(who, ACTION, reason, key) as change:
        apart = independent(change.person, _responsible(change.session, subject))
        if not apart and not alone(change.session, change.person, ACTION, change.at.date(), records.signing_in):
            raise RecordError(
                say(
                    "{name} is responsible for '{subject}' and cannot review its effectiveness; nothing was kept: "
                    "ask somebody who neither owns nor did it",
                    name=change.actor,
                    subject=subject,
                )
            )
        row = EffectivenessRow(
            subject=subject, proposed=proposed, concluded=concluded, sentence=sentence,
            run=readable(run.strip(), say("the run")), independent=apart,
        )  # fmt: skip
        entry = change.keep(row)
        return as_review(row, entry)


def current(records: Records) -> dict[str, Review]:
    """The newest review of each finding and action."""
    with records.read() as session:
        return {each.subject: each for each in reviews_in(session)}


def every(records: Records, upto: int | None = None) -> list[Review]:
    """Oldest first; `upto` is the entry of the trail at which they are looked at."""
    with records.read() as session:
        return reviews_in(session, upto)


def of(records: Records, subject: str) -> list[Review]:
    """Newest first."""
    asked = select(EffectivenessRow, EntryRow).join(EntryRow, EntryRow.seq == EffectivenessRow.seq)
    with records.read() as session:
        found = session.execute(asked.where(EffectivenessRow.subject == subject).order_by(EffectivenessRow.seq.desc()))
        return [as_review(row, entry) for row, entry in found]


def _judged(value: str) -> str:
    if value not in JUDGED:
        raise RecordError(
            say("'{value}' is no result of a review; write one of: {known}", value=value, known=", ".join(JUDGED))
        )
    return value


def _responsible(session: Session, subject: str) -> list[Person]:
    """Raises RecordError where there is nothing yet to review."""
    if finding := last(session, FindingRow, subject):
        _require_nothing_open(session, finding)
        return responsible_in(session, subject)
    action = last(session, ActionRow, subject)
    if action is None:
        raise RecordError(
            say("there is no finding or action '{id}' to review; write its id, as in F-001 or ACT-001", id=subject)
        )
    if action.status != "done":
        raise RecordError(
            say(
                "action '{id}' is {status}; its effect can be reviewed once it is done",
                id=subject,
                status=status_word(action.status),
            )
        )
    if action.finding:
        return responsible_in(session, action.finding)
    rows = history(session, ActionRow, subject)
    return [person for row, entry in rows for person in (Person(row.owner), Person(entry.actor, entry.identity or ""))]


def _require_nothing_open(session: Session, finding: FindingRow) -> None:
    if finding.status == "closed":
        raise RecordError(say("finding '{id}' is closed; reopen it before it is reviewed again", id=finding.id))
    open_ = [row.id for row, _e in latest(session, ActionRow) if row.finding == finding.id and row.status == "open"]
    if open_:
        raise RecordError(
            say(
                "{actions} of finding '{id}' is open; its effect can be reviewed once done",
                actions=", ".join(open_),
                id=finding.id,
            )
        )
