"""What people decided in the demonstration fits its story, and is kept like anything that people decide."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from audit.auditing.audit_state import State
from audit.evidence import Grade, Verdict
from audit.records import Records, events
from audit.records.auditing import answers, audits
from audit.records.finding import actions, findings
from audit.records.reviewing import improvements
from pipelines import signals
from pipelines.__main__ import main
from pipelines.demo import make_demo
from pipelines.runs import results
from pipelines.upkeep.integrity import damage
from pipelines.workspace import Workspace, open_workspace

pytestmark = pytest.mark.xdist_group("demo decisions")  # the two workspaces are made once
NOW = dt.datetime(2026, 11, 10, 8, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module", params=["decline", "healthy"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("decided") / request.param
    make_demo(folder, request.param, lambda: NOW, decided=True)
    return folder


@pytest.fixture
def workspace(made: Path) -> Workspace:
    return open_workspace(made)


@pytest.fixture
def records(workspace: Workspace) -> Records:
    return workspace.open_records()


def test_the_records_are_whole(workspace: Workspace, records: Records) -> None:
    assert damage(workspace, records) == []


def test_one_audit_is_under_way_and_what_was_heard_belongs_to_it(records: Records) -> None:
    opened = audits.opened(records)
    assert opened and opened.state == State.IN_PROGRESS
    assert len(answers.current(records)) == len(answers.current(records, opened.id)) > 0
    assert answers.current(records, "") == {}


def test_the_audit_asks_for_the_period_of_the_run_so_that_nobody_is_warned(
    workspace: Workspace, records: Records
) -> None:
    opened, run = audits.opened(records), results.latest(workspace)
    assert opened and run and (opened.period_from, opened.period_to) == (run.starts, run.ends)


def test_the_auditor_who_works_in_what_he_audits_is_doubted_and_nobody_else(records: Records) -> None:
    opened = audits.opened(records)
    assert opened and [(doubt.auditor, doubt.what) for doubt in opened.doubts] == [("J. Brandt", "8.2.1")]


def test_nonconformities_stand_where_the_run_proposes_them_and_nowhere_else(
    workspace: Workspace, records: Records
) -> None:
    run = results.latest(workspace)
    assert run
    failed = {r.id for c in run.clauses for r in c.requirements if r.proposed == Verdict.DOES_NOT_CONFORM}
    against = {f.requirement_id for f in findings.every(records) if f.grade in (Grade.MAJOR, Grade.MINOR)}
    assert against <= failed
    assert bool(against) == (workspace.folder.name == "decline")


def test_an_action_names_a_figure_that_should_show_it(records: Records) -> None:
    told = [each for each in actions.every(records) if each.kpi]
    assert [(each.kpi, each.status) for each in told] == [("complaints_with_cause", "done")]


def test_one_customer_voice_is_answered_and_one_is_not_yet(records: Records) -> None:
    assert sorted(each.untold for each in improvements.every(records)) == [False, True]


def test_two_events_are_noted_and_one_of_them_begins_new_limits(workspace: Workspace, records: Records) -> None:
    run = results.latest(workspace)
    assert run and [event.baseline for event in events.every(records)] == [True, False]
    told = signals.readings(workspace, run, records)
    chart = told["on_time_delivery_by_day"].chart
    assert chart and [phase.frozen_from_day for phase in chart.phases] == [None, dt.date(2025, 9, 1)]
    others = {name: len(each.chart.phases) for name, each in told.items() if each.chart}
    assert len(others) > 20 and {count for name, count in others.items() if name != "on_time_delivery_by_day"} == {1}


def test_methods_answer_of_the_figures_of_the_run(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def asked(*words: str) -> Any:
        assert main(["method", *words, "--kpi", "csat_top_2_box", "--workspace", str(made), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    chart = asked("control-chart")
    assert chart["kind"] == "p" and len(chart["points"]) >= 24 and all(point["low"] for point in chart["points"])
    assert asked("trend")["points"] >= 24 and asked("comparison", "--by", "segment")["interval"] == "wilson"
    assert len(asked("comparison", "--by", "region")["groups"]) >= 2
    assert all("-Q" in row["group"] for row in asked("comparison", "--periods", "quarter")["groups"])
    alone = asked("control-chart", "--by", "segment", "--group", "Industry")
    assert len(alone["points"]) >= 12 and alone["points"][0]["n"] < chart["points"][0]["n"]
