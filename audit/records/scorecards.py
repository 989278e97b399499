"""The organisation's scorecards: who set which indicators, weights and levels, and why. Each change is a revision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from audit.errors import RecordError
from audit.person import Who
from audit.records.database import Change, Records
from audit.records.statement import one_of, readable, stated
from audit.records.tables import EntryRow
from audit.records.tables.scorecards import ScorecardRow
from audit.records.versions import found, history, last, latest, next_id, revised
from audit.scorecard import Scorecard

ACTION = "set scorecard"
CHANGEABLE = (
    "title", "department", "owner", "grain", "indicators", "bands", "most_missing", "reviewed_every", "why",
    "retired_on",
)  # fmt: skip


@dataclass(frozen=True)
class Revision:
    """How it read, and who wrote that when and why."""

    scorecard: Scorecard
    actor: str
    at: dt.datetime
    reason: str


def set_scorecard(records: Records, new: Scorecard, who: Who, key: str | None = None) -> Scorecard:
    """A new one; it gets the next id, also where `new` carries one."""
    with records.change(who, ACTION, new.why, key) as change:
        return _begun(change, new.model_copy(update={"id": ""}))


def revise(
    records: Records, id: str, seen: int | None, who: Who, reason: str, key: str | None = None, **changes: Any
) -> Scorecard:
    """Also without a change: that somebody looked at it and left it as it is, is a review of its own."""
    reason = stated(reason, "the reason for changing the scorecard", "what was changed or reviewed, and why")
    for name in changes:
        one_of(name, CHANGEABLE, "part of a scorecard that can be changed")
    with records.change(who, ACTION, reason, key) as change:
        former = _scorecard(found(change.session, ScorecardRow, id))
        return _revised(change, _with(former, changes), seen)


def retire(
    records: Records, id: str, seen: int | None, who: Who, on: dt.date, reason: str, key: str | None = None
) -> Scorecard:
    """`on` is the last day on which it counts; what it came to before stays."""
    return revise(records, id, seen, who, reason, key, retired_on=on)


def keep_all(
    records: Records, every: Iterable[Scorecard], who: Who, reason: str, key: str | None = None
) -> list[Scorecard]:
    """
    As they are written, in one change or not at all: each becomes the next revision of the one with its id, or a new
    one. The revision that a scorecard carries, unless it is 0, must be the one that is there.
    """
    reason = stated(reason, "the reason for changing the scorecards", "where they come from and why")
    with records.change(who, ACTION, reason, key) as change:
        kept = []
        for each in every:
            known = bool(each.id) and last(change.session, ScorecardRow, each.id)
            kept.append(_revised(change, each, each.revision or None) if known else _begun(change, each))
        return kept


def every(records: Records) -> list[Scorecard]:
    """Retired ones too, in the order in which they were set."""
    with records.read() as session:
        return [_scorecard(row) for row, _entry in latest(session, ScorecardRow)]


def find(records: Records, id: str) -> Scorecard:
    """Raises RecordError, naming the last ones, where there is none."""
    with records.read() as session:
        return _scorecard(found(session, ScorecardRow, id))


def revisions(records: Records, id: str) -> list[Revision]:
    """Newest first."""
    with records.read() as session:
        found(session, ScorecardRow, id)
        return [_as_revision(row, entry) for row, entry in history(session, ScorecardRow, id)]


def written(scorecard: Scorecard) -> dict[str, Any]:
    """What the table holds of it, by column."""
    told = scorecard.model_dump(mode="json", include=set(CHANGEABLE))
    return {**told, "indicators": [_indicator(each) for each in told["indicators"]], "retired_on": scorecard.retired_on}


def _indicator(told: dict[str, Any]) -> dict[str, Any]:
    levels = [{name: value for name, value in level.items() if value is not None} for level in told["levels"]]
    return {name: value for name, value in told.items() if value != ""} | {"levels": levels}


def scorecard_of(values: dict[str, Any]) -> Scorecard:
    """Of what a person wrote. Raises RecordError where it makes no sense."""
    try:
        return Scorecard.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = place(first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise RecordError(f"{where}: {message}" if where else message) from None


def place(loc: Iterable[str | int]) -> str:
    """ "indicators 1 levels 2 reaches": people count from one."""
    return " ".join(str(part + 1) if isinstance(part, int) else part.replace("_", " ") for part in loc)


def _with(former: Scorecard, changes: dict[str, Any]) -> Scorecard:
    return scorecard_of({name: getattr(former, name) for name in ("id", *CHANGEABLE)} | changes)


def _begun(change: Change, new: Scorecard) -> Scorecard:
    id = new.id or next_id(change.session, ScorecardRow, "SCO")
    return _kept(change, ScorecardRow(**_readable(new), id=id, revision=1))


def _revised(change: Change, scorecard: Scorecard, seen: int | None) -> Scorecard:
    row = revised(change.session, ScorecardRow, scorecard.id, seen, **_readable(scorecard))
    return _kept(change, row)


def _kept(change: Change, row: ScorecardRow) -> Scorecard:
    _refuse_second_title(change.session, row)
    change.keep(row)
    return _scorecard(row)


def _refuse_second_title(session: Session, row: ScorecardRow) -> None:
    """People, and files, know a scorecard by its title."""
    for other, _entry in latest(session, ScorecardRow):
        if other.title == row.title and other.id != row.id and not (other.retired_on or row.retired_on):
            raise RecordError(f"'{row.title}' is the title of scorecard {other.id}; change that one, or write another")


def _readable(scorecard: Scorecard) -> dict[str, Any]:
    """Refuses characters that are no text, also in what the indicators say."""
    told = written(scorecard)
    return {name: _each_readable(value, f"'{name}' of the scorecard") for name, value in told.items()}


def _each_readable(value: Any, what: str) -> Any:
    if isinstance(value, str):
        return readable(value, what)
    if isinstance(value, list):
        return [_each_readable(each, what) for each in value]
    if isinstance(value, dict):
        return {name: _each_readable(each, what) for name, each in value.items()}
    return value


def _scorecard(row: ScorecardRow) -> Scorecard:
    return Scorecard.model_validate({name: getattr(row, name) for name in ("id", "revision", *CHANGEABLE)})


def _as_revision(row: ScorecardRow, entry: EntryRow) -> Revision:
    return Revision(_scorecard(row), entry.actor, dt.datetime.fromisoformat(entry.at), entry.reason)
