"""Forms that keep what was typed: in another session, for the same person alone, and sent once."""

from __future__ import annotations

import datetime as dt
import getpass
import json
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from audit.evidence import Verdict
from audit.records import drafts
from audit.records.auditing import decisions, gap_plans
from audit.records.auditing.gap_plans import GapPlan
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
ME = getpass.getuser()
FORM = "conclude 9.1.2-b"


def of_clause(opened: Open, folder: Path) -> AppTest:
    return opened(folder, "clause", clause="9.1.2", evidence="9.1.2-b-2")


def noted(folder: Path, who: str, form: str, key: str = "key", **typed: object) -> None:
    with open_workspace(folder).open_records() as records:
        drafts.note(records, who, form, typed, key, seen=0)


def found(folder: Path, form: str = FORM, who: str = ME) -> dict[str, object] | None:
    with open_workspace(folder).open_records() as records:
        draft = drafts.found(records, who, form)
        return draft.typed if draft else None


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    return [button for button in app.button if button.label == label][place].click().run()


def test_what_is_typed_is_noted_at_once_and_stands_in_the_next_session(
    opened: Open, own_demo: Path, words: Words
) -> None:
    app = of_clause(opened, own_demo)
    assert found(own_demo) is None and "what you typed" not in words(app)
    app.text_area(key="reason 9.1.2-b 0").set_value("half a sent").run()
    app.radio(key="verdict 9.1.2-b en").set_value(Verdict.CONFORMS).run()
    assert found(own_demo) == {"verdict": "conforms", "reason": "half a sent"}
    later = of_clause(opened, own_demo)
    assert later.text_area(key="reason 9.1.2-b 0").value == "half a sent"
    assert later.radio(key="verdict 9.1.2-b en").value == Verdict.CONFORMS
    assert "[Restored] what you typed at" in words(later)


def test_a_discarded_draft_leaves_an_empty_form(opened: Open, own_demo: Path, words: Words) -> None:
    noted(own_demo, ME, FORM, verdict="conforms", reason="half a sent")
    app = press(of_clause(opened, own_demo), "Discard")
    assert app.text_area(key="reason 9.1.2-b 1").value == "" and found(own_demo) is None
    assert "what you typed" not in words(app) and not app.exception


def test_nobody_elses_draft_is_shown(opened: Open, own_demo: Path, words: Words) -> None:
    noted(own_demo, f"not {ME}", FORM, verdict="conforms", reason="another's secret")
    app = of_clause(opened, own_demo)
    assert app.text_area(key="reason 9.1.2-b 0").value == "" and "what you typed" not in words(app)
    assert found(own_demo, who=f"not {ME}") == {"verdict": "conforms", "reason": "another's secret"}


def test_a_draft_that_is_sent_is_kept_once_and_gone(opened: Open, own_demo: Path) -> None:
    noted(own_demo, ME, FORM, "filling 1", verdict="does not conform", reason="asked")
    app = press(of_clause(opened, own_demo), "Record conclusion", 1)
    assert not app.exception and found(own_demo) is None
    noted(own_demo, ME, FORM, "filling 1", verdict="does not conform", reason="asked")
    again = of_clause(opened, own_demo)
    assert again.text_area(key="reason 9.1.2-b 0").value == "", "what was kept already is not offered again"
    with open_workspace(own_demo).open_records() as records:
        assert len(decisions.history(records, "9.1.2-b")) == 1


def test_an_option_that_is_none_any_more_is_left_out(opened: Open, own_demo: Path) -> None:
    noted(own_demo, ME, FORM, verdict="splendid", reason="from an older program", gone="x")
    app = of_clause(opened, own_demo)
    assert not app.exception and app.radio(key="verdict 9.1.2-b en").value is None
    assert app.text_area(key="reason 9.1.2-b 0").value == "from an older program"


def test_days_come_back_as_days_and_a_plan_shows_both_texts(opened: Open, own_demo: Path, words: Words) -> None:
    typed = {"effort": "weeks", "owner": "Me", "due": {"day": "2026-12-24"}, "note": "mine"}
    noted(own_demo, ME, "plan 10.2-b", **typed)
    app = opened(own_demo, "gap_analysis")
    app.selectbox(key="gap_asked").set_value("10.2-b").run()
    assert app.date_input(key="due 10.2-b").value == dt.date(2026, 12, 24)
    with open_workspace(own_demo).open_records() as records:
        gap_plans.plan(records, GapPlan("10.2-b", "days", "Ben", None, "theirs"), "Ben")
    press(app, "Keep the plan")
    assert "Changed by Ben" in app.warning[0].value and "revision 0 → 1" in app.warning[0].value
    cells = {str(cell) for table in app.table for cell in table.value.to_numpy().ravel()}
    assert {"mine", "theirs", "Me", "Ben"} <= cells
    app.button(key="follow plan 10.2-b").click().run()
    press(app, "Keep the plan")
    with open_workspace(own_demo).open_records() as records:
        assert gap_plans.current(records)["10.2-b"].note == "mine"


def test_records_behind_their_anchor_are_shown_with_both_numbers(opened: Open, own_demo: Path) -> None:
    with (own_demo / "trail-anchor.jsonl").open("a") as anchor:
        anchor.write(json.dumps({"hash": "e" * 64, "seq": 1305}) + "\n")
    app = of_clause(opened, own_demo)
    assert any("expected 1,305" in warning.value and "looked at" in warning.value for warning in app.warning)
    assert all(button.disabled for button in app.button if button.label == "Record conclusion")
    assert not app.exception and not app.error
