"""From the response to the closing: what must stand before a finding closes, and who may say that it had effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from audit.access.person import Person
from audit.access.roles import Role
from audit.errors import Denied, RecordError, Stale
from audit.evidence import Grade
from audit.finding.finding import Cause, Finding, Reference, Stage
from audit.finding.grading import Answers
from audit.records import Records
from audit.records.finding import actions, effectiveness, findings, follow_up
from audit.records.finding.actions import Action, NewAction
from audit.records.finding.findings import NewFinding
from audit.records.tables.people import PersonRow
from audit.records.trail import trail

DUE, DONE = dt.date(2026, 12, 31), dt.date(2026, 11, 2)
MINOR = Answers(True, True, False, False, False, False, False)
SHOWN = (Reference("document", "DOC-004", "the method, with the segment in it"),)
NEW = NewFinding("9.1.2-b", "9.1.2", "Private customers were never asked.", "9.1.2", SHOWN, answers=MINOR)
WHYS = (Cause("The list came from sales."), Cause("Nobody owns the list."))

AUDITOR, OTHER = Person("Ann", "idp|ann", "ann@example.org"), Person("Eva", "idp|eva", "eva@example.org")
QUALITY, SECOND = Person("Ben", "idp|ben", "ben@example.org"), Person("Cem", "idp|cem", "cem@example.org")
ADMINISTRATOR = Person("Ida", "idp|ida", "ida@example.org")
ROLES = {
    AUDITOR: Role.AUDITOR, OTHER: Role.AUDITOR, QUALITY: Role.QUALITY_MANAGER, SECOND: Role.QUALITY_MANAGER,
    ADMINISTRATOR: Role.ADMINISTRATOR,
}  # fmt: skip


def give(records: Records, **roles: str) -> None:
    """Identity after the bar -> role; written as rows, since who gives roles is not this file's business."""
    records.signing_in = False
    with records.change("Set-up", "people") as change:
        for name, role in roles.items():
            former = {row.id: row.revision for row in change.session.query(PersonRow)}
            id = f"idp|{name}"
            change.keep(PersonRow(id=id, revision=former.get(id, 0) + 1, name=name, role=role, audit="", until=None))
    records.signing_in = True


@pytest.fixture
def team(records: Records) -> Iterator[Records]:
    """Two auditors, two quality managers and an administrator, who sign in."""
    give(records, **{person.identity.removeprefix("idp|"): role for person, role in ROLES.items()})
    yield records
    records.signing_in = False
    assert trail.verify(records) == []


def graded(records: Records, grade: Grade = Grade.MINOR, owner: str = "Ben") -> Finding:
    reason = "" if grade == Grade.MINOR else "as discussed"
    return findings.raise_finding(records, replace(NEW, grade=grade, grade_reason=reason, owner=owner), AUDITOR)


def respond(records: Records, finding: Finding, who: Person = QUALITY) -> Finding:
    seen = findings.find(records, finding.id).revision
    return follow_up.respond(records, finding.id, seen, who, "List corrected.", DONE, "whys", WHYS, "Other lists too.")


def planned(records: Records, finding: str = "F-001", owner: str = "Ben", who: Person = QUALITY) -> Action:
    return actions.plan(records, NewAction("Take the list from the register", owner, DUE, finding), who)


def carried_out(records: Records, finding: str = "F-001") -> Action:
    return actions.done(records, planned(records, finding).id, 1, QUALITY, DONE, SHOWN)


def reviewed(records: Records, who: Person = OTHER, subject: str = "F-001", concluded: str = "effective") -> None:
    effectiveness.review(records, subject, "", concluded, "All segments answered in two quarters.", "", who)


def close(records: Records, who: Person = AUDITOR, id: str = "F-001") -> Finding:
    return follow_up.close(records, id, findings.find(records, id).revision, who)


def refused(what: Callable[[], object], sentence: str, kind: type[Exception] = RecordError) -> None:
    with pytest.raises(kind) as error:
        what()
    assert sentence in str(error.value) and "\n" not in str(error.value)


