"""A part of the trail by who, action, object, days and text, on both databases, against a plain look at all of it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator

import pytest

from audit.records import Records, criteria, excerpt, gap_plans, open_records, trail
from audit.records.entry import Entry
from audit.records.excerpt import Wanted
from audit.records.gap_plans import GapPlan

WORDS = ["Yearly review", "100 % of it", "a_b", "董事会要求", "O'Brien", "back\\slash", "ÄRGER"]
DAYS = [dt.date(2026, 11, 1) + dt.timedelta(days=number) for number in range(6)]


@pytest.fixture
def kept(url: str) -> Iterator[Records]:
    """Forty entries over six days, by three people, the last of each day one second before midnight."""
    chance = random.Random(5)
    times = sorted(dt.datetime.combine(chance.choice(DAYS), dt.time(23, 59, 59), dt.UTC) for _ in range(40))
    looks = iter([*times, *times[-1:] * 9])
    with open_records(url, lambda: next(looks)) as records:
        for number in range(40):
            who, why = chance.choice(["Ann", "Ben", "Cem"]), chance.choice(WORDS)
            if number % 2:
                criteria.set_criterion(records, f"9.1.2-a-{number % 5}", {"at_least": f"{number} %"}, who, why)
            else:
                gap_plans.plan(records, GapPlan(f"8.2.1-{number}", "days", "Dana", None, why), who)
        yield records


SEVERAL = ("Ann", "set", "Yearly review")
CASES: dict[str, tuple[Wanted, Callable[[Entry], bool]]] = {
    "everything": (Wanted(), lambda e: True),
    "who": (Wanted(actor="Ben"), lambda e: e.actor == "Ben"),
    "action": (Wanted(action="plan"), lambda e: e.action == "plan"),
    "object": (Wanted(object="criterion"), lambda e: e.object == "criterion"),
    "from a day": (Wanted(first=DAYS[2]), lambda e: e.time.date() >= DAYS[2]),
    "to a day": (Wanted(last=DAYS[2]), lambda e: e.time.date() <= DAYS[2]),
    "one day": (Wanted(first=DAYS[3], last=DAYS[3]), lambda e: e.time.date() == DAYS[3]),
    "no day": (Wanted(first=DAYS[3], last=DAYS[2]), lambda e: False),
    "reason": (Wanted(text="yearly REVIEW"), lambda e: e.reason == "Yearly review"),
    "percent is no pattern": (Wanted(text="0 % of"), lambda e: e.reason == "100 % of it"),
    "underscore is no pattern": (Wanted(text="a_b"), lambda e: e.reason == "a_b"),
    "chinese": (Wanted(text="董事"), lambda e: e.reason == "董事会要求"),
    "quote": (Wanted(text="o'b"), lambda e: e.reason == "O'Brien"),
    "backslash": (Wanted(text="k\\s"), lambda e: e.reason == "back\\slash"),
    "content": (Wanted(text="dana"), lambda e: e.object == "gap"),
    "object's name": (Wanted(text="9.1.2-a-3"), lambda e: e.object_id == "9.1.2-a-3"),
    "several": (Wanted("Ann", "set", text="yearly"), lambda e: (e.actor, e.action, e.reason) == SEVERAL),
    "nothing of the kind": (Wanted(actor="ann"), lambda e: False),
}  # fmt: skip


@pytest.mark.parametrize(("wanted", "fits"), CASES.values(), ids=CASES)
def test_what_is_asked_for_is_found_and_nothing_else(
    kept: Records, wanted: Wanted, fits: Callable[[Entry], bool]
) -> None:
    expected = [entry for entry in trail.entries(kept) if fits(entry)]
    found = excerpt.excerpt(kept, wanted, most=100)
    assert found.count == len(expected) and list(found.entries) == expected[::-1]
    assert list(excerpt.every(kept, wanted)) == expected
    assert excerpt.excerpt(kept, wanted, 2, 3).entries == found.entries[2:5]


def test_the_entry_before_on_the_same_object_is_found(kept: Records) -> None:
    every = trail.entries(kept)
    for entry in every:
        same = [e for e in every if (e.object, e.object_id) == (entry.object, entry.object_id) and e.seq < entry.seq]
        assert excerpt.before(kept, entry) == (same[-1] if same else None)


def test_the_names_that_can_be_asked_for_are_those_in_the_trail(kept: Records) -> None:
    names = excerpt.names(kept)
    assert names == {"actor": ["Ann", "Ben", "Cem"], "action": ["plan", "set"], "object": ["criterion", "gap"]}
