"""How far a finding has come, what is due next, and which one comes first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from test_repeats import action, earlier, review

from audit.evidence import Grade
from audit.finding.finding import Followed, Stage, clause_of, overdue_first

TODAY = dt.date(2026, 11, 2)
NEW = replace(earlier().finding, status="open", due_on=dt.date(2026, 10, 31))
ANSWERED = replace(NEW, status="responded")


@pytest.mark.parametrize(
    ("requirement", "clause"),
    [
        ("9.1.2-b", "9.1.2"),
        ("4.1-a", "4.1"),
        ("as-9100-10.2-a", "10.2"),
        ("iatf-16949-9.1.2.1-c", "9.1.2.1"),
        ("iso-10002-8.2.1-b", "8.2.1"),
        ("", ""),
        ("9", ""),
        ("9.1.2", ""),
        ("own-rule", ""),
        ("9.1.2-b-2", ""),  # an evidence, no requirement
    ],
)
def test_an_id_names_its_clause(requirement: str, clause: str) -> None:
    assert clause_of(requirement) == clause


@pytest.mark.parametrize(
    ("followed", "stage"),
    [
        (Followed(NEW), Stage.OPEN),
        (Followed(ANSWERED), Stage.RESPONDED),
        (Followed(NEW, (action("A", "open"),)), Stage.ACTING),
        (Followed(ANSWERED, (action("A", "done"), action("B", "open"))), Stage.ACTING),
        (Followed(ANSWERED, (action("A", "cancelled"),)), Stage.RESPONDED),
        (Followed(ANSWERED, (action("A", "done"), action("B", "cancelled"))), Stage.REVIEWING),
        (Followed(ANSWERED, (action("A", "done"),), {"A": review("A", "effective")}), Stage.REVIEWING),
        (Followed(replace(ANSWERED, grade=Grade.OBSERVATION), (action("A", "done"),)), Stage.RESPONDED),
        (Followed(replace(NEW, grade=None), (action("A", "done"),)), Stage.REVIEWING),
        (Followed(replace(ANSWERED, status="closed"), (action("A", "done"),)), Stage.CLOSED),
    ],
)
def test_the_stage_follows_from_what_was_done(followed: Followed, stage: Stage) -> None:
    assert followed.stage == stage


def due(status: str, on: dt.date | None, expected: dt.date | None = None) -> Followed:
    return Followed(ANSWERED, (replace(action("A", status), due_on=on, expected_on=expected),))


@pytest.mark.parametrize(
    ("followed", "late"),
    [
        (Followed(NEW), 2),
        (Followed(replace(NEW, due_on=TODAY)), 0),
        (Followed(replace(NEW, due_on=None)), 0),
        (Followed(replace(NEW, due_on=TODAY + dt.timedelta(days=9))), 0),
        (Followed(replace(NEW, status="closed")), 0),
        (due("open", dt.date(2026, 10, 1)), 32),
        (due("open", TODAY), 0),
        (due("open", dt.date(2026, 12, 1)), 0),
        (due("done", dt.date(2026, 1, 1)), 0),  # nothing says when its effect should show
        (due("done", dt.date(2026, 1, 1), dt.date(2026, 11, 1)), 1),
        (due("done", dt.date(2026, 1, 1), dt.date(2026, 12, 1)), 0),
    ],
)
def test_what_is_late_is_what_should_have_happened_next(followed: Followed, late: int) -> None:
    assert followed.late(TODAY) == late


def test_the_latest_comes_first_and_what_is_closed_last() -> None:
    def one(id: str, **changes: object) -> Followed:
        return Followed(replace(NEW, id=id, **changes))  # type: ignore[arg-type]

    closed = one("F-1", status="closed", grade=Grade.MAJOR)
    minor = one("F-2", due_on=None)
    major = one("F-3", due_on=None, grade=Grade.MAJOR)
    late = one("F-4", grade=Grade.OPPORTUNITY, due_on=dt.date(2026, 10, 1))
    ungraded = one("F-5", due_on=None, grade=None)
    order = [each.finding.id for each in overdue_first([closed, minor, major, late, ungraded], TODAY)]
    assert order == ["F-4", "F-5", "F-3", "F-2", "F-1"]
