"""The management review page: it says what comes next where nothing is there, and keeps what people write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.finding.finding import Reference
from audit.records import Records
from audit.records.finding import actions
from audit.records.finding.actions import NewAction
from audit.records.reviewing import improvements, review_decisions, reviews
from audit.records.reviewing.improvements import NewImprovement
from audit.records.reviewing.review_decisions import NewDecision
from audit.records.reviewing.reviews import NO_RUN, NewReview
from audit.review import INPUTS
from pages.components.table import code
from pages.components.words import plain
from pipelines.auditing.review_inputs import known
from pipelines.runs import results
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
HELD = dt.date(2026, 11, 1)
SAID = NewImprovement("Nobody calls back", "complaint", "A call back within a day", "C-1042", "segment", "Private")


def records(folder: Path) -> Records:
    return open_workspace(folder).open_records()


def field(app: AppTest, label: str) -> object:
    every = [*app.text_input, *app.date_input, *app.selectbox, *app.text_area]
    return next(each for each in every if each.label == label)


def fill(app: AppTest, **values: object) -> None:
    for label, value in values.items():
        field(app, label.replace("_", " ")).set_value(value)  # type: ignore[attr-defined]
        app.run()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def held(folder: Path, *whats: tuple[str, dt.date]) -> None:
    with records(folder) as kept:
        review = reviews.hold(kept, NewReview(HELD, dt.date(2025, 11, 1), HELD, "Director", "a run"), "Ann")
        for what, due in whats:
            new = NewDecision(review.id, "9.3.2-c1", "improvement", what, "Ben", due)
            review_decisions.decide(kept, new, "Ann")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    return tmp_path / "new"


def test_without_a_run_the_page_says_to_make_one(opened: Open, new: Path, words: Words) -> None:
    app = opened(new, "management_review")
    assert app.title[0].value == "The management review has decided nothing yet"
    assert "A review looks at a run, and there is none yet" in words(app) and not app.error


def test_without_a_review_the_page_offers_the_form_with_what_is_known(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "management_review")
    assert "No management review is on record yet" in words(app)
    with records(demo) as kept:
        facts = known(open_workspace(demo), results.latest(open_workspace(demo)), kept)  # type: ignore[arg-type]
    every = [text.en for texts in facts.values() for text in texts]
    assert len(every) > 20 and all(plain(text) in words(app) for text in every)


def test_a_review_is_kept_with_notes_and_frozen_figures(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "management_review")
    field(app, "Who took part, by name or function").set_value("Director").run()  # type: ignore[attr-defined]
    field(app, "Notes on: Resources").set_value("one post is missing").run()  # type: ignore[attr-defined]
    press(app, "Keep the review")
    with records(own_demo) as kept:
        (review,) = reviews.every(kept)
    workspace = open_workspace(own_demo)
    run = results.latest(workspace)
    assert run and (review.run, review.attendees, review.period_to) == (run.id, "Director", run.ends)
    notes = {each.input: each.note for each in review.inputs if each.note}
    assert notes == {"9.3.2-d": "one post is missing"}
    assert any("77.5 %" in text.en for each in review.inputs for text in each.known)
    assert not app.error and "Review of" in app.header[0].value


def test_a_review_without_people_is_not_kept(opened: Open, own_demo: Path) -> None:
    app = press(opened(own_demo, "management_review"), "Keep the review")
    assert "who took part is missing" in app.error[0].value
    with records(own_demo) as kept:
        assert reviews.every(kept) == []


@pytest.mark.parametrize(
    ("decisions", "title"),
    [
        ([], "The management review has decided nothing yet"),
        ([("a", dt.date(2020, 1, 1)), ("b", dt.date(2199, 1, 1))], "2 of 2 decisions are open, 1 of them overdue"),
        ([("b", dt.date(2199, 1, 1))], "1 of 1 decisions are open, none of them overdue"),
    ],
)
def test_the_title_says_what_waits(
    opened: Open, own_demo: Path, decisions: list[tuple[str, dt.date]], title: str
) -> None:
    held(own_demo, *decisions)
    assert opened(own_demo, "management_review").title[0].value == title


def test_decisions_stand_with_the_overdue_first_and_the_settled_last(opened: Open, own_demo: Path) -> None:
    held(own_demo, ("later", dt.date(2199, 1, 1)), ("late", dt.date(2020, 1, 1)), ("settled", dt.date(2019, 1, 1)))
    with records(own_demo) as kept:
        review_decisions.drop(kept, "MRD-003", 1, "Ann", "no budget")
    table = opened(own_demo, "management_review").table[0].value
    assert [cell.split("**")[1] for cell in table["Decision"]] == ["late", "later", "settled"]
    assert "overdue by" in table["Status"][0] and "dropped" in table["Status"][2]
    assert all("Satisfaction and feedback" in cell for cell in table["Because of"])


def test_a_decision_is_recorded_and_reported_done(opened: Open, own_demo: Path) -> None:
    held(own_demo)
    app = opened(own_demo, "management_review")
    fill(app, What_was_decided="Call back", Owner="Ben", Due=dt.date.today() + dt.timedelta(days=60))
    press(app, "Keep the decision")
    press(app, "Report it done")
    with records(own_demo) as kept:
        (decision,) = review_decisions.every(kept)
    assert (decision.what, decision.owner, decision.input, decision.status) == ("Call back", "Ben", INPUTS[2], "done")
    assert app.title[0].value == "Every decision of the management reviews is settled"


def test_a_decision_without_a_day_is_not_kept(opened: Open, own_demo: Path) -> None:
    held(own_demo)
    app = opened(own_demo, "management_review")
    fill(app, What_was_decided="Call back", Owner="Ben")
    press(app, "Keep the decision")
    assert "is due is missing" in app.error[0].value
    with records(own_demo) as kept:
        assert review_decisions.every(kept) == []


def test_an_action_that_is_done_shows_what_the_figures_say(opened: Open, own_demo: Path, words: Words) -> None:
    held(own_demo, ("Nobody closes a complaint without a cause", dt.date(2199, 1, 1)))
    new = NewAction(
        "required field", "Ben", HELD, decision="MRD-001", kpi="complaints_with_cause", expected_on=dt.date(2026, 4, 30)
    )
    with records(own_demo) as kept:
        actions.plan(kept, new, "Ann")
        actions.done(kept, "ACT-001", 1, "Ben", dt.date(2025, 11, 10), [Reference("document", "DOC-001")])
    told = words(opened(own_demo, "management_review"))
    assert "✕ worse" in told and plain("Closed complaints with a cause on record:") in told


@pytest.mark.parametrize(
    ("run", "told"), [("2026-10-31-a1", "Looked at run 2026-10-31-a1."), (NO_RUN, "Held before the first run.")]
)
def test_a_review_says_at_which_run_it_looked(opened: Open, own_demo: Path, words: Words, run: str, told: str) -> None:
    with records(own_demo) as kept:
        reviews.hold(kept, NewReview(HELD, dt.date(2025, 11, 1), HELD, "Director", run), "Ann")
    shown = words(opened(own_demo, "management_review"))
    assert plain(told) in shown and "run before" not in shown


def test_nothing_said_yet_says_why_it_matters(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "management_review", view="said")
    assert app.title[0].value == "Nothing is on record of what customers said and what was done"
    assert "customers who hear nothing stop answering" in words(app) and not app.download_button


def test_what_no_customer_was_told_comes_first(opened: Open, own_demo: Path) -> None:
    with records(own_demo) as kept:
        told = {"done_on": HELD, "told_on": HELD, "told_how": "letter"}
        improvements.keep(kept, NewImprovement(**{**vars(SAID), **told, "did": "told"}), "Ann")
        improvements.keep(kept, SAID, "Ann")
    app = opened(own_demo, "management_review", view="said")
    table = app.table[0].value
    assert ["A call back" in cell for cell in table["We did"]] == [True, False]
    assert "not yet told" in table["Customer told on"][0] and "letter" in table["Customer told on"][1]
    assert app.title[0].value == "No customer was told yet of 1 of 2 improvements"
    assert [button.label for button in app.download_button] == ["Download CSV"]


def test_an_improvement_is_kept_and_the_customer_told(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "management_review", view="said")
    fill(app, You_said="Nobody calls back", We_did="A call back", Known_by="C-1042", Done_on=dt.date(2026, 10, 1))
    press(app, "Keep the entry")
    field(app, "How they were told").set_value("letter").run()  # type: ignore[attr-defined]
    press(app, "They were told")
    with records(own_demo) as kept:
        (entry,) = improvements.every(kept)
    assert (entry.said, entry.reference, entry.told_how, entry.revision) == ("Nobody calls back", "C-1042", "letter", 2)
    assert app.title[0].value == "Customers were told of every improvement"


@pytest.mark.parametrize("words_", ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", ":red-badge[✕ fake]"])
def test_what_people_write_is_shown_letter_by_letter(opened: Open, own_demo: Path, words_: str) -> None:
    held(own_demo, (words_, dt.date(2199, 1, 1)))
    with records(own_demo) as kept:
        improvements.keep(kept, NewImprovement(words_, "other", words_, words_, "segment", words_), "Ann")
    shown = opened(own_demo, "management_review").table[0].value["Decision"][0]
    assert plain(words_) in shown and words_ not in shown
    row = opened(own_demo, "management_review", view="said").table[0].value.iloc[0]
    assert (
        plain(words_) in row["You said"]
        and words_ not in row["You said"].replace(code(words_, 40), "")
        and words_ not in row["We did"]
    )
