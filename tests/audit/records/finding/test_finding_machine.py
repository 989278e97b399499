"""In whatever order calls come: no nonconformity closes with an open action or without an independent review."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from audit.access.person import Person
from audit.errors import RecordError
from audit.evidence import Grade
from audit.finding.finding import Cause, Reference
from audit.finding.grading import Answers
from audit.records import Records, open_records
from audit.records.finding import actions, effectiveness, findings, follow_up
from audit.records.finding.actions import NewAction
from audit.records.finding.findings import NewFinding
from audit.records.tables.people import PersonRow
from audit.records.trail import trail

TEAM = {"Ann": "auditor", "Eva": "auditor", "Ben": "quality manager", "Cem": "quality manager"}
PEOPLE = {name: Person(name, f"idp|{name}", f"{name}@example.org") for name in TEAM}
DAY = dt.date(2026, 11, 2)
SHOWN = (Reference("document", "DOC-004"),)
name = st.sampled_from(list(TEAM))
number = st.sampled_from([1, 2, 3])


@cache
def with_team() -> Path:
    """Records that know the team, made once: migrations take longer than all that follows."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with open_records(f"sqlite:///{folder / 'records.sqlite'}") as records:
        for person, role in TEAM.items():
            with records.change("Set-up", "people") as change:
                change.keep(PersonRow(id=f"idp|{person}", revision=1, name=person, role=role, audit="", until=None))
    return folder


