"""The scorecard page: what is major first, every score opens to its parts, and forms for those who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from audit.access import roles
from audit.access.roles import Role
from audit.evidence import Grade
from audit.finding.finding import Reference
from audit.finding.grading import Answers
from audit.records import Records
from audit.records.finding import findings
from audit.records.finding.findings import NewFinding
from audit.records.targets import scorecards
from audit.targets.scorecard import Scorecard, level_word
from pages.components.words import plain
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
EASY = "failing 0\nsatisfying 70 from 1 %\nexceeding 100 from 2 %"
LEVELS = [{"word": "failing", "points": 0}, {"word": "exceeding", "points": 100, "reaches": "1 %"}]
WORST, GOOD = level_word("failing"), level_word("satisfying")
HARD = [{"word": "failing", "points": 0}, {"word": "exceeding", "points": 100, "reaches": "99.9 %"}]


def records(folder: Path) -> Records:
    return open_workspace(folder).open_records()


def card(title: str, *indicators: dict[str, Any], **more: Any) -> Scorecard:
    given = {"title": title, "department": "Service", "owner": "Ann", "grain": "quarter", "why": "w"}
    rows = [{"kpi": "csat_top_2_box", "weight": 1, "levels": LEVELS} | each for each in indicators]
    return Scorecard.model_validate(given | more | {"indicators": rows})


def keep(folder: Path, *every: Scorecard) -> None:
    with records(folder) as kept:
        for one in every:
            scorecards.set_scorecard(kept, one, "Ann")


def raise_major(folder: Path) -> str:
    with records(folder) as kept:
        answers = Answers(True, True, True, True, True, True, True)
        shown = (Reference("evidence", "9.1.2-b-2", "none"),)
        new = NewFinding(requirement_id="9.1.2-b", statement="Nobody was asked", criterion="c", evidence=shown, run="r",
                         answers=answers, grade=Grade.MAJOR, owner="Ann", due_on=dt.date(2026, 12, 1))  # fmt: skip
        return findings.raise_finding(kept, new, "Ann").id


def field(app: AppTest, label: str) -> Any:
    every = [*app.text_input, *app.date_input, *app.selectbox, *app.text_area, *app.checkbox, *app.number_input]
    return next(each for each in every if each.label == label)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def as_role(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    """Whoever sits there has this role; the records ask for it themselves at every change."""
    allowed = roles.PERMISSIONS
    mine = {
        action: (who | {Role.LOCAL_USER} if role in who else who - {Role.LOCAL_USER}) for action, who in allowed.items()
    }
    monkeypatch.setattr(roles, "PERMISSIONS", mine)


@pytest.mark.parametrize(("spoken", "title"), [("en", "No scorecard is set yet"), ("zh", "")])
def test_without_one_it_says_what_one_is_and_offers_the_form(
    opened: Open, demo: Path, words: Words, spoken: str, title: str
) -> None:
    app = opened(demo, "scorecard", lang=spoken)
    assert app.title[0].value.startswith(title) and not app.error
    if spoken == "en":
        assert "Begin with three measures that customers notice" in words(app) and field(app, "Measure 1")


def test_without_a_run_what_is_set_is_shown_and_where_data_comes_from(
    opened: Open, tmp_path: Path, words: Words
) -> None:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    keep(tmp_path / "new", card("Service", {}))
    app = opened(tmp_path / "new", "scorecard")
    assert app.title[0].value == plain("Scorecards set: 1. Nothing has been measured yet")
    assert "there is none yet" in words(app) and "Service" in str(app.table[0].value) and not app.error


def test_a_score_a_range_and_none_at_all_are_told_apart(opened: Open, own_demo: Path, words: Words) -> None:
    unknown = {"kpi": "survey_response_rate", "by": "segment", "group": "Private"}
    keep(
        own_demo, card("High", {}), card("Low", {"levels": HARD}),
        card("Ranged", {"weight": 4}, unknown), card("Unknown", {}, {**unknown, "weight": 9}),
    )  # fmt: skip
    app = opened(own_demo, "scorecard")
    told = words(app)
    assert "**100.0 of 100** :green-badge[▲ exceeding]" in told and "**0.0 of 100** :red-badge[✕ failing]" in told
    assert "**80.0 to 100.0 of 100**" in told and ":violet-badge[◇ Not evaluated]" in told
    assert told.index("**Low**") < told.index("**Ranged**") < told.index("**High**")
    assert len(app.get("plotly_chart")) == 4


def test_no_score_can_be_read_without_the_major_nonconformity(opened: Open, own_demo: Path, words: Words) -> None:
    keep(own_demo, card("High", {}))
    finding = raise_major(own_demo)
    app = opened(own_demo, "scorecard")
    assert app.title[0].value.startswith("1 major nonconformity stands (9.1.2), whatever the score;")
    told = words(app)
    assert told.index(":red-badge[■ 1 major nonconformity stands") < told.index("100.0 of 100")
    app = opened(own_demo, "scorecard", scorecard="SCO-001")
    assert "1 major nonconformity stands" in app.title[0].value
    assert f"finding {finding} on 9.1.2-b is open" in words(app).replace("\\", "")
    assert all("■ 1 major" in score for score in app.table[2].value["Score"])


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_one_scorecard_opens_to_its_parts(opened: Open, own_demo: Path, spoken: str) -> None:
    keep(own_demo, card("Service", {"weight": 3}, {"kpi": "complaints_with_cause", "levels": HARD, "owner": "Ben"}))
    app = opened(own_demo, "scorecard", scorecard="SCO-001", lang=spoken)
    parts = app.table[0].value
    assert [row for row in parts.iloc[:, 6]] == ["Ann", "Ben"]
    assert [row.replace("\u00a0", " ") for row in parts.iloc[:, 1]] == ["3 (75 %)", "1 (25 %)"]
    assert list(parts.iloc[:, 4]) == ["100", "0"] and not app.error
    assert len(app.table[2].value) == 8  # of the demo's two years, the quarters that are over


def test_a_scorecard_is_set_from_the_page(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "scorecard")
    for label, value in {
        "Title": "Service", "Department": "After-sales", "Owner": "Ann", "Why this scorecard": "w",
        "Levels 1": EASY.replace("%", "days"),
        "Levels 2": f"{WORST.zh} 0\n{GOOD.zh} 70 自 50 per 1,000", "Weight 2": 3.0,
    }.items():  # fmt: skip
        field(app, label).set_value(value).run()
    press(app, "Keep the scorecard")
    assert "indicators 1 levels 2 reaches: '1 days' is in days" in app.error[0].value.replace("\\", "")
    field(app, "Levels 1").set_value("best of all").run()
    press(app, "Keep the scorecard")
    assert "cannot be read; write one of failing, basic" in app.error[0].value.replace("\\", "")
    field(app, "Levels 1").set_value(EASY).run()
    press(app, "Keep the scorecard")
    assert not app.error
    with records(own_demo) as kept:
        (found,) = scorecards.every(kept)
    assert [(each.kpi, each.weight) for each in found.indicators] == [("csat_top_2_box", 1), ("complaint_rate", 3)]
    assert [level.word for level in found.indicators[1].levels] == ["failing", "satisfying"]


def test_it_is_changed_reviewed_and_its_end_is_asked_twice(opened: Open, own_demo: Path) -> None:
    keep(own_demo, card("Service", {}, {"kpi": "complaints_with_cause", "weight": 2}))
    app = opened(own_demo, "scorecard", scorecard="SCO-001")
    field(app, "How many indicators").set_value(1).run()
    app.text_input[[each.label for each in app.text_input].index("Your reason")].set_value("one is enough").run()
    press(app, "Keep the change")
    with records(own_demo) as kept:
        found = scorecards.find(kept, "SCO-001")
        assert (found.revision, len(found.indicators), found.indicators[0].levels) == (
            2, 1, card("S", {}).indicators[0].levels,
        )  # fmt: skip
    [each for each in app.text_input if each.label == "Your reason"][1].set_value("replaced").run()
    press(app, "Retire the scorecard")
    assert "tick the box above" in app.error[0].value
    field(app, "Yes, retire SCO-001").set_value(True).run()
    press(app, "Retire the scorecard")
    with records(own_demo) as kept:
        assert scorecards.find(kept, "SCO-001").retired_on == dt.date.today()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_set_scorecards_sees_them_and_no_form(
    opened: Open, own_demo: Path, words: Words, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    keep(own_demo, card("Service", {}))
    as_role(monkeypatch, role)
    app = opened(own_demo, "scorecard", scorecard="SCO-001")
    assert "Quality managers set, change and retire scorecards." in words(app) and len(app.table[0].value) == 1
    assert not any("retire" in button.label.lower() or "Keep" in button.label for button in app.button)


def test_a_viewer_is_not_shown_figures_of_a_few_customers(
    opened: Open, own_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a bound that every group of the demo falls below; what is hidden is missing, and not the worst."""
    written = own_demo / "workspace.yaml"
    lines = [line for line in written.read_text("utf-8").splitlines() if not line.startswith("small_cells")]
    written.write_text("\n".join([*lines, "small_cells: 100000", ""]), encoding="utf-8")
    keep(own_demo, card("Industry", {"weight": 9}, {"by": "segment", "group": "Industry"}))
    app = opened(own_demo, "scorecard", scorecard="SCO-001")
    assert plain("Industry: 100.0 of 100 points") in app.title[0].value
    as_role(monkeypatch, Role.VIEWER)
    app = opened(own_demo, "scorecard", scorecard="SCO-001")
    assert "90.0 to 100.0 of 100 points" in app.title[0].value
    hidden = app.table[0].value.iloc[1]
    assert (hidden["n"], hidden["Points"]) == ("0", "–") and "fewer than" in hidden["Level"]
