"""Every role at every action, through a real change on each database, against a table written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.access.person import Person, Who
from audit.access.roles import PERMISSIONS
from audit.errors import Denied
from audit.records import Records, open_records
from audit.records.access import people
from audit.records.access.authority import action_word
from audit.records.tables.judging import GapRow
from audit.records.trail import trail
from audit.text import Text

ISSUER = "https://id.example.org"
TODAY = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
ROLES = ("viewer", "auditor", "quality manager", "administrator", "guest auditor")
WRITTEN = """
see results           v a q x .
see audit             v a q x g
see trail             . a q x .
see people            . . . x .
see data              . a q x .
export                . a q . .
load                  . . q . .
run                   . a q . .
set                   . . q . .
reset                 . . q . .
erase                 . . . x .
register              . a q . .
revise                . a q . .
approve               . . q . .
request               . a q . .
fulfil request        . a q . .
withdraw request      . a q . .
acknowledge           v a q x .
programme             . a q . .
open audit            . a q . .
conduct audit         . a . . .
close audit           . a . . .
conclude              . a . . .
answer                . a . . .
rate                  . a q . .
plan                  . a q . .
note event            . a q . .
set objective         . . q . .
set scorecard         . . q . .
set assumption        . . q . .
raise                 . a q . .
restate               . a q . .
assign                . a q . .
grade                 . a . . .
respond               . . q . .
act                   . a q . .
review effectiveness  . a q . .
close finding         . a . . .
reopen finding        . a . . .
review                . . q . .
improve               . . q . .
sign                  . a q . .
review trail          . a q . .
people                . . . x .
back up               . . . x .
restore               . . . x .
"""
"""Viewer, auditor, quality manager, administrator, guest auditor: what the organisation may count on."""
TABLE = {line[:22].strip(): line[22:].split() for line in WRITTEN.strip().splitlines()}
NEVER = ("", "concludes", "Conclude", "delete", "see everything", "*")
"""No action at all, so nobody may do it."""


class Day:
    """A clock that stands still until it is set."""

    now = TODAY

    def __call__(self) -> dt.datetime:
        return self.now


def named(role: str) -> Person:
    address = role.replace(" ", ".") + "@example.org"
    return Person(role.title(), f"{ISSUER}|{role}", address)


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def team(url: str, tmp_path: Path, day: Day) -> Iterator[Records]:
    """Records with one person in each role, one whose role was ended, and a guest whose day is near."""
    with open_records(url, day, tmp_path / "anchor.jsonl") as local:
        for role in ROLES:
            guest = dict(audit="AUD-001", until=dt.date(2026, 11, 3)) if role == "guest auditor" else {}
            people.give(local, named(role).email, role.title(), role, "Root", **guest)  # type: ignore[arg-type]
        people.give(local, "former@example.org", "Former", "administrator", "Root")
        people.end(local, "former@example.org", "Root")
    with open_records(url, day, tmp_path / "anchor.jsonl", signing_in=True) as opened:
        yield opened


def tried(records: Records, who: Who, action: str) -> bool:
    try:
        with records.change(who, action) as change:
            change.keep(GapRow(requirement_id="9.1.2-a", effort="days", owner="", due_on=None, note=""))
        return True
    except Denied:
        return False


def test_the_table_names_every_action_that_there_is() -> None:
    assert set(TABLE) == set(PERMISSIONS)
    assert all(len(marks) == len(ROLES) for marks in TABLE.values())


def test_every_role_may_do_what_the_table_says_and_nothing_else(team: Records) -> None:
    wrong = [
        f"{role}: {action}"
        for action, marks in TABLE.items()
        for role, mark in zip(ROLES, marks, strict=True)
        if tried(team, named(role), action) != (mark != ".")
    ]
    assert not wrong
    allowed = sum(mark != "." for marks in TABLE.values() for mark in marks)
    assert sum(each.object == GapRow.object for each in trail.entries(team)) == allowed, "one entry for each that may"


STRANGERS: dict[str, Who] = {
    "anonymous": "",
    "a name that nobody vouches for": "Administrator",
    "a name and an address, but no sign-in": Person("Administrator", "", "administrator@example.org"),
    "signed in without a role": Person("Eve", f"{ISSUER}|eve", "eve@example.org"),
    "signed in without a verified address": Person("Administrator", f"{ISSUER}|x", ""),
    "somebody whose role was ended": Person("Former", f"{ISSUER}|former", "former@example.org"),
    "another provider's person of the same number": Person("Eve", "https://evil.example|administrator", ""),
    "an address that only begins alike": Person("Eve", f"{ISSUER}|eve", "administrator@example.org.evil.example"),
    "an address with a blank": Person("Eve", f"{ISSUER}|eve", " administrator@example.org"),
}


@pytest.mark.parametrize("who", STRANGERS.values(), ids=STRANGERS)
def test_strangers_may_do_nothing(team: Records, who: Who) -> None:
    before = len(trail.entries(team))
    allowed = []
    for action in (*TABLE, *NEVER):
        try:
            if tried(team, who, action):
                allowed.append(action)
        except Exception as error:  # an empty name is refused before anybody asks for the role
            assert "missing" in str(error)
    assert not allowed
    assert len(trail.entries(team)) == before


@pytest.mark.parametrize("action", PERMISSIONS)
def test_whoever_is_denied_an_action_reads_its_name_in_the_own_language(action: str) -> None:
    word = action_word(action)
    assert isinstance(word, Text) and word.en == action and not word.zh.isascii()


@pytest.mark.parametrize("action", NEVER)
def test_what_is_no_action_nobody_may_do(team: Records, action: str) -> None:
    assert not any(tried(team, named(role), action) for role in ROLES)


def test_a_guest_is_one_until_the_end_of_the_day_and_of_one_audit(team: Records, day: Day) -> None:
    guest = named("guest auditor")
    found = team.authority(guest)
    assert found and (found.audit, found.until) == ("AUD-001", dt.date(2026, 11, 3))
    day.now = dt.datetime(2026, 11, 3, 23, 59, tzinfo=dt.UTC)
    assert tried(team, guest, "see audit")
    day.now = dt.datetime(2026, 11, 4, 0, 0, tzinfo=dt.UTC)
    assert team.authority(guest) is None
    assert not any(tried(team, guest, action) for action in TABLE)


def test_where_nobody_signs_in_the_one_user_may_do_all_that_is_an_action(url: str, tmp_path: Path) -> None:
    with open_records(url, anchor=tmp_path / "anchor.jsonl") as local:
        assert all(tried(local, "Root", action) for action in TABLE)
        assert not any(tried(local, "Root", action) for action in NEVER)


def test_a_role_that_ends_counts_from_the_next_change_on(team: Records) -> None:
    auditor = named("auditor")
    assert tried(team, auditor, "conclude")
    people.end(team, auditor.email, named("administrator"))
    assert not tried(team, auditor, "conclude")


def test_whoever_is_denied_learns_who_may(team: Records) -> None:
    with pytest.raises(Denied, match="Viewer may not conclude as viewer; nothing was changed: ask .* auditor"):
        team.require(named("viewer"), "conclude")


def test_the_trail_says_in_which_role_and_who_vouches(team: Records) -> None:
    tried(team, named("auditor"), "plan")
    entry = trail.entries(team)[-1]
    assert (entry.actor, entry.role, entry.identity) == ("Auditor", "auditor", f"{ISSUER}|auditor")
