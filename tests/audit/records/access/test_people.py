"""Roles are given, changed and ended; somebody always remains who can give them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from audit.access.roles import Role
from audit.errors import KeptAlready, RecordError, Stale
from audit.records import Records
from audit.records.access import people
from audit.records.trail import trail

DAY = dt.date(2026, 12, 24)


def test_a_role_is_given_changed_and_ended_and_the_history_stays(records: Records) -> None:
    people.give(records, "Ann@Example.ORG", " Ann ", "administrator", "Root", "begins here")
    people.give(records, "https://id.example.org|7", "Bo", "viewer", "Root")
    changed = people.give(records, "https://id.example.org|7", "Bo Li", "auditor", "Root", until=DAY, seen=1)
    assert (changed.role, changed.until, changed.revision) == (Role.AUDITOR, DAY, 2)
    ended = people.end(records, "https://id.example.org|7", "Root", "left", seen=2)
    assert (ended.role, ended.until, ended.name) == (None, None, "Bo Li")
    again = people.give(records, "https://id.example.org|7", "Bo Li", "viewer", "Root")
    assert again.revision == 4
    assert [(each.id, each.role) for each in people.every(records)] == [
        ("ann@example.org", Role.ADMINISTRATOR),
        ("https://id.example.org|7", Role.VIEWER),
    ]
    assert len(trail.entries(records)) == 5
    assert not trail.verify(records)


GIVEN: list[tuple[dict[str, Any], str]] = [
    (dict(id=""), "who it is is missing"),
    (dict(id="ann"), "names nobody"),
    (dict(id="ann @x.org"), "names nobody"),
    (dict(id="a@b@c"), "names nobody"),
    (dict(id="|7"), "names nobody"),
    (dict(id="https://id.example.org|"), "names nobody"),
    (dict(name="  "), "the name is missing"),
    (dict(name="A\x00"), "no text"),
    (dict(role=""), "no role that can be given; write one of: viewer"),
    (dict(role="Auditor"), "no role that can be given"),
    (dict(role="local user"), "no role that can be given"),
    (dict(role="guest auditor"), "write both"),
    (dict(role="guest auditor", audit="AUD-001"), "write both"),
    (dict(role="guest auditor", until=DAY), "write both"),
    (dict(role="auditor", audit="AUD-001"), "not bound to one audit"),
    (dict(until=dt.date(2026, 11, 1)), "is over; write 2026-11-02 or later"),
]


@pytest.mark.parametrize(("wrong", "told"), GIVEN, ids=[str(wrong) for wrong, _ in GIVEN])
def test_what_makes_no_sense_is_refused_and_says_what_to_write(
    records: Records, wrong: dict[str, Any], told: str
) -> None:
    asked: dict[str, Any] = dict(id="bo@example.org", name="Bo", role="viewer") | wrong
    with pytest.raises(RecordError, match=told):
        people.give(records, who="Root", **asked)
    assert not people.every(records)


@pytest.mark.parametrize("id", ["bo@example.org", "BO@EXAMPLE.ORG", " bo@example.org ", "bo+audit@a-b.example.org"])
def test_an_address_is_one_address_however_it_is_written(records: Records, id: str) -> None:
    assert people.give(records, id, "Bo", "viewer", "Root").id == id.strip().lower()


def test_a_subject_is_kept_letter_by_letter(records: Records) -> None:
    assert people.give(records, "https://ID.example|AbC d", "Bo", "viewer", "Root").id == "https://ID.example|AbC d"


def administrators(records: Records, *names: str) -> None:
    for name in names:
        people.give(records, f"{name}@example.org", name, "administrator", "Root")


@pytest.mark.parametrize(
    "change",
    [
        lambda records: people.end(records, "ann@example.org", "Root"),
        lambda records: people.give(records, "ann@example.org", "Ann", "viewer", "Root", seen=1),
        lambda records: people.give(records, "ann@example.org", "Ann", "administrator", "Root", until=DAY, seen=1),
    ],
    ids=["ended", "changed", "given a last day"],
)
def test_the_last_administrator_stays(records: Records, change: Any) -> None:
    administrators(records, "ann")
    people.give(records, "bo@example.org", "Bo", "administrator", "Root", until=DAY)  # goes by itself
    people.give(records, "cy@example.org", "Cy", "auditor", "Root")
    with pytest.raises(RecordError, match="last administrator; give somebody else this role first"):
        change(records)
    administrators(records, "dora")
    change(records)


def test_an_administrator_may_be_renamed_and_may_go_when_another_one_is_there(records: Records) -> None:
    administrators(records, "ann", "bo")
    people.end(records, "ann@example.org", "Root")
    assert people.give(records, "bo@example.org", "Bo Li", "administrator", "Root", seen=1).name == "Bo Li"
    with pytest.raises(RecordError, match="last administrator"):
        people.end(records, "bo@example.org", "Root")


def test_the_second_of_two_administrators_sees_what_the_first_one_did(records: Records) -> None:
    people.give(records, "bo@example.org", "Bo", "viewer", "Root")
    people.give(records, "bo@example.org", "Bo", "auditor", "Ann", seen=1)
    with pytest.raises(Stale) as stale:
        people.give(records, "bo@example.org", "Bo", "quality manager", "Cy", seen=1)
    assert (stale.value.by, stale.value.now) == ("Ann", 2)
    with pytest.raises(Stale):
        people.end(records, "bo@example.org", "Cy", seen=1)


def test_a_form_that_was_sent_twice_gives_one_role(records: Records) -> None:
    people.give(records, "bo@example.org", "Bo", "viewer", "Root", key="k1")
    with pytest.raises(KeptAlready):
        people.give(records, "bo@example.org", "Bo", "viewer", "Root", key="k1")
    assert [each.revision for each in people.every(records)] == [1]


def test_who_has_a_role_is_not_given_another_one_by_the_way(records: Records) -> None:
    people.give(records, "bo@example.org", "Bo", "viewer", "Root")
    with pytest.raises(RecordError, match="is viewer already"):
        people.give(records, "BO@example.org", "Bo", "administrator", "Root")


def test_nobody_is_ended_twice_and_nobody_unknown(records: Records) -> None:
    people.give(records, "bo@example.org", "Bo", "viewer", "Root")
    people.end(records, "bo@example.org", "Root")
    with pytest.raises(RecordError, match="ended before"):
        people.end(records, "bo@example.org", "Root")
    with pytest.raises(RecordError, match="there is no person"):
        people.end(records, "cy@example.org", "Root")
