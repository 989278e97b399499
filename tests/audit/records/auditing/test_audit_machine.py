"""Whatever is done in whatever order: a closed audit never changes, and one audit at most is open."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from postgres_server import Server

from audit.auditing.audit_state import State
from audit.errors import RecordError
from audit.evidence import Outcome, Verdict
from audit.records import Records, open_records
from audit.records.auditing import answers, audit_steps, audits, decisions
from audit.records.auditing.audits import NewAudit
from audit.records.finding import findings
from audit.records.finding.findings import NewFinding
from audit.records.trail import trail

ASKED = ("9.1.2-a", "9.1.2-b", "10.2-a")
IDS = st.sampled_from(["AUD-001", "AUD-002"])
REQUIREMENTS = st.sampled_from(ASKED)
REASONS = st.sampled_from(["", "enough"])


@cache
def migrated() -> Path:
    """Empty records, made once: migrations take longer than all that follows."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_records(f"sqlite:///{folder / 'records.sqlite'}").close()
    return folder


class Machine(RuleBasedStateMachine):
    """The model is four sets and a word for each audit; it knows nothing of how the records keep them."""

    records: Records

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[str, str] = {}
        self.concluded: dict[str, set[str]] = {}
        self.ungraded: dict[str, bool] = {}
        self.closed: dict[str, tuple[object, ...]] = {}

    def tried(self, allowed: bool, change: Callable[[], object]) -> bool:
        """The records and the model agree on whether it is allowed."""
        try:
            change()
        except RecordError as error:
            assert not allowed and "\n" not in str(error), error
            return False
        assert allowed
        return True

    def open(self) -> str | None:
        return next((id for id, state in self.states.items() if state in ("in progress", "reporting")), None)

    @initialize(steps=st.integers(0, 3))
    def first(self, steps: int) -> None:
        """Begins somewhere on the way, or most sequences would never reach its end."""
        self.create()
        for step in (self.begin, self.report, lambda id: self.close(id, "enough"))[:steps]:
            step("AUD-001")

    @rule()
    def create(self) -> None:
        if len(self.states) < 2:
            new = NewAudit("Audit", "iso-9001-2015", objectives="see", scope="all", lead="Ann")
            id = audits.create(self.records, new, "Ann", previous=max(self.states, default="")).id
            self.states[id], self.concluded[id], self.ungraded[id] = "planned", set(), False

    @rule(id=IDS)
    def begin(self, id: str) -> None:
        allowed = self.states.get(id) == "planned" and self.open() is None
        if self.tried(allowed, lambda: audit_steps.begin(self.records, id, ASKED, "Ann")):
            self.states[id] = "in progress"

    @rule(id=IDS)
    def report(self, id: str) -> None:
        allowed = self.states.get(id) == "in progress"
        if self.tried(allowed, lambda: audit_steps.report(self.records, id, "Ann")):
            self.states[id] = "reporting"

    @rule(id=IDS)
    def resume(self, id: str) -> None:
        allowed = self.states.get(id) == "reporting"
        if self.tried(allowed, lambda: audit_steps.resume(self.records, id, "Ann", "again")):
            self.states[id] = "in progress"

    @rule(id=IDS, reason=REASONS)
    def close(self, id: str, reason: str) -> None:
        complete = self.concluded.get(id, set()) == set(ASKED)
        allowed = self.states.get(id) == "reporting" and (complete or bool(reason)) and not self.ungraded[id]
        if self.tried(allowed, lambda: audit_steps.close(self.records, id, "Ann", reason)):
            self.states[id] = "closed"
            self.closed[id] = self.seen(id)

    @rule(id=st.one_of(st.just(""), IDS), requirement=REQUIREMENTS)
    def conclude(self, id: str, requirement: str) -> None:
        allowed = (id or None) == self.open()
        verdict = Verdict.CONFORMS
        kept = self.tried(
            allowed,
            lambda: decisions.conclude(self.records, requirement, "run", verdict, verdict, "Ann", audit=id),
        )
        if kept and id:
            self.concluded[id].add(requirement)

    @rule(id=st.one_of(st.just(""), IDS))
    def answer(self, id: str) -> None:
        on = self.records.clock().date()
        self.tried(
            (id or None) == self.open(),
            lambda: answers.answer(self.records, "9.1.2-a-4", Outcome.MET, on, "Ann", "knows", audit=id),
        )

    @rule(id=IDS)
    def revise(self, id: str) -> None:
        allowed = self.states.get(id) in ("planned", "in progress")
        self.tried(allowed, lambda: audits.revise(self.records, id, "Ann", lead="Bo"))

    @rule(id=IDS)
    def find_something(self, id: str) -> None:
        with suppress(RecordError):  # when a finding may be raised is its own test; never into a closed audit
            findings.raise_finding(self.records, NewFinding("9.1.2-a", statement="seen", audit=id), "Ann")
            assert self.states[id] in ("in progress", "reporting")
            self.ungraded[id] = True

    @invariant()
    def states_agree(self) -> None:
        kept = {audit.id: str(audit.state) for audit in audits.every(self.records)}
        assert kept == self.states
        now = audits.opened(self.records)
        assert (now.id if now else None) == self.open()

    @invariant()
    def a_closed_audit_stays_as_it_was(self) -> None:
        for id, then in self.closed.items():
            assert self.seen(id) == then
            assert set(audits.find(self.records, id).left_open) == set(ASKED) - self.concluded[id]

    @invariant()
    def no_entry_about_a_closed_audit_follows_its_closing(self) -> None:
        closing = {e.object_id: e.seq for e in trail.entries(self.records, "audit") if '"state":"closed"' in e.payload}
        for entry in trail.entries(self.records):
            for id, seq in closing.items():
                if f'"audit":"{id}"' in entry.payload or (entry.object, entry.object_id) == ("audit", id):
                    assert entry.seq <= seq

    def seen(self, id: str) -> tuple[object, ...]:
        """All that an audit holds."""
        return (
            audits.find(self.records, id), decisions.current(self.records, id), answers.current(self.records, id),
            [each for each in findings.every(self.records) if each.audit == id],
        )  # fmt: skip


class OnSqlite(Machine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(migrated(), self.folder, dirs_exist_ok=True)
        self.records = open_records(f"sqlite:///{self.folder / 'records.sqlite'}")

    def teardown(self) -> None:
        assert trail.verify(self.records) == []
        self.records.close()
        shutil.rmtree(self.folder)


TestAudits = OnSqlite.TestCase
TestAudits.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def test_the_same_holds_on_postgresql(postgres: Server, tmp_path: Path) -> None:
    class OnPostgres(Machine):
        def __init__(self) -> None:
            super().__init__()
            self.url = postgres.database(like=postgres.migrated)
            self.records = open_records(self.url, anchor=Path(tempfile.mkdtemp(dir=tmp_path)) / "anchor.jsonl")

        def teardown(self) -> None:
            assert trail.verify(self.records) == []
            self.records.close()
            postgres.drop(self.url)

    run_state_machine_as_test(OnPostgres, settings=settings(max_examples=8, stateful_step_count=20, deadline=None))


def test_the_words_of_the_model_are_those_of_the_program() -> None:
    assert [str(state) for state in State] == ["planned", "in progress", "reporting", "closed"]
