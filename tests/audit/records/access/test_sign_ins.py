"""How long a sign-in counts: a table of what somebody does when, and whether they are still let in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audit.access.person import Person
from audit.errors import Denied, RecordError
from audit.records import Records, open_records
from audit.records.access import people, sign_ins
from audit.records.access.sign_ins import Ended, Limits, SignIn
from audit.records.trail import trail

BEGAN = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
ANN = Person("Ann", "https://id.example.org|ann", "ann@example.org")
LIMITS = Limits(idle=dt.timedelta(minutes=30), age=dt.timedelta(hours=12))


class Watch:
    minutes = 0.0

    def __call__(self) -> dt.datetime:
        return BEGAN + dt.timedelta(minutes=self.minutes)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def kept(url: str, tmp_path: Path, watch: Watch) -> Iterator[Records]:
    with open_records(url, watch, tmp_path / "anchor.jsonl") as opened:
        yield opened


def login(nonce: str = "n1", by: Person = ANN, began: dt.datetime = BEGAN) -> SignIn:
    return SignIn(sign_ins.named("https://id.example.org", by.name, nonce, "1"), by, began)


# what somebody does in which minute ("click", "look" of the watch, "out" = signs out), and how they then stand
STORIES: list[tuple[str, list[tuple[float, str]], Ended | None]] = [
    ("just came", [(0, "click")], None),
    ("active again and again", [(n * 20.0, "click") for n in range(30)], None),
    ("idle for exactly as long as allowed", [(0, "click"), (30, "click")], None),
    ("idle a moment longer", [(0, "click"), (30.02, "click")], Ended.IDLE),
    ("the watch looking is no activity", [(0, "click"), *((n, "look") for n in range(30)), (31, "click")], Ended.IDLE),
    ("what has ended stays ended", [(0, "click"), (31, "click"), (31.1, "click"), (32, "click")], Ended.IDLE),
    ("an unnoted click within a minute still counts", [(0, "click"), (0.9, "click"), (30, "click")], None),
    ("busy until the age", [(n * 20.0, "click") for n in range(37)], None),
    ("busy beyond the age", [(n * 20.0, "click") for n in range(38)], Ended.AGE),
    ("first seen late, but young enough", [(700, "click")], None),
    ("first seen too old", [(721, "click")], Ended.AGE),
    ("signed out", [(0, "click"), (5, "out"), (6, "click")], Ended.SIGNED_OUT),
    ("signed out, and idle since", [(0, "click"), (5, "out"), (400, "click")], Ended.SIGNED_OUT),
    ("idle, then signed out", [(0, "click"), (40, "click"), (41, "out")], Ended.IDLE),
    ("seen by the watch alone", [(0, "look")], None),
]  # fmt: skip


@pytest.mark.parametrize(("what", "story", "stands"), STORIES, ids=[what for what, *_ in STORIES])
def test_a_sign_in_counts_as_long_as_it_may(
    kept: Records, watch: Watch, what: str, story: list[tuple[float, str]], stands: Ended | None
) -> None:
    ann, last = login(), None
    for minute, done in story:
        watch.minutes = minute
        if done == "out":
            sign_ins.end(kept, ann.id, Ended.SIGNED_OUT)
        else:
            last = (sign_ins.seen if done == "click" else sign_ins.standing)(kept, ann, LIMITS)
    assert sign_ins.standing(kept, ann, LIMITS) == stands
    assert done == "out" or last == stands


def test_an_ended_sign_in_does_not_end_another_one_of_the_same_person(kept: Records) -> None:
    one, other = login("n1"), login("n2")
    assert sign_ins.seen(kept, one, LIMITS) is sign_ins.seen(kept, other, LIMITS) is None
    sign_ins.end(kept, one.id, Ended.SIGNED_OUT)
    assert sign_ins.seen(kept, one, LIMITS) == Ended.SIGNED_OUT
    assert sign_ins.seen(kept, other, LIMITS) is None


def test_two_tabs_that_begin_at_once_are_one_sign_in(kept: Records) -> None:
    with ThreadPoolExecutor(8) as tabs:
        assert not any(tabs.map(lambda _: sign_ins.seen(kept, login(), LIMITS), range(40)))
    assert len(sign_ins.current(kept, LIMITS)) == 1


def test_who_is_signed_in_now_leaves_out_whoever_is_not(kept: Records, watch: Watch) -> None:
    bo = Person("Bo", "https://id.example.org|bo")
    sign_ins.seen(kept, login("old"), LIMITS)
    sign_ins.seen(kept, login("out"), LIMITS)
    sign_ins.end(kept, login("out").id, Ended.SIGNED_OUT)
    watch.minutes = 25
    sign_ins.seen(kept, login("bo", bo), LIMITS)
    watch.minutes = 40
    assert [(each.name, each.active_at.minute) for each in sign_ins.current(kept, LIMITS)] == [("Bo", 25)]


def test_a_row_is_kept_longer_than_any_cookie_lives(kept: Records, watch: Watch) -> None:
    long = Limits(idle=dt.timedelta(days=60), age=dt.timedelta(days=60))
    sign_ins.seen(kept, login("n1"), long)
    sign_ins.end(kept, login("n1").id, Ended.SIGNED_OUT)
    watch.minutes = 60 * 24 * 30.5
    sign_ins.seen(kept, login("n2"), long)
    assert sign_ins.standing(kept, login("n1"), long) == Ended.SIGNED_OUT


def test_signing_in_stands_in_no_trail(kept: Records) -> None:
    sign_ins.seen(kept, login(), LIMITS)
    assert not trail.entries(kept)


def test_only_an_administrator_ends_the_sign_in_of_somebody_else(url: str, tmp_path: Path, watch: Watch) -> None:
    with open_records(url, watch, tmp_path / "anchor.jsonl") as local:
        people.give(local, "ann@example.org", "Ann", "administrator", "Root")
        people.give(local, "bo@example.org", "Bo", "quality manager", "Root")
    bo = Person("Bo", "https://id.example.org|bo", "bo@example.org")
    with open_records(url, watch, tmp_path / "anchor.jsonl", signing_in=True) as opened:
        for each in (ANN, bo):
            sign_ins.seen(opened, login("n", each), LIMITS)
        for stranger in (bo, "Ann", Person("Eve", "https://id.example.org|eve")):
            with pytest.raises(Denied):
                sign_ins.end_for(opened, login("n", ANN).id, stranger)
        assert sign_ins.standing(opened, login("n", ANN), LIMITS) is None
        sign_ins.end_for(opened, login("n", bo).id, ANN)
        assert sign_ins.standing(opened, login("n", bo), LIMITS) == Ended.BY_ADMINISTRATOR
        with pytest.raises(RecordError, match="no such sign-in"):
            sign_ins.end_for(opened, "0" * 64, ANN)


def test_the_id_of_a_sign_in_depends_on_every_part_of_it() -> None:
    ids = {sign_ins.named(*parts) for parts in (
        ("i", "s", "n", "1"), ("j", "s", "n", "1"), ("i", "t", "n", "1"), ("i", "s", "m", "1"), ("i", "s", "n", "2"),
    )}  # fmt: skip
    assert len(ids) == 5
