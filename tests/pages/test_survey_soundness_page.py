"""Survey soundness: the page says what the run found, and why where it found nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.access import roles
from audit.access.roles import Role
from pages.components.words import plain
from pipelines.methods.sample_size import invitations, needed, of_share
from pipelines.runs import results
from pipelines.survey_soundness.found import FILE, Survey, soundness_of
from pipelines.survey_soundness.points import verdict
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
PERIODS = ["rolling_12_months", "audit_period"]


def survey(folder: Path, grain: str) -> Survey:
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run is not None
    found = soundness_of(workspace.runs / run.id)
    assert found is not None
    return next(one for one in found.surveys if one.grain == grain)


@pytest.mark.parametrize("period", PERIODS)
def test_the_title_answers_and_every_point_is_said_with_what_to_do(
    opened: Open, demo: Path, words: Words, period: str
) -> None:
    found, app = survey(demo, period), opened(demo, "survey_soundness", period=period)
    told = words(app).lower()
    assert app.title[0].value == plain(verdict(found.points).en)
    assert not app.error
    assert all(plain(point.told.en).lower() in told for point in found.points)
    assert all(plain(point.then.en).lower() in told for point in found.points if point.then)


@pytest.mark.parametrize("period", PERIODS)
def test_every_chart_has_a_sentence_a_table_and_a_file(opened: Open, demo: Path, period: str) -> None:
    app = opened(demo, "survey_soundness", period=period)
    charts = app.get("plotly_chart")
    assert len(charts) >= 4
    assert all(len(chart.proto.alt) > 30 for chart in charts)
    assert len([each for each in app.expander if "behind the chart" in each.label]) == len(charts)
    assert sum("CSV" in each.proto.label for each in app.get("download_button")) == len(charts) + 1


def test_a_segment_that_nobody_asked_is_named_and_no_weight_speaks_for_it(
    opened: Open, demo: Path, words: Words
) -> None:
    """The story plants it: nobody of Private was invited in the last twelve months."""
    told = words(opened(demo, "survey_soundness", by="segment"))
    assert "Nobody of Private answered" in told
    assert "no weight can speak for them" in told


@pytest.mark.parametrize("by", ["segment", "region", "revenue"])
def test_the_groups_are_those_of_the_run(opened: Open, demo: Path, by: str) -> None:
    part = survey(demo, "audit_period").who[by]
    app = opened(demo, "survey_soundness", period="audit_period", by=by)
    assert app.segmented_control(key="by").value == by
    assert part.result is not None
    table = next(each.value for each in app.table if "Share of customers" in each.value)
    assert table["Answered"].tolist() == [f"{group.respondents:,}" for group in part.result.groups]
    assert table["Customers"].tolist() == [f"{group.population:,}" for group in part.result.groups]
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    rings = [trace["x"][0] for trace in drawn if trace.get("marker", {}).get("symbol") == "circle-open"]
    assert rings == pytest.approx([group.expected for group in part.result.groups])


@pytest.mark.parametrize(
    ("query", "period", "by"),
    [
        ({}, "rolling_12_months", "segment"),
        ({"period": "audit_period", "by": "region"}, "audit_period", "region"),
        ({"period": "<script>", "by": "1; drop table"}, "rolling_12_months", "segment"),
    ],
)
def test_the_address_says_what_is_shown(opened: Open, demo: Path, query: dict[str, str], period: str, by: str) -> None:
    app = opened(demo, "survey_soundness", **query)
    assert (app.segmented_control(key="period").value, app.segmented_control(key="by").value) == (period, by)


def test_the_calculator_says_how_many_to_invite(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "survey_soundness")
    app.number_input(key="people").set_value(20_000)
    app.number_input(key="expected").set_value(80.0)
    app.number_input(key="wanted").set_value(3.0)
    app.number_input(key="rate").set_value(20.0).run()
    answers = needed(of_share(80), 3, 20_000)
    asked = f"{answers:,} answers are needed: invite {invitations(answers, 20):,} of the 20,000 customers."
    assert plain(asked) in words(app)
    app.number_input(key="people").set_value(50).run()
    assert "ask every one" in words(app)
    assert not app.error


def test_in_chinese_the_headings_are_chinese(opened: Open, demo: Path) -> None:
    app = opened(demo, "survey_soundness", lang="zh")
    headings = [each.value for each in [*app.title, *app.header]]
    assert len(headings) == 8 and not any(re.search("[a-z]{3}", each) for each in headings)


def test_a_run_of_before_offers_a_new_one(opened: Open, own_demo: Path, words: Words) -> None:
    workspace = open_workspace(own_demo)
    run = results.latest(workspace)
    assert run is not None
    (workspace.runs / run.id / FILE).unlink()
    app = opened(own_demo, "survey_soundness")
    assert app.title[0].value == "The survey was not looked into yet"
    assert [button.label for button in app.button if button.key == "run_again"] == ["Run the assessment again"]
    assert not app.error


def test_without_a_run_the_page_says_the_next_step(opened: Open, own_demo: Path) -> None:
    (own_demo / "runs" / "latest").unlink()
    app = opened(own_demo, "survey_soundness")
    assert app.title[0].value == "Nothing has been assessed yet"


@pytest.fixture
def only_complaints(tmp_path: Path) -> Path:
    """A workspace of which nothing is loaded that a survey could be judged by."""
    import datetime as dt

    from pipelines import definitions
    from pipelines.load import load
    from pipelines.run import run
    from pipelines.workspace import SetUp, make_workspace

    workspace = make_workspace(tmp_path / "house", SetUp(organisation="Ours", as_of=dt.date(2026, 6, 30)))
    rows = "".join(f"k{at},2026-05-{at + 1:02},2026-06-20\n" for at in range(20))
    with workspace.open_records() as records:
        content = f"complaint_id,received_at,due_on\n{rows}".encode()
        load(workspace, records, content, "c.csv", "complaints", definitions.mapping(None, "complaints"), "Ann")
        run(workspace, records)
    return workspace.folder


def test_without_a_survey_nothing_is_called_sound(opened: Open, only_complaints: Path, words: Words) -> None:
    app = opened(only_complaints, "survey_soundness")
    told = words(app)
    assert app.title[0].value == "Whether the survey is sound cannot be said yet"
    assert not app.error and not app.get("plotly_chart")
    assert "Sound]" not in told and "Weak]" not in told
    assert "nothing is loaded of Survey responses; load a file on the Data page" in told
    assert app.number_input(key="people").value == 1_000


@pytest.mark.parametrize(("role", "hidden"), [(Role.VIEWER, True), (Role.AUDITOR, False)])
def test_groups_of_a_few_are_hidden_from_viewers(
    opened: Open, own_demo: Path, monkeypatch: pytest.MonkeyPatch, role: Role, hidden: bool
) -> None:
    """With a bound that every group of the demo falls below."""
    written = own_demo / "workspace.yaml"
    lines = [line for line in written.read_text("utf-8").splitlines() if not line.startswith("small_cells")]
    written.write_text("\n".join([*lines, "small_cells: 100000", ""]), encoding="utf-8")
    others = {action: allowed - {Role.LOCAL_USER} for action, allowed in roles.PERMISSIONS.items()}
    as_local = {
        action: allowed | {Role.LOCAL_USER} if role in allowed else allowed for action, allowed in others.items()
    }
    monkeypatch.setattr(roles, "PERMISSIONS", as_local)  # whoever sits here may do what the role may
    app = opened(own_demo, "survey_soundness", period="audit_period", by="region")
    table = next(each.value for each in app.table if "Share of customers" in each.value)
    assert all(cell == "–" for cell in table["Answered"]) is hidden
    assert any("suppressed" in str(cell) for cell in table.to_numpy().ravel()) is hidden
    drawn = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert any("of those who answered" in alt for alt in drawn) is not hidden
