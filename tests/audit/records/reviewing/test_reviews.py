"""Management reviews keep what was known on the day; decisions name the input, the owner and the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from audit.errors import KeptAlready, RecordError, Stale
from audit.records import Records
from audit.records.reviewing import review_decisions, reviews
from audit.records.reviewing.review_decisions import NewDecision
from audit.records.reviewing.reviews import Input, NewReview
from audit.records.trail import trail
from audit.review import INPUTS
from audit.text import Text

KNOWN = Text(en="Satisfied: 71.0 % (n = 1,203)", zh="满意：71.0 %（n = 1,203）")
NEW = NewReview(
    dt.date(2026, 11, 1),
    dt.date(2025, 11, 1),
    dt.date(2026, 10, 31),
    "Director, quality manager",
    "2026-10-31-abc",
    (Input("9.3.2-c1", (KNOWN,), "falling since spring"),),
)
DECISION = NewDecision("MR-001", "9.3.2-c1", "improvement", "Call back within a day", "Ben", dt.date(2027, 1, 31))


def test_a_review_keeps_every_input_in_its_place(records: Records) -> None:
    kept = reviews.hold(records, NEW, "Ann")
    assert (kept.id, kept.revision, kept.actor) == ("MR-001", 1, "Ann")
    assert tuple(each.input for each in kept.inputs) == INPUTS[:-1]
    filled = {each.input: each for each in kept.inputs if each.known or each.note}
    assert filled == {"9.3.2-c1": NEW.inputs[0]}
    assert reviews.every(records) == [kept] == reviews.revisions(records, "MR-001")


def test_a_review_by_the_later_edition_keeps_what_that_edition_added(records: Records) -> None:
    kept = reviews.hold(records, replace(NEW, inputs=(Input("9.3.2-g"),)), "Ann")
    assert tuple(each.input for each in kept.inputs) == INPUTS
    later = reviews.note(records, "MR-001", 1, "Ben", "minutes read", {"9.3.2-g": "they want repair at once"})
    assert [each.note for each in later.inputs if each.note] == ["they want repair at once"]


def test_a_note_on_what_the_review_did_not_look_at_is_refused(records: Records) -> None:
    kept = reviews.hold(records, NEW, "Ann")
    with pytest.raises(RecordError, match=r"'9\.3\.2-g' is no input of a management review"):
        reviews.note(records, "MR-001", 1, "Ben", "minutes read", {"9.3.2-g": "they want repair at once"})
    assert reviews.every(records) == [kept]


def test_the_newest_review_comes_first_whenever_it_was_written_down(records: Records) -> None:
    for held in (dt.date(2026, 5, 1), dt.date(2026, 11, 1), dt.date(2025, 11, 1)):
        reviews.hold(records, replace(NEW, held_on=held), "Ann")
    assert [review.id for review in reviews.every(records)] == ["MR-002", "MR-001", "MR-003"]


def test_notes_change_and_what_was_known_does_not(records: Records) -> None:
    first = reviews.hold(records, NEW, "Ann")
    later = reviews.note(records, "MR-001", 1, "Ben", "minutes read", {"9.3.2-d": " one post ", "9.3.2-c1": "stable"})
    notes = {each.input: each.note for each in later.inputs if each.note}
    assert notes == {"9.3.2-d": "one post", "9.3.2-c1": "stable"}
    assert [each.known for each in later.inputs] == [each.known for each in first.inputs]
    assert (later.revision, later.run, later.held_on) == (2, first.run, first.held_on)
    assert reviews.revisions(records, "MR-001") == [later, first]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": dt.date(2026, 12, 1)}, "the day of the review 2026-12-01 lies in the future"),
        ({"period_from": dt.date(2026, 11, 1)}, "write the earlier day first"),
        ({"attendees": "  "}, "who took part is missing; write names or functions"),
        ({"run": ""}, "the run that the review looked at is missing"),
        ({"inputs": (Input("9.3.2-z"),)}, "'9.3.2-z' is no input of a management review; write one of: 9.3.2-a"),
        ({"inputs": (Input("9.3.2-a", (), "half \ud83d"),)}, "the note holds a character that is no text"),
    ],
)
def test_a_review_that_cannot_be_kept_is_refused(records: Records, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        reviews.hold(records, replace(NEW, **changes), "Ann")
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert reviews.every(records) == [] and trail.entries(records) == []


def test_the_second_writer_of_notes_is_told_who_was_first(records: Records) -> None:
    reviews.hold(records, NEW, "Ann")
    reviews.note(records, "MR-001", 1, "Ben", "minutes", {"9.3.2-d": "one post"})
    with pytest.raises(Stale, match="management review 'MR-001' was changed meanwhile by Ben"):
        reviews.note(records, "MR-001", 1, "Cem", "minutes", {"9.3.2-d": "two posts"})
    with pytest.raises(RecordError, match="the reason for changing the review is missing"):
        reviews.note(records, "MR-001", 2, "Cem", " ", {"9.3.2-d": "two posts"})
    assert reviews.find(records, "MR-001").revision == 2


def test_the_same_form_sent_twice_makes_one_review(records: Records) -> None:
    reviews.hold(records, NEW, "Ann", key="k1")
    with pytest.raises(KeptAlready):
        reviews.hold(records, NEW, "Ann", key="k1")
    assert len(reviews.every(records)) == 1


def test_a_decision_names_its_input_owner_and_day(records: Records) -> None:
    reviews.hold(records, NEW, "Ann")
    kept = review_decisions.decide(records, replace(DECISION, owner=" Ben "), "Ann")
    assert (kept.id, kept.owner, kept.status, kept.actor) == ("MRD-001", "Ben", "open", "Ann")
    assert review_decisions.every(records, "MR-001") == [kept] and review_decisions.every(records, "MR-002") == []


@pytest.mark.parametrize(
    ("today", "late"), [(dt.date(2027, 1, 31), False), (dt.date(2027, 2, 1), True), (dt.date(2020, 1, 1), False)]
)
def test_a_decision_is_overdue_from_the_day_after(records: Records, today: dt.date, late: bool) -> None:
    reviews.hold(records, NEW, "Ann")
    kept = review_decisions.decide(records, DECISION, "Ann")
    assert kept.overdue(today) is late
    done = review_decisions.done(records, kept.id, 1, "Ben", dt.date(2026, 11, 1))
    assert not done.overdue(today)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"review": "MR-009"}, "there is no management review 'MR-009'; the last ones are: MR-001"),
        ({"input": ""}, "'' is no input of a management review"),
        ({"kind": "idea"}, "'idea' is no kind of decision; write one of: improvement, change of the system, resources"),
        ({"what": " "}, "what was decided is missing"),
        ({"owner": ""}, "the owner of the decision is missing; write who carries it out"),
        ({"due_on": None}, "the day until which the decision is due is missing"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(records: Records, changes: dict[str, Any], sentence: str) -> None:
    reviews.hold(records, NEW, "Ann")
    with pytest.raises(RecordError) as refused:
        review_decisions.decide(records, replace(DECISION, **changes), "Ann")
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert review_decisions.every(records) == [] and len(trail.entries(records)) == 1


def test_what_became_of_a_decision_is_a_history(records: Records) -> None:
    reviews.hold(records, NEW, "Ann")
    review_decisions.decide(records, DECISION, "Ann")
    review_decisions.redecide(records, "MRD-001", 1, "Ann", "Ben is ill", owner="Cem", due_on=dt.date(2027, 3, 1))
    review_decisions.done(records, "MRD-001", 2, "Cem", dt.date(2026, 11, 1))
    review_decisions.reopen(records, "MRD-001", 3, "Ann", "two sites are missing")
    review_decisions.drop(records, "MRD-001", 4, "Ann", "sites were sold")
    found = [(each.status, each.owner, each.done_on) for each in review_decisions.revisions(records, "MRD-001")]
    day = dt.date(2026, 11, 1)
    expected = [("open", "Ben", None), ("open", "Cem", None), ("done", "Cem", day), ("open", "Cem", None)]
    assert found[::-1] == [*expected, ("dropped", "Cem", None)]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (lambda r: review_decisions.done(r, "MRD-001", 1, "B", dt.date(2027, 1, 1)), "lies in the future"),
        (lambda r: review_decisions.done(r, "MRD-001", 7, "B", dt.date(2026, 11, 1)), "you saw revision 7"),
        (lambda r: review_decisions.drop(r, "MRD-001", 1, "B", ""), "the reason for dropping the decision is missing"),
        (lambda r: review_decisions.reopen(r, "MRD-001", 1, "B", "more"), "is open already; nothing was changed"),
        (lambda r: review_decisions.redecide(r, "MRD-001", 1, "B", "x", what="y"), "'what' is no part"),
        (lambda r: review_decisions.redecide(r, "MRD-001", 1, "B", "x", due_on=None), "is due is missing"),
        (lambda r: review_decisions.redecide(r, "MRD-001", 1, "B", "x", owner=" "), "owner of the decision is missing"),
        (lambda r: review_decisions.done(r, "MRD-002", 1, "B", dt.date(2026, 11, 1)), "there is no review decision"),
    ],
)
def test_a_step_that_makes_no_sense_changes_nothing(records: Records, step: Any, sentence: str) -> None:
    reviews.hold(records, NEW, "Ann")
    kept = review_decisions.decide(records, DECISION, "Ann")
    with pytest.raises(RecordError) as refused:
        step(records)
    assert sentence in str(refused.value)
    assert review_decisions.every(records) == [kept]


def test_a_decision_that_is_settled_is_opened_before_it_changes(records: Records) -> None:
    reviews.hold(records, NEW, "Ann")
    review_decisions.decide(records, DECISION, "Ann")
    review_decisions.drop(records, "MRD-001", 1, "Ann", "no budget")
    with pytest.raises(RecordError, match="decision 'MRD-001' is dropped; open it again first"):
        review_decisions.done(records, "MRD-001", 2, "Ben", dt.date(2026, 11, 1))


def test_the_trail_proves_reviews_and_decisions(records: Records) -> None:
    reviews.hold(records, NEW, "Ann")
    review_decisions.decide(records, DECISION, "Ann")
    reviews.note(records, "MR-001", 1, "Ben", "minutes", {"9.3.2-d": "one post"})
    review_decisions.done(records, "MRD-001", 1, "Ben", dt.date(2026, 11, 1))
    assert trail.verify(records) == []
    assert [entry.action for entry in trail.entries(records)] == ["review", "review", "review", "act"]
