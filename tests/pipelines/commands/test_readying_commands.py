"""readiness, gaps, bridge, what-if and `report gap` on the command line: what they print, what they refuse."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from audit.evidence import Verdict
from audit.records import Records
from audit.records.auditing import decisions, gap_plans
from audit.records.auditing.gap_plans import GapPlan
from pipelines.__main__ import main
from tests.pipelines.conftest import Ours

Captured = pytest.CaptureFixture[str]


def asked(ours: Ours, capsys: Captured, *words: str) -> Any:
    assert main([*words, "--workspace", str(ours.folder), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(ours: Ours, capsys: Captured, *words: str) -> str:
    assert main([*words, "--workspace", str(ours.folder)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.strip().splitlines()) == 1 and "Traceback" not in said.err
    return said.err


def test_readiness_gives_the_shares_and_what_will_have_grown_old(ours: Ours, capsys: Captured) -> None:
    found = asked(ours, capsys, "readiness", "--on", "2027-02-01")
    shares = {"met": 0.666667, "not_met": 0, "not_evaluated": 0.333333, "not_applicable": 0}
    assert (found["ready"], found["score"], found["on"]) == (False, shares, "2027-02-01")
    assert [(row["evidence"], row["good_until"]) for row in found["stale"]] == [("9.9-a-2", "2027-01-31")]
    assert "÷" in found["formula"]


@pytest.mark.parametrize(("on", "stale"), [("2027-01-31", []), ("2027-03-16", ["9.9-a-2", "9.9-a-3"])])
def test_on_its_last_good_day_evidence_is_not_old_yet(ours: Ours, capsys: Captured, on: str, stale: list[str]) -> None:
    assert [row["evidence"] for row in asked(ours, capsys, "readiness", "--on", on)["stale"]] == stale
    assert asked(ours, capsys, "readiness")["stale"] == []


def test_gaps_name_what_is_missing_who_does_it_and_until_when(
    own: Ours, own_records: Records, capsys: Captured
) -> None:
    (gap,) = asked(own, capsys, "gaps")
    assert (gap["requirement"], gap["priority"], gap["effort"], gap["owner"], gap["due_on"]) == (
        "10.9-a", "next", "hours", "", None)  # fmt: skip
    assert [(e["id"], e["outcome"]) for e in gap["missing"]] == [("10.9-a-1", "not evaluated")]
    gap_plans.plan(own_records, GapPlan("10.9-a", "weeks", "Ben", None, ""), "Ann")
    decisions.conclude(own_records, "9.9-a", own.after, Verdict.CONFORMS, Verdict.UNDETERMINED, "Ann", "I doubt it")
    doubted, planned = sorted(asked(own, capsys, "gaps"), key=lambda row: row["requirement"], reverse=True)
    assert (planned["effort"], planned["owner"]) == ("weeks", "Ben")
    assert (doubted["requirement"], doubted["priority"], doubted["missing"]) == ("9.9-a", "next", [])
    decisions.conclude(own_records, "10.9-a", own.after, Verdict.UNDETERMINED, Verdict.CONFORMS, "Ann", "I saw them")
    assert [row["requirement"] for row in asked(own, capsys, "gaps")] == ["9.9-a"]


def test_bridge_lists_the_steps_and_counts_the_rest(ours: Ours, capsys: Captured) -> None:
    found = asked(ours, capsys, "bridge")
    assert (found["from"], found["to"], found["unchanged"]) == ("ours-2020", "ours-2025", {"none": 1, "moved": 1})
    told = [(s["requirement"], s["change"], s["confidence"], s["before"], s["after"]) for s in found["steps"]]
    assert told == [
        ("9.9-b", "wording", "low", "conforms", "undetermined"), ("9.9-c", "new", "high", None, "conforms"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "until", "said_by"),
    [
        ("", "", "reports; confirm with your certification body"),
        ("\ntransition_until: 2029-06-30\n", "2029-06-30", "the organisation"),
    ],
)
def test_bridge_says_until_when_and_who_said_so(
    own: Ours, capsys: Captured, written: str, until: str, said_by: str
) -> None:
    with (own.folder / "workspace.yaml").open("a", encoding="utf-8") as set_up:
        set_up.write(written)
    found = asked(own, capsys, "bridge")
    assert (found["transition_until"], found["transition_said_by"]) == (until, said_by)


def test_what_if_names_the_verdicts_that_would_change(ours: Ours, capsys: Captured) -> None:
    found = asked(ours, capsys, "what-if", "--set", "csat_top_2_box=50")
    assert found["changes"] == [{"requirement": "9.9-a", "now": "conforms", "then": "does not conform"}]
    nothing = asked(ours, capsys, "what-if", "--approve", "survey method", "--heard", "9.9-a-3")
    assert nothing["changes"] == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--set", "csat_top_box=5"], "there is no KPI 'csat_top_box' (did you mean 'csat_top_2_box'?)"),
        (["--set", "nps"], "'nps' names no value; write it as nps=25, in points"),
        (["--set", "nps=much"], "'nps=much' names no value"),
        (["--set", "nps=nan"], "'nps=nan' names no value"),
        (["--set", "nps=inf"], "'nps=inf' names no value"),
        (["--set", "csat_top_2_box=250"], "'csat_top_2_box=250' cannot be: csat_top_2_box is from 0 to 100 in %"),
        (["--set", "nps=-101"], "cannot be: nps is from -100 to 100 in points"),
        (["--set", "complaint_rate=-1"], "cannot be: complaint_rate is at least 0 in per 1,000"),
        (["--approve", "survey metod"], "there is no kind of document 'survey metod' (did you mean 'survey method'?)"),
        (["--heard", "9.9-a-9"], "there is no interview or observation '9.9-a-9'"),
        (["--heard", "9.9-a-1"], "there is no interview or observation '9.9-a-1'"),  # a figure cannot be heard
        (["--heard", "10.9-a-1"], "there is no interview or observation '10.9-a-1'"),
    ],
)
def test_what_cannot_be_supposed_is_one_line(ours: Ours, capsys: Captured, words: list[str], named: str) -> None:
    assert named in refused(ours, capsys, "what-if", *words)


@pytest.mark.parametrize("command", ["readiness", "gaps", "bridge", "what-if"])
def test_people_get_a_table(ours: Ours, capsys: Captured, command: str) -> None:
    assert main([command, "--workspace", str(ours.folder)]) == 0
    head = capsys.readouterr().out.splitlines()[0]
    assert "met" in head or "requirement" in head


@pytest.mark.parametrize(("file", "language"), [("gap.html", "en"), ("gap.zh.html", "zh-Hans")])
def test_report_gap_writes_a_page_that_needs_nothing_else(
    ours: Ours, capsys: Captured, tmp_path: Path, file: str, language: str
) -> None:
    found = asked(ours, capsys, "report", "gap", "--to", str(tmp_path / file))
    content = (tmp_path / file).read_bytes()
    assert found["sha256"] == hashlib.sha256(content).hexdigest() and found["run"] == ours.after
    page = content.decode("utf-8")
    assert "10.9-a" in page and "9.9-a-" not in page and f'lang="{language.split("-")[0]}' in page
    assert "http://" not in page and "https://" not in page and "<script" not in page
    assert [path.name for path in tmp_path.iterdir()] == [file]
