"""The register of needs as a run finds it: steps and ranks by hand, and nothing where it cannot be trusted."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pandas as pd
import pytest
from hand_made import MARCH, Rows, load_of, tables

from audit.load import Load
from pipelines import definitions
from pipelines.analyses import needs
from pipelines.analyses.asked import Asked
from pipelines.analyses.needs.found import Needs, Register
from pipelines.analyses.needs.look import MOST
from pipelines.measuring.trust import Trust
from pipelines.workspace import SetUp, Workspace, make_workspace

PLANNED: dict[str, Any] = {"owner": "Sales", "due_on": "2026-04-20", "priority": "high"}
CHANGED = PLANNED | {"change_impact": "price list", "approved_on": "2026-03-06"}
MET = CHANGED | {"met_on": "2026-03-20", "status": "met"}
EVALUATED = MET | {"evaluated_on": "2026-03-21", "evaluation": "partly"}
TOLD = EVALUATED | {"fed_back_on": "2026-03-31"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("needs") / "new"
    make_workspace(folder, SetUp(organisation="New"))
    return Workspace(folder, SetUp(organisation="New"))


def looked(workspace: Workspace, *rows: dict[str, Any], loads: list[Load] | None = None) -> Needs:
    written: Rows = {"customer_needs": [{"said_by": "customer"} | row for row in rows]}
    with tables(written) as connection:
        own = [load_of("customer_needs")] if loads is None else loads
        trust = Trust(connection, ["customer_needs"], own, MARCH.ends)
        found: Needs = needs.look(Asked(connection, trust, workspace, MARCH, MARCH, pd.DataFrame()))
    assert needs.FOUND.validate_json(needs.FOUND.dump_json(found)) == found
    assert all(section.sentence.en and section.sentence.zh for section in needs.sections(found))
    return found


def register(workspace: Workspace, *rows: dict[str, Any], loads: list[Load] | None = None) -> Register:
    found = looked(workspace, *rows, loads=loads).register.result
    assert found is not None
    return found


WAITS: list[tuple[dict[str, Any], str]] = [
    # a row -> the step that it lacks next
    ({}, "analysed"),
    ({"importance": 3, "urgency": 3}, "analysed"),
    ({"importance": 3, "urgency": 3, "effect": 1}, "planned"),
    ({"priority": "low"}, "planned"),
    ({"priority": "low", "owner": "Sales"}, "planned"),
    (PLANNED, "assessed"),
    (PLANNED | {"change_impact": "price list"}, "approved"),
    (CHANGED | {"approved_on": "2026-04-01"}, "approved"),  # after the last day
    (CHANGED, "met"),
    (CHANGED | {"met_on": "2026-04-01", "status": "met"}, "met"),  # after the last day
    (MET, "evaluated"),
    ({"status": "met"}, "evaluated"),  # by its status, without a plan: nobody plans it any more
    (MET | {"evaluated_on": "2026-03-21"}, "evaluated"),  # without a result
    (MET | {"evaluated_on": "2026-04-01", "evaluation": "met"}, "evaluated"),
    (EVALUATED, "told"),
    (EVALUATED | {"fed_back_on": "2026-04-01"}, "told"),
    (EVALUATED | {"said_by": None}, "told"),
    ({"status": "rejected"}, "told"),
    # nothing more to do
    (TOLD, ""),
    (EVALUATED | {"said_by": "organisation"}, ""),
    ({"status": "rejected", "fed_back_on": "2026-03-10"}, ""),
    ({"status": "rejected", "said_by": "organisation"}, ""),
]


def test_a_need_stands_at_the_step_that_it_lacks(workspace: Workspace) -> None:
    found = register(workspace, *(row | {"need_id": f"N{at}"} for at, (row, _) in enumerate(WAITS)))
    wanted = {f"N{at}": step for at, (_, step) in enumerate(WAITS) if step}
    assert {need.id: need.waits_for for need in found.needs} == wanted
    assert {step.name: step.waiting for step in found.steps} == Counter(wanted.values()) | {"assessed": 1}
    assert (found.complete, found.incomplete) == (len(WAITS) - len(wanted), len(wanted))


def test_each_step_is_counted_among_those_for_which_it_was_due(workspace: Workspace) -> None:
    found = register(
        workspace,
        {}, PLANNED, PLANNED | {"status": "in progress"}, CHANGED | {"due_on": "2026-03-30"}, MET,
        MET | {"approved_on": "2026-03-21"}, EVALUATED, TOLD, TOLD | {"said_by": "organisation"},
        {"status": "rejected"}, {"status": "rejected", "fed_back_on": "2026-03-09"},
    )  # fmt: skip
    assert {step.name: (step.taken, step.of) for step in found.steps} == {
        "analysed": (8, 9), "planned": (8, 9),  # all but the two that were turned down
        "assessed": (5, 6), "approved": (4, 6),  # five are met, one is in progress; one was approved too late
        "met": (5, 6),  # one more was due on the 30th
        "evaluated": (3, 5), "told": (2, 6),  # five met and two turned down, one of them nobody's
    }  # fmt: skip
    assert (found.count, found.rejected, found.open, found.overdue, found.ownerless) == (11, 2, 4, 1, 1)
    assert found.untold == 4 and dict(found.said_by) == {"customer": 10, "organisation": 1}


IN_QUESTION: list[tuple[dict[str, Any], bool]] = [
    ({"raised_on": "2026-02-28"}, True),  # older and open
    ({"raised_on": "2026-02-28", "status": "met"}, False),
    ({"raised_on": "2026-02-28", "status": "rejected"}, False),
    ({"raised_on": "2026-02-28", "status": "met", "met_on": "2026-04-01"}, True),  # open on the last day
    ({"raised_on": "2026-03-01", "status": "met"}, True),
    ({"raised_on": "2026-04-01"}, False),
]


def test_needs_of_the_period_count_and_older_ones_that_are_open(workspace: Workspace) -> None:
    found = register(workspace, *(row | {"need_id": f"N{at}"} for at, (row, _) in enumerate(IN_QUESTION)))
    assert {need.id for need in found.needs} == {f"N{at}" for at, (_, counts) in enumerate(IN_QUESTION) if counts}
    assert found.count == 3


def ranked(importance: int | None, urgency: int | None, effect: int | None, **more: Any) -> dict[str, Any]:
    return {"importance": importance, "urgency": urgency, "effect": effect} | more


def test_the_matrix_ranks_and_a_class_decides_a_tie(workspace: Workspace) -> None:
    rows = [
        ranked(5, 5, 5, need_id="best"),
        ranked(5, 5, 4, need_id="tied, attractive", kano_class="attractive", raised_on="2026-03-01"),
        ranked(4, 5, 5, need_id="tied, must-be", kano_class="must-be", raised_on="2026-03-09", priority="low"),
        ranked(5, 4, 5, need_id="tied, no class", priority="high"),
        ranked(1, 1, 1, need_id="least, older", raised_on="2026-03-02"),
        ranked(1, 1, 1, need_id="least", raised_on="2026-03-03"),
        ranked(5, 5, None, need_id="half, high", priority="high"),
        ranked(None, None, None, need_id="medium", priority="medium"),
        ranked(None, None, None, need_id="nothing"),
        ranked(5, 5, 5, need_id="met", status="met"),
    ]
    wanted = [str(row["need_id"]) for row in rows]
    wanted[1:4] = ["tied, must-be", "tied, attractive", "tied, no class"]
    random.Random(5).shuffle(rows)
    found = {need.id: need for need in register(workspace, *rows).needs}
    assert [found[name].rank for name in wanted[:-1]] == list(range(1, 10))
    assert (found["met"].rank, found["best"].score, found["half, high"].score) == (None, 125, None)


def test_overdue_ones_come_first_with_their_line(workspace: Workspace) -> None:
    found = register(
        workspace,
        ranked(5, 5, 5, need_id="top"),
        ranked(1, 1, 1, need_id="late", due_on="2026-03-21", owner="Sales"),
        ranked(1, 1, 1, need_id="on its day", due_on="2026-03-31"),
        ranked(1, 1, 1, need_id="late but met", due_on="2026-03-21", status="met"),
        ranked(1, 1, 1, need_id="late but turned down", due_on="2026-03-21", status="rejected"),
    )
    assert [(need.id, need.overdue, need.rank, need.line) for need in found.needs][:2] == [
        ("late", 10, 2, 3), ("top", 0, 1, 2),
    ]  # fmt: skip
    assert sum(need.overdue > 0 for need in found.needs) == found.overdue == 1
    assert [need.owned for need in found.needs][:2] == [True, False]


def test_the_list_is_cut_and_says_of_how_many(workspace: Workspace) -> None:
    found = register(workspace, *({"need_id": f"N{at}"} for at in range(MOST + 3)))
    assert (len(found.needs), found.incomplete) == (MOST, MOST + 3)


def test_the_order_of_rows_changes_nothing(workspace: Workspace) -> None:
    rows = [TOLD, EVALUATED, MET, CHANGED, PLANNED, {}] * 2
    numbered = [row | {"need_id": f"N{at}", "_line": at + 2} for at, row in enumerate(rows)]
    before = needs.FOUND.dump_json(looked(workspace, *numbered))
    random.Random(8).shuffle(numbered)
    assert needs.FOUND.dump_json(looked(workspace, *numbered)) == before


def test_a_step_that_no_file_records_is_neither_missing_nor_waited_for(workspace: Workspace) -> None:
    old = tuple(set(definitions.source("customer_needs").columns) - {"approved_on", "approved_by", "evaluated_on"})
    found = register(
        workspace, CHANGED | {"approved_on": None}, MET | {"approved_on": None},
        loads=[load_of("customer_needs", delivered=old)],
    )  # fmt: skip
    assert {step.name for step in found.steps if not step.recorded} == {"approved", "evaluated"}
    assert sorted(need.waits_for for need in found.needs) == ["met", "told"]


SILENT = [
    ([], "nothing is loaded of Register of customer needs; load a file"),
    ([load_of("customer_needs", delivered=("need_id", "raised_on", "need"))], "had the column status"),
]


@pytest.mark.parametrize(("loads", "why"), SILENT)
def test_what_cannot_be_trusted_is_not_counted(workspace: Workspace, loads: list[Load], why: str) -> None:
    found = looked(workspace, *([{}] if loads else []), loads=loads).register
    assert found.result is None and found.because and why in found.because.en


def test_a_register_that_nobody_keeps_any_more_is_stale(workspace: Workspace) -> None:
    found = looked(workspace, {"raised_on": "2025-12-01"}).register
    assert found.result is None and found.because and "the newest row" in found.because.en


def test_nothing_raised_and_nothing_open_is_said(workspace: Workspace) -> None:
    found = looked(workspace, {"raised_on": "2026-02-28", "status": "met"}).register
    assert found.result is None and found.because and "no need was raised" in found.because.en
