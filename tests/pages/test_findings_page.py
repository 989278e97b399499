"""Findings and actions: raised where the fact is, followed on a board, closed only once nothing is missing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from audit.evidence import Grade, Verdict
from audit.finding.finding import Cause, Extent, Finding, Followed, Reference
from audit.finding.grading import TESTS, Answers
from audit.measurement import Measurement
from audit.records import Records
from audit.records.auditing import decisions
from audit.records.finding import actions, effectiveness, findings, follow_up
from audit.records.finding.actions import NewAction
from audit.records.finding.findings import NewFinding
from pages.components.finding.finding_file import finding_file
from pages.components.finding.from_rows import references
from pages.components.words import plain
from pipelines.run import run
from pipelines.runs import results
from pipelines.upkeep import set_up
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
MINOR = Answers(True, True, False, False, False, False, False)
SHOWN = (Reference("document", "DOC-004"),)
NEW = NewFinding(
    "9.1.2-b", "9.1.2", "Private customers were never asked.", "9.1.2-b", (Reference("evidence", "9.1.2-b-2"),),
    answers=MINOR, grade=Grade.MINOR, owner="Ben",
)  # fmt: skip
TODAY = dt.date.today()


def inside(folder: Path, what: Callable[[Records], object]) -> object:
    with open_workspace(folder).open_records() as records:
        return what(records)


def raised(folder: Path, **changes: object) -> Finding:
    new = replace(NEW, **changes)  # type: ignore[arg-type]
    return inside(folder, lambda records: findings.raise_finding(records, new, "Ann"))  # type: ignore[return-value]


def every(folder: Path) -> list[Followed]:
    return inside(folder, findings.followed)  # type: ignore[return-value]


def responded(
    records: Records, id: str, method: str = "whys", cause: tuple[Cause, ...] = (Cause("No owner."),)
) -> None:
    seen = findings.find(records, id).revision
    follow_up.respond(records, id, seen, "Ben", "Corrected.", TODAY, method, cause, "Elsewhere, too.")  # type: ignore[arg-type]


def at_stage(folder: Path, stage: str) -> str:
    """A minor nonconformity brought so far; its id."""
    id = raised(folder).id

    def bring(records: Records) -> None:
        steps = ["open", "responded", "acting", "done", "reviewed", "closed"]
        far = steps.index(stage)
        if far >= 1:
            responded(records, id)
        if far >= 2:
            due = TODAY - dt.timedelta(days=3)
            actions.plan(records, NewAction("Name an owner", "Ben", due, id), "Ben")
        if far >= 3:
            actions.done(records, "ACT-001", 1, "Ben", TODAY, SHOWN)
        if far >= 4:
            effectiveness.review(records, id, "", "effective", "All were asked.", "", "Eva")
        if far >= 5:
            follow_up.close(records, id, findings.find(records, id).revision, "Ann")

    inside(folder, bring)
    return id


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def fill(app: AppTest, **values: object) -> AppTest:
    """By key; each field notes its form, as in a browser."""
    for key, value in values.items():
        widgets = [*app.text_input, *app.text_area, *app.radio, *app.checkbox, *app.number_input, *app.selectbox,
                   *app.date_input]  # fmt: skip
        next(widget for widget in widgets if widget.key == key.replace("_", " ")).set_value(value).run()
    return app


def test_nothing_found_yet_says_where_findings_come_from(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "findings")
    assert app.title[0].value == "Nothing has been found yet"
    assert "Raise a finding on a clause page" in words(app)


def test_what_is_not_met_is_proposed_with_grade_criterion_and_statement(opened: Open, demo: Path) -> None:
    run = results.latest(open_workspace(demo))
    assert run
    missed = [e.id for c in run.clauses for r in c.requirements for e in r.evidence if e.outcome == "not met"]
    table = opened(demo, "findings", view="proposed").table[0].value
    assert [cell.strip("*") for cell in table["Evidence"]] == missed
    segment = table[table["Evidence"] == "**9.1.2-b-2**"].iloc[0]
    assert "Minor nonconformity" in segment["Grade"] and "Private" in segment["Statement"]
    assert "Your criterion\\: at least 10" in segment["Criterion"]


def test_after_the_move_to_the_next_edition_a_finding_stands_where_its_requirement_is_asked_now(
    opened: Open, own_demo: Path, words: Words
) -> None:
    raised(own_demo, requirement_id="6.1-a", clause="6.1", evidence=SHOWN)
    before = open_workspace(own_demo)
    with before.open_records() as records:
        run(set_up.audit_against(before, records, "iso-9001-2026", (), "Ann", "the transition begins"), records)
    assert plain(NEW.statement) in words(opened(own_demo, "clause", clause="6.1.1"))
    assert plain(NEW.statement) not in words(opened(own_demo, "clause", clause="6.1.2"))
    marked = [row for row in opened(own_demo).table[0].value.to_numpy() if "1 open" in " ".join(map(str, row))]
    assert len(marked) == 1 and "6.1.1" in str(marked[0][0])


def test_what_has_an_open_finding_is_not_proposed_again(opened: Open, own_demo: Path) -> None:
    raised(own_demo)
    assert "**9.1.2-b-2**" not in set(opened(own_demo, "findings", view="proposed").table[0].value["Evidence"])


def test_a_finding_is_raised_beside_evidence_that_is_not_met(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "clause", clause="9.1.2", evidence="9.1.2-b-2")
    form = "raise 9.1.2-b-2"
    app.text_input(key=f"{form} more_key").set_value("C-7，C-8").run()
    app.text_input(key=f"{form} owner").set_value("Head of service").run()
    press(app, f"draft keep {form}")
    assert not app.error and "F-001 is raised." in [message.value for message in app.success]
    (each,) = every(own_demo)
    found = each.finding
    assert (found.requirement_id, found.clause, found.grade, found.owner) == (
        "9.1.2-b", "9.1.2", None, "Head of service",
    )  # fmt: skip
    assert [(r.kind, r.key) for r in found.evidence] == [
        ("evidence", "9.1.2-b-2"), ("complaint", "C-7"), ("complaint", "C-8"),
    ]  # fmt: skip
    assert "Private" in found.statement and "9.1.2-b" in found.criterion and found.run
    assert (found.answers.requirement, found.answers.unfulfilled) == (True, True)


def test_a_finding_is_raised_and_graded_at_once(opened: Open, own_demo: Path, words: Words) -> None:
    app = opened(own_demo, "clause", clause="9.1.2", evidence="9.1.2-b-2")
    form = "raise 9.1.2-b-2"
    app.checkbox(key=f"{form} absent en").check().run()
    assert "The answers lead to" in words(app)
    app.radio(key=f"{form} grade en").set_value(Grade.MAJOR).run()
    press(app, f"draft keep {form}")
    assert every(own_demo)[0].finding.grade == Grade.MAJOR


@pytest.mark.parametrize("clause", ["9.1.2", "4.1", "8.2.1"])
def test_every_requirement_offers_to_raise_a_finding(opened: Open, demo: Path, clause: str) -> None:
    app = opened(demo, "clause", clause=clause)
    run = results.latest(open_workspace(demo))
    assert run
    asked = next(each for each in run.clauses if each.clause == clause).requirements
    offered = [button.key for button in app.button if (button.key or "").startswith("draft keep raise")]
    assert {f"draft keep raise {requirement.id}" for requirement in asked} <= set(offered)


def test_evidence_that_is_met_proposes_nothing(opened: Open, demo: Path) -> None:
    app = opened(demo, "clause", clause="9.1.2", evidence="9.1.2-b-1")
    assert "draft keep raise 9.1.2-b-1" not in [button.key for button in app.button]


def test_a_requirement_without_words_or_evidence_raises_nothing(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "clause", clause="4.1")
    press(app, "draft keep raise 4.1-a")
    assert "the finding says nothing" in app.error[0].value and every(own_demo) == []


def test_an_open_major_stands_beside_a_conclusion_that_conforms(opened: Open, own_demo: Path, words: Words) -> None:
    run = results.latest(open_workspace(own_demo))
    assert run
    clause = next(each for each in run.clauses if each.clause == "9.1.2")
    for requirement in clause.requirements:
        inside(own_demo, lambda records, asked=requirement: decisions.conclude(
            records, asked.id, run.id, asked.proposed, Verdict.CONFORMS, "Ann", "asked by telephone"))  # fmt: skip
    before = opened(own_demo, "clause", clause="9.1.2")
    assert "conforms, as concluded" in before.title[0].value and "open" not in before.title[0].value
    raised(own_demo, grade=Grade.MAJOR, answers=Answers(True, True, absent=True))
    app = opened(own_demo, "clause", clause="9.1.2")
    assert app.title[0].value.endswith("; 1 major nonconformity is open")
    assert ":red-badge[■ Major nonconformity: 1 open]" in words(app)
    row = opened(own_demo, "overview").table[-1].value
    (cell,) = row[row["Clause"].str.contains("9.1.2", regex=False)]["Concluded"]
    assert "Conforms" in cell and "■ Major nonconformity: 1 open" in cell


def test_without_findings_overview_and_clause_say_nothing_of_them(opened: Open, demo: Path, words: Words) -> None:
    for page, query in (("overview", {}), ("clause", {"clause": "9.1.2"})):
        app = opened(demo, page, **query)
        assert "nonconformity: 1 open" not in words(app) and "findings are open" not in words(app)


def test_overview_counts_open_and_overdue(opened: Open, own_demo: Path, words: Words) -> None:
    at_stage(own_demo, "acting")
    raised(own_demo, grade=None, answers=Answers())
    text = words(opened(own_demo, "overview"))
    assert "2 findings are open" in text and "1 overdue" in text


@pytest.mark.parametrize(
    ("stage", "column"),
    [("open", "Open"), ("responded", "Responded"), ("acting", "Actions under way"), ("done", "Effectiveness due"),
     ("reviewed", "Effectiveness due"), ("closed", "Closed")],
)  # fmt: skip
def test_the_board_has_each_finding_in_the_column_of_its_stage(
    opened: Open, own_demo: Path, words: Words, stage: str, column: str
) -> None:
    at_stage(own_demo, stage)
    text = words(opened(own_demo, "findings"))
    for name in ("Open", "Responded", "Actions under way", "Effectiveness due", "Closed"):
        assert f"**{name}** :gray[{int(name == column)}]" in text
    assert ("1 day late" in text, "3 days late" in text) == (False, stage == "acting")


def test_the_table_begins_with_what_is_latest_and_filters_narrow_it(opened: Open, own_demo: Path) -> None:
    raised(own_demo, due_on=TODAY - dt.timedelta(days=2))
    raised(own_demo, due_on=TODAY - dt.timedelta(days=9), clause="4.1", requirement_id="4.1-a", owner="Cem")
    raised(own_demo, grade=Grade.MAJOR, grade_reason="as discussed", owner="Cem")
    order = opened(own_demo, "findings", view="table").table[0].value["Finding"].tolist()
    assert order == ["**F-002**", "**F-001**", "**F-003**"]
    for query, left in (
        ({"owner": "Cem"}, {"F-002", "F-003"}),
        ({"grade": "major nonconformity"}, {"F-003"}),
        ({"clause": "4.1"}, {"F-002"}),
        ({"clause": "4.1", "owner": "Ben"}, set()),
        ({"clause": "nothing"}, {"F-001", "F-002", "F-003"}),
    ):
        app = opened(own_demo, "findings", view="table", **query)
        kept = {cell.strip("*") for cell in app.table[0].value["Finding"]} if app.table else set()
        assert kept == left


@pytest.mark.parametrize("stage", ["open", "responded", "acting", "done", "reviewed", "closed"])
def test_one_finding_shows_all_that_is_known_of_it(opened: Open, own_demo: Path, words: Words, stage: str) -> None:
    id = at_stage(own_demo, stage)
    app = opened(own_demo, "findings", finding=id)
    assert not app.error and app.title[0].value.startswith(plain("F-001 Minor nonconformity: "))
    text = words(app)
    assert plain(NEW.statement) in text and "**9.1.2-b-2**" in text
    assert ("No owner." in text) is (stage != "open")


@pytest.mark.parametrize("method", ["whys", "fishbone"])
def test_a_cause_is_drawn_as_it_was_found(opened: Open, own_demo: Path, words: Words, method: str) -> None:
    raised(own_demo)
    cause = (Cause("No list"), Cause("No owner")) if method == "whys" else (Cause("No owner", "people"),)
    inside(own_demo, lambda records: responded(records, "F-001", method, cause))
    app = opened(own_demo, "findings", finding="F-001")
    text = words(app)
    assert not app.error and "No owner" in text
    assert ("Why 2" in text, "**Environment**" in text) == (method == "whys", method == "fishbone")


def test_an_unknown_finding_is_said_and_all_are_shown(opened: Open, own_demo: Path) -> None:
    raised(own_demo)
    app = opened(own_demo, "findings", finding="<script>")
    assert "There is no finding" in app.warning[0].value and "1 finding is open" in app.title[0].value


def test_the_guided_grade_proposes_and_a_departure_needs_a_reason(opened: Open, own_demo: Path, words: Words) -> None:
    raised(own_demo, grade=None, answers=Answers(True, True))
    app = opened(own_demo, "findings", finding="F-001")
    press(app, "draft keep grade F-001")
    assert "Choose a grade first" in app.error[0].value
    app.checkbox(key="grade F-001 none en").check().run()
    assert ":orange-badge[▣ Minor nonconformity] A requirement is not fulfilled" in words(app)
    app.radio(key="grade F-001 grade en").set_value(Grade.MAJOR).run()
    press(app, "draft keep grade F-001")
    assert "write the reason for the grade" in app.error[0].value and every(own_demo)[0].finding.grade is None
    app.text_input(key="grade F-001 grade_reason en").set_value("the third time").run()
    press(app, "draft keep grade F-001")
    found = every(own_demo)[0].finding
    assert (found.grade, found.proposed, found.grade_reason) == (Grade.MAJOR, Grade.MINOR, "the third time")
    assert found.answers == Answers(True, True, **dict.fromkeys(TESTS, False))


def test_from_response_to_closing(opened: Open, own_demo: Path, words: Words) -> None:
    raised(own_demo)
    app = opened(own_demo, "findings", finding="F-001")
    assert "draft keep close F-001" not in [button.key for button in app.button]
    app.text_area(key="respond F-001 correction").set_value("Asked the segment.").run()
    app.text_input(key="respond F-001 why 0").set_value("The list came from sales.").run()
    press(app, "draft keep respond F-001")
    app.text_area(key="plan action F-001 what").set_value("Take the list from the register").run()
    app.date_input(key="plan action F-001 due").set_value(TODAY).run()
    app.selectbox(key="plan action F-001 kpi").set_value("nps").run()
    app.selectbox(key="plan action F-001 by").set_value("segment").run()
    app.text_input(key="plan action F-001 group").set_value("Private").run()
    press(app, "draft keep plan action F-001")
    app.text_input(key="done ACT-001 key").set_value("DOC-004").run()
    press(app, "draft keep done ACT-001")
    assert "Nobody has reviewed the effectiveness" in words(app)
    app.radio(key="review F-001 judged en").set_value("effective").run()
    app.text_area(key="review F-001 sentence").set_value("All segments answered.").run()
    press(app, "draft keep review F-001")
    assert "not reviewed independently" in app.warning[-1].value and not every(own_demo)[0].finding.closed
    press(app, "draft keep close F-001")
    (each,) = every(own_demo)
    assert each.finding.closed and each.finding.independent is False
    (action,) = each.actions
    assert (action.kpi, action.by, action.group, action.owner) == ("nps", "segment", "Private", "Ben")
    assert "not independent" in words(opened(own_demo, "findings", finding="F-001"))


def test_a_refusal_of_the_records_stands_beside_the_form(opened: Open, own_demo: Path) -> None:
    at_stage(own_demo, "acting")
    app = opened(own_demo, "findings", finding="F-001")
    press(app, "draft keep done ACT-001")
    assert "nothing shows that action 'ACT-001' was done" in app.error[0].value
    press(app, "draft keep cancel ACT-001")
    assert any("the reason for cancelling is missing" in error.value for error in app.error)
    assert every(own_demo)[0].actions[0].status == "open"


def test_somebody_who_was_slower_compares_before_keeping(opened: Open, own_demo: Path) -> None:
    raised(own_demo)
    app = opened(own_demo, "findings", finding="F-001")
    app.text_area(key="respond F-001 correction").set_value("Mine.").run()
    inside(own_demo, lambda records: responded(records, "F-001"))
    press(app, "draft keep respond F-001")
    assert every(own_demo)[0].finding.correction == "Corrected."
    assert "Changed by Ben" in " ".join(warning.value for warning in app.warning)


def test_it_is_opened_again_with_a_reason(opened: Open, own_demo: Path) -> None:
    id = at_stage(own_demo, "closed")
    app = opened(own_demo, "findings", finding=id)
    press(app, f"draft keep reopen {id}")
    assert "the reason for opening it again is missing" in app.error[0].value
    app.text_input(key=f"reopen {id} why").set_value("seen again").run()
    press(app, f"draft keep reopen {id}")
    assert not every(own_demo)[0].finding.closed


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", ":red-badge[■ fake]"])
def test_hostile_words_are_shown_letter_by_letter(opened: Open, own_demo: Path, words: Words, text: str) -> None:
    raised(own_demo, statement=text, criterion=text, consequence=text, owner=text, extent=Extent(1, 2, 3),
           evidence=(Reference("complaint", text, text),))  # fmt: skip
    inside(own_demo, lambda records: responded(records, "F-001", "fishbone", (Cause(text, "people"),)))
    inside(own_demo, lambda records: actions.plan(records, NewAction(text, text, TODAY, "F-001"), text))
    for query in ({}, {"view": "table"}, {"finding": "F-001"}):
        app = opened(own_demo, "findings", **query)
        cells = " ".join(str(cell) for table in app.table for cell in table.value.to_numpy().ravel())
        everything = words(app) + cells
        assert plain(text)[:40] in everything and text not in everything


def test_the_file_is_safe_for_spreadsheets_and_loses_nothing(demo: Path, own_demo: Path) -> None:
    at_stage(own_demo, "acting")
    raised(own_demo, statement="=1+1", criterion="+2", owner="@home", consequence="-3", extent=Extent(1, 2, 3))
    written = finding_file(every(own_demo), TODAY).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(written)))
    assert [line["Finding"] for line in lines] == ["F-001", "F-002"]
    assert [line["Action"] for line in lines] == ["ACT-001", ""]
    assert (lines[0]["Days late"], lines[0]["Stage"], lines[0]["Cause"]) == ("3", "Actions under way", "No owner.")
    assert [lines[1][name] for name in ("Statement", "Criterion", "Owner", "Consequence")] == [
        "'=1+1", "'+2", "'@home", "'-3",
    ]  # fmt: skip
    assert (lines[1]["Found"], lines[1]["Looked at"], lines[1]["Population"]) == ("1", "2", "3")
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line.values())


def figure(folder: Path, evidence_id: str) -> Measurement:
    run = results.latest(open_workspace(folder))
    assert run
    every = [e for c in run.clauses for r in c.requirements for e in r.evidence if e.id == evidence_id]
    assert every[0].measurement
    return every[0].measurement


@pytest.mark.parametrize(
    ("kpi", "columns", "found"),
    [
        (
            "complaints_with_cause",
            {"complaint_id": ["C-1", "C-2"], "text": ["Dear sirs", "I am Jo"]},
            ("complaint", "C-2"),
        ),
        ("delivered_in_full", {"order_id": ["O-1", "O-2"], "order_line": [1, 2]}, ("row", "deliveries O-2/2")),
        ("nps", {"response_id": ["R-1", "R-2"], "customer_id": ["x", "y"]}, ("row", "survey_responses R-2")),
        ("repurchase_rate", {"order_id": ["O-1", "O-2"], "customer_id": ["x", "y"]}, ("row", "orders O-2")),
        ("nps", {"name": ["Jo", "Mo"]}, None),
        ("retention_rate", {"customer_id": ["x", "y"]}, None),  # a customer is a person
        ("no such figure", {"complaint_id": ["C-1", "C-2"]}, None),
    ],
)
def test_rows_are_named_by_their_key_and_nothing_of_their_content(
    demo: Path, kpi: str, columns: dict[str, list[object]], found: tuple[str, str] | None
) -> None:
    named = references(pd.DataFrame(columns), [1], replace(figure(demo, "10.2-b-1"), kpi=kpi))
    assert named == ([Reference(*found)] if found else [])  # type: ignore[arg-type]


def test_a_finding_names_the_rows_that_were_chosen_behind_its_figure(
    opened: Open, own_demo: Path, words: Words
) -> None:
    app = opened(own_demo, "clause", clause="10.2", evidence="10.2-b-1")
    assert "With the rows chosen above" not in words(app)
    app.session_state["rows chosen"] = {"10.2-b-1": [Reference("complaint", "C-0007")]}
    app.run()
    assert words(app).count("With the rows chosen above") == 2  # at the evidence, and at its requirement
    press(app, "draft keep raise 10.2-b-1")
    assert [each.key for each in every(own_demo)[0].finding.evidence] == ["10.2-b-1", "C-0007"]


def test_what_was_found_before_is_told_before_it_is_raised_again(opened: Open, own_demo: Path, words: Words) -> None:
    assert "Found before" not in words(opened(own_demo, "clause", clause="9.1.2", evidence="9.1.2-b-2"))
    raised(own_demo)
    app = opened(own_demo, "clause", clause="9.1.2", evidence="9.1.2-b-2")
    assert "Found before] same evidence; no action of it had proved effective" in words(app)
    assert app.checkbox(key="raise 9.1.2-b-2 repeated en").value is True
    assert app.checkbox(key="raise 9.1.2-b-2 absent en").value is False
    press(app, "draft keep raise 9.1.2-b-2")
    (repeat,) = every(own_demo)[1].finding.repeats
    assert (repeat.finding, repeat.same, repeat.effective) == ("F-001", "evidence", False)
