"""The objectives page: the answer first, what is missed before what is attained, and forms for those who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from audit.access import roles
from audit.access.roles import Role
from audit.quantity import Quantity
from audit.records import Records
from audit.records.targets import objectives
from audit.targets.objective import Objective, Target
from pages.components.words import plain
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
SINCE = dt.date(2024, 11, 1)


def records(folder: Path) -> Records:
    return open_workspace(folder).open_records()


def objective(title: str, target: float, **more: Any) -> Objective:
    goal = Target(since=SINCE, at_least=Quantity(target, "%"), **more.pop("beside", {}))
    given: dict[str, Any] = {"title": title, "kpi": "csat_top_2_box", "grain": "quarter", "owner": "Ann", "why": "w"}
    return Objective(**given | more, targets=(goal,))


def keep(folder: Path, *every: Objective) -> None:
    with records(folder) as kept:
        for one in every:
            objectives.set_objective(kept, one, "Ann")


def field(app: AppTest, label: str) -> Any:
    every = [*app.text_input, *app.date_input, *app.selectbox, *app.text_area, *app.checkbox]
    return next(each for each in every if each.label == label)


def fill(app: AppTest, **values: object) -> None:
    for label, value in values.items():
        field(app, label.replace("_", " ")).set_value(value)
        app.run()


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


@pytest.fixture
def new(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    return tmp_path / "new"


def test_without_an_objective_it_says_what_one_is_and_offers_the_form(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "objectives")
    assert app.title[0].value == "No quality objective is set yet"
    assert "Begin with one that matters to customers" in words(app)
    assert field(app, "Measure") and not app.error


def test_without_a_run_what_is_set_is_shown_and_where_data_comes_from(opened: Open, new: Path, words: Words) -> None:
    app = opened(new, "objectives")
    assert app.title[0].value == "No quality objective is set yet" and "there is none yet" in words(app)
    keep(new, objective("Satisfied", 80))
    app = opened(new, "objectives")
    assert app.title[0].value == plain("Objectives set: 1. Nothing has been measured yet")
    assert "Satisfied" in str(app.table[0].value) and not app.error


def test_the_answer_comes_first_and_what_is_missed_before_what_is_attained(
    opened: Open, own_demo: Path, words: Words
) -> None:
    with records(own_demo) as kept:
        assert objectives.every(kept) == []
    attained, missed = objective("Attained", 5, beside={"warn_at": Quantity(6, "%")}), objective("Missed", 99.5)
    unknown = objective("Unknown", 30, kpi="survey_response_rate", by="segment", group="Private")
    keep(own_demo, attained, unknown, missed)
    app = opened(own_demo, "objectives")
    assert app.title[0].value == "1 of 3 objectives attained; 1 at risk or out of reach"
    told = words(app)
    assert told.index("Missed") < told.index("Unknown") < told.index("Attained")
    assert ":red-badge[✕ not attained]" in told and ":green-badge[● attained]" in told
    assert ":violet-badge[◇ not evaluated]" in told and ":red-badge[⊘ out of reach]" in told
    assert len(app.get("plotly_chart")) == 3


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_one_objective_shows_every_period_and_who_set_it(
    opened: Open, own_demo: Path, words: Words, spoken: str
) -> None:
    keep(own_demo, objective("Missed", 99.5))
    with records(own_demo) as kept:
        target = Target(since=dt.date(2026, 1, 1), at_least=Quantity(5, "%"))
        objectives.step(kept, "OBJ-001", 1, "Ben", target, "it was too much")
    app = opened(own_demo, "objectives", objective="OBJ-001", lang=spoken)
    periods = app.table[0].value
    assert len(periods) == 9  # of the demo's two years, with the quarters that they touch
    met = list(periods.iloc[:, 1])
    assert "…" in met[0] and "●" in met[1] and "✕" in met[4] and "◇" in met[8]
    history = str(app.table[1].value)
    assert "Ben" in history and "it was too much" in history and not app.error
    if spoken == "en":
        assert app.title[0].value == plain("Missed: attained in Q3 2026") and "since 1 Jan 2026" in history


def test_an_objective_is_set_from_the_page(opened: Open, own_demo: Path, words: Words) -> None:
    app = opened(own_demo, "objectives")
    fill(
        app,
        Title="Industry is happy",
        Measure="csat_top_2_box",
        For="segment\nIndustry",
        Owner="Ann",
        Why_this_objective="w",
    )
    field(app, "Since").set_value(SINCE).run()
    field(app, "Target, at least").set_value("0.75").run()
    press(app, "Keep the objective")
    assert "is in count" in app.error[0].value
    field(app, "Target, at least").set_value("75 %").run()
    press(app, "Keep the objective")
    assert "objectives attained" in app.title[0].value
    with records(own_demo) as kept:
        (found,) = objectives.every(kept)
    assert (found.title, found.by, found.group, found.grain) == ("Industry is happy", "segment", "Industry", "quarter")
    assert found.targets == (Target(since=SINCE, at_least=Quantity(75, "%")),)


def test_a_target_changes_from_a_day_on_and_the_end_is_asked_twice(opened: Open, own_demo: Path, words: Words) -> None:
    keep(own_demo, objective("Satisfied", 75))
    app = opened(own_demo, "objectives", objective="OBJ-001")
    field(app, "Since").set_value(dt.date(2026, 7, 1)).run()
    field(app, "Target, at least").set_value("82 %").run()
    reasons = [each for each in app.text_input if each.label == "Your reason"]
    reasons[0].set_value("the first half went well").run()
    press(app, "Keep the new target")
    with records(own_demo) as kept:
        assert [step.at_least for step in objectives.find(kept, "OBJ-001").targets] == [
            Quantity(75, "%"),
            Quantity(82, "%"),
        ]
    [each for each in app.text_input if each.label == "Your reason"][2].set_value("replaced").run()
    press(app, "Retire the objective")
    assert "tick the box above" in app.error[0].value
    field(app, "Yes, retire OBJ-001").set_value(True).run()
    press(app, "Retire the objective")
    with records(own_demo) as kept:
        assert objectives.find(kept, "OBJ-001").retired_on == dt.date.today()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_set_objectives_sees_them_and_no_form(
    opened: Open, own_demo: Path, words: Words, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    keep(own_demo, objective("Satisfied", 75))
    as_role(monkeypatch, role)
    app = opened(own_demo, "objectives", objective="OBJ-001")
    assert "Quality managers set, change and retire objectives." in words(app)
    assert not any("retire" in button.label.lower() for button in app.button) and len(app.table[0].value) > 3
    app = opened(own_demo, "objectives")
    assert not any(button.label == "Keep the objective" for button in app.button)


def test_a_viewer_is_not_shown_figures_of_a_few_customers(
    opened: Open, own_demo: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a bound that every group of the demo falls below."""
    written = own_demo / "workspace.yaml"
    lines = [line for line in written.read_text("utf-8").splitlines() if not line.startswith("small_cells")]
    written.write_text("\n".join([*lines, "small_cells: 100000", ""]), encoding="utf-8")
    keep(own_demo, objective("Industry", 30, by="segment", group="Industry"))
    app = opened(own_demo, "objectives", objective="OBJ-001")
    assert "meets at least 30" in str(app.table[0].value["Because"].tolist())
    as_role(monkeypatch, Role.VIEWER)
    app = opened(own_demo, "objectives", objective="OBJ-001")
    because = str(app.table[0].value["Because"].tolist())
    assert "meets" not in because and "fewer than" in because
    assert set(app.table[0].value["n"]) == {"0"}
