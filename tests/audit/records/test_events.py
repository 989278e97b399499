"""Event notes: kept as written, changed and withdrawn with a reason, nothing lost; who may, twice, and stale."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from postgres_server import Server

from audit.errors import AuditError, Denied, KeptAlready, RecordError, Stale
from audit.records import Records, events, open_records, portable
from audit.records.events import Event, NewEvent
from audit.records.migrate import revisions
from audit.records.tables.events import EventRow
from audit.records.trail import replay, trail
from audit.records.versions import history
from tests.audit.records.team import BEN, CEM, EVE, VIC, gather

DAY = dt.date(2026, 3, 1)
NEW = NewEvent(DAY, "A second line answers the telephone")
PART = replace(NEW, kpi="csat_top_2_box", by="segment", group="Private", baseline=True)


@pytest.mark.parametrize(
    "new",
    [
        NEW,
        PART,
        replace(NEW, kpi="nps"),
        replace(NEW, words="电话增加了第二条线"),
        replace(NEW, words="x" * events.LONGEST),
        replace(NEW, day=dt.date(2026, 11, 2)),  # today
        replace(PART, by="segment × region", group="Private × North"),
    ],
)
def test_an_event_is_kept_as_written(records: Records, new: NewEvent) -> None:
    kept = events.note(records, new, "Ann")
    assert {name: getattr(kept, name) for name in vars(new)} == vars(new)
    assert (kept.id, kept.revision, kept.withdrawn, kept.actor) == ("EVT-001", 1, False, "Ann")
    assert events.every(records) == [kept] and isinstance(kept, Event)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"words": "  "}, "what happened is missing; write it in one sentence"),
    ({"words": "x" * 301}, "takes 301 characters .*; write at most 300"),
    ({"words": "a\x00b"}, "holds a character that is no text"),
    ({"by": "segment"}, "is half named; write the kind of group and the group, or neither"),
    ({"group": "Private"}, "is half named"),
    ({"day": dt.date(2026, 11, 5)}, "the day of the event 2026-11-05 lies in the future"),
    ({"day": None}, "the day of the event is missing"),
]


@pytest.mark.parametrize(("changes", "sentence"), REFUSED)
def test_what_is_no_event_is_refused_in_one_line(records: Records, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RecordError, match=sentence) as refused:
        events.note(records, replace(NEW, **changes), "Ann")
    assert "\n" not in str(refused.value) and events.every(records) == []
    kept = events.note(records, NEW, "Ann")
    with pytest.raises(RecordError, match=sentence):
        events.revise(records, kept.id, 1, "Ann", "better", **changes)
    assert events.every(records) == [kept]


def test_a_revision_keeps_what_was_before(records: Records) -> None:
    first = events.note(records, NEW, "Ann")
    second = events.revise(records, first.id, 1, "Ben", "The day was wrong", day=dt.date(2026, 4, 1), baseline=True)
    assert (second.revision, second.day, second.words, second.baseline) == (2, dt.date(2026, 4, 1), NEW.words, True)
    assert (second.actor, second.reason) == ("Ben", "The day was wrong")
    assert events.every(records) == [second]
    with records.read() as session:
        assert [row.day for row, _entry in history(session, EventRow, first.id)] == [second.day, first.day]


def test_what_was_withdrawn_stands_in_the_register_and_on_no_chart(records: Records) -> None:
    kept = events.note(records, NEW, "Ann")
    gone = events.withdraw(records, kept.id, 1, "Ben", "It was another line")
    assert gone.withdrawn and gone.revision == 2 and events.every(records) == [gone]
    assert events.of(records, "nps") == []
    for late in (
        lambda: events.withdraw(records, kept.id, 2, "Ben", "again"),
        lambda: events.revise(records, kept.id, 2, "Ben", "again", words="y"),
    ):
        with pytest.raises(RecordError, match="event 'EVT-001' was withdrawn and stays so; note a new one instead"):
            late()


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_change_goes_without_a_reason(records: Records, reason: str) -> None:
    kept = events.note(records, NEW, "Ann")
    with pytest.raises(RecordError, match="the reason for changing the event is missing"):
        events.revise(records, kept.id, 1, "Ann", reason, words="y")
    with pytest.raises(RecordError, match="the reason for withdrawing the event is missing"):
        events.withdraw(records, kept.id, 1, "Ann", reason)
    assert events.every(records) == [kept]


def test_only_what_was_written_can_be_changed(records: Records) -> None:
    kept = events.note(records, NEW, "Ann")
    with pytest.raises(RecordError, match="'withdrawn' of an event cannot be written; write one of: day, words, kpi"):
        events.revise(records, kept.id, 1, "Ann", "so", withdrawn=True)
    with pytest.raises(RecordError, match="there is no event 'EVT-009'; the last ones are: EVT-001"):
        events.revise(records, "EVT-009", 1, "Ann", "so", words="y")


@pytest.mark.parametrize(
    "change",
    [
        lambda records, seen: events.revise(records, "EVT-001", seen, "Ben", "so", words="mine"),
        lambda records, seen: events.withdraw(records, "EVT-001", seen, "Ben", "so"),
    ],
)
def test_who_looked_at_an_older_revision_is_told(records: Records, change: Callable[[Records, int], Event]) -> None:
    events.note(records, NEW, "Ann")
    events.revise(records, "EVT-001", 1, "Ann", "better", words="theirs")
    with pytest.raises(Stale, match="event 'EVT-001' was changed meanwhile by Ann"):
        change(records, 1)
    assert events.every(records)[0].words == "theirs"
    assert change(records, 2).revision == 3


def test_a_form_that_is_sent_twice_is_kept_once(records: Records) -> None:
    events.note(records, NEW, "Ann", "k1")
    with pytest.raises(KeptAlready):
        events.note(records, NEW, "Ann", "k1")
    events.revise(records, "EVT-001", 1, "Ann", "so", "k2", words="y")
    with pytest.raises(KeptAlready):
        events.revise(records, "EVT-001", 2, "Ann", "so", "k2", words="y")
    events.withdraw(records, "EVT-001", 2, "Ann", "so", "k3")
    with pytest.raises(KeptAlready):
        events.withdraw(records, "EVT-001", 2, "Ann", "so", "k3")
    assert len(events.every(records)) == 1 and events.every(records)[0].revision == 3


def test_they_come_in_order_of_days_and_by_whom_they_concern(records: Records) -> None:
    late = events.note(records, replace(NEW, day=dt.date(2026, 9, 1)), "Ann")
    early = events.note(records, replace(NEW, kpi="nps"), "Ann")
    part = events.note(records, replace(PART, day=dt.date(2026, 5, 1)), "Ann")
    assert events.every(records) == [early, part, late]
    assert events.of(records, "nps") == [early, late] and events.of(records, "ces") == [late]
    assert events.of(records, "csat_top_2_box") == [late]
    assert events.of(records, "csat_top_2_box", "segment", "Private") == [part, late]
    assert events.of(records, "csat_top_2_box", "segment", "Business") == [late]


def test_every_change_stands_in_the_trail_and_the_trail_tells_the_same(records: Records) -> None:
    events.note(records, PART, "Ann")
    events.revise(records, "EVT-001", 1, "Ben", "better", words="更好")
    events.withdraw(records, "EVT-001", 2, "Ben", "wrong")
    events.note(records, NEW, "Ann")
    entries = trail.entries(records)
    assert [(e.action, e.object, e.object_id) for e in entries] == [("note event", "event", "EVT-001")] * 3 + [
        ("note event", "event", "EVT-002")
    ]
    assert json.loads(entries[1].payload)["words"] == "更好" and entries[2].reason == "wrong"
    assert trail.verify(records) == [] and replay.damage(records) == []
    told = replay.replay(entries)["event"]
    assert {key: content["withdrawn"] for key, content in told.items()} == {("EVT-001",): True, ("EVT-002",): False}


def test_every_role(url: str, tmp_path: Path) -> None:
    with open_records(url, anchor=tmp_path / "anchor.jsonl") as local:
        gather(local)
    with open_records(url, anchor=tmp_path / "anchor.jsonl", signing_in=True) as team:
        for who in (VIC, EVE):  # viewer, administrator
            with pytest.raises(Denied):
                events.note(team, NEW, who)
        kept = events.note(team, NEW, BEN)
        for who in (VIC, EVE):
            with pytest.raises(Denied):
                events.revise(team, kept.id, 1, who, "so", words="y")
            with pytest.raises(Denied):
                events.withdraw(team, kept.id, 1, who, "so")
        assert events.every(team) == [kept]
        assert events.withdraw(team, kept.id, 1, CEM, "so").withdrawn


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_a_backup_is_restored_into_either_database(
    records: Records, where: str, anchor: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    events.note(records, PART, "Ann")
    events.revise(records, "EVT-001", 1, "Ben", "更好", words="更好")
    events.withdraw(records, events.note(records, NEW, "Ann").id, 1, "Ann", "wrong")
    with portable.snapshot(records) as seen:
        written = {name: list(seen.lines(name)) for name in portable.tables()}
    assert len(written["events"]) == 4
    server: Server | None = request.getfixturevalue("postgres") if where == "postgresql" else None
    target = server.database() if server else f"sqlite:///{tmp_path / 'restored.sqlite'}"
    portable.load(target, revisions()[0], written.__getitem__)
    shutil.copy(anchor, tmp_path / "restored.jsonl")
    with open_records(target, anchor=tmp_path / "restored.jsonl") as restored:
        assert events.every(restored) == events.every(records)
        assert trail.verify(restored) == [] and replay.damage(restored) == []
    if server:
        server.drop(target)


def test_a_row_cannot_be_changed_behind_the_program(records: Records) -> None:
    events.note(records, NEW, "Ann")
    for statement in ("update events set words = 'y'", "delete from events"):
        with pytest.raises(Exception, match="records are only added to"), records.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert events.every(records)[0].words == NEW.words and EventRow.object == "event"
    assert issubclass(RecordError, AuditError)
