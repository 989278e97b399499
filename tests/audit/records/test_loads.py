import datetime as dt
import json
from dataclasses import replace

import pytest
from behind import behind_its_back

from audit.errors import RecordError
from audit.load import Load
from audit.records import Records, loads
from audit.records.trail import trail


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"version": None, "published": False, "refused": "no table", "months": {}, "rejects": ""},
        {"version": None, "published": False, "loaded": 0, "rejected": 9, "gate": (), "months": {}},
        {"gate": (), "delivered": (), "ignored": ("Free text", "自由文本")},
        {"months": {"2026-02": 1, "2026-01": 7}},
        {"received_at": dt.datetime(2026, 3, 31, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))},
        {"file": 'it\'s "quoted" 😀.csv'},
        {"lines": 3_000_000_001, "loaded": 3_000_000_001, "rejected": 0, "blank": 0},
    ],
    ids=str,
)
def test_a_load_comes_back_exactly(records: Records, load: Load, changes: dict) -> None:
    kept = replace(load, **changes)
    assert loads.keep(records, kept, "Ann") == kept
    assert loads.find(records, kept.id) == kept and loads.every(records) == [kept]
    assert trail.verify(records) == []


def test_times_come_back_in_utc(records: Records, load: Load) -> None:
    beijing = dt.datetime(2026, 3, 31, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    loads.keep(records, replace(load, received_at=beijing), "Ann")
    found = loads.find(records, load.id).received_at
    assert found.utcoffset() == dt.timedelta(0) and found.hour == 0


def test_the_newest_load_comes_first(records: Records, load: Load) -> None:
    for id in ("first", "second", "third"):
        loads.keep(records, replace(load, id=id), "Ann")
    assert [found.id for found in loads.every(records)] == ["third", "second", "first"]


def test_a_published_load_is_kept_once(records: Records, load: Load) -> None:
    loads.keep(records, load, "Ann")
    assert loads.keep(records, replace(load, version=9, actor="Ben"), "Ben") == load
    assert loads.every(records) == [load] and len(trail.entries(records)) == 1


def test_a_load_that_the_gate_stopped_may_be_tried_again(records: Records, load: Load) -> None:
    gate = tuple(replace(result, severity="critical") for result in load.gate)
    stopped = replace(load, published=False, version=None, gate=gate)
    loads.keep(records, stopped, "Ann")
    loads.keep(records, replace(load, id="other"), "Ann")
    loads.keep(records, load, "Ben")
    assert loads.every(records) == [load, replace(load, id="other")]
    payloads = [json.loads(entry.payload) for entry in trail.entries(records, "load", load.id)]
    assert [payload["published"] for payload in payloads] == [False, True]


def test_a_refusal_is_recorded_once_until_its_reason_changes(records: Records, load: Load) -> None:
    refused = replace(load, published=False, version=None, gate=(), refused="no table")
    assert loads.keep(records, refused, "Ann") == loads.keep(records, replace(refused, actor="Ben"), "Ben") == refused
    other = replace(refused, refused="no rows")
    assert loads.keep(records, other, "Ann") == other
    assert loads.keep(records, load, "Ann") == load
    told = [json.loads(entry.payload).get("refused") for entry in trail.entries(records, "load", load.id)]
    assert told == ["no table", "no rows", None]
    assert trail.verify(records) == []


@pytest.mark.parametrize("written", ["null", "''", "'other'"])
def test_a_reason_that_was_changed_behind_the_program_is_found(records: Records, load: Load, written: str) -> None:
    loads.keep(records, replace(load, published=False, version=None, gate=(), refused="no table"), "Ann")
    loads.keep(records, replace(load, id="good"), "Ann")
    behind_its_back(records, f"update loads set refused = {written}")
    assert len(trail.verify(records)) == (1 if written == "null" else 2)


def test_only_what_was_received_before_a_moment_is_known_then(records: Records, load: Load) -> None:
    noon = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
    gate = tuple(replace(result, severity="critical") for result in load.gate)
    stopped = replace(load, published=False, version=None, gate=gate, received_at=noon - dt.timedelta(seconds=1))
    mended = replace(load, received_at=noon)
    for one in (stopped, mended):
        loads.keep(records, one, "Ann")
    beijing = noon.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert loads.every(records, before=noon) == loads.every(records, before=beijing) == [stopped]
    assert loads.every(records, before=noon + dt.timedelta(microseconds=1)) == loads.every(records) == [mended]
    assert loads.every(records, before=stopped.received_at) == []


def test_an_unknown_load_is_answered_with_the_last_ones(records: Records, load: Load) -> None:
    with pytest.raises(RecordError, match="there is no load 'x'; nothing was loaded yet"):
        loads.find(records, "x")
    for number in range(7):
        loads.keep(records, replace(load, id=f"load-{number}"), "Ann")
    with pytest.raises(RecordError, match="the last ones are: load-6, load-5, load-4, load-3, load-2$"):
        loads.find(records, "x")
