"""Plans for gaps: the newest holds, the former stay in the trail."""

import datetime as dt
from dataclasses import replace

import pytest

from audit.errors import RecordError
from audit.records import Records
from audit.records.auditing import gap_plans
from audit.records.auditing.gap_plans import GapPlan
from audit.records.trail import trail

PLAN = GapPlan("9.1.2-a", "weeks", "Ben", dt.date(2027, 1, 31), "ask by telephone")


@pytest.mark.parametrize(
    "planned",
    [
        PLAN,
        replace(PLAN, effort="hours"),
        replace(PLAN, effort="months", owner="王芳"),
        replace(PLAN, owner="", due_on=None, note=""),
        replace(PLAN, due_on=dt.date(2020, 1, 1)),  # overdue is a fact, not a mistake
    ],
)
def test_a_plan_is_kept_with_who_made_it(records: Records, planned: GapPlan) -> None:
    kept = gap_plans.plan(records, planned, "Ann")
    assert kept == replace(planned, actor="Ann")
    assert gap_plans.current(records) == {"9.1.2-a": kept}


def test_the_newest_plan_holds_and_the_former_stay_in_the_trail(records: Records) -> None:
    gap_plans.plan(records, PLAN, "Ann")
    gap_plans.plan(records, replace(PLAN, requirement_id="9.1.2-b", owner="Cem"), "Ann")
    newest = gap_plans.plan(records, replace(PLAN, owner="Dora"), "Ben")
    assert gap_plans.current(records)["9.1.2-a"] == newest and gap_plans.current(records)["9.1.2-b"].owner == "Cem"
    assert [entry.actor for entry in trail.entries(records, "gap", "9.1.2-a")] == ["Ann", "Ben"]


def test_outer_blanks_are_nobodys_words(records: Records) -> None:
    kept = gap_plans.plan(records, GapPlan(" 9.1.2-a ", "days", " Ben ", None, " soon "), "Ann")
    assert (kept.requirement_id, kept.owner, kept.note) == ("9.1.2-a", "Ben", "soon")


@pytest.mark.parametrize(
    ("planned", "actor", "sentence"),
    [
        (replace(PLAN, effort="years"), "Ann", "'years' is no effort; write one of: hours, days, weeks, months"),  # type: ignore[arg-type]
        (replace(PLAN, effort=""), "Ann", "'' is no effort; write one of"),  # type: ignore[arg-type]
        (replace(PLAN, requirement_id=" "), "Ann", "the requirement is missing; write its id, as in 9.1.2-a"),
        (replace(PLAN, owner="\x00"), "Ann", "the owner holds a character that is no text"),
        (replace(PLAN, note="half \ud83d"), "Ann", "the note holds a character that is no text"),
        (PLAN, " ", "who makes the change is missing; write a name"),
    ],
)
def test_what_cannot_be_kept_is_refused(records: Records, planned: GapPlan, actor: str, sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        gap_plans.plan(records, planned, actor)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert trail.entries(records) == [] and gap_plans.current(records) == {}
