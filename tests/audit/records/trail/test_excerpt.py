"""A part of the trail by who, action, object, days and text, on both databases, against a plain look at all of it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator

import pytest
from postgres_server import Server

from audit.records import Records, open_records
from audit.records.auditing import gap_plans
from audit.records.auditing.gap_plans import GapPlan
from audit.records.read_only import read_only_engine
from audit.records.targets import criteria
from audit.records.trail import excerpt, trail
from audit.records.trail.entry import Entry
from audit.records.trail.excerpt import Wanted

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


LETTERS = {
    # what was written: what is asked for, and whether every database must find it
    "Änne Özdemir, Überprüfung der Prüfliste": {
        "Änne": True, "Überprüfung": True, "Änne Özdemir, Überprüfung der Prüfliste": True, "änne": True,
        "ÜBERPRÜFUNG": True, "prüfliste": True, "anne": False, "Uberprufung": False,
    },
    "İstanbul ve IĞDIR, ışık": {"İstanbul": True, "stanbul": True, "IĞDIR": True, "ışık": True, "istambul": False},
    "Έλεγχος ΟΔΟΣΗΜΑΝΣΗ": {"Έλεγχος": True, "έλεγχο": True, "ΟΔΟΣ": True, "οδοσ": True, "ΟΔΟΣΗΜΑΝΣΗ": True},
    "ПРОВЕРКА списка": {"ПРОВЕРКА": True, "проверка": True, "Списка": True},
    "董事会要求，每年一次": {"董事会要求": True, "每年": True, "每月": False},
    "100 % of a_b, c/d": {"100 %": True, "0 % OF": True, "a_b": True, "A_B": True, "c/d": True, "%": True, "_": True,
                          "a%b": False, "ab": False, "a__b": False, "/%": False, "100%": False},
    'she said "no"\\never\nagain': {'said "no"': True, 'SAID "NO"\\': True, "never\nagain": True, "no never": False},
}  # fmt: skip
FOUND = [(written, text, found) for written, asked in LETTERS.items() for text, found in asked.items()]


@pytest.fixture(scope="module")
def lettered(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> Iterator[dict[str, Records]]:
    """What was written stands in the reason of one entry and in the content of another; the last ones only read."""
    file = tmp_path_factory.mktemp("letters") / "records.sqlite"
    with open_records(f"sqlite:///{file}") as small, open_records(postgres.database(like=postgres.migrated)) as large:
        for records in (small, large):
            for number, words in enumerate(LETTERS):
                criteria.set_criterion(records, f"9.1.2-a-{number}", {"at_least": "1 %"}, "Ann", words)
                criteria.set_criterion(records, f"8.2.1-a-{number}", {"note": words}, "Ann", "Because")
        looking = Records(read_only_engine(file), small.clock, None)
        yield {"sqlite": small, "postgresql": large, "read only": looking}
        looking.close()


@pytest.mark.parametrize("place", ["sqlite", "postgresql", "read only"])
@pytest.mark.parametrize(("written", "text", "found"), FOUND)
def test_a_text_is_found_as_it_is_typed_in_every_language(
    lettered: dict[str, Records], place: str, written: str, text: str, found: bool
) -> None:
    number = list(LETTERS).index(written)
    seen = {entry.object_id for entry in excerpt.excerpt(lettered[place], Wanted(text=text)).entries}
    assert ({f"9.1.2-a-{number}", f"8.2.1-a-{number}"} <= seen) == found
