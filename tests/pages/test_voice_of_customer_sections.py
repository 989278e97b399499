"""Expectations, key drivers and elements on the page "Voice of customer": as the run found them, or why not."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.words import plain
from pipelines import analyses
from pipelines.analyses import elements, expectation_gaps
from pipelines.analyses.elements.found import Elements
from pipelines.analyses.expectation_gaps import ExpectationGaps
from pipelines.analyses.key_drivers.found import Moving
from pipelines.runs import results
from pipelines.workspace import Workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
OURS = {"gap_chart", "zone_chart", "driver_parts", "importance_map", "elements_tree"}
HEADERS = ["Where did customers get less than they expected?", "What moves satisfaction?",
           "How are product, service and image judged?"]  # fmt: skip


def found(folder: Path, name: str) -> Any:
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run is not None
    return analyses.of_run(name, workspace.runs / run.id)


def charts(app: AppTest) -> dict[str, Any]:
    drawn = {each.proto.id.rsplit("-", 1)[-1]: each for each in app.get("plotly_chart")}
    return {key: each for key, each in drawn.items() if key in OURS}


def points(chart: Any) -> list[float]:
    """What carries a mark and words."""
    drawn = json.loads(chart.proto.spec)["data"]
    return [trace["x"][0] for trace in drawn if trace.get("mode") == "markers+text"]


def test_the_page_says_what_the_run_found(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "voice")
    told = words(app)
    assert not app.error
    assert app.title[0].value == "Customers get less than they expect, above all in responsiveness"
    assert [each.value for each in app.header if each.value in HEADERS] == HEADERS
    for analysis, name in ((expectation_gaps, "expectation_gaps"), (elements, "elements")):
        for section in analysis.sections(found(demo, name)):
            assert plain(section.sentence.en) in told
    stated = found(demo, "key_drivers").stated.result
    assert stated and plain(", ".join(stated.one_sided)) in told


def test_every_chart_has_a_sentence_a_table_and_a_file(opened: Open, demo: Path) -> None:
    app = opened(demo, "voice")
    drawn = charts(app)
    assert set(drawn) == OURS
    assert all(len(chart.proto.alt) > 60 for chart in drawn.values())
    files = {"expectation-gaps-by-dimension", "zone-of-tolerance", "key-drivers", "importance-stated", "elements"}
    ids = " ".join(each.proto.id for each in app.get("download_button"))
    assert all(f"csv {name}" in ids for name in files)
    assert len([each for each in app.expander if "behind the chart" in each.label]) >= len(files)


def test_gaps_are_drawn_from_the_widest_and_can_be_seen_by_question(opened: Open, demo: Path) -> None:
    gaps: ExpectationGaps = found(demo, "expectation_gaps")
    assert gaps.gaps.result is not None
    for by in ("dimension", "question"):
        every = gaps.gaps.result.dimensions if by == "dimension" else gaps.gaps.result.questions
        rows = sorted(every, key=lambda one: one.gap)
        app = opened(demo, "voice", gaps=by)
        assert points(charts(app)["gap_chart"]) == pytest.approx([one.perceived for one in rows])
        table = next(each.value for each in app.table if "Got less, %" in each.value)
        assert table["Respondents"].tolist()[1:] == [str(one.n) for one in rows]


@pytest.mark.parametrize("way", ["stated", "derived"])
def test_the_map_is_that_of_the_importance_that_was_chosen(opened: Open, demo: Path, way: str) -> None:
    moving: Moving = found(demo, "key_drivers")
    assert moving.stated.result and moving.derived.result
    placed = moving.stated.result.map if way == "stated" else moving.derived.result
    app = opened(demo, "voice", importance=way)
    assert app.segmented_control(key="importance").value == way
    assert sorted(points(charts(app)["importance_map"])) == pytest.approx(
        sorted(one.performance.value for one in placed.drivers)
    )
    table = next(each.value for each in app.table if "Where it stands" in each.value)
    assert table["Driver"].tolist() == [one.driver for one in placed.drivers]
    assert all(re.search("[a-z]{3}", cell) for cell in table["Where it stands"])


def test_the_tree_goes_down_to_the_questions(opened: Open, demo: Path) -> None:
    tree = found(demo, "elements").tree.result
    app = opened(demo, "voice")
    table = next(each.value for each in app.table if "Element" in each.value)
    questions = [q.question for b in tree.branches for d in b.drivers for q in d.questions]
    assert [cell for cell in table["Question"] if cell] == [plain(name) for name in questions]
    names = {note["text"] for note in json.loads(charts(app)["elements_tree"].proto.spec)["layout"]["annotations"]}
    assert {"<b>Product</b>", "<b>Service</b>", "<b>Image</b>", "└ paperwork", "└ manual was clear"} <= names


@pytest.mark.parametrize("query", [{"gaps": "<script>", "importance": "1; drop"}, {}])
def test_an_address_that_says_nonsense_shows_the_usual(opened: Open, demo: Path, query: dict[str, str]) -> None:
    app = opened(demo, "voice", **query)
    assert (app.segmented_control(key="gaps").value, app.segmented_control(key="importance").value) == (
        "dimension", "stated"
    )  # fmt: skip


def test_a_run_of_before_offers_a_new_one_and_shows_the_rest(opened: Open, own_demo: Path, words: Words) -> None:
    kept(own_demo, "key_drivers").unlink()
    app = opened(own_demo, "voice")
    assert [button.label for button in app.button if button.key == "run_again"] == ["Run the assessment again"]
    assert set(charts(app)) == OURS - {"driver_parts", "importance_map"}
    assert not app.error


def kept(folder: Path, name: str) -> Path:
    workspace: Workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run is not None
    return workspace.runs / run.id / analyses.named(name).FILE


def silenced(folder: Path) -> str:
    """As a run keeps it that had none of the sources."""
    from audit.wording import say
    from pipelines.analyses.part import Part

    because = say("nothing is loaded of {source}; load a file on the Data page", source="X")
    day = dt.date(2026, 1, 1)
    nothing: Part[Any] = Part(None, because)
    for name, one in {
        "expectation_gaps": ExpectationGaps(day, day, nothing, nothing),
        "key_drivers": Moving(day, day, nothing, nothing, nothing),
        "elements": Elements(day, day, nothing),
    }.items():
        kept(folder, name).write_bytes(analyses.named(name).FOUND.dump_json(one))
    return because.en


def test_without_data_the_page_says_what_to_load_and_draws_nothing(opened: Open, own_demo: Path, words: Words) -> None:
    because = silenced(own_demo)
    app = opened(own_demo, "voice")
    assert not app.error and not charts(app)
    assert words(app).count(plain(because)) == 4
    assert app.title[0].value == "What customers say, and what moves them"


DRIVERS = {
    "intervals overlap": ({}, {}, "Satisfaction goes most with paperwork, though others may come first"),
    "one stands alone": ({}, {"share_low": 35.0}, "Satisfaction goes most with paperwork"),
    "no more than chance": ({"r2": 0.01}, {}, "What customers say, and what moves them"),
}


@pytest.mark.parametrize(("whole", "first", "title"), DRIVERS.values(), ids=list(DRIVERS))
def test_without_gaps_the_title_says_of_the_drivers_what_is_shown(
    opened: Open, own_demo: Path, whole: dict[str, float], first: dict[str, float], title: str
) -> None:
    moving = json.loads(kept(own_demo, "key_drivers").read_bytes())
    drivers = moving["driving"]["result"]["drivers"]
    drivers.update(whole)
    next(one for one in drivers["drivers"] if one["driver"] == "paperwork").update(first)
    silenced(own_demo)
    kept(own_demo, "key_drivers").write_text(json.dumps(moving), "utf-8")
    assert opened(own_demo, "voice").title[0].value == title


def test_in_chinese_the_headings_are_chinese(opened: Open, demo: Path) -> None:
    app = opened(demo, "voice", lang="zh")
    headings = [each.value for each in [*app.title, *app.header, *app.subheader]]
    assert len(headings) >= 6 and not any(re.search("[a-z]{3}", each) for each in headings)
