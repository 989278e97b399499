"""The Clause page: the way from requirement to rows, the auditor's verdict, and the organisation's criterion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.evidence import Answer, Outcome, Verdict
from audit.records.auditing import answers, decisions
from audit.records.auditing.decisions import Decision
from audit.records.targets import criteria
from audit.records.targets.criteria import Criterion
from pages.components.words import plain
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def of_clause(opened: Open, folder: Path, evidence: str = "9.1.2-b-2") -> AppTest:
    return opened(folder, "clause", clause="9.1.2", evidence=evidence)


def decided(folder: Path) -> dict[str, Decision]:
    with open_workspace(folder).open_records() as records:
        return decisions.current(records)


def kept(folder: Path) -> dict[str, Criterion]:
    with open_workspace(folder).open_records() as records:
        return criteria.current(records)


def submit(app: AppTest, label: str, place: int = 0) -> AppTest:
    found = [button for button in app.button if button.label == label]
    return found[place].click().run()


def test_the_address_names_clause_and_evidence(opened: Open, demo: Path, words: Words) -> None:
    app = of_clause(opened, demo, "9.1.2-b-1")
    assert app.title[0].value == plain("9.1.2 Customer satisfaction: does not conform, as proposed")
    assert any(part.value.startswith("9.1.2-b-1") for part in app.subheader)
    assert "Survey response rate" in words(app)


def test_without_an_address_the_first_evidence_that_is_not_met_is_open(opened: Open, demo: Path) -> None:
    app = opened(demo, "clause", clause="9.1.2")
    assert [part.value for part in app.subheader if part.value.startswith("9.1.2-a-1")]


@pytest.mark.parametrize("asked", ["9.9.9", "9.1", "<script>", "../../etc"])
def test_an_unknown_clause_is_said_and_the_first_one_shown(opened: Open, demo: Path, asked: str) -> None:
    app = opened(demo, "clause", clause=asked)
    assert "There is no clause" in app.warning[0].value
    assert app.title[0].value.startswith("4.1 ")


def test_an_unknown_evidence_is_passed_over(opened: Open, demo: Path) -> None:
    app = of_clause(opened, demo, "nothing")
    assert app.title[0].value.startswith("9.1.2")
    assert not app.error


def test_a_click_on_an_evidence_shows_it_and_its_query(opened: Open, demo: Path) -> None:
    app = opened(demo, "clause", clause="9.1.2")
    app.button(key="evidence 9.1.2-b-3").click().run()
    assert any(part.value.startswith("9.1.2-b-3") for part in app.subheader)
    assert "select" in app.code[0].value.lower()


def test_requirement_questions_and_criterion_stand_beside_the_verdict(opened: Open, demo: Path, words: Words) -> None:
    text = words(of_clause(opened, demo))
    assert "Which customers were not asked, and why?" in text
    assert "at least 10\u00a0%" in text
    assert "Minor nonconformity" in text


def test_a_document_is_shown_with_its_facts(opened: Open, demo: Path) -> None:
    app = of_clause(opened, demo, "9.1.2-a-1")
    cells = " ".join(str(cell) for cell in app.table[0].value.to_numpy().ravel())
    assert "Survey method" in cells
    assert "Approved" in cells
    facts = app.table[0].value
    (covered,) = facts[facts.iloc[:, 0] == "Covers"].iloc[:, 1]
    assert covered == "–"


def test_agreeing_needs_no_reason_and_is_recorded_beside_the_proposal(opened: Open, own_demo: Path) -> None:
    app = of_clause(opened, own_demo)
    app.radio(key="verdict 9.1.2-b en").set_value(Verdict.DOES_NOT_CONFORM)
    submit(app, "Record conclusion", 1)
    assert not app.error
    found = decided(own_demo)["9.1.2-b"]
    assert (found.proposed, found.concluded, found.reason) == (Verdict.DOES_NOT_CONFORM, Verdict.DOES_NOT_CONFORM, "")


def test_nothing_is_chosen_for_the_auditor(opened: Open, own_demo: Path) -> None:
    app = of_clause(opened, own_demo)
    assert app.radio(key="verdict 9.1.2-b en").value is None
    submit(app, "Record conclusion", 1)
    assert "Choose a verdict first" in app.error[0].value
    assert decided(own_demo) == {}


def test_what_somebody_else_concluded_meanwhile_is_not_overwritten_unseen(opened: Open, own_demo: Path) -> None:
    app = of_clause(opened, own_demo)
    workspace = open_workspace(own_demo)
    with workspace.open_records() as records:
        proposed = Verdict.DOES_NOT_CONFORM
        decisions.conclude(records, "9.1.2-b", "2026", proposed, Verdict.CONFORMS, "B. Other", "asked by phone")
    app.radio(key="verdict 9.1.2-b en").set_value(Verdict.UNDETERMINED)
    app.text_area(key="reason 9.1.2-b 0").set_value("my own long reason")
    submit(app, "Record conclusion", 1)
    assert "Changed by B. Other" in app.warning[0].value
    assert "revision 0 → 1" in app.warning[0].value
    assert decided(own_demo)["9.1.2-b"].actor == "B. Other"
    assert app.text_area(key="reason 9.1.2-b 0").value == "my own long reason"
    cells = [str(cell) for cell in app.table[-1].value.to_numpy().ravel()]
    assert {"asked by phone", "my own long reason"} <= set(cells)
    submit(app, "Record conclusion", 1)
    assert decided(own_demo)["9.1.2-b"].actor == "B. Other"
    app.button(key="follow conclude 9.1.2-b").click().run()
    assert not app.warning
    submit(app, "Record conclusion", 1)
    assert decided(own_demo)["9.1.2-b"].reason == "my own long reason"


@pytest.mark.parametrize("verdict", [Verdict.CONFORMS, Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE])
@pytest.mark.parametrize("reason", ["", "   "])
def test_a_departure_without_a_reason_is_not_recorded(
    opened: Open, own_demo: Path, verdict: Verdict, reason: str
) -> None:
    app = of_clause(opened, own_demo)
    app.radio(key="verdict 9.1.2-b en").set_value(verdict)
    app.text_area(key="reason 9.1.2-b 0").set_value(reason)
    submit(app, "Record conclusion", 1)
    assert "write the reason" in app.error[0].value
    assert decided(own_demo) == {}


def test_a_departure_with_a_reason_is_recorded_and_shown(opened: Open, own_demo: Path, words: Words) -> None:
    app = of_clause(opened, own_demo)
    app.radio(key="verdict 9.1.2-b en").set_value(Verdict.CONFORMS)
    app.text_area(key="reason 9.1.2-b 0").set_value("Private customers were asked by [phone](http://x.example).")
    submit(app, "Record conclusion", 1)
    assert not app.error
    assert decided(own_demo)["9.1.2-b"].concluded == Verdict.CONFORMS
    assert "asked by \\[phone\\]" in words(app)
    assert "proposed then: Does not conform" in words(app)
    assert app.text_area(key="reason 9.1.2-b 1").value == ""
    assert app.title[0].value.endswith("as proposed")


def change(app: AppTest, limit: str, value: str, reason: str) -> AppTest:
    app.text_input(key=f"limit 9.1.2-b-2 {limit}").set_value(value)
    app.text_area(key="criterion reason 9.1.2-b-2").set_value(reason)
    return submit(app, "Keep this criterion")


def test_a_criterion_is_kept_with_its_reason_and_the_next_run_uses_it(opened: Open, own_demo: Path) -> None:
    app = change(of_clause(opened, own_demo), "at_least", "5 %", "Private customers are few.")
    assert "The next run uses it" in app.success[0].value
    assert kept(own_demo)["9.1.2-b-2"].limits["at_least"] == "5 %"
    assert kept(own_demo)["9.1.2-b-2"].reason == "Private customers are few."


@pytest.mark.parametrize(
    ("limit", "value", "reason", "said"),
    [
        ("at_least", "5 %", "", "Write why"),
        ("at_least", "10 %", "no change", "Nothing is different"),
        ("at_least", "five", "a word", "not a quantity"),
        ("over", "20 days", "wrong unit", "not a period"),
    ],
)
def test_a_criterion_that_cannot_be_used_is_not_kept(
    opened: Open, own_demo: Path, limit: str, value: str, reason: str, said: str
) -> None:
    app = change(of_clause(opened, own_demo), limit, value, reason)
    assert said in app.error[0].value
    assert kept(own_demo) == {}


def test_previous_and_next_walk_the_clauses(opened: Open, demo: Path) -> None:
    labels = [link.label for link in of_clause(opened, demo).get("page_link")]
    assert "‹ Previous: 9.1.1" in labels
    assert "Next: 9.1.3 ›" in labels


def rows(opened: Open, folder: Path) -> AppTest:
    app = of_clause(opened, folder, "9.1.2-b-1")
    app.session_state["tabs survey_response_rate"] = "Rows and files"
    return app.run()


def test_the_rows_behind_a_figure_name_their_file_and_line(opened: Open, demo: Path) -> None:
    (frame,) = [each.value for each in rows(opened, demo).dataframe]
    assert list(frame.columns[:2]) == ["File", "Line"]
    assert frame["File"].str.endswith(".csv").all()
    assert (frame["Line"] >= 2).all()
    assert not frame.astype(str).map(lambda cell: "00:00:00" in cell).any().any()


def test_the_files_behind_a_figure_are_listed_with_all_their_rows(opened: Open, demo: Path, words: Words) -> None:
    app = rows(opened, demo)
    text = words(app)
    counted = int(text.split(" rows; the first")[0].split()[-1].replace(",", ""))
    listed = [part.value for part in app.markdown if "SHA-256" in part.value]
    assert sum(int(line.split(":small[")[1].split(" rows")[0].replace(",", "")) for line in listed) == counted
    assert len(app.download_button) == 1


def test_a_chart_says_in_words_what_it_shows(opened: Open, demo: Path) -> None:
    (chart,) = of_clause(opened, demo).get("plotly_chart")
    for said in ("Private: 0.0 %", "n = 307", "your criterion 10 %"):
        assert said in chart.proto.alt


def test_each_requirement_can_be_reached_from_the_top(opened: Open, demo: Path, words: Words) -> None:
    text = words(of_clause(opened, demo))
    for requirement in ("9.1.2-a", "9.1.2-b", "9.1.2-c"):
        assert f"[{requirement}](#asks-{requirement.replace('.', '-')})" in text


def test_only_the_conclusion_beside_the_open_evidence_is_unfolded(opened: Open, demo: Path) -> None:
    app = of_clause(opened, demo, "9.1.2-b-2")
    folded = [part for part in app.expander if part.label.startswith("Your conclusion")]
    assert len(folded) == 2
    assert not any(part.proto.expanded for part in folded)


def answered(folder: Path) -> dict[tuple[str, str], Answer]:
    with open_workspace(folder).open_records() as records:
        return answers.current(records)


ASKED = "4.1-a-2"
"""An interview that the demonstration leaves open."""


def of_interview(opened: Open, folder: Path) -> AppTest:
    assert (ASKED, "") not in answered(folder)
    return opened(folder, "clause", clause="4.1", evidence=ASKED)


def interview(app: AppTest, outcome: Outcome | None, note: str) -> AppTest:
    app.radio(key=f"answer outcome {ASKED} en").set_value(outcome)
    app.text_input(key=f"answer who {ASKED}").set_value("Ana Novak")
    app.text_area(key=f"answer note {ASKED}").set_value(note)
    return submit(app, "Record it")


def test_an_interview_is_recorded_and_a_new_run_offered(opened: Open, own_demo: Path, words: Words) -> None:
    app = interview(of_interview(opened, own_demo), Outcome.MET, "Showed the list [x](http://x.example)")
    assert not app.error
    kept = answered(own_demo)[ASKED, ""]
    assert (kept.outcome, kept.who, kept.note) == (Outcome.MET, "Ana Novak", "Showed the list [x](http://x.example)")
    text = words(app)
    assert "The next run counts it" in text
    assert "1 answers came after this run" in text
    assert "Showed the list \\[x\\]" in text
    assert [button for button in app.button if button.label == "Run the assessment again"]


@pytest.mark.parametrize(
    ("outcome", "note", "said"),
    [
        (None, "a note", "Choose an outcome"),
        (Outcome.MET, "", "write what was heard"),
        (Outcome.NOT_MET, "  ", "needs what was found"),
        (Outcome.NOT_APPLICABLE, "", "needs a justification"),
    ],
)
def test_an_answer_that_says_too_little_is_not_kept(
    opened: Open, own_demo: Path, outcome: Outcome | None, note: str, said: str
) -> None:
    app = interview(of_interview(opened, own_demo), outcome, note)
    assert said in app.error[0].value
    assert (ASKED, "") not in answered(own_demo)


def test_records_of_a_sample_are_judged_one_by_one(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "clause", clause="8.7", evidence="8.7-b-1")
    first = str(app.selectbox(key="record 8.7-b-1 0").value)
    (shown,) = [table.value for table in app.table]
    assert f"`{first}`" in shown.to_numpy().ravel()
    app.radio(key=f"judge outcome 8.7-b-1 {first} en").set_value(Outcome.MET)
    submit(app, "Record it")
    assert answered(own_demo)["8.7-b-1", first].outcome == Outcome.MET
    assert app.selectbox(key="record 8.7-b-1 1").value != first
    assert "Recorded so far: 1" in [part.label for part in app.expander]


def test_a_computed_figure_has_no_form_for_answers(opened: Open, demo: Path) -> None:
    assert not [button for button in of_clause(opened, demo).button if button.label == "Record it"]
