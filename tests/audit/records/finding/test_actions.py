"""Actions: planned, done with evidence, cancelled with a reason; reviewed once they are done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from audit.errors import KeptAlready, RecordError, Stale
from audit.finding.finding import Reference
from audit.records import Records
from audit.records.finding import actions, effectiveness, findings
from audit.records.finding.actions import NewAction
from audit.records.finding.findings import NewFinding
from audit.records.trail import trail
from tests.audit.records.held import TAKEN, held

DUE, DONE = dt.date(2026, 12, 31), dt.date(2026, 11, 2)
SHOWN = (Reference("document", "DOC-004"),)
NEW = NewAction(
    "Ask every segment", "Ben", DUE, finding="F-001", kpi="nps", by="segment", group="Private",
    expected_on=dt.date(2027, 3, 31),
)  # fmt: skip


@pytest.fixture(autouse=True)
def finding(records: Records) -> None:
    findings.raise_finding(records, NewFinding("9.1.2-b", statement="Never asked."), "Ann")
    held(records)


@pytest.mark.parametrize(
    "new",
    [
        NEW,
        replace(NEW, kpi="", by="", group="", expected_on=None),
        replace(NEW, finding="", decision=TAKEN),
        replace(NEW, due_on=dt.date(2020, 1, 1)),
        replace(NEW, owner="王芳"),
    ],
)
def test_an_action_is_kept_as_it_was_planned(records: Records, new: NewAction) -> None:
    kept = actions.plan(records, new, "Ben")
    for name in NewAction.__dataclass_fields__:
        assert getattr(kept, name) == getattr(new, name)
    assert (kept.id, kept.status, kept.done_on, kept.evidence, kept.actor) == ("ACT-001", "open", None, (), "Ben")
    assert actions.every(records) == [kept] == actions.revisions(records, "ACT-001")
    assert trail.verify(records) == []


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (replace(NEW, what=" "), "the action's what is missing; write what will be done"),
        (replace(NEW, owner=""), "the action's owner is missing; write who does it"),
        (replace(NEW, due_on=None), "the day until which the action is due is missing"),
        (replace(NEW, finding=""), "what the action belongs to is missing"),
        (replace(NEW, decision=TAKEN), "what the action belongs to is missing; name one finding, or one decision"),
        (replace(NEW, finding="F-009"), "there is no finding 'F-009'; the last ones are: F-001"),
        (replace(NEW, finding="", decision="MRD-009"), "'MRD-009'; the last ones are: MRD-001"),
        (replace(NEW, kpi="\x00"), "the kpi holds a character that is no text"),
    ],
)
def test_what_cannot_be_planned_is_refused(records: Records, new: NewAction, sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        actions.plan(records, new, "Ben")
    assert sentence in str(refused.value) and actions.every(records) == []


def test_an_action_is_done_with_what_shows_it(records: Records) -> None:
    actions.plan(records, NEW, "Ben")
    done = actions.done(records, "ACT-001", 1, "Ben", DONE, SHOWN, "all lists merged")
    assert (done.status, done.done_on, done.evidence, done.reason) == ("done", DONE, SHOWN, "all lists merged")
    again = actions.reopen(records, "ACT-001", 2, "Ann", "one list is left")
    assert (again.status, again.done_on, again.evidence) == ("open", None, ())
    assert [each.status for each in actions.revisions(records, "ACT-001")] == ["open", "done", "open"]


Step = Callable[[Records], object]
REFUSED: list[tuple[str, Step, str]] = [
    ("open", lambda r: actions.done(r, "ACT-001", 1, "Ben", DONE, ()), "nothing shows that action 'ACT-001' was done"),
    ("open", lambda r: actions.done(r, "ACT-001", 1, "Ben", dt.date(2030, 1, 1), SHOWN), "lies in the future"),
    ("open", lambda r: actions.cancel(r, "ACT-001", 1, "Ben", " "), "the reason for cancelling is missing"),
    ("open", lambda r: actions.reopen(r, "ACT-001", 1, "Ben", "why"), "action 'ACT-001' is open"),
    ("open", lambda r: actions.revise(r, "ACT-001", 1, "Ben", "", owner="Cem"), "the reason for changing"),
    ("open", lambda r: actions.revise(r, "ACT-001", 1, "Ben", "why", owner=" "), "the action's owner is missing"),
    ("open", lambda r: actions.revise(r, "ACT-001", 1, "Ben", "why", due_on=None), "is due is missing"),
    ("open", lambda r: actions.revise(r, "ACT-001", 1, "Ben", "why", status="done"), "'status' of an action cannot"),
    ("open", lambda r: actions.revise(r, "ACT-001", 1, "Ben", "why", finding=""), "'finding' of an action cannot"),
    ("open", lambda r: effectiveness.review(r, "ACT-001", "", "effective", "s", "", "Ann"), "is open; its effect can"),
    ("open", lambda r: effectiveness.review(r, "F-001", "", "effective", "s", "", "Ann"), "ACT-001 of finding 'F-001'"),
    ("open", lambda r: actions.done(r, "ACT-009", 1, "Ben", DONE, SHOWN), "there is no action 'ACT-009'"),
    ("done", lambda r: actions.done(r, "ACT-001", 2, "Ben", DONE, SHOWN), "action 'ACT-001' is done"),
    ("done", lambda r: actions.cancel(r, "ACT-001", 2, "Ben", "why"), "action 'ACT-001' is done"),
    ("done", lambda r: actions.revise(r, "ACT-001", 2, "Ben", "why", owner="C"), "action 'ACT-001' is done"),
    ("done", lambda r: actions.reopen(r, "ACT-001", 2, "Ben", ""), "the reason for opening it again"),
    ("done", lambda r: effectiveness.review(r, "X", "", "effective", "s", "", "A"), "no finding or action 'X'"),
    ("done", lambda r: effectiveness.review(r, "ACT-001", "", "good", "s", "", "A"), "'good' is no result of a review"),
    ("done", lambda r: effectiveness.review(r, "ACT-001", "?", "worse", "s", "", "A"), "'?' is no result of a review"),
    ("done", lambda r: effectiveness.review(r, "ACT-001", "", "effective", " ", "", "A"), "what was seen is missing"),
    (
        "done",
        lambda r: effectiveness.review(r, "ACT-001", "not shown", "effective", "s", "", "A"),
        "the reason why 'effective' departs from the proposed 'not shown' is missing",
    ),
    ("cancelled", lambda r: actions.done(r, "ACT-001", 2, "Ben", DONE, SHOWN), "action 'ACT-001' is cancelled"),
    (
        "cancelled",
        lambda r: effectiveness.review(r, "ACT-001", "", "effective", "s", "", "A"),
        "action 'ACT-001' is cancelled; its effect can be reviewed once it is done",
    ),
]


@pytest.mark.parametrize(("state", "step", "sentence"), REFUSED)
def test_what_an_action_does_not_allow_is_refused(records: Records, state: str, step: Step, sentence: str) -> None:
    actions.plan(records, NEW, "Ben")
    if state == "done":
        actions.done(records, "ACT-001", 1, "Ben", DONE, SHOWN)
    elif state == "cancelled":
        actions.cancel(records, "ACT-001", 1, "Ben", "not needed")
    before = trail.entries(records)
    with pytest.raises(RecordError) as refused:
        step(records)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert trail.entries(records) == before


def test_an_open_action_gets_another_day_with_a_reason(records: Records) -> None:
    actions.plan(records, NEW, "Ben")
    later = actions.revise(records, "ACT-001", 1, "Ann", "supplier is late", due_on=dt.date(2027, 1, 31), owner="Cem")
    assert (later.due_on, later.owner, later.what, later.reason) == (
        dt.date(2027, 1, 31), "Cem", NEW.what, "supplier is late",
    )  # fmt: skip
    with pytest.raises(Stale, match="action 'ACT-001' was changed meanwhile by Ann"):
        actions.done(records, "ACT-001", 1, "Ben", DONE, SHOWN)


def test_the_same_form_sent_twice_is_one_action(records: Records) -> None:
    actions.plan(records, NEW, "Ben", key="form")
    with pytest.raises(KeptAlready):
        actions.plan(records, NEW, "Ben", key="form")
    assert len(actions.every(records)) == 1


@pytest.mark.parametrize(
    ("reviewer", "apart"), [("Ann", True), ("Ben", False), ("ben", False), ("Cem", False), ("Dora", True)]
)
def test_an_action_of_a_management_review_is_reviewed_like_any_other(
    records: Records, reviewer: str, apart: bool
) -> None:
    """Ben owns it and Cem reported it done."""
    actions.plan(records, replace(NEW, finding="", decision=TAKEN), "Ben")
    actions.done(records, "ACT-001", 1, "Cem", DONE, SHOWN)
    kept = effectiveness.review(records, "ACT-001", "effective", "effective", "NPS rose by 9.", "run-1", reviewer)
    assert kept.independent is apart
    assert effectiveness.of(records, "ACT-001") == [kept] == list(effectiveness.current(records).values())


def test_the_newest_review_counts_and_the_former_stay(records: Records) -> None:
    actions.plan(records, NEW, "Ben")
    actions.done(records, "ACT-001", 1, "Ben", DONE, SHOWN)
    for judged in ("not shown", "effective"):
        effectiveness.review(records, "ACT-001", "not shown", judged, "NPS.", "run-1", "Ann", "more came in since")
    assert [each.concluded for each in effectiveness.of(records, "ACT-001")] == ["effective", "not shown"]
    assert effectiveness.current(records)["ACT-001"].concluded == "effective"
    assert trail.verify(records) == []