def through(records: Records, *steps: str) -> None:
    """One finding, through the named steps in their order."""
    step: dict[str, Callable[[], object]] = {
        "respond": lambda: respond(records, findings.find(records, "F-001")),
        "act": lambda: carried_out(records),
        "plan": lambda: planned(records),
        "review": lambda: reviewed(records),
        "review action": lambda: reviewed(records, subject="ACT-001"),
        "not shown": lambda: reviewed(records, concluded="not shown"),
        "worse": lambda: reviewed(records, concluded="worse"),
        "cancel": lambda: actions.cancel(records, "ACT-001", 1, QUALITY, "no longer needed"),
        "reassign": lambda: findings.assign(
            records, "F-001", findings.find(records, "F-001").revision, AUDITOR, "Cem", DUE
        ),
        "reviewer answers": lambda: respond(records, findings.find(records, "F-001"), SECOND),
        "review by second": lambda: reviewed(records, SECOND),
        "reopen": lambda: follow_up.reopen(
            records, "F-001", findings.find(records, "F-001").revision, AUDITOR, "seen again"
        ),
        "close": lambda: close(records),
    }  # fmt: skip
    for name in steps:
        step[name]()


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ((), "The correction is missing"),
        ((), "The cause is missing"),
        ((), "A nonconformity needs a corrective action"),
        ((), "Nobody has reviewed the effectiveness"),
        (("respond",), "A nonconformity needs a corrective action"),
        (("respond", "act"), "Nobody has reviewed the effectiveness"),
        (("act", "review"), "The correction is missing"),
        (("respond", "plan"), "Action ACT-001 is open"),
        (("respond", "plan", "cancel", "review"), "A nonconformity needs a corrective action"),
        (("respond", "act", "plan"), "Action ACT-002 is open"),
        (("respond", "act", "review", "plan"), "Action ACT-002 is open"),
        (("respond", "act", "review", "act"), "Nobody has reviewed the effectiveness since"),
        (("respond", "act", "review action", "act"), "Nobody has reviewed the effectiveness since"),
        (("respond", "act", "review", "respond"), "Nobody has reviewed the effectiveness since"),
        (("respond", "act", "review", "reassign"), "Nobody has reviewed the effectiveness since"),
        (("respond", "act", "not shown"), "F-001 was reviewed as not shown"),
        (("respond", "act", "review", "worse"), "F-001 was reviewed as worse"),
        (("respond", "act", "review by second", "reviewer answers"), "Nobody has reviewed the effectiveness since"),
        (("respond", "act", "review", "close", "reopen"), "Nobody has reviewed the effectiveness since"),
        (("respond", "act", "review action", "close", "reopen"), "Nobody has reviewed the effectiveness since"),
        (("respond", "act", "review", "close"), "It is closed already"),
    ],
)  # fmt: skip
def test_a_nonconformity_stays_open(team: Records, steps: tuple[str, ...], sentence: str) -> None:
    graded(team)
    through(team, *steps)
    before = findings.revisions(team, "F-001")
    told = " ".join(text.en for text in follow_up.still_missing(team, "F-001", AUDITOR))
    assert sentence in told
    refused(lambda: close(team), sentence)
    assert findings.revisions(team, "F-001") == before


@pytest.mark.parametrize(
    "steps",
    [
        ("respond", "act", "review"),
        ("act", "respond", "review"),
        ("respond", "act", "review action"),
        ("respond", "act", "not shown", "act", "review"),
        ("respond", "plan", "cancel", "act", "review"),
        ("respond", "act", "reassign", "review"),
        ("respond", "act", "review", "close", "reopen", "review"),
        ("respond", "act", "review", "close", "reopen", "act", "review"),
    ],
)
def test_a_nonconformity_closes(team: Records, steps: tuple[str, ...]) -> None:
    graded(team)
    through(team, *steps)
    assert follow_up.still_missing(team, "F-001", AUDITOR) == []
    closed = close(team)
    assert (closed.status, closed.independent) == ("closed", True)


@pytest.mark.parametrize("grade", [Grade.OBSERVATION, Grade.OPPORTUNITY, Grade.GOOD_PRACTICE])
def test_what_is_no_nonconformity_closes_without_actions(team: Records, grade: Grade) -> None:
    graded(team, grade)
    assert (close(team).status, findings.find(team, "F-001").independent) == ("closed", None)


def test_an_observation_with_an_open_action_waits_for_it(team: Records) -> None:
    graded(team, Grade.OBSERVATION)
    planned(team)
    refused(lambda: close(team), "Action ACT-001 is open")
    actions.done(team, "ACT-001", 1, QUALITY, DONE, SHOWN)
    assert close(team).closed


def test_what_nobody_graded_stays_open(team: Records) -> None:
    findings.raise_finding(team, NEW, QUALITY)
    refused(lambda: close(team), "It has no grade yet")


