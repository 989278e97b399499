"""From one edition to the next: only what changes in verdict or evidence, and what is missing for it."""

from __future__ import annotations

import pytest

from audit.evidence import Verdict
from audit.records import Records
from audit.records.targets import criteria
from pipelines.readiness.bridge import bridge, later_edition
from pipelines.run import run
from tests.pipelines.conftest import Ours
from tests.pipelines.own_checklist import CARRYING, CARRYING_ON, FORMER, LATER, written

WIDENED = """
    carries: 9.9-a
    change: wording
    evidence:
      - id: 9.9-a-4
        document: survey method
        shows: {en: It names the silent., zh: 提到沉默者。}
        accept: {status: approved}
        otherwise: observation
"""
YES, OPEN = Verdict.CONFORMS, Verdict.UNDETERMINED


def told(ours: Ours, name: str) -> tuple[list[tuple[object, ...]], dict[str, int]]:
    found = bridge(ours.workspace, ours.run(name))
    assert found is not None and (found.earlier.id, found.later.id) == (FORMER, LATER)
    steps = [(s.clause, s.former_clause, s.requirement.id, s.altered.change, s.before, s.after,
              [e.id for e in s.missing]) for s in found.steps]  # fmt: skip
    return steps, dict(found.unchanged)


def test_only_what_changes_is_listed_and_the_rest_counted(ours: Ours) -> None:
    steps, unchanged = told(ours, ours.after)
    assert steps == [
        ("9.9", "", "9.9-b", "wording", YES, OPEN, ["9.9-b-2"]),
        ("9.9", "", "9.9-c", "new", None, YES, []),
    ]
    assert unchanged == {"none": 1, "moved": 1}


def test_it_rests_on_the_documents_and_answers_of_its_run(ours: Ours) -> None:
    steps, unchanged = told(ours, ours.before)
    assert steps == [
        ("9.9", "", "9.9-b", "wording", YES, OPEN, ["9.9-b-2"]),
        ("9.9", "", "9.9-c", "new", None, OPEN, ["9.9-c-1"]),
    ]
    assert unchanged == {"none": 1, "moved": 1}


@pytest.mark.parametrize(("moment", "read"), [("after", ["9.9-c-1"]), ("before", [])])
def test_a_document_of_before_that_counts_for_something_new_is_to_be_read_again(
    ours: Ours, moment: str, read: list[str]
) -> None:
    found = bridge(ours.workspace, ours.run(getattr(ours, moment)))
    assert found is not None
    again = {step.requirement.id: [e.id for e in step.read_again] for step in found.steps}
    assert again == {"9.9-b": [], "9.9-c": read}


def test_a_document_that_was_asked_for_before_is_not_to_be_read_again(own: Ours) -> None:
    widened = CARRYING.replace("{carries: 9.9-a, change: none}", WIDENED)
    written(own.folder / "checklists", {"ours-2025/9.9-hearing.yaml": widened})
    found = bridge(own.workspace, own.run(own.after))
    assert found is not None
    step = found.steps[0]
    assert (step.requirement.id, [e.id for e in step.read_again]) == ("9.9-a", ["9.9-a-4"])


def test_what_only_moves_to_another_clause_is_no_step(own: Ours) -> None:
    moved = CARRYING_ON + "  - {carries: 9.9-a, change: moved, ref: '10.10'}\n"
    less = CARRYING.replace("  - {carries: 9.9-a, change: none}\n", "")
    written(own.folder / "checklists", {"ours-2025/9.9-hearing.yaml": less, "ours-2025/10.10-answering.yaml": moved})
    steps, unchanged = told(own, own.after)
    assert [step[2] for step in steps] == ["9.9-b", "9.9-c"] and unchanged == {"moved": 2}


def test_an_own_criterion_goes_with_the_evidence_that_is_carried(own: Ours, own_records: Records) -> None:
    criteria.set_criterion(own_records, "9.9-a-1", {"at_least": "99 %"}, "Ann", "Our board asked")
    found = run(own.workspace, own_records)
    steps, unchanged = told(own, found.id)
    assert [step[2] for step in steps] == ["9.9-b", "9.9-c"] and unchanged == {"none": 1, "moved": 1}


@pytest.mark.parametrize(("edition", "later"), [(FORMER, LATER), (LATER, None), ("iso-9001-2015", "iso-9001-2026")])
def test_the_edition_that_follows(ours: Ours, edition: str, later: str | None) -> None:
    assert later_edition(ours.workspace, edition) == later


def test_from_the_last_edition_there_is_no_bridge(own: Ours, own_records: Records) -> None:
    written(own.folder, {"workspace.yaml": f"organisation: Ours\nedition: {LATER}\nas_of: 2026-06-30\n"})
    assert bridge(own.workspace, run(own.workspace, own_records)) is None
