"""Audits: planned, revised, begun, reported and closed; what is refused, with what to write instead."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.access.person import Person
from audit.auditing.audit_state import State
from audit.auditing.independence import Doubt
from audit.auditing.plan import Auditor, PlanItem
from audit.auditing.since import Basis, Changed, since
from audit.errors import Denied, KeptAlready, RecordError, Stale
from audit.evidence import Outcome, Verdict
from audit.records import Records, open_records
from audit.records.access import people
from audit.records.auditing import answers, audit_basis, audit_steps, audits, decisions
from audit.records.auditing.audits import Audit, NewAudit
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.finding.findings import NewFinding, raise_finding
from audit.records.targets import criteria
from audit.records.trail import trail

CONFORMS, NOT = Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM
DAY = dt.date(2026, 11, 2)
ANN, BO = Auditor("Ann", "course 2025"), Auditor("Bo", "ten audits", ("8.2", "销售"))
NEW = NewAudit(
    " Annual 2026 ",
    "iso-9001-2015",
    ("iso-10002",),
    objectives="Hear customers",
    scope="Sales",
    period_from=dt.date(2026, 11, 2),
    period_to=dt.date(2026, 11, 6),
    lead="Ann",
    auditors=(ANN, BO),
    plan=(PlanItem(dt.date(2026, 11, 3), "8.2", "Ann", "head of sales"), PlanItem(None, "9.1.2", "Bo")),
)
ASKED = ["9.1.2-b", "9.1.2-a"]


def begun(records: Records, new: NewAudit = NEW, previous: str = "") -> Audit:
    audit = audits.create(records, new, "Ann", previous)
    return audit_steps.begin(records, audit.id, ASKED, "Ann", "run-1")


def closed(records: Records, new: NewAudit = NEW) -> Audit:
    audit = begun(records, new)
    for id in ASKED:
        decisions.conclude(records, id, "run-1", CONFORMS, CONFORMS, "Ann", audit=audit.id)
    audit_steps.report(records, audit.id, "Ann")
    return audit_steps.close(records, audit.id, "Ann")


def test_a_new_audit_is_planned_and_nothing_of_it_is_lost(records: Records) -> None:
    kept = audits.create(records, NEW, "Ann")
    assert kept == audits.find(records, "AUD-001") and audits.every(records) == [kept]
    assert (kept.id, kept.revision, kept.title, kept.state) == ("AUD-001", 1, "Annual 2026", State.PLANNED)
    assert (kept.auditors, kept.plan, kept.packs) == (NEW.auditors, NEW.plan, NEW.packs)
    assert (kept.period_from, kept.period_to) == (NEW.period_from, NEW.period_to)
    assert (kept.actor, kept.doubts, kept.asked) == ("Ann", (), ())
    assert audits.opened(records) is None


def test_the_doubts_about_its_team_are_kept_with_it_and_stop_nothing(records: Records) -> None:
    alone = replace(NEW, auditors=(ANN,), plan=())
    assert audits.create(records, alone, "Ann").doubts == (Doubt("alone", "Ann"),)
    kept = audits.revise(records, "AUD-001", "Ann", auditors=(ANN, BO), plan=(PlanItem(None, "8.2.1", "Bo"),))
    assert kept.doubts == (Doubt("own work", "Bo", "8.2.1"), Doubt("nobody independent", "", "8.2.1"))
    assert audits.revisions(records, "AUD-001")[1].doubts == (Doubt("alone", "Ann"),)
    assert audit_steps.begin(records, "AUD-001", ASKED, "Ann").doubts == kept.doubts


def test_an_audit_goes_from_planned_to_closed(records: Records) -> None:
    audit = begun(records)
    assert (audit.state, audit.asked, audit.run) == (State.IN_PROGRESS, ("9.1.2-b", "9.1.2-a"), "run-1")
    assert audits.opened(records) == audit
    decisions.conclude(records, "9.1.2-a", "run-1", CONFORMS, CONFORMS, "Ann", audit=audit.id)
    decisions.conclude(records, "9.1.2-b", "run-1", NOT, NOT, "Ann", audit=audit.id)
    reported = audit_steps.report(records, audit.id, "Ann", "run-2")
    assert (reported.state, reported.run) == (State.REPORTING, "run-2") and audits.opened(records) == reported
    back = audit_steps.resume(records, audit.id, "Ann", "one more interview")
    assert (back.state, back.reason, back.run) == (State.IN_PROGRESS, "one more interview", "run-2")
    audit_steps.report(records, audit.id, "Ann")
    done = audit_steps.close(records, audit.id, "Ann")
    assert (done.state, done.left_open, done.revision) == (State.CLOSED, (), 6)
    assert audits.opened(records) is None and trail.verify(records) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "the title of the audit is missing; write what people call the audit"),
        ({"edition": ""}, "the edition of the audit is missing; write one, as in iso-9001-2015"),
        ({"period_from": dt.date(2026, 11, 7)}, "period_from 2026-11-07 is after period_to 2026-11-06"),
        ({"auditors": (Auditor(" "),)}, "the name of an auditor is missing; write it, or remove the line"),
        ({"plan": (PlanItem(None, " ", "Ann"),)}, "what a line of the plan audits is missing"),
        ({"programme": "PRG-001"}, "there is no programme 'PRG-001'; there is none yet"),
        ({"scope": "a\x00b"}, "'scope' of the audit holds a character that is no text"),
        ({"plan": (PlanItem(None, "8.2", "\ud800"),)}, "'auditor' of the audit holds a character that is no text"),
    ],
)
def test_what_cannot_be_planned_is_refused(records: Records, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        audits.create(records, replace(NEW, **changes), "Ann")
    assert str(refused.value).startswith(sentence) and "\n" not in str(refused.value)
    assert audits.every(records) == [] and trail.entries(records) == []


def test_the_previous_audit_must_be_there(records: Records) -> None:
    with pytest.raises(RecordError, match="there is no audit 'AUD-009'; there is none yet"):
        audits.create(records, NEW, "Ann", previous="AUD-009")


@pytest.mark.parametrize("missing", ["objectives", "scope", "lead"])
def test_an_audit_cannot_begin_without_what_it_needs(records: Records, missing: str) -> None:
    audits.create(records, replace(NEW, **{missing: " "}), "Ann")
    with pytest.raises(RecordError, match=f"audit 'AUD-001' cannot begin without its {missing}; write it first"):
        audit_steps.begin(records, "AUD-001", ASKED, "Ann")
    assert audits.opened(records) is None


def test_an_audit_that_asks_nothing_cannot_begin(records: Records) -> None:
    audits.create(records, NEW, "Ann")
    with pytest.raises(RecordError, match="audit 'AUD-001' asks nothing; choose an edition"):
        audit_steps.begin(records, "AUD-001", [], "Ann")


def test_one_audit_is_open_at_a_time(records: Records) -> None:
    begun(records)
    audits.create(records, NEW, "Ann")
    for _state in (State.IN_PROGRESS, State.REPORTING):
        with pytest.raises(RecordError, match="audit 'AUD-001' is .* and one audit is open at a time"):
            audit_steps.begin(records, "AUD-002", ASKED, "Ann")
        if _state == State.IN_PROGRESS:
            audit_steps.report(records, "AUD-001", "Ann")
    audit_steps.close(records, "AUD-001", "Ann", "nobody was there")
    assert audit_steps.begin(records, "AUD-002", ASKED, "Ann").state == State.IN_PROGRESS


STEPS = {
    "begin": lambda records: audit_steps.begin(records, "AUD-001", ASKED, "Ann"),
    "report": lambda records: audit_steps.report(records, "AUD-001", "Ann"),
    "resume": lambda records: audit_steps.resume(records, "AUD-001", "Ann", "again"),
    "close": lambda records: audit_steps.close(records, "AUD-001", "Ann", "enough"),
}
WAY: dict[str, tuple[str, ...]] = {
    "planned": (),
    "in progress": ("begin",),
    "reporting": ("begin", "report"),
    "closed": ("begin", "report", "close"),
}
ALLOWED = {"planned": {"begin"}, "in progress": {"report"}, "reporting": {"close", "resume"}, "closed": set()}


@pytest.mark.parametrize("state", WAY)
def test_only_the_steps_that_follow_are_taken(records: Records, state: str) -> None:
    """Every step from every state: the table above is the oracle."""
    audits.create(records, NEW, "Ann")
    for step in WAY[state]:
        STEPS[step](records)
    for step in STEPS.keys() - ALLOWED[state]:
        with pytest.raises(RecordError) as refused:
            STEPS[step](records)
        assert str(refused.value).startswith(f"audit 'AUD-001' is {state}, and only one that is ")
        assert f" can {step}; nothing was changed: " in str(refused.value)
        assert audits.find(records, "AUD-001").state == state


FIELDS: dict[str, Any] = {
    "title": "Other", "objectives": "Other", "scope": "Other", "edition": "iso-9001-2026", "packs": (),
    "period_from": dt.date(2026, 11, 1), "period_to": None, "lead": "Bo", "auditors": (ANN,), "plan": (),
}  # fmt: skip
STILL = {"planned": set(FIELDS), "in progress": {"period_from", "period_to", "lead", "auditors", "plan"}}


@pytest.mark.parametrize("state", WAY)
def test_only_what_its_state_allows_can_be_changed(records: Records, state: str) -> None:
    audits.create(records, NEW, "Ann")
    for step in WAY[state]:
        STEPS[step](records)
    for name, value in FIELDS.items():
        before = audits.find(records, "AUD-001")
        if name in STILL.get(state, set()):
            assert getattr(audits.revise(records, "AUD-001", "Ann", **{name: value}), name) == value
            continue
        with pytest.raises(RecordError) as refused:
            audits.revise(records, "AUD-001", "Ann", **{name: value})
        assert f"'{name}' of audit 'AUD-001' cannot change while it is {state}" in str(refused.value)
        assert audits.find(records, "AUD-001") == before


@pytest.mark.parametrize("state", ["reporting", "closed"])
@pytest.mark.parametrize("changes", [{}, {"lead": "Ann"}, {"title": NEW.title}], ids=["nothing", "lead", "title"])
def test_a_revision_that_changes_nothing_adds_nothing_to_what_is_fixed(
    records: Records, state: str, changes: dict[str, str]
) -> None:
    audits.create(records, replace(NEW, lead="Ann"), "Ann")
    for step in WAY[state]:
        STEPS[step](records)
    before = audits.revisions(records, "AUD-001")
    with pytest.raises(RecordError, match=f"audit 'AUD-001' cannot change while it is {state}; nothing was changed"):
        audits.revise(records, "AUD-001", "Ann", **changes)
    assert audits.revisions(records, "AUD-001") == before


@pytest.mark.parametrize("name", ["state", "revision", "asked", "doubts", "run", "previous", "nonsense"])
def test_what_the_program_keeps_cannot_be_written(records: Records, name: str) -> None:
    audits.create(records, NEW, "Ann")
    with pytest.raises(RecordError, match=f"'{name}' of an audit cannot be written; write one of: auditors,"):
        audits.revise(records, "AUD-001", "Ann", **{name: "closed"})


def test_the_second_writer_is_told_who_was_first_and_loses_nothing(records: Records) -> None:
    audits.create(records, NEW, "Ann")
    audits.revise(records, "AUD-001", "Bo", "moved", seen=1, scope="Service")
    with pytest.raises(Stale) as stale:
        audits.revise(records, "AUD-001", "Ann", "mine", seen=1, scope="Sales and service")
    assert (stale.value.by, stale.value.seen, stale.value.now) == ("Bo", 1, 2)
    for step in ("report", "close", "resume"):
        with pytest.raises(Stale):
            getattr(audit_steps, step)(records, "AUD-001", "Ann", "reason", seen=1)


def test_a_form_that_is_sent_twice_is_kept_once(records: Records) -> None:
    audits.create(records, NEW, "Ann", key="k1")
    with pytest.raises(KeptAlready):
        audits.create(records, NEW, "Ann", key="k1")
    assert len(audits.every(records)) == 1


# what belongs to an audit


@pytest.mark.parametrize("state", ["in progress", "reporting"])
def test_conclusions_and_answers_belong_to_the_opened_audit(records: Records, state: str) -> None:
    audits.create(records, NEW, "Ann")
    for step in WAY[state]:
        STEPS[step](records)
    kept = decisions.conclude(records, "9.1.2-a", "run-1", CONFORMS, CONFORMS, "Ann", audit="AUD-001")
    heard = answers.answer(records, "9.1.2-a-4", Outcome.MET, DAY, "Ann", "knows", audit="AUD-001")
    assert kept.audit == "AUD-001" and decisions.current(records, "AUD-001") == {"9.1.2-a": kept}
    assert answers.current(records, "AUD-001") == {("9.1.2-a-4", ""): heard}
    assert trail.verify(records) == []


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("planned", "audit 'AUD-001' is planned and has not begun; nothing was changed: begin it first"),
        ("closed", "audit 'AUD-001' is closed and stays as it is; nothing was changed: open a further audit"),
    ],
)
def test_an_audit_that_is_not_open_takes_nothing(records: Records, state: str, sentence: str) -> None:
    audits.create(records, NEW, "Ann")
    for step in WAY[state]:
        STEPS[step](records)
    before = trail.entries(records)
    for keep in (
        lambda: decisions.conclude(records, "9.1.2-a", "run-1", CONFORMS, CONFORMS, "Ann", audit="AUD-001"),
        lambda: answers.answer(records, "9.1.2-a-4", Outcome.MET, DAY, "Ann", "knows", audit="AUD-001"),
    ):
        with pytest.raises(RecordError) as refused:
            keep()
        assert str(refused.value) == sentence
    assert trail.entries(records) == before


def test_while_an_audit_is_open_nothing_is_kept_outside_of_it(records: Records) -> None:
    """Somebody looked at the page before the audit began."""
    decisions.conclude(records, "9.1.2-a", "run-1", CONFORMS, CONFORMS, "Ann")
    begun(records)
    with pytest.raises(RecordError, match="audit 'AUD-001' is in progress, and this would be kept outside of it"):
        decisions.conclude(records, "9.1.2-a", "run-1", CONFORMS, CONFORMS, "Ann")
    with pytest.raises(RecordError, match="there is no audit 'AUD-007'; the last ones are: AUD-001"):
        decisions.conclude(records, "9.1.2-a", "run-1", CONFORMS, CONFORMS, "Ann", audit="AUD-007")


def test_an_opened_audit_begins_anew_and_a_closed_one_keeps_its_own(records: Records) -> None:
    outside = decisions.conclude(records, "9.1.2-a", "run-0", NOT, NOT, "Ann")
    heard = answers.answer(records, "9.1.2-a-4", Outcome.MET, DAY, "Ann", "knows")
    first = closed(records)
    assert decisions.current(records)["9.1.2-a"].audit == first.id
    assert answers.current(records) == {("9.1.2-a-4", ""): heard}
    of_first = decisions.current(records, first.id)
    second = begun(records, previous=first.id)
    assert decisions.current(records) == {} and answers.current(records) == {}
    assert decisions.current(records, first.id) == of_first and set(of_first) == set(ASKED)
    mine = decisions.conclude(records, "9.1.2-a", "run-2", NOT, NOT, "Ann", audit=second.id)
    assert decisions.current(records) == {"9.1.2-a": mine}
    assert decisions.current(records, first.id) == of_first and decisions.current(records, "") == {"9.1.2-a": outside}
    assert [each.audit for each in decisions.history(records, "9.1.2-a")] == ["AUD-002", "AUD-001", ""]


# closing


def test_it_closes_with_conclusions_open_only_for_a_reason_and_names_them(records: Records) -> None:
    audit = begun(records)
    decisions.conclude(records, "9.1.2-b", "run-1", CONFORMS, CONFORMS, "Ann", audit=audit.id)
    audit_steps.report(records, audit.id, "Ann")
    for reason in ("", " \n"):
        with pytest.raises(RecordError) as refused:
            audit_steps.close(records, audit.id, "Ann", reason)
        assert str(refused.value) == (
            "audit 'AUD-001' leaves requirements without a conclusion (1): 9.1.2-a; conclude them, or write the reason "
            "why it closes without"
        )
    done = audit_steps.close(records, audit.id, "Ann", "the site was shut")
    assert (done.left_open, done.reason) == (("9.1.2-a",), "the site was shut")


def test_a_conclusion_of_another_audit_or_outside_of_any_does_not_count(records: Records) -> None:
    decisions.conclude(records, "9.1.2-a", "run-0", CONFORMS, CONFORMS, "Ann")
    closed(records)
    begun(records)
    audit_steps.report(records, "AUD-002", "Ann")
    with pytest.raises(RecordError, match=r"without a conclusion \(2\): 9.1.2-b, 9.1.2-a"):
        audit_steps.close(records, "AUD-002", "Ann")


def test_many_are_named_shortly(records: Records) -> None:
    audits.create(records, NEW, "Ann")
    audit_steps.begin(records, "AUD-001", [f"8.{n}-a" for n in range(1, 9)], "Ann")
    audit_steps.report(records, "AUD-001", "Ann")
    with pytest.raises(RecordError, match=r"\(8\): 8.1-a, 8.2-a, 8.3-a, 8.4-a, 8.5-a and 3 more; conclude them"):
        audit_steps.close(records, "AUD-001", "Ann")


def test_it_does_not_close_with_a_finding_that_has_no_grade(records: Records) -> None:
    audit = begun(records)
    for id in ASKED:
        decisions.conclude(records, id, "run-1", CONFORMS, CONFORMS, "Ann", audit=audit.id)
    raise_finding(records, NewFinding("9.1.2-a", statement="No segment B", audit=audit.id), "Ann")
    audit_steps.report(records, audit.id, "Ann")
    with pytest.raises(RecordError, match="has findings without a grade or a statement: F-001; nothing was changed"):
        audit_steps.close(records, audit.id, "Ann", "a reason does not help")
    assert audits.find(records, audit.id).state == State.REPORTING


def test_a_finding_of_another_audit_does_not_hold_it_up(records: Records) -> None:
    raise_finding(records, NewFinding("9.1.2-a", statement="Before any audit"), "Ann")
    assert closed(records).state == State.CLOSED


def test_closing_and_concluding_at_once_never_both_win(records: Records) -> None:
    """Ten races: whatever the order, the closed audit names exactly what it was closed without."""
    for _round in range(10):
        audit = begun(records)
        decisions.conclude(records, "9.1.2-a", "run-1", CONFORMS, CONFORMS, "Ann", audit=audit.id)
        audit_steps.report(records, audit.id, "Ann")
        refused: list[str] = []

        def conclude(id: str = audit.id, refused: list[str] = refused) -> None:
            try:
                decisions.conclude(records, "9.1.2-b", "run-1", CONFORMS, CONFORMS, "Bo", audit=id)
            except RecordError as error:
                refused.append(str(error))

        other = threading.Thread(target=conclude)
        other.start()
        done = audit_steps.close(records, audit.id, "Ann", "now")
        other.join()
        assert (done.left_open == ("9.1.2-b",)) == bool(refused)
        assert ("9.1.2-b" in decisions.current(records, audit.id)) != bool(refused)
    assert trail.verify(records) == []


# from the previous audit


def test_what_changed_since_the_previous_audit_is_found(records: Records) -> None:
    documents.register(records, NewDocument("survey method", "Method", id="DOC-001"), "Ann")
    criteria.set_criterion(records, "9.1.2-a-1", {"at_least": "25 %"}, "Ann", "ours")
    first = closed(records)
    asked = frozenset(first.asked)
    same = audit_basis.as_it_stands(records, asked, dict.fromkeys(first.asked, "conforms"))
    assert since(audit_basis.at_the_end_of(records, first.id), same) == []
    documents.revise(records, "DOC-001", "Ann", "new text", title="Method 2")
    criteria.reset(records, "9.1.2-a-1", "Ann", "back")
    after = audit_basis.as_it_stands(
        records, asked | {"10.2-a"}, {"9.1.2-a": "does not conform", "9.1.2-b": "conforms"}
    )
    found = since(audit_basis.at_the_end_of(records, first.id), after)
    assert [(each.kind, each.what) for each in found] == [
        ("asked", "10.2-a"), ("proposed", "9.1.2-a"), ("criterion", "9.1.2-a-1"), ("document", "DOC-001"),
    ]  # fmt: skip
    kept = audits.create(records, NEW, "Ann", first.id, found)
    assert kept.changed == tuple(found) and kept.previous == first.id
    assert audits.find(records, kept.id).changed == tuple(found)


def test_the_basis_of_an_audit_without_anything_is_empty(records: Records) -> None:
    audits.create(records, NEW, "Ann")
    assert audit_basis.at_the_end_of(records, "AUD-001") == Basis()
    assert since(Basis(), Basis(frozenset({"a"}))) == [Changed("asked", "a")]


# who may


MAY = {
    "create": {"auditor", "quality manager"},
    "begin": {"auditor"},
    "report": {"auditor"},
    "conclude": {"auditor"},
    "close": {"auditor"},
}


def test_where_people_sign_in_each_step_asks_for_its_role(url: str, anchor: Path) -> None:
    roles = ("viewer", "auditor", "quality manager", "administrator", "guest auditor")
    with open_records(url, anchor=anchor) as local:
        audits.create(local, NEW, "Ann")
        for role in roles:
            more: dict[str, Any] = {"audit": "AUD-001", "until": DAY.replace(year=2090)} if role[0] == "g" else {}
            people.give(local, f"https://id.example|{role}", role, role, "Ann", **more)
    with open_records(url, anchor=anchor, signing_in=True) as records:
        steps = {
            "create": lambda who: audits.create(records, NEW, who),
            "begin": lambda who: audit_steps.begin(records, "AUD-001", ASKED, who),
            "conclude": lambda who: decisions.conclude(
                records, "9.1.2-a", "run", CONFORMS, CONFORMS, who, audit="AUD-001"
            ),
            "report": lambda who: audit_steps.report(records, "AUD-001", who),
            "close": lambda who: audit_steps.close(records, "AUD-001", who, "enough"),
        }
        for step, keep in steps.items():
            for role in sorted(roles, key=lambda role: role in MAY[step]):  # who may not tries first
                who = Person(role, f"https://id.example|{role}")
                if role in MAY[step]:
                    keep(who)
                else:
                    with pytest.raises(Denied, match=f"{role} may not"):
                        keep(who)
            with pytest.raises(Denied, match="may not .* without a role"):
                keep(Person("auditor"))
        assert trail.verify(records) == []
