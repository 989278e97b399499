"""Interviews, observations and samples in what leaves the house: the pack, the interview sheet, the gap report."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import yaml

from audit.evidence import Evidence, Verdict
from audit.records.auditing import audit_steps, audits, decisions
from audit.records.auditing.audits import NewAudit
from audit.text import LANGUAGES, Language
from pipelines.reports import gap, interview, pack
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import open_workspace

CLAUSE = Path(__file__).resolve().parents[3] / "checklists/iso-9001-2015/8.2.1-customer-communication.yaml"


def last(folder: Path) -> Run:
    found = results.latest(open_workspace(folder))
    assert found is not None
    return found


def packed(folder: Path, run: Run, language: Language = "en") -> str:
    workspace = open_workspace(folder)
    with workspace.open_records() as records:
        return pack.page(workspace, records, run, {}, language)


def frozen(folder: Path, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / "runs" / last(folder).id / name).read_text("utf-8"))
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_record_that_was_drawn_stands_in_the_pack(demo: Path, language: Language) -> None:
    page = packed(demo, last(demo), language)
    drawn = json.loads((demo / "runs" / last(demo).id / "samples.json").read_text("utf-8"))
    listed = re.findall(r"<li>\S+ <b>([^<]+)</b>", page)
    assert sorted(map(unescape, listed)) == sorted(item for each in drawn.values() for item in each["items"])


def test_a_record_that_nobody_judged_is_said_to_be_not_evaluated(demo: Path) -> None:
    page = packed(demo, last(demo))
    judged = sum(bool(answer["item"]) for answer in frozen(demo, "answers.json"))
    lines = re.findall(r"<li>(\S+) <b>[^<]+</b> ([^<:]+)", page)
    assert judged > 0
    assert sum(word.strip() != "Not evaluated" for _mark, word in lines) == judged
    assert {mark for mark, word in lines if word.strip() == "Not evaluated"} == {"◇"}


def test_what_was_heard_stands_in_the_pack_with_who_and_when(demo: Path) -> None:
    page = unescape(packed(demo, last(demo)))
    heard = [answer for answer in frozen(demo, "answers.json") if not answer["item"]]
    assert heard
    assert all(answer["note"] in page and (answer["who"] or answer["actor"]) in page for answer in heard)


def told(found: Evidence, note: str) -> Evidence:
    return replace(found, answers=tuple(replace(answer, note=note) for answer in found.answers))


def test_a_note_is_text_and_never_markup(demo: Path) -> None:
    run = last(demo)
    clauses = tuple(
        replace(clause, requirements=tuple(
            replace(each, evidence=tuple(told(e, "<script>alert(1)</script>") for e in each.evidence))
            for each in clause.requirements
        ))
        for clause in run.clauses
    )  # fmt: skip
    page = packed(demo, replace(run, clauses=clauses))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("role", ["top management", "process owner", "staff"])
def test_the_sheet_asks_a_role_its_own_questions_and_leaves_room(demo: Path, role: interview.Role) -> None:
    written = yaml.safe_load(CLAUSE.read_text("utf-8"))["requirements"]
    own = [q for asked in written for q in asked["ask_people"] if q["to"] == role]
    others = [q for asked in written for q in asked["ask_people"] if q["to"] != role]
    workspace = open_workspace(demo)
    (clause,) = [each for each in workspace.checklist().clauses if each.clause == "8.2.1"]
    both = unescape(interview.sheet(workspace, [clause], role, None))
    assert all(q["en"] in both and q["zh"] in both for q in own)
    assert not any(q["en"] in both for q in others)
    assert both.count('class="answer"') == len(own) > 0
    assert not any(q["zh"] in interview.sheet(workspace, [clause], role, "en") for q in own)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_gap_report_lists_what_is_not_met_or_not_evaluated(demo: Path, language: Language) -> None:
    workspace, run = open_workspace(demo), last(demo)
    with workspace.open_records() as records:
        page = gap.page(workspace, records, run, language)
    asked = [requirement for clause in run.clauses for requirement in clause.requirements]
    short = {r.id for r in asked if {"not met", "not evaluated"} & {str(e.outcome) for e in r.evidence}}
    assert set(re.findall(r"<strong>([\w.-]+)</strong>", page)) == short
    assert bool(re.search(r"[\u4e00-\u9fff]", page.split("</h1>")[1].split("</p>")[1])) == (language == "zh")


def test_what_an_auditor_concluded_stands_in_the_gap_report_with_who_and_why(own_demo: Path) -> None:
    """9.3.2-c1 has all its evidence: the auditor alone says that it does not conform."""
    workspace, run = open_workspace(own_demo), last(own_demo)
    with workspace.open_records() as records:
        decisions.conclude(
            records, "9.3.2-c1", run.id, Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM, "A. Moreau", "Nobody saw <it>"
        )
        pages = [gap.page(workspace, records, run, language) for language in LANGUAGES]
    for page in pages:
        (row,) = [each for each in page.split("<tr>") if "<strong>9.3.2-c1</strong>" in each]
        assert "A. Moreau" in row and "Nobody saw &lt;it&gt;" in row
        assert "Only people can judge" not in row and "record a conclusion" not in row
        assert f"{run.starts:%Y}" in page.split("<table>")[0]
    assert "does not conform" in pages[0] and "Identity not verified" in pages[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_item_of_the_later_edition_says_how_sure_it_is_and_from_where(demo: Path, language: Language) -> None:
    """Its notice promises that, wherever it is printed."""
    later = replace(last(demo), edition="iso-9001-2026")
    workspace = open_workspace(demo)
    asked = {r.id: r for c in workspace.checklist("iso-9001-2026", ()).clauses for r in c.requirements}
    with workspace.open_records() as records:
        gaps, whole = gap.page(workspace, records, later, language), packed(demo, later, language)
    word = {"en": {"low": "low confidence", "medium": "medium confidence", "high": "high confidence"},
            "zh": {"low": "把握较低", "medium": "把握中等", "high": "把握较高"}}[language]  # fmt: skip
    for id in ("7.2-c", "4.2-b", "4.1-c"):
        altered = asked[id].altered
        assert altered
        for page, begin in ((gaps, f"<strong>{id}</strong>"), (whole, f"<h3>{id} ")):
            part = page[page.index(begin) :][:1500]
            assert word[altered.confidence] in part and f"[{', '.join(altered.sources)}]" in part
    assert "<b>S5</b>" in gaps and "<b>S5</b>" in whole
    assert "<b>S13</b>" not in gaps and "<b>S49</b>" in gaps  # only what an item cites


@pytest.mark.parametrize("edition", ["iso-9001-2015", "iso-9001-2026"])
def test_an_audit_against_another_edition_than_the_run_is_named(own_demo: Path, edition: str) -> None:
    workspace, run = open_workspace(own_demo), replace(last(own_demo), edition=edition)
    with workspace.open_records() as records:
        new = NewAudit("Orders", "iso-9001-2015", objectives="o", scope="s", lead="Ann")
        audit_steps.begin(records, audits.create(records, new, "Ann").id, ["8.2.1-a"], "Ann", run=run.id)
        pages = [gap.page(workspace, records, run, "en"), packed(own_demo, run)]
    told = "The audit is against ISO 9001:2015, and what stands below was evaluated against ISO 9001:2026."
    assert [told in page for page in pages] == [edition == "iso-9001-2026"] * 2


def test_a_run_made_before_there_were_answers_is_packed_all_the_same(demo: Path) -> None:
    run = replace(last(demo), clauses=tuple(
        replace(c, requirements=tuple(
            replace(r, evidence=tuple(replace(e, kind="", drawn=None, answers=()) for e in r.evidence))
            for r in c.requirements
        ))
        for c in last(demo).clauses
    ))  # fmt: skip
    assert "drawn by chance" not in packed(demo, run)