RESPONSIBLE: list[tuple[str, Person]] = [
    ("Ben", QUALITY),  # owner, and who answered and acted
    ("Eva", OTHER),  # owner of the finding by name
    ("eva@EXAMPLE.org", OTHER),
    ("  eva ", OTHER),
    ("idp|eva", OTHER),
    ("Ｅｖａ", OTHER),
]


@pytest.mark.parametrize(("owner", "reviewer"), RESPONSIBLE)
def test_who_is_responsible_does_not_review(team: Records, owner: str, reviewer: Person) -> None:
    graded(team, owner=owner)
    through(team, "respond", "act")
    refused(lambda: reviewed(team, reviewer), f"{reviewer.name} is responsible for 'F-001' and cannot review")
    refused(lambda: reviewed(team, reviewer, "ACT-001"), "is responsible for 'ACT-001'")
    assert effectiveness.current(team) == {}


def test_who_was_responsible_once_still_is(team: Records) -> None:
    graded(team, owner="Eva")
    through(team, "reassign", "respond", "act")
    refused(lambda: reviewed(team, OTHER), "Eva is responsible")
    reviewed(team, AUDITOR)
    assert close(team, OTHER).independent is True


def test_who_owns_or_planned_an_action_does_not_review(team: Records) -> None:
    graded(team)
    respond(team, findings.find(team, "F-001"))
    actions.done(team, planned(team, owner="Eva", who=AUDITOR).id, 1, QUALITY, DONE, SHOWN)
    for person in (OTHER, AUDITOR):
        refused(lambda person=person: reviewed(team, person), f"{person.name} is responsible")  # type: ignore[misc]
    reviewed(team, SECOND)
    assert close(team).independent is True


def test_who_raised_it_may_review_its_effect(team: Records) -> None:
    """As auditors do when they follow up."""
    graded(team)
    through(team, "respond", "act")
    reviewed(team, AUDITOR)
    assert close(team).independent is True


def test_one_person_working_alone_can_and_the_record_says_so(records: Records) -> None:
    alone = Person("Ben")
    finding = findings.raise_finding(records, replace(NEW, grade=Grade.MINOR, owner="Ben"), alone)
    respond(records, finding, alone)
    actions.done(records, planned(records, who=alone).id, 1, alone, DONE, SHOWN)
    refused(lambda: close(records, alone), "Nobody has reviewed the effectiveness")
    reviewed(records, alone)
    assert close(records, alone).independent is False
    assert effectiveness.of(records, "F-001")[0].independent is False
    assert '"independent":false' in trail.entries(records, "finding", "F-001")[-1].payload


def test_two_people_at_a_computer_without_sign_in_are_told_apart_by_name(records: Records) -> None:
    finding = findings.raise_finding(records, replace(NEW, grade=Grade.MINOR, owner="Ben"), "Ann")
    respond(records, finding, Person("Ben"))
    actions.done(records, planned(records, who=Person("Ben")).id, 1, "Ben", DONE, SHOWN)
    reviewed(records, Person("Ann"))
    assert close(records, Person("Ann")).independent is True


def test_the_last_one_left_of_a_team_works_alone(team: Records) -> None:
    graded(team)
    through(team, "respond", "act")
    refused(lambda: reviewed(team, QUALITY), "Ben is responsible")
    give(team, ann="", eva="", cem="")
    reviewed(team, QUALITY)
    refused(lambda: close(team, QUALITY), "Ben may not close finding as quality manager", Denied)
    give(team, ann="auditor")
    refused(lambda: close(team, AUDITOR), "Ben is responsible for it; somebody else must review")


@pytest.mark.parametrize(
    ("what", "person"),
    [
        ("raise", ADMINISTRATOR), ("grade", QUALITY), ("respond", AUDITOR), ("plan", ADMINISTRATOR),
        ("review", ADMINISTRATOR), ("close", QUALITY), ("reopen", QUALITY), ("assign", ADMINISTRATOR),
        ("raise graded", QUALITY), ("restate graded", QUALITY), ("raise", Person("Ann")), ("close", Person("Ann")),
    ],
)  # fmt: skip
def test_a_role_does_only_what_is_its_own(team: Records, what: str, person: Person) -> None:
    graded(team)
    through(team, "respond", "act", "review", *(["close"] if what == "reopen" else []))
    revision = findings.find(team, "F-001").revision
    steps: dict[str, Callable[[], object]] = {
        "raise": lambda: findings.raise_finding(team, NEW, person),
        "raise graded": lambda: findings.raise_finding(team, replace(NEW, grade=Grade.MINOR), person),
        "grade": lambda: findings.grade(team, "F-001", revision, person, Grade.MINOR, MINOR),
        "restate graded": lambda: findings.restate(team, "F-001", revision, person, "s", "c", "", SHOWN, reason="r"),
        "assign": lambda: findings.assign(team, "F-001", revision, person, "Cem", None),
        "respond": lambda: respond(team, findings.find(team, "F-001"), person),
        "plan": lambda: planned(team, who=person),
        "review": lambda: reviewed(team, person),
        "close": lambda: close(team, person),
        "reopen": lambda: follow_up.reopen(team, "F-001", revision, person, "r"),
    }
    before = trail.entries(team)
    refused(steps[what], "may not", Denied)
    assert trail.entries(team) == before


