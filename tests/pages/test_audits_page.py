"""The Audits page: an audit is planned, begun, reported and closed; and its conclusions on the clause page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.auditing.audit_state import State
from audit.auditing.plan import Auditor, PlanItem
from audit.evidence import Verdict
from audit.records.auditing import audit_steps, audits, decisions, programmes
from audit.records.auditing.audits import Audit, NewAudit
from pages.components.words import plain
from pipelines.auditing import next_audit
from pipelines.runs import results
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
NEW = NewAudit(
    "Audit 2026",
    "iso-9001-2015",
    objectives="See whether customers are heard",
    scope="Sales and service",
    lead="Ann Lee",
    auditors=(Auditor("Ann Lee", "course 2025"), Auditor("Bo Li", "", ("8.2",))),
    plan=(PlanItem(None, "8.2, 9.1.2", "Bo Li", "head of sales"),),
)


def planned(folder: Path, previous: str = "", new: NewAudit = NEW) -> str:
    with open_workspace(folder).open_records() as records:
        return audits.create(records, new, "Ann Lee", previous).id


def begun(folder: Path, previous: str = "") -> str:
    id = planned(folder, previous)
    workspace = open_workspace(folder)
    with workspace.open_records() as records:
        audit = audits.find(records, id)
        run = results.latest(workspace)
        changed = next_audit.changed(workspace, records, audit, previous, run)
        audit_steps.begin(records, id, next_audit.asked(workspace, audit), "Ann Lee", run.id if run else "", changed)
    return id


def every(folder: Path) -> list[Audit]:
    with open_workspace(folder).open_records() as records:
        return audits.every(records)


def fill(app: AppTest, form: str, **values: str) -> AppTest:
    for name, value in values.items():
        (field,) = [each for each in (*app.text_input, *app.text_area) if (each.key or "").startswith(f"{form} {name}")]
        field.set_value(value)
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if button.label == label]
    return button.click().run()


@pytest.mark.parametrize(("lang", "title"), [("en", "No audit is planned yet"), ("zh", "尚未策划审核")])
def test_an_empty_page_says_what_an_audit_is_and_offers_the_form(
    opened: Open, demo: Path, words: Words, lang: str, title: str
) -> None:
    app = opened(demo, "audits", lang=lang)
    assert app.title[0].value == title and not app.error
    assert [button for button in app.button if (button.key or "").startswith("draft keep plan audit")]


def test_an_audit_is_planned_with_its_team_and_plan(opened: Open, own_demo: Path, words: Words) -> None:
    app = opened(own_demo, "audits")
    fill(
        app, "plan audit", title="Audit 2026", objectives="Hear customers", scope="Sales", lead="Ann Lee",
        auditors="Ann Lee | course 2025 | 8.2\nBo Li | 10 years | service",
        plan="2026-11-03 | 8.2.1 | Ann Lee | head of sales",
    )  # fmt: skip
    assert "Ann Lee owns or works in 8.2.1, and audits it" in words(app)
    press(app, "Plan the audit")
    (audit,) = every(own_demo)
    assert (audit.title, audit.state, audit.lead) == ("Audit 2026", State.PLANNED, "Ann Lee")
    assert audit.auditors[0] == Auditor("Ann Lee", "course 2025", ("8.2",))
    assert audit.plan[0].interviewed == "head of sales"
    assert {doubt.kind for doubt in audit.doubts} == {"own work", "nobody independent"}


def test_a_line_that_cannot_be_read_is_said_and_nothing_is_kept(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "audits")
    fill(app, "plan audit", title="Audit", plan="3.11.2026 | 8.2")
    assert "line 1 of the plan" in app.error[0].value
    press(app, "Plan the audit")
    assert every(own_demo) == []


def test_an_audit_without_a_title_is_refused_in_one_line(opened: Open, own_demo: Path) -> None:
    app = press(opened(own_demo, "audits"), "Plan the audit")
    assert app.error[0].value.startswith("the title of the audit is missing") and every(own_demo) == []


def test_an_audit_is_moved_on_to_its_end(opened: Open, own_demo: Path, words: Words, requirement_count: int) -> None:
    planned(own_demo)
    app = opened(own_demo, "audits")
    assert app.title[0].value == "No audit is open; Audit 2026 is planned"
    press(app, "Begin the audit")
    assert app.title[0].value == plain(
        f"Audit 2026 is in progress: 0 of {requirement_count} requirements are concluded"
    )
    press(app, "Go on to reporting")
    assert app.title[0].value == "Audit 2026 is being reported"
    press(app, "Close the audit")
    assert f"leaves requirements without a conclusion ({requirement_count})" in app.error[0].value
    app.text_area(key="audit reason AUD-001").set_value("nobody was there").run()
    press(app, "Close the audit")
    assert app.title[0].value == "No audit is open or planned; Audit 2026 was the last one"
    (audit,) = every(own_demo)
    assert audit.state == State.CLOSED and len(audit.left_open) == requirement_count
    assert "nobody was there" in " ".join(str(cell) for table in app.table for cell in table.value.to_numpy().ravel())
    assert not {"Begin the audit", "Close the audit", "Keep the changes"} & {button.label for button in app.button}


def test_while_one_is_open_another_cannot_begin(opened: Open, own_demo: Path, words: Words) -> None:
    begun(own_demo)
    planned(own_demo, "AUD-001")
    app = opened(own_demo, "audits", audit="AUD-002")
    assert "one audit is open at a time" in words(app)
    assert [button.disabled for button in app.button if button.label == "Begin the audit"] == [True]


def test_the_next_audit_takes_over_all_but_the_conclusions(opened: Open, own_demo: Path) -> None:
    begun(own_demo)
    conclude(own_demo, "AUD-001", "9.1.2-b", Verdict.CONFORMS, "seen")
    app = opened(own_demo, "audits", view="new")
    fill(app, "plan audit AUD-001", title="Audit 2027")
    press(app, "Plan the audit")
    first, second = every(own_demo)
    assert (second.previous, second.state, second.title) == ("AUD-001", State.PLANNED, "Audit 2027")
    assert (second.scope, second.auditors, second.plan) == (first.scope, first.auditors, first.plan)
    with open_workspace(own_demo).open_records() as records:
        assert decisions.current(records, "AUD-002") == {}


def test_the_team_is_changed_while_the_audit_runs_and_the_doubts_with_it(opened: Open, own_demo: Path) -> None:
    begun(own_demo)
    app = opened(own_demo, "audits")
    fixed = {each.label: each.disabled for each in (*app.text_input, *app.text_area)}
    assert fixed["Scope"] and fixed["Objectives"] and fixed["Title"] and not fixed["Lead auditor"]
    fill(app, "revise audit AUD-001", auditors="Ann Lee | course 2025 | 9.1.2\nBo Li | ten audits", reason="Bo moved")
    press(app, "Keep the changes")
    (audit,) = every(own_demo)
    assert audit.auditors[1] == Auditor("Bo Li", "ten audits") and audit.doubts == () and audit.reason == "Bo moved"


def test_a_programme_is_written_and_shown(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "audits", view="programme")
    fill(app, "programme ", title="Programme 2027", risks="one auditor", planned="2027-03 | Surveys | 9.1.2")
    press(app, "Keep the programme")
    with open_workspace(own_demo).open_records() as records:
        (kept,) = programmes.every(records)
    assert (kept.title, kept.risks, kept.planned[0].title) == ("Programme 2027", "one auditor", "Surveys")


def conclude(folder: Path, audit: str, id: str, verdict: Verdict, reason: str = "") -> None:
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run
    proposed = {each.id: each.proposed for clause in run.clauses for each in clause.requirements}
    with workspace.open_records() as records:
        decisions.conclude(records, id, run.id, proposed[id], verdict, "Ann Lee", reason, audit)


def test_the_clause_page_begins_anew_and_shows_the_previous_conclusion_beside(
    opened: Open, own_demo: Path, words: Words
) -> None:
    begun(own_demo)
    conclude(own_demo, "AUD-001", "9.1.2-b", Verdict.CONFORMS, "asked by phone")
    with open_workspace(own_demo).open_records() as records:
        audit_steps.report(records, "AUD-001", "Ann Lee")
        audit_steps.close(records, "AUD-001", "Ann Lee", "enough")
    before = words(opened(own_demo, "clause", clause="9.1.2"))
    assert "Previous audit" not in before and "1 of 3 requirements are concluded" in before
    begun(own_demo, "AUD-001")
    app = opened(own_demo, "clause", clause="9.1.2", evidence="9.1.2-b-2")
    text = words(app)
    assert "AUD-002" in text and "Previous audit" in text and "asked by phone" in text
    assert "0 of 3 requirements are concluded" in text
    app.radio(key="verdict 9.1.2-b en").set_value(Verdict.DOES_NOT_CONFORM).run()
    app.button(key="draft keep conclude 9.1.2-b").click().run()
    with open_workspace(own_demo).open_records() as records:
        assert decisions.current(records, "AUD-002")["9.1.2-b"].concluded == Verdict.DOES_NOT_CONFORM
        assert decisions.current(records, "AUD-001")["9.1.2-b"].concluded == Verdict.CONFORMS


def test_the_overview_says_which_audit_is_open_and_what_the_previous_one_concluded(
    opened: Open, own_demo: Path, words: Words
) -> None:
    assert "AUD-001" not in words(opened(own_demo))
    begun(own_demo)
    for id in ("9.1.2-a", "9.1.2-b", "9.1.2-c"):
        conclude(own_demo, "AUD-001", id, Verdict.CONFORMS, "seen")
    app = opened(own_demo)
    assert "AUD-001 Audit 2026" in words(app) and "Previous audit" not in app.table[-1].value.columns
    with open_workspace(own_demo).open_records() as records:
        audit_steps.report(records, "AUD-001", "Ann Lee")
        audit_steps.close(records, "AUD-001", "Ann Lee", "enough")
    begun(own_demo, "AUD-001")
    shown = opened(own_demo).table[-1].value
    before = dict(zip(shown["Clause"], shown["Previous audit"], strict=True))
    assert "Conforms" in before["**9.1.2** Customer satisfaction"]
    assert before["**9.1.3** Analysis and evaluation"] == "–"


def test_with_other_criteria_than_the_run_the_page_says_so(opened: Open, own_demo: Path) -> None:
    id = planned(own_demo, new=NewAudit("Other", "iso-9001-2026", (), "see", "all", lead="Ann Lee"))
    workspace = open_workspace(own_demo)
    with workspace.open_records() as records:
        asked = next_audit.asked(workspace, audits.find(records, id))
        audit_steps.begin(records, id, asked, "Ann Lee")
    assert "This run looks at other criteria than the open audit" in opened(own_demo).warning[0].value


@pytest.mark.parametrize("own", [True, False])
def test_a_period_that_is_not_the_run_s_is_said_and_no_period_is_none(opened: Open, own_demo: Path, own: bool) -> None:
    workspace = open_workspace(own_demo)
    run = results.latest(workspace)
    assert run
    ends = dt.date(2020, 12, 31) if own else run.ends
    id = planned(own_demo, new=replace(NEW, period_from=dt.date(2020, 1, 1) if own else None, period_to=ends))
    with workspace.open_records() as records:
        audit_steps.begin(records, id, next_audit.asked(workspace, audits.find(records, id)), "Ann Lee")
    told = " ".join(each.value for each in opened(own_demo).warning)
    assert ("the period of the open audit is 1 Jan 2020 – 31 Dec 2020" in told) == own
    assert ("The figures of this run are from" in told) == own
