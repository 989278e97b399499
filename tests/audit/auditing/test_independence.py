"""Doubts about a team: each is raised where it must be, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.auditing.independence import KINDS, Doubt, doubts, sentence
from audit.auditing.plan import Auditor, PlanItem

ANN = Auditor("Ann", "lead auditor course", ())
BO = Auditor("Bo", "ten audits", ("8.2", "Service"))
CEM = Auditor("Cem", "", ())


def item(what: str, auditor: str = "Ann") -> PlanItem:
    return PlanItem(None, what, auditor)


SOUND = [
    ("Ann", [ANN, BO], []),
    ("Ann", [ANN, BO], [item("8.2"), item("9.1.2", "Bo")]),
    ("Ann", [ANN, BO], [item("Service"), item("8.20", "Bo")]),
    ("ann ", [ANN, BO], [item("9.1.2", "BO")]),  # the same names, typed otherwise
    ("Ann", [ANN, BO], [item("8.3, surveys", "Bo")]),
    ("", [], []),
]
DOUBTED = [
    ("Ann", [ANN], [], [Doubt("alone", "Ann")]),
    ("Ann", [ANN], [item("8.2")], [Doubt("alone", "Ann")]),
    ("Bo", [BO], [item("8.2", "Bo")],
     [Doubt("alone", "Bo"), Doubt("own work", "Bo", "8.2"), Doubt("nobody independent", "", "8.2")]),
    ("Ann", [ANN, CEM], [], [Doubt("competence", "Cem")]),
    ("Ann", [ANN, Auditor("Dee", " \n")], [], [Doubt("competence", "Dee")]),
    ("Eve", [ANN, BO], [], [Doubt("not in the team", "Eve")]),
    ("Ann", [ANN, BO], [item("9.1.2", "Eve")], [Doubt("not in the team", "Eve")]),
    ("Ann", [ANN, BO], [item("9.1.2", "")], [Doubt("nobody", "", "9.1.2")]),
    # somebody independent looks at it too, so only the own work is named
    ("Ann", [ANN, BO], [item("8.2", "Bo"), item("8.2", "Ann")], [Doubt("own work", "Bo", "8.2")]),
    ("Ann", [ANN, BO], [item("8.2.1", "Bo")],
     [Doubt("own work", "Bo", "8.2.1"), Doubt("nobody independent", "", "8.2.1")]),
    ("Ann", [ANN, BO], [item("9.1.2, service", "Bo")],
     [Doubt("own work", "Bo", "service"), Doubt("nobody independent", "", "service")]),
    # said once, however often it is planned
    ("Ann", [ANN, BO], [item("8.2", "Bo"), item("8.2", "Bo")],
     [Doubt("own work", "Bo", "8.2"), Doubt("nobody independent", "", "8.2")]),
]  # fmt: skip


@pytest.mark.parametrize(("lead", "team", "plan"), SOUND)
def test_a_team_without_fault_is_not_doubted(lead: str, team: list[Auditor], plan: list[PlanItem]) -> None:
    assert doubts(lead, team, plan) == []


@pytest.mark.parametrize(("lead", "team", "plan", "expected"), DOUBTED)
def test_each_doubt_is_raised(lead: str, team: list[Auditor], plan: list[PlanItem], expected: list[Doubt]) -> None:
    assert doubts(lead, team, plan) == expected


def test_each_doubt_is_said_in_both_languages_and_names_whom_and_what() -> None:
    for kind in KINDS:
        text = sentence(Doubt(kind, "Ann Lee", "8.2.1"))
        assert text.en != text.zh
        named = {"Ann Lee"} if kind in ("alone", "competence", "not in the team") else {"8.2.1"}
        assert all(name in text.en and name in text.zh for name in named), kind


NAMES = st.sampled_from(["Ann", "Bo", "Cem"])
WORK = st.sampled_from(["8", "8.2", "8.2.1", "9.1.2", "Sales"])
TEAM = st.lists(st.builds(Auditor, NAMES, st.just("course"), st.lists(WORK, max_size=2).map(tuple)),
                unique_by=lambda each: each.name)  # fmt: skip


@given(TEAM, st.lists(st.builds(item, WORK, NAMES), max_size=6))
def test_more_independent_auditors_never_leave_more_without_one(team: list[Auditor], plan: list[PlanItem]) -> None:
    """Property: adding somebody who works nowhere to every item takes every 'nobody independent' away."""
    outsider = Auditor("Zed", "course")
    wider = [*plan, *(item(each.what, "Zed") for each in plan)]
    assert not [doubt for doubt in doubts("Zed", [*team, outsider], wider) if doubt.kind == "nobody independent"]