def test_what_is_closed_stays_as_it_is(team: Records) -> None:
    graded(team)
    through(team, "respond", "act", "review", "close")
    revision = findings.find(team, "F-001").revision
    before = trail.entries(team)
    for change in (
        lambda: findings.assign(team, "F-001", revision, AUDITOR, "Cem", None),
        lambda: findings.grade(team, "F-001", revision, AUDITOR, Grade.MINOR, MINOR),
        lambda: findings.restate(team, "F-001", revision, AUDITOR, "s", "c", "", SHOWN, reason="r"),
        lambda: respond(team, findings.find(team, "F-001")),
        lambda: planned(team),
        lambda: actions.reopen(team, "ACT-001", 2, QUALITY, "not done after all"),
        lambda: reviewed(team),
    ):
        refused(change, "reopen it")
    assert trail.entries(team) == before


@pytest.mark.parametrize(
    ("method", "cause", "sentence"),
    [
        ("whys", (Cause("People", "people"),), "'people' is no branch of this cause; write none"),
        ("fishbone", (Cause("Nobody knew"),), "'' is no branch of this cause; write one of: people, method"),
        ("fishbone", (Cause("Nobody knew", "weather"),), "'weather' is no branch"),  # type: ignore[arg-type]
        ("guess", (), "'guess' is no way to find a cause; write one of: whys, fishbone"),
        ("", WHYS, "how the cause was found is missing"),
    ],
)
def test_a_cause_must_be_one(records: Records, method: str, cause: tuple[Cause, ...], sentence: str) -> None:
    graded(records)
    refused(lambda: follow_up.respond(records, "F-001", 1, "Ben", "Done.", DONE, method, cause, ""), sentence)  # type: ignore[arg-type]
    assert findings.find(records, "F-001").status == "open"


def test_a_fishbone_is_kept_by_its_branches(records: Records) -> None:
    graded(records)
    bones = (Cause("Nobody trained", "people"), Cause("No instruction", "method"), Cause("  ", "machine"))
    found = follow_up.respond(records, "F-001", 1, "Ben", "Done.", None, "fishbone", bones, "")
    assert (found.cause_method, found.cause, found.status) == ("fishbone", bones[:2], "responded")


@pytest.mark.parametrize(
    ("correction", "on", "sentence"),
    [("  ", DONE, "the correction is missing"), ("Done.", dt.date(2030, 1, 1), "lies in the future")],
)
def test_a_response_says_what_was_done(records: Records, correction: str, on: dt.date, sentence: str) -> None:
    graded(records)
    refused(lambda: follow_up.respond(records, "F-001", 1, "Ben", correction, on, "whys", WHYS, ""), sentence)


def test_opening_again_needs_a_reason_and_a_closed_finding(team: Records) -> None:
    graded(team)
    refused(lambda: follow_up.reopen(team, "F-001", 1, AUDITOR, "seen again"), "only a closed one")
    through(team, "respond", "act", "review", "close")
    revision = findings.find(team, "F-001").revision
    refused(lambda: follow_up.reopen(team, "F-001", revision, AUDITOR, " "), "the reason for opening it again")
    refused(lambda: follow_up.reopen(team, "F-001", 1, AUDITOR, "seen again"), "changed meanwhile by Ann", Stale)
    again = follow_up.reopen(team, "F-001", revision, AUDITOR, "seen again")
    assert (again.status, again.independent, again.reason) == ("responded", None, "seen again")


def test_stages_follow_what_has_been_done(team: Records) -> None:
    graded(team)
    seen = []
    for step in ("respond", "plan", "cancel", "act", "review", "close", "reopen"):
        seen.append(findings.followed(team)[0].stage)
        through(team, step)
    assert seen == [Stage.OPEN, Stage.RESPONDED, Stage.ACTING, Stage.RESPONDED, Stage.REVIEWING, Stage.REVIEWING,
                    Stage.CLOSED]  # fmt: skip
