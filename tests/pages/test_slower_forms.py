"""Whoever was slower: nothing of somebody else's is replaced unseen, both texts stand there, and the way on is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.finding.finding import Finding
from audit.finding.grading import Answers
from audit.records import Records, assumptions
from audit.records.assumptions import assumption_of
from audit.records.document import document_requests
from audit.records.document.document_requests import NewRequest
from audit.records.finding import findings, follow_up
from audit.records.finding.findings import NewFinding
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]


def records(folder: Path) -> Records:
    return open_workspace(folder).open_records()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def field(app: AppTest, label: str, place: int = 0) -> object:
    return [each for each in [*app.text_input, *app.text_area] if each.label.startswith(label)][place]


def warned(app: AppTest) -> str:
    return " ".join(each.value for each in app.warning)


def cells(app: AppTest) -> set[str]:
    return {str(cell) for table in app.table for cell in table.value.to_numpy().ravel()}


def assume(folder: Path, value: float, by: str) -> None:
    made = assumption_of({"name": "contribution_margin", "value": value, "owner": by, "source": "books"})
    with records(folder) as kept:
        assumptions.set_assumption(kept, made, by, "agreed")


def margin(folder: Path) -> float | None:
    with records(folder) as kept:
        return assumptions.standing(kept).get("contribution_margin")


def stakes(opened: Open, folder: Path) -> AppTest:
    app = opened(folder, "value_at_stake")
    [each for each in app.selectbox if each.label == "Assumption"][0].set_value("contribution_margin").run()
    return app


@pytest.mark.parametrize("again", [False, True], ids=["in the same window", "after a lost session"])
def test_an_assumption_of_somebody_else_is_not_replaced_unseen(opened: Open, own_demo: Path, again: bool) -> None:
    assume(own_demo, 30, "Ann")
    app = stakes(opened, own_demo)
    for label, text in {"Value": "40", "Who answers": "CFO", "Where it": "books", "Your reason": "mine"}.items():
        field(app, label).set_value(text).run()  # type: ignore[attr-defined]
    assume(own_demo, 55, "Ben")
    app = stakes(opened, own_demo) if again else app
    form = "set assumption contribution_margin"
    press(app, f"draft keep {form}")
    assert margin(own_demo) == 55 and "Changed by Ben" in warned(app) and {"40", "55"} <= cells(app)
    press(press(app, f"follow {form}"), f"draft keep {form}")
    assert margin(own_demo) == 40 and not app.warning


def test_what_was_typed_for_one_assumption_is_not_kept_for_another(opened: Open, own_demo: Path) -> None:
    app = stakes(opened, own_demo)
    field(app, "Value").set_value("40").run()  # type: ignore[attr-defined]
    [each for each in app.selectbox if each.label == "Assumption"][0].set_value("horizon").run()
    assert field(app, "Value").value == ""  # type: ignore[attr-defined]


def test_an_assumption_that_somebody_changed_is_not_withdrawn_unseen(opened: Open, own_demo: Path) -> None:
    assume(own_demo, 30, "Ann")
    app = opened(own_demo, "value_at_stake")
    [each for each in app.selectbox if each.label == "Assumption"][1].set_value("contribution_margin").run()
    field(app, "Your reason", 1).set_value("old").run()  # type: ignore[attr-defined]
    assume(own_demo, 55, "Ben")
    press(app, "draft keep withdraw assumption contribution_margin")
    assert margin(own_demo) == 55 and "Changed by Ben" in warned(app) and "55" in cells(app)


def found(folder: Path) -> Finding:
    with records(folder) as kept:
        new = NewFinding("9.1.2-b", "9.1.2", "Never asked.", "9.1.2-b", owner="Ann")
        return findings.raise_finding(kept, new, "Ann")


def closed(folder: Path) -> Finding:
    with records(folder) as kept:
        new = NewFinding("9.1.2-b", "9.1.2", "x", answers=Answers(True), grade=None, owner="Ann")
        one = findings.raise_finding(kept, new, "Ann")
        one = findings.grade(kept, one.id, one.revision, "Ann", "observation", Answers(True, True), "r")
        return follow_up.close(kept, one.id, one.revision, "Ann")


def test_a_finding_that_was_reopened_and_closed_meanwhile_is_compared(opened: Open, own_demo: Path) -> None:
    """Until then the button did nothing, however often it was pressed."""
    one = closed(own_demo)
    app, form = opened(own_demo, "findings", finding=one.id), f"reopen {one.id}"
    app.text_input(key=f"{form} why").set_value("seen again").run()
    with records(own_demo) as kept:
        ben = follow_up.reopen(kept, one.id, one.revision, "Ben", "y")
        follow_up.close(kept, one.id, ben.revision, "Ben")
    press(app, f"draft keep {form}")
    assert "Changed by Ben" in warned(app) and "seen again" in cells(app)
    press(press(app, f"follow {form}"), f"draft keep {form}")
    with records(own_demo) as kept:
        assert not findings.find(kept, one.id).closed


def test_a_finding_that_changed_since_it_was_shown_is_not_closed_unseen(opened: Open, own_demo: Path) -> None:
    one = closed(own_demo)
    with records(own_demo) as kept:
        one = follow_up.reopen(kept, one.id, one.revision, "Ann", "y")
    app, form = opened(own_demo, "findings", finding=one.id), f"close {one.id}"
    with records(own_demo) as kept:
        findings.assign(kept, one.id, one.revision, "Ben", "Carla", None)
    press(app, f"draft keep {form}")
    with records(own_demo) as kept:
        assert not findings.find(kept, one.id).closed and "Changed by Ben" in warned(app)
    press(press(app, f"follow {form}"), f"draft keep {form}")
    with records(own_demo) as kept:
        assert findings.find(kept, one.id).closed


def restating() -> None:
    """As a fragment runs: with the finding that the page was drawn with."""
    import streamlit as st

    from audit.records.finding import findings
    from pages.components import session
    from pages.components.finding import grade_form

    held = st.session_state.setdefault("held", findings.find(session.records(), "F-001"))
    grade_form.restate_form(held)


def asked() -> None:
    """As a fragment runs: revision 1 is what the page was drawn with, and somebody else has made revision 2."""
    import datetime as dt

    import streamlit as st

    from audit.errors import Stale
    from pages.components import draft

    def keep(_key: str) -> None:
        if seen != 2:
            raise Stale("stale", "thing", "Ben", dt.datetime.now(dt.UTC), seen or 0, 2)
        st.session_state["kept"] = True

    fields = {"title": draft.field("asked", "title")} if st.session_state.get("with fields") else {}
    with draft.form("asked"):
        seen = draft.restore("asked", fields, 1)
        if fields:
            st.text_input("Title", key=fields["title"], **draft.noting("asked", fields))
        draft.send("asked", draft.button("asked", "Keep", "plan"), keep, lambda: [("Title", "theirs", "mine")])


@pytest.fixture
def drawn(own_demo: Path, running: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("CLAUSELIGHT_WORKSPACE", str(own_demo))

    def draw(page: Callable[[], None], **state: object) -> AppTest:
        app = AppTest.from_function(page, default_timeout=60)
        for name, value in state.items():
            app.session_state[name.replace("_", " ")] = value
        app.run()
        assert not app.exception
        return app

    return draw


@pytest.mark.parametrize("with_fields", [False, True])
def test_mine_may_follow_theirs_in_a_fragment_in_which_nothing_was_typed(
    drawn: Callable[..., AppTest], with_fields: bool
) -> None:
    app = drawn(asked, with_fields=with_fields)
    press(app, "draft keep asked")
    assert "revision 1 → 2" in warned(app) and {"theirs", "mine"} <= cells(app)
    app.run()
    assert "revision 1 → 2" in warned(app), "it stays until somebody decides"
    press(press(app, "follow asked"), "draft keep asked")
    assert app.session_state["kept"] and not app.warning


def test_a_fragment_shows_their_text_and_not_the_one_before_it(drawn: Callable[..., AppTest], own_demo: Path) -> None:
    one = found(own_demo)
    app = drawn(restating)
    field(app, "What was found").set_value("Mine.").run()  # type: ignore[attr-defined]
    with records(own_demo) as kept:
        findings.restate(kept, one.id, one.revision, "Ben", "Theirs.", "c", "", one.evidence, one.extent, "why")
    press(app, f"draft keep restate {one.id}")
    assert {"Mine.", "Theirs."} <= cells(app) and "Never asked." not in cells(app)


def test_why_a_request_is_withdrawn_is_noted_like_all_that_is_typed(opened: Open, own_demo: Path) -> None:
    with records(own_demo) as kept:
        new = NewRequest("Ben", dt.date(2027, 1, 1), "", ("9.1.2-b",), "the plan")
        one = document_requests.ask(kept, new, "Ann")
    app = opened(own_demo, "documents", view="requests")
    app.text_input(key=f"why {one.id}").set_value("not needed").run()
    app = opened(own_demo, "documents", view="requests")
    assert app.text_input(key=f"why {one.id}").value == "not needed"
    press(app, f"draft other withdraw {one.id}")
    with records(own_demo) as kept:
        assert document_requests.every(kept)[-1].status == "withdrawn"
