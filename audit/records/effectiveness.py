"""Whether what was done had the effect that was hoped for: reviewed by somebody who is not responsible for it."""

from __future__ import annotations

from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.closing import independent
from audit.errors import RecordError
from audit.finding import Judged, Review
from audit.person import Person, Who
from audit.records.alone import alone
from audit.records.database import Records
from audit.records.finding_row import as_review, responsible_in, reviews_in
from audit.records.statement import readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.findings import ActionRow, EffectivenessRow, FindingRow
from audit.records.versions import history, last, latest

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
    sentence = stated(sentence, "what was seen", "one sentence on what changed since the actions were done")
    if proposed and concluded != proposed:
        stated(reason, f"the reason why '{concluded}' departs from the proposed '{proposed}'", "it")
    with records.change(who, ACTION, reason, key) as change:
        apart = independent(change.person, _responsible(change.session, subject))
        if not apart and not alone(change.session, change.person, ACTION, change.at.date(), records.signing_in):
            raise RecordError(
                f"{change.actor} is responsible for '{subject}' and cannot review its effectiveness; nothing was kept: "
                "ask somebody who neither owns nor did it"
            )
        row = EffectivenessRow(
            subject=subject, proposed=proposed, concluded=concluded, sentence=sentence,
            run=readable(run.strip(), "the run"), independent=apart,
        )  # fmt: skip
        entry = change.keep(row)
        return as_review(row, entry)


def current(records: Records) -> dict[str, Review]:
    """The newest review of each finding and action."""
    with records.read() as session:
        return reviews_in(session)


def of(records: Records, subject: str) -> list[Review]:
    """Newest first."""
    asked = select(EffectivenessRow, EntryRow).join(EntryRow, EntryRow.seq == EffectivenessRow.seq)
    with records.read() as session:
        found = session.execute(asked.where(EffectivenessRow.subject == subject).order_by(EffectivenessRow.seq.desc()))
        return [as_review(row, entry) for row, entry in found]


def _judged(value: str) -> str:
    if value not in JUDGED:
        raise RecordError(f"'{value}' is no result of a review; write one of: {', '.join(JUDGED)}")
    return value


def _responsible(session: Session, subject: str) -> list[Person]:
    """Raises RecordError where there is nothing yet to review."""
    if finding := last(session, FindingRow, subject):
        _require_nothing_open(session, finding)
        return responsible_in(session, subject)
    action = last(session, ActionRow, subject)
    if action is None:
        raise RecordError(f"there is no finding or action '{subject}' to review; write its id, as in F-001 or ACT-001")
    if action.status != "done":
        raise RecordError(f"action '{subject}' is {action.status}; its effect can be reviewed once it is done")
    if action.finding:
        return responsible_in(session, action.finding)
    rows = history(session, ActionRow, subject)
    return [person for row, entry in rows for person in (Person(row.owner), Person(entry.actor, entry.identity or ""))]


def _require_nothing_open(session: Session, finding: FindingRow) -> None:
    if finding.status == "closed":
        raise RecordError(f"finding '{finding.id}' is closed; reopen it before it is reviewed again")
    open_ = [row.id for row, _e in latest(session, ActionRow) if row.finding == finding.id and row.status == "open"]
    if open_:
        raise RecordError(f"{', '.join(open_)} of finding '{finding.id}' is open; its effect can be reviewed once done")
