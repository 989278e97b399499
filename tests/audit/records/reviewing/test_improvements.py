"""You said, we did: what no customer was told yet comes first, and nobody is told of what is not done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from audit.errors import RecordError, Stale
from audit.records import Records
from audit.records.finding import actions
from audit.records.finding.actions import NewAction
from audit.records.reviewing import improvements
from audit.records.reviewing.improvements import NewImprovement
from audit.records.tables.reviews import ImprovementRow
from audit.records.trail import trail
from audit.records.versions import history
from tests.audit.records.held import TAKEN, held

DONE, TOLD = dt.date(2026, 10, 1), dt.date(2026, 10, 20)
NEW = NewImprovement("Nobody calls back", "complaint", "A call back within a day", "C-1042", "segment", "Private")
WHOLE = replace(NEW, done_on=DONE, told_on=TOLD, told_how="letter")


@pytest.mark.parametrize(
    "new",
    [
        NEW,
        WHOLE,
        replace(NEW, by="", group=""),
        replace(NEW, by="customer", group="c-2e07c5bf8be2d2f26a86"),
        replace(NEW, reference="", source="conversation"),
        replace(WHOLE, told_on=DONE),  # told on the day on which it was done
        replace(NEW, said="没有人回电", did="一天内回电"),
    ],
)
def test_an_improvement_is_kept_as_written(records: Records, new: NewImprovement) -> None:
    kept = improvements.keep(records, new, "Ann")
    written = {name: getattr(kept, name) for name in vars(new)}
    assert written == vars(new) and (kept.id, kept.revision, kept.actor) == ("YS-001", 1, "Ann")
    assert improvements.every(records) == [kept]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"said": " "}, "what was said is missing"),
        ({"did": ""}, "what was done is missing"),
        ({"source": "rumour"}, "'rumour' is no way in which it was heard; write one of: complaint, survey comment"),
        ({"group": ""}, "for whom it was done is half named"),
        ({"by": ""}, "for whom it was done is half named"),
        ({"done_on": dt.date(2027, 1, 1)}, "the day on which it was done 2027-01-01 lies in the future"),
        ({"done_on": DONE, "told_on": dt.date(2027, 1, 1), "told_how": "letter"}, "was told 2027-01-01 lies in the"),
        ({"done_on": DONE, "told_on": dt.date(2026, 9, 30), "told_how": "letter"}, "write a day before it was told"),
        ({"told_on": TOLD, "told_how": "letter"}, "has no day on which it was done"),
        ({"done_on": DONE, "told_on": TOLD}, "how the customer was told is missing"),
        ({"done_on": DONE, "told_how": "letter"}, "the day on which the customer was told is missing"),
        ({"action": "ACT-009"}, "there is no action 'ACT-009'; there is none yet"),
        ({"by": "customer", "group": "Erika Mustermann"}, "the customer is not named by the pseudonym; copy it from"),
        ({"by": "customer", "group": "erika@example.org"}, "the customer is not named by the pseudonym"),
        ({"reference": "x" * 121}, "the reference is no key; write only what it is known by"),
        ({"reference": "C-1\nshe said that nobody called"}, "the reference is no key"),
        ({"reference": "\x00"}, "'reference' holds a character that is no text"),
    ],
)
def test_what_cannot_be_kept_is_refused(records: Records, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        improvements.keep(records, replace(NEW, **changes), "Ann")
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert improvements.every(records) == [] and trail.entries(records) == []


def test_what_nobody_was_told_comes_first_then_the_newest_told(records: Records) -> None:
    for told in (None, dt.date(2026, 10, 5), dt.date(2026, 10, 25), None):
        how = "letter" if told else ""
        improvements.keep(records, replace(NEW, done_on=DONE, told_on=told, told_how=how), "Ann")
    assert [each.id for each in improvements.every(records)] == ["YS-001", "YS-004", "YS-003", "YS-002"]


def test_telling_the_customer_is_a_revision_of_its_own(records: Records) -> None:
    improvements.keep(records, replace(NEW, done_on=DONE), "Ann")
    told = improvements.tell(records, "YS-001", 1, "Ben", TOLD, "by telephone")
    assert (told.told_on, told.told_how, told.revision, told.untold) == (TOLD, "by telephone", 2, False)
    assert improvements.every(records) == [told]
    with records.read() as session:
        assert [row.told_on for row, _entry in history(session, ImprovementRow, "YS-001")] == [TOLD, None]
    with pytest.raises(Stale):
        improvements.tell(records, "YS-001", 1, "Cem", TOLD, "letter")


def test_a_customer_is_not_told_of_what_is_not_done(records: Records) -> None:
    kept = improvements.keep(records, NEW, "Ann")
    with pytest.raises(RecordError, match="has no day on which it was done"):
        improvements.tell(records, "YS-001", 1, "Ben", TOLD, "letter")
    with pytest.raises(RecordError, match="how the customer was told is missing"):
        improvements.tell(records, "YS-001", 1, "Ben", TOLD, " ")
    assert improvements.every(records) == [kept]


def test_an_improvement_can_belong_to_an_action(records: Records) -> None:
    held(records)
    action = actions.plan(records, NewAction("call back", "Ben", dt.date(2026, 11, 1), decision=TAKEN), "Ann")
    kept = improvements.keep(records, replace(NEW, action=action.id), "Ann")
    assert kept.action == action.id
    assert trail.verify(records) == []
