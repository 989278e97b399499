"""Two people at the same moment: what must not both win, never does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from test_findings import MINOR, NEW, audit_in

from audit.errors import RecordError
from audit.evidence import Grade
from audit.finding.finding import Cause, Reference
from audit.records import Records
from audit.records.auditing import audit_steps, audits
from audit.records.finding import actions, effectiveness, findings, follow_up
from audit.records.finding.actions import NewAction
from audit.records.trail import trail

RACES = range(10)
DAY = dt.date(2026, 11, 2)


def together(*steps: Callable[[], object]) -> list[str]:
    """Each in a thread of its own; "" for what was kept, else why it was refused."""
    start = Barrier(len(steps))

    def one(step: Callable[[], object]) -> str:
        start.wait()
        try:
            step()
        except RecordError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(one, steps))


def test_an_audit_does_not_close_while_a_finding_is_raised_into_it(records: Records) -> None:
    won = []
    for _race in RACES:
        audit = audit_in(records, "reporting")
        refused = together(
            lambda: audit_steps.close(records, audit, "Ann", "as far as we came"),  # noqa: B023
            lambda: findings.raise_finding(records, replace(NEW, audit=audit), "Ben"),  # noqa: B023
        )
        closed = audits.find(records, audit).state == "closed"
        inside = [finding for finding in findings.every(records) if finding.audit == audit]
        assert closed is not bool(inside), "both won, or none did"
        assert refused[closed] and not refused[not closed]
        won.append(closed)
        for finding in inside:  # so that the next audit can be opened
            findings.grade(records, finding.id, 1, "Ann", Grade.MINOR, MINOR)
            audit_steps.close(records, audit, "Ann", "as far as we came")
    assert trail.verify(records) == []


def ready(records: Records) -> str:
    """A minor nonconformity that could close."""
    id = findings.raise_finding(records, replace(NEW, grade=Grade.MINOR, answers=MINOR), "Ann").id
    follow_up.respond(records, id, 1, "Ben", "Done.", DAY, "whys", [Cause("No owner.")], "")
    action = actions.plan(records, NewAction("Name one", "Ben", DAY, id), "Ben")
    actions.done(records, action.id, 1, "Ben", DAY, [Reference("document", "DOC-004")])
    effectiveness.review(records, id, "", "effective", "Seen.", "", "Ann")
    return id


@pytest.mark.parametrize("other", ["plan", "reopen", "review", "assign"])
def test_a_finding_does_not_close_while_what_it_rests_on_is_changed(records: Records, other: str) -> None:
    for _race in RACES[:5]:
        id = ready(records)
        seen, done = findings.find(records, id).revision, findings.followed(records)[-1].actions[0]
        steps: dict[str, Callable[[], object]] = {
            "plan": lambda: actions.plan(records, NewAction("More", "Ben", DAY, id), "Ben"),  # noqa: B023
            "reopen": lambda: actions.reopen(records, done.id, 2, "Ben", "not all of it"),  # noqa: B023
            "review": lambda: effectiveness.review(records, id, "", "worse", "Seen.", "", "Eva"),  # noqa: B023
            "assign": lambda: findings.assign(records, id, seen, "Ben", "Ann", None),  # noqa: B023
        }
        refused = together(lambda: follow_up.close(records, id, seen, "Ann"), steps[other])  # noqa: B023
        each = next(each for each in findings.followed(records) if each.finding.id == id)
        assert refused.count("") == 1, "both won, or none did"
        assert each.finding.closed is (refused[0] == "")
        if each.finding.closed:
            assert [action.status for action in each.actions] == ["done"]
            assert each.reviews[id].concluded == "effective" and each.finding.independent is True
    assert trail.verify(records) == []