class FindingMachine(RuleBasedStateMachine):
    """
    Beside the records stands a diary of what was accepted, in plain words; the invariants are judged by the diary
    alone, so that the program cannot vouch for itself.
    """

    signing_in = True

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        shutil.copytree(with_team(), self.folder.name, dirs_exist_ok=True)
        self.records: Records = open_records(f"sqlite:///{Path(self.folder.name) / 'records.sqlite'}")
        self.records.signing_in = self.signing_in
        self.grade: Grade | None = None
        self.closed = False
        self.independent: bool | None = None
        self.actions: dict[str, str] = {}
        self.responsible: set[str] = set()
        self.reviewed: tuple[str, str] | None = None
        """Who concluded what about the whole finding since anything was changed."""
        self.reviewed_each: dict[str, tuple[str, str]] = {}
        findings.raise_finding(self.records, NewFinding("9.1.2-b", "9.1.2", "s", "c", SHOWN, owner="Ben"), self.ann)
        self.responsible.add("Ben")

    @property
    def ann(self) -> Person:
        return PEOPLE["Ann"]

    def teardown(self) -> None:
        assert trail.verify(self.records) == []
        self.records.close()
        self.folder.cleanup()

    @property
    def seen(self) -> int:
        return findings.find(self.records, "F-001").revision

    def forget_reviews(self) -> None:
        self.reviewed, self.reviewed_each = None, {}

    @rule(who=name, grade=st.sampled_from(list(Grade)))
    def grades(self, who: str, grade: Grade) -> None:
        try:
            findings.grade(self.records, "F-001", self.seen, PEOPLE[who], grade, Answers(), "because")
        except RecordError:
            return
        assert not self.closed
        self.grade = grade
        self.forget_reviews()

    @rule(who=name, owner=name)
    def assigns(self, who: str, owner: str) -> None:
        try:
            findings.assign(self.records, "F-001", self.seen, PEOPLE[who], owner.upper(), DAY)
        except RecordError:
            return
        assert not self.closed
        self.responsible.add(owner)
        self.forget_reviews()

    @rule(who=name)
    def responds(self, who: str) -> None:
        try:
            follow_up.respond(
                self.records, "F-001", self.seen, PEOPLE[who], "done", None, "whys", [Cause("because")], ""
            )
        except RecordError:
            return
        assert not self.closed
        self.responsible.add(who)
        self.forget_reviews()

    @rule(who=name, owner=name)
    def plans(self, who: str, owner: str) -> None:
        try:
            kept = actions.plan(self.records, NewAction("do it", owner, DAY, "F-001"), PEOPLE[who])
        except RecordError:
            return
        assert not self.closed
        self.actions[kept.id] = "open"
        self.responsible |= {who, owner}
        self.forget_reviews()

    @rule(who=name, number=number, step=st.sampled_from(["done", "done", "cancel", "reopen", "revise"]), owner=name)
    def moves_an_action(self, who: str, number: int, step: str, owner: str) -> None:
        id = f"ACT-{number:03}"
        try:
            seen = actions.find(self.records, id).revision
            if step == "done":
                status = actions.done(self.records, id, seen, PEOPLE[who], DAY, SHOWN).status
            elif step == "cancel":
                status = actions.cancel(self.records, id, seen, PEOPLE[who], "why").status
            elif step == "revise":
                status = actions.revise(self.records, id, seen, PEOPLE[who], "why", owner=owner).status
                self.responsible.add(owner)
            else:
                status = actions.reopen(self.records, id, seen, PEOPLE[who], "why").status
        except RecordError:
            return
        assert not self.closed
        self.actions[id] = status
        self.responsible.add(who)
        self.reviewed = None
        self.reviewed_each.pop(id, None)

    @rule(who=name, of=st.sampled_from([0, 1, 2]), concluded=st.sampled_from(["effective", "effective", "not shown"]))
    def reviews(self, who: str, of: int, concluded: str) -> None:
        subject = f"ACT-{of:03}" if of else "F-001"
        try:
            effectiveness.review(self.records, subject, "", concluded, "seen", "", PEOPLE[who])
        except RecordError:
            return
        if self.signing_in:
            assert who not in self.responsible
        if of:
            self.reviewed_each[subject] = (who, concluded)
        else:
            self.reviewed = (who, concluded)

    @rule(who=name)
    def closes(self, who: str) -> None:
        try:
            self.independent = follow_up.close(self.records, "F-001", self.seen, PEOPLE[who]).independent
        except RecordError:
            return
        assert not self.closed and self.grade is not None and "open" not in self.actions.values()
        self.closed = True
        if self.grade in (Grade.MAJOR, Grade.MINOR):
            done = [id for id, status in self.actions.items() if status == "done"]
            counted = [self.reviewed] if self.reviewed else [self.reviewed_each.get(id) for id in done]
            assert done and all(each and each[1] == "effective" for each in counted)
            by = {each[0] for each in counted if each}
            assert self.independent is by.isdisjoint(self.responsible)
            assert self.independent or not self.signing_in

    @rule(who=name)
    def opens_again(self, who: str) -> None:
        try:
            follow_up.reopen(self.records, "F-001", self.seen, PEOPLE[who], "seen again")
        except RecordError:
            return
        assert self.closed
        self.closed = False
        self.forget_reviews()

    @rule()
    def hurries(self) -> None:
        """Everything that a finding needs, by whoever may; chance alone seldom comes that far."""
        self.grades("Ann", Grade.MINOR)
        self.responds("Ben")
        self.plans("Ben", "Ben")
        for number in (1, 2, 3):
            self.moves_an_action("Ben", number, "done", "Ben")
        self.reviews("Cem", 0, "effective")

    @invariant()
    def what_the_records_say_is_what_was_accepted(self) -> None:
        each = findings.followed(self.records)[0]
        assert each.finding.closed is self.closed
        assert {action.id: action.status for action in each.actions} == self.actions
        if self.closed:
            assert "open" not in self.actions.values()


class AloneMachine(FindingMachine):
    """Where nobody signs in, one person can do everything, and the record says that it was not independent."""

    signing_in = False


@pytest.mark.parametrize("machine", [FindingMachine, AloneMachine])
def test_no_sequence_of_calls_closes_a_nonconformity_that_is_not_through(machine: type[FindingMachine]) -> None:
    judged = settings(max_examples=20, stateful_step_count=20, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(machine, settings=judged)  # type: ignore[no-untyped-call]
