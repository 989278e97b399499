"""`effectiveness` on the command line: what it prints, when it exits 1, and what it refuses."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from audit.finding.finding import Reference
from audit.records import Records
from audit.records.finding import actions
from audit.records.finding.actions import NewAction
from pipelines.__main__ import main
from tests.audit.records.held import TAKEN, held
from tests.pipelines.conftest import Ours

Captured = pytest.CaptureFixture[str]
DAY = dt.date(2026, 10, 31)


def planned(records: Records, **aim: Any) -> str:
    held(records)
    return actions.plan(records, NewAction("call back", "Ben", DAY, decision=TAKEN, **aim), "Ann").id


def asked(ours: Ours, capsys: Captured, *words: str, expected: int = 0) -> Any:
    assert main(["effectiveness", *words, "--workspace", str(ours.folder), "--json"]) == expected
    return json.loads(capsys.readouterr().out)


def refused(ours: Ours, capsys: Captured, *words: str) -> str:
    assert main(["effectiveness", *words, "--workspace", str(ours.folder)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.strip().splitlines()) == 1 and "Traceback" not in said.err
    return said.err


def test_without_an_action_there_is_nothing_to_judge(own: Ours, capsys: Captured) -> None:
    assert asked(own, capsys) == []


def test_every_action_that_names_a_figure_gets_a_line(own: Ours, own_records: Records, capsys: Captured) -> None:
    planned(own_records)
    open_ = planned(own_records, kpi="csat_top_2_box", expected_on=DAY)
    gone = planned(own_records, kpi="csat_top_2_bux")
    done = planned(own_records, kpi="nps", by="segment", group="Private", expected_on=dt.date(2026, 3, 31))
    actions.done(own_records, done, 1, "Ben", dt.date(2026, 1, 1), [Reference("document", "DOC-1")])
    actions.cancel(own_records, planned(own_records, kpi="nps"), 1, "Ann", "not needed")
    rows = {row["action"]: row for row in asked(own, capsys)}
    assert set(rows) == {open_, gone, done}
    assert rows[open_]["proposed"] == "too early" and "not done yet" in rows[open_]["because"]
    assert rows[gone]["proposed"] == "cannot be judged" and "did you mean 'csat_top_2_box'?" in rows[gone]["because"]
    assert rows[done]["proposed"] in ("too early", "too few records") and rows[done]["change"] is None
    assert [row["action"] for row in asked(own, capsys, "--action", done)] == [done]


def test_an_action_that_is_not_there_or_names_no_figure_is_a_mistake(
    own: Ours, own_records: Records, capsys: Captured
) -> None:
    assert "there is no action 'ACT-009'" in refused(own, capsys, "--action", "ACT-009")
    assert "names no KPI that it should move" in refused(own, capsys, "--action", planned(own_records))
