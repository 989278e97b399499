"""What can be an objective and what cannot, and which target is in force on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from audit.targets.objective import Objective, Target, in_force, target_on

JAN, APR, JUL = "2026-01-01", "2026-04-01", "2026-07-01"
WRITTEN: dict[str, Any] = {
    "title": "Satisfied", "kpi": "csat_top_2_box", "grain": "quarter", "owner": "Ann", "why": "they come back",
    "targets": [{"since": JAN, "at_least": "80 %"}],
}  # fmt: skip


def objective(**changes: Any) -> Objective:
    return Objective.model_validate(WRITTEN | changes)


def step(since: str = JAN, **goals: str) -> dict[str, str]:
    return {"since": since, **goals}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"targets": [step(at_most="5 days")]},
        {"targets": [step(at_least="80 %", warn_at="85 %", stretch="90 %")]},
        {"targets": [step(at_least="80 %", stretch="90 %")]},
        {"targets": [step(at_most="5 days", warn_at="4 days", stretch="3 days")]},
        {"targets": [step(at_least="2 count", at_most="4 count")]},  # both, for a figure with no better direction
        {"targets": [step(at_least="4 count", at_most="4 count")]},
        {"targets": [step(JAN, at_least="80 %"), step(APR, at_least="70 %")]},  # a target may also fall
        {"by": "segment", "group": "Private"},
        {"retired_on": JAN},
        {"id": "OBJ-1234"},
    ],
)
def test_what_can_be_an_objective(changes: dict[str, Any]) -> None:
    assert objective(**changes).targets


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"targets": []}, "there is no target; write at least one step"),
        ({"targets": [step()]}, "a step without a target; write at_least or at_most"),
        ({"targets": [step(warn_at="85 %")]}, "a step without a target"),
        ({"targets": [step(at_least="0.8")]}, ""),  # a bare number is a count, which is a unit of its own
        ({"targets": [step(at_least="eighty")]}, "'eighty' is not a quantity"),
        ({"targets": [step(at_least="80 %", warn_at="85 points")]}, "differ in unit"),
        ({"targets": [step(at_least="80 %", warn_at="75 %")]}, "warn_at '75 %' must lie above at_least '80 %'"),
        ({"targets": [step(at_least="80 %", warn_at="80 %")]}, "must lie above"),
        ({"targets": [step(at_least="80 %", warn_at="90 %", stretch="85 %")]}, "stretch '85 %' must lie above warn_at"),
        ({"targets": [step(at_most="5 days", warn_at="6 days")]}, "warn_at '6 days' must lie below at_most '5 days'"),
        ({"targets": [step(at_most="5 days", stretch="5 days")]}, "must lie below"),
        ({"targets": [step(at_least="5 count", at_most="4 count")]}, "which no figure can meet; exchange the two"),
        ({"targets": [step(at_least="2 count", at_most="4 count", warn_at="3 count")]}, "not with both"),
        ({"targets": [step(APR, at_least="80 %"), step(JAN, at_least="85 %")]}, "put them in order"),
        ({"targets": [step(JAN, at_least="80 %"), step(JAN, at_least="85 %")]}, "two steps begin on 2026-01-01"),
        ({"targets": [step(JAN, at_least="80 %"), step(APR, at_least="85 points")]}, "one step is in %, another"),
        ({"targets": [step("1.4.2026", at_least="80 %")]}, "'1.4.2026' is not a date; write it as 2026-10-31"),
        ({"targets": [step("1767225600", at_least="80 %")]}, "is not a date"),
        ({"targets": [step("2026-02-30", at_least="80 %")]}, "is not a date"),
        ({"targets": [{"since": JAN, "at_leest": "80 %"}]}, "Extra inputs"),
        ({"title": "  "}, "write what people call the objective"),
        ({"owner": ""}, "write who answers for it"),
        ({"why": "\n"}, "write why it was chosen"),
        ({"grain": "week"}, "Input should be"),
        ({"by": "segment"}, "for whom it is meant is half named"),
        ({"group": "Private"}, "for whom it is meant is half named"),
        ({"retired_on": "2025-12-31"}, "before its first step"),
        ({"id": "CSAT"}, "String should match"),
    ],
)  # fmt: skip
def test_what_can_be_none(changes: dict[str, Any], words: str) -> None:
    if not words:
        assert objective(**changes).targets[0].unit == "count"
        return
    with pytest.raises(ValidationError) as refused:
        objective(**changes)
    assert words in str(refused.value)


STEPS = {"targets": [step(JAN, at_least="70 %"), step(APR, at_least="75 %"), step(JUL, at_least="80 %")]}


@pytest.mark.parametrize(
    ("day", "at_least"),
    [
        ("2025-12-31", None),
        ("2026-01-01", 70),
        ("2026-03-31", 70),
        ("2026-04-01", 75),
        ("2026-06-30", 75),
        ("2026-07-01", 80),
        ("2026-10-31", 80),
        ("2026-11-01", None),  # retired on the day before
    ],
)
def test_the_step_in_force(day: str, at_least: float | None) -> None:
    found = target_on(objective(**STEPS, retired_on="2026-10-31"), dt.date.fromisoformat(day))
    assert (found and found.at_least and found.at_least.value) == at_least


def test_who_is_retired_counts_until_the_end_of_the_day() -> None:
    ended, going = objective(retired_on="2026-10-31"), objective()
    assert in_force([ended, going], dt.date(2026, 10, 31)) == [ended, going]
    assert in_force([ended, going], dt.date(2026, 11, 1)) == [going]


@pytest.mark.parametrize(
    ("goals", "value", "met", "warned", "stretched"),
    [
        ({"at_least": "80 %"}, 80.0, True, False, False),
        ({"at_least": "80 %"}, 79.99999999999999, True, False, False),  # 80 as a computer adds it up
        ({"at_least": "80 %"}, 79.9999, False, False, False),
        ({"at_least": "80 %", "warn_at": "85 %", "stretch": "90 %"}, 84.9, True, True, False),
        ({"at_least": "80 %", "warn_at": "85 %", "stretch": "90 %"}, 85.0, True, False, False),
        ({"at_least": "80 %", "warn_at": "85 %", "stretch": "90 %"}, 90.0, True, False, True),
        ({"at_least": "80 %", "warn_at": "85 %", "stretch": "90 %"}, 79.0, False, True, False),
        ({"at_most": "5 days", "warn_at": "4 days"}, 5.0, True, True, False),
        ({"at_most": "5 days", "warn_at": "4 days"}, 4.0, True, False, False),
        ({"at_most": "5 days"}, 5.1, False, False, False),
        ({"at_most": "0 count"}, 0.0, True, False, False),
        ({"at_least": "2 count", "at_most": "4 count"}, 3.0, True, False, False),
        ({"at_least": "2 count", "at_most": "4 count"}, 5.0, False, False, False),
        ({"at_least": "2 count", "at_most": "4 count"}, 1.0, False, False, False),
    ],
)
def test_a_value_against_a_target(
    goals: dict[str, str], value: float, met: bool, warned: bool, stretched: bool
) -> None:
    target = Target.model_validate(step(**goals))
    assert (target.met_by(value), target.warned_by(value), target.stretched_by(value)) == (met, warned, stretched)
