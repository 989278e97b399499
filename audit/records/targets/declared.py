"""What a quality manager declares under a title, objectives and scorecards: set, revised, retired, never deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from audit.access.person import Who
from audit.errors import RecordError
from audit.records.database import Change, Records
from audit.records.statement import one_of, readable, stated
from audit.records.tables import EntryRow
from audit.records.versions import found, history, last, latest, next_id, revised
from audit.targets.objective import Objective
from audit.targets.scorecard import Scorecard
from audit.text import Text
from audit.unfit import reason_of
from audit.wording import say

T = TypeVar("T", Objective, Scorecard)


@dataclass(frozen=True)
class Revision(Generic[T]):
    """How it read, and who wrote that when and why."""

    declared: T
    actor: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True)
class Register(Generic[T]):
    """All of one kind. `written` gives what the table holds of one, by column; all columns of it can be changed."""

    kind: type[T]
    row: type[Any]
    noun: str
    prefix: str
    """Of their ids."""
    action: str
    changeable: tuple[str, ...]
    written: Callable[[T], dict[str, Any]]

    def begin(self, records: Records, new: T, who: Who, key: str | None = None) -> T:
        """A new one; it gets the next id, also where `new` carries one."""
        with records.change(who, self.action, new.why, key) as change:
            return self._begun(change, new.model_copy(update={"id": ""}))

    def revise(
        self, records: Records, id: str, seen: int | None, who: Who, reason: str, key: str | None = None, **changes: Any
    ) -> T:
        """Also without a change: that somebody looked at it and left it as it is, is a review of its own."""
        for name in changes:
            one_of(name, self.changeable, say("part of the {noun} that can be changed", noun=self.named()))
        return self.changed(records, id, seen, who, reason, key, lambda former: changes)

    def changed(
        self, records: Records, id: str, seen: int | None, who: Who, reason: str, key: str | None,
        changes: Callable[[T], dict[str, Any]],
    ) -> T:  # fmt: skip
        """`changes` are made of how it reads now."""
        what = say("the reason for changing the {noun}", noun=self.named())
        reason = stated(reason, what, say("what was changed or reviewed, and why"))
        with records.change(who, self.action, reason, key) as change:
            former = self._as_kept(found(change.session, self.row, id))
            values = {name: getattr(former, name) for name in ("id", *self.changeable)}
            return self._revised(change, self.of(values | changes(former)), seen)

    def retire(
        self, records: Records, id: str, seen: int | None, who: Who, on: dt.date, reason: str, key: str | None = None
    ) -> T:
        """`on` is the last day on which it counts; what it came to before stays."""
        return self.revise(records, id, seen, who, reason, key, retired_on=on)

    def keep_all(self, records: Records, every: Iterable[T], who: Who, reason: str, key: str | None = None) -> list[T]:
        """
        As they are written, in one change or not at all: each becomes the next revision of the one with its id, or a
        new one. The revision that one carries, unless it is 0, must be the one that is there.
        """
        what = say("the reason for changing the {noun}s", noun=self.named())
        reason = stated(reason, what, say("where they come from and why"))
        with records.change(who, self.action, reason, key) as change:
            kept = []
            for each in every:
                known = bool(each.id) and last(change.session, self.row, each.id)
                kept.append(self._revised(change, each, each.revision or None) if known else self._begun(change, each))
            return kept

    def every(self, records: Records) -> list[T]:
        """Retired ones too, in the order in which they were set."""
        with records.read() as session:
            return [self._as_kept(row) for row, _entry in latest(session, self.row)]

    def find(self, records: Records, id: str) -> T:
        """Raises RecordError, naming the last ones, where there is none."""
        with records.read() as session:
            return self._as_kept(found(session, self.row, id))

    def revisions(self, records: Records, id: str) -> list[Revision[T]]:
        """Newest first."""
        with records.read() as session:
            found(session, self.row, id)
            return [self._as_revision(row, entry) for row, entry in history(session, self.row, id)]

    def of(self, values: dict[str, Any]) -> T:
        """Of what a person wrote. Raises RecordError where it makes no sense."""
        try:
            return self.kind.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            where, why = place(first["loc"]), reason_of(first)
            raise RecordError(say("{where}: {mistake}", where=where, mistake=why) if where else why) from None

    def _begun(self, change: Change, new: T) -> T:
        id = new.id or next_id(change.session, self.row, self.prefix)
        return self._kept(change, self.row(**self._readable(new), id=id, revision=1))

    def _revised(self, change: Change, new: T, seen: int | None) -> T:
        return self._kept(change, revised(change.session, self.row, new.id, seen, **self._readable(new)))

    def _kept(self, change: Change, row: Any) -> T:
        """People, and files, know one by its title."""
        for other, _entry in latest(change.session, self.row):
            if other.title == row.title and other.id != row.id and not (other.retired_on or row.retired_on):
                raise RecordError(
                    say(
                        "'{title}' is the title of {noun} {id}; change that one, or write another",
                        title=row.title,
                        noun=self.named(),
                        id=other.id,
                    )
                )
        change.keep(row)
        return self._as_kept(row)

    def _readable(self, new: T) -> dict[str, Any]:
        noun = self.named()
        return {
            name: _readable(value, say("'{name}' of the {noun}", name=name, noun=noun))
            for name, value in self.written(new).items()
        }

    def named(self) -> Text:
        return {"objective": say("objective"), "scorecard": say("scorecard")}[self.noun]

    def _as_kept(self, row: Any) -> T:
        return self.kind.model_validate({name: getattr(row, name) for name in ("id", "revision", *self.changeable)})

    def _as_revision(self, row: Any, entry: EntryRow) -> Revision[T]:
        return Revision(self._as_kept(row), entry.actor, dt.datetime.fromisoformat(entry.at), entry.reason)


def place(loc: Iterable[str | int]) -> str:
    """ "indicators 1 levels 2 reaches": people count from one."""
    return " ".join(str(part + 1) if isinstance(part, int) else part.replace("_", " ") for part in loc)


def _readable(value: Any, what: Text) -> Any:
    """Refuses characters that are no text, also in what its parts say."""
    if isinstance(value, str):
        return readable(value, what)
    if isinstance(value, list):
        return [_readable(each, what) for each in value]
    if isinstance(value, dict):
        return {name: _readable(each, what) for name, each in value.items()}
    return value
