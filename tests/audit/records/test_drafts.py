"""What was typed and not kept yet: each person's own, in nobody's trail, gone once it is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from audit.access.person import Person
from audit.errors import Denied, KeptAlready, RecordError, Stale
from audit.evidence import Outcome, Verdict
from audit.records import Records, drafts, open_records
from audit.records.auditing import answers, decisions, gap_plans, maturity
from audit.records.auditing.gap_plans import GapPlan
from audit.records.targets import criteria
from audit.records.trail import trail
from audit.text import Text

FORM = "conclude 9.1.2-a"
ANN = Person("Ann", "https://id.example.org|1", "ann@example.org")


def concluded(records: Records, who: str = "Ann", key: str | None = None, seen: int | None = None) -> object:
    return decisions.conclude(records, "9.1.2-a", "run", Verdict.CONFORMS, Verdict.CONFORMS, who, key=key, seen=seen)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"reason": ""},
        {"reason": "asked by phone", "verdict": "conforms"},
        {"reason": "顾客在电话中回答 \n“第二行” 🙂 \x00 ' \" \\", "due": {"day": "2026-11-02"}, "who": None},
        {"chosen": ["a", "b"], "level": 4, "yes": True, "part": 0.1},
    ],
)
def test_what_was_typed_comes_back_as_it_was(records: Records, typed: dict[str, object]) -> None:
    drafts.note(records, "Ann", FORM, typed, "key", seen=3)
    found = drafts.found(records, "Ann", FORM)
    assert found is not None and (found.typed, found.key, found.seen) == (typed, "key", 3)


def test_a_later_note_takes_the_place_of_the_former(records: Records) -> None:
    for number in range(3):
        drafts.note(records, "Ann", FORM, {"reason": f"text {number}"}, "key")
    found = drafts.found(records, "Ann", FORM)
    assert found is not None and found.typed == {"reason": "text 2"}


def test_drafts_are_discarded_one_by_one(records: Records) -> None:
    for form in ("a", "b", "c"):
        drafts.note(records, "Ann", form, {"form": form}, form)
    drafts.discard(records, "Ann", "b")
    drafts.discard(records, "Ann", "never typed")
    assert [form for form in ("a", "b", "c") if drafts.found(records, "Ann", form)] == ["a", "c"]


@pytest.mark.parametrize(
    "other",
    [
        "Ben",
        Person("Ann", "https://id.example.org|2"),
        "https://id.example.org|1",
        "local account Ann",
        "ann@example.org",
    ],
)
def test_nobody_sees_or_discards_another_persons_draft(records: Records, other: Person | str) -> None:
    drafts.note(records, ANN, FORM, {"reason": "mine"}, "key")
    drafts.discard(records, other, FORM)
    assert drafts.found(records, other, FORM) is None
    assert drafts.found(records, ANN, FORM)


def test_a_person_who_changed_name_still_finds_the_drafts(records: Records) -> None:
    drafts.note(records, ANN, FORM, {"reason": "mine"}, "key")
    assert drafts.found(records, Person("Ann Smith-Novak", ANN.identity), FORM)


def test_who_has_no_role_cannot_fill_the_records_with_drafts(url: str) -> None:
    with open_records(url, signing_in=True) as records:
        for who in ("Ann", ANN):
            with pytest.raises(Denied, match="has no role here"):
                drafts.note(records, who, FORM, {"reason": "x"}, "key")


def test_a_draft_stands_in_no_trail(records: Records) -> None:
    drafts.note(records, "Ann", FORM, {"reason": "not yet"}, "key")
    assert trail.entries(records) == [] and trail.verify(records) == []


def test_a_draft_that_was_kept_before_the_program_died_is_not_offered_again(records: Records) -> None:
    drafts.note(records, "Ann", FORM, {"reason": "asked"}, "key")
    drafts.note(records, "Ann", "another", {"reason": "asked"}, "other key")
    concluded(records, key="key")
    assert drafts.found(records, "Ann", FORM) is None
    assert drafts.found(records, "Ann", "another")


def test_two_windows_of_one_person_never_hinder_each_other(records: Records) -> None:
    def noted(number: int) -> None:
        drafts.note(records, "Ann", FORM, {"reason": str(number)}, "key")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(noted, range(40)))
    draft = drafts.found(records, "Ann", FORM)
    assert draft is not None and int(draft.typed["reason"]) in range(40)


def test_a_text_that_is_too_long_is_shortened_and_the_form_stays_usable(records: Records) -> None:
    drafts.note(records, "Ann", FORM, {"reason": "x" * 300_000, "who": "Ann"}, "key")
    found = drafts.found(records, "Ann", FORM)
    assert found and found.typed == {"reason": "x" * 200_000, "who": "Ann"}


CHANGES = {
    "conclusion": lambda records, **more: concluded(records, **more),
    "answer": lambda records, **more: answers.answer(
        records, "9.1.2-a-1", Outcome.MET, records.clock().date(), "Ann", "seen", **more
    ),
    "criterion": lambda records, **more: criteria.set_criterion(
        records, "9.1.2-a-1", {"at_least": "25 %"}, "Ann", "because", **more
    ),
    "plan": lambda records, **more: gap_plans.plan(
        records, GapPlan("9.1.2-a", "days", "Ann", None, "do it"), "Ann", **more
    ),
    "level": lambda records, **more: maturity.rate(records, "9.1.2", 3, "Ann", "seen", **more),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_same_filling_is_kept_once_however_often_it_is_sent(records: Records, name: str) -> None:
    CHANGES[name](records, key="filling 1")
    for _ in range(3):
        with pytest.raises(KeptAlready, match="as entry 1 of the trail"):
            CHANGES[name](records, key="filling 1")
    assert len(trail.entries(records)) == 1 and trail.verify(records) == []
    CHANGES[name](records, key="filling 2")
    assert len(trail.entries(records)) == 2


@pytest.mark.parametrize("name", CHANGES)
def test_the_second_of_two_people_learns_who_was_faster(records: Records, name: str) -> None:
    CHANGES[name](records, seen=0)
    with pytest.raises(Stale) as told:
        CHANGES[name](records, seen=0)
    assert (told.value.by, told.value.seen, told.value.now) == ("Ann", 0, 1)
    assert len(trail.entries(records)) == 1
    CHANGES[name](records, seen=1)
    CHANGES[name](records)  # who does not say what was seen is not asked
    assert len(trail.entries(records)) == 3 and trail.verify(records) == []


def test_of_twenty_who_saw_the_same_one_is_kept(records: Records) -> None:
    def sent(number: int) -> str:
        try:
            concluded(records, f"Person {number}", key=f"key {number}", seen=0)
        except Stale:
            return "stale"
        return "kept"

    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(sent, range(20)))
    assert sorted(outcomes) == ["kept"] + ["stale"] * 19 and len(trail.entries(records)) == 1


def test_records_that_cannot_be_written_say_so_of_a_draft_too(sqlite: str) -> None:
    with open_records(sqlite) as records:
        records.read_only = Text(en="its disk is read-only", zh="磁盘只读")
        with pytest.raises(RecordError, match="read-only"):
            drafts.note(records, "Ann", FORM, {"reason": "x"}, "key")
