"""What a run finds of expectations, key drivers and elements: the period, the pairs, and when it is silent."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hand_made import Rows, broke, load_of, tables

from audit.load import Load
from pipelines import analyses
from pipelines.analyses.asked import Asked
from pipelines.analyses.elements.found import Elements
from pipelines.analyses.expectation_gaps import ExpectationGaps
from pipelines.analyses.key_drivers.found import Moving
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.workspace import SetUp, Workspace, make_workspace

ENDS = dt.date(2026, 3, 31)
YEAR = Period("rolling_12_months", "2026-03", dt.date(2025, 4, 1), ENDS)
SOURCES = ("expectations", "survey_answers", "survey_responses")
MANY = 60


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    return Workspace(tmp_path / "new", SetUp(organisation="New"))


def seen(name: str, workspace: Workspace, rows: Rows, *loads: Load) -> Any:
    analysis = analyses.named(name)
    with tables(rows) as connection:
        trust = Trust(connection, SOURCES, loads or [load_of(source) for source in rows], ENDS)
        found = analysis.look(Asked(connection, trust, workspace, YEAR, YEAR, pd.DataFrame()))
    assert analysis.FOUND.validate_json(analysis.FOUND.dump_json(found)) == found
    assert all(section.sentence.en and section.sentence.zh for section in analysis.sections(found))
    return found


def pairs(count: int = MANY, expected: int | None = 6, **more: Any) -> list[dict[str, Any]]:
    """Three of four got one less than they expected, the others two less; all of it above the least acceptable."""
    return [
        {"response_id": f"E{at}", "expected": expected, "perceived": 4 if at % 4 == 0 else 5, "least_acceptable": 3}
        | more
        for at in range(count)
    ]


def rated(seed: int = 1, count: int = MANY, **more: Any) -> Rows:
    """Two drivers of which the first moves satisfaction, one question that few answer, and one of the whole."""
    rng = np.random.default_rng(seed)
    answers: list[dict[str, Any]] = []
    responses: list[dict[str, Any]] = []
    for at in range(count):
        quality, advice = (int(rng.integers(1, 6)) for _ in range(2))
        asked = [
            ("works", "product quality", quality),
            ("explains", "Advice ", advice),
            ("all in all", "overall", quality),
        ]
        asked += [("repaired", "repair", 3)] if at % 3 == 0 else []
        asked += [("odd", None, 1)]
        for question, driver, score in asked:
            answers.append({"response_id": f"R{at}", "question": question, "driver": driver, "score": score} | more)
        for driver, score in (("product quality", 5), ("advice", 2), ("parking", 3)):
            matters = {"question": f"{driver} matters", "driver": driver, "asks_for": "importance"}
            answers.append({"response_id": f"R{at}", "score": score - at % 2} | matters | more)
        responses.append({"response_id": f"R{at}", "satisfaction": min(5, max(1, quality + int(rng.integers(-1, 2))))})
    return {"survey_answers": answers, "survey_responses": responses}


def test_gaps_by_hand(workspace: Workspace) -> None:
    """Reliability 1.25 less than was expected; of empathy one half is open throughout."""
    found: ExpectationGaps = seen(
        "expectation_gaps",
        workspace,
        {"expectations": [*pairs(), *pairs(30, None, question="open", dimension="empathy")]},
    )
    gaps, zone = found.gaps.result, found.zone.result
    assert gaps is not None and zone is not None
    (reliability,) = gaps.dimensions
    assert (reliability.name, reliability.n, reliability.gap, gaps.half_pairs) == ("reliability", MANY, -1.25, 30)
    assert (reliability.less.value, zone.whole.inside, zone.whole.adequacy) == (100, 100, 1.75)
    assert (found.starts, found.ends) == (YEAR.starts, YEAR.ends)
    told = analyses.named("expectation_gaps").sections(found)[0]
    assert "1 of 1 dimensions clearly fell short" in told.sentence.en and "−1.25" in told.sentence.en


@pytest.mark.parametrize(
    ("day", "counts"), [("2025-03-31", False), ("2025-04-01", True), ("2026-03-31", True), ("2026-04-01", False)]
)
def test_the_latest_twelve_months_count(workspace: Workspace, day: str, counts: bool) -> None:
    rows = [*pairs(answered_on=day), *pairs(1, question="another")]
    found: ExpectationGaps = seen("expectation_gaps", workspace, {"expectations": rows})
    assert (found.gaps.result is not None) == counts


def test_without_the_least_acceptable_there_are_gaps_and_no_zone(workspace: Workspace) -> None:
    columns = {"response_id", "question", "answered_on", "dimension", "expected", "perceived", "scale_lowest",
               "scale_highest"}  # fmt: skip
    rows: Rows = {"expectations": [{**row, "least_acceptable": None} for row in pairs()]}
    found: ExpectationGaps = seen(
        "expectation_gaps", workspace, rows, load_of("expectations", delivered=tuple(columns))
    )
    assert found.gaps.result is not None and found.zone.result is None
    assert found.zone.because and "least_acceptable" in found.zone.because.en


SILENT = [
    # loads -> why there is nothing
    ((load_of("survey_responses"),), "nothing is loaded of Expectations and perceptions; load a file"),
    ((load_of("expectations", gate=(broke("perceived", {"2026-03": 40}),)),), "perceived matters"),
    ((load_of("expectations", delivered=("response_id", "question")),), "had the column"),
]


@pytest.mark.parametrize(("loads", "why"), SILENT, ids=[why for _, why in SILENT])
def test_what_cannot_be_trusted_has_no_gap(workspace: Workspace, loads: tuple[Load, ...], why: str) -> None:
    rows: Rows = {"expectations": pairs()} if loads[0].source == "expectations" else {}
    found: ExpectationGaps = seen("expectation_gaps", workspace, rows, *loads)
    assert found.gaps.result is None and found.zone.result is None
    assert found.gaps.because and why in found.gaps.because.en and found.gaps.because.zh


@pytest.mark.parametrize(("count", "counts"), [(29, False), (30, True)])
def test_few_respondents_have_no_gap(workspace: Workspace, count: int, counts: bool) -> None:
    found: ExpectationGaps = seen("expectation_gaps", workspace, {"expectations": pairs(count)})
    assert (found.gaps.result is not None) == counts


def test_the_drivers_are_those_that_the_survey_names(workspace: Workspace) -> None:
    """Not what judges the whole, not what names no driver, and not what fewer than half were asked."""
    found: Moving = seen("key_drivers", workspace, rated())
    assert found.driving.result is not None
    assert [one.driver for one in found.driving.result.drivers.drivers] == ["Advice", "product quality"]
    assert found.driving.result.seldom == ("repair",)
    advice, quality = found.driving.result.drivers.drivers
    assert quality.share > 90 and advice.share < 10 and found.driving.result.drivers.n == MANY
    assert found.derived.result is not None
    assert {one.driver: one.importance.value for one in found.derived.result.drivers} == {
        "Advice": advice.share, "product quality": quality.share
    }  # fmt: skip


def test_the_parts_are_those_of_the_answers_matched_by_name(workspace: Workspace) -> None:
    rows = rated()
    score = {
        (row["response_id"], row["driver"]): row["score"] for row in rows["survey_answers"] if "asks_for" not in row
    }
    satisfied = [row["satisfaction"] for row in rows["survey_responses"]]
    quality = [score[row["response_id"], "product quality"] for row in rows["survey_responses"]]
    advice = [score[row["response_id"], "Advice "] for row in rows["survey_responses"]]
    one, other = np.corrcoef(quality, satisfied)[0, 1] ** 2, np.corrcoef(advice, satisfied)[0, 1] ** 2
    design = np.column_stack([np.ones(MANY), quality, advice])
    left = np.array(satisfied) - design @ np.linalg.lstsq(design, np.array(satisfied), rcond=None)[0]
    whole = 1 - left.var() / np.var(satisfied)
    found: Moving = seen("key_drivers", workspace, rows)
    assert found.driving.result is not None
    parts = {each.driver: each.lmg for each in found.driving.result.drivers.drivers}
    assert parts == pytest.approx(
        {"product quality": (one + whole - other) / 2, "Advice": (other + whole - one) / 2}
    )  # fmt: skip


def test_stated_importance_is_beside_performance_of_the_same_driver(workspace: Workspace) -> None:
    """Matters 4 and 5 of 1 to 5 in turn: 87.5. Nobody judged the parking, and nobody said how much repairs matter."""
    rows = rated()
    for row in rows["survey_answers"]:
        row["driver"] = {"Advice ": "advice"}.get(row["driver"], row["driver"])
    found: Moving = seen("key_drivers", workspace, rows)
    assert found.stated.result is not None
    by = {one.driver: one for one in found.stated.result.map.drivers}
    assert set(by) == {"advice", "product quality"}
    assert (by["product quality"].importance.value, by["advice"].importance.value) == (87.5, 12.5)
    assert found.stated.result.one_sided == ("parking", "repair")


def test_nobody_asked_what_matters(workspace: Workspace) -> None:
    rows = rated()
    rows["survey_answers"] = [row for row in rows["survey_answers"] if "asks_for" not in row]
    found: Moving = seen("key_drivers", workspace, rows)
    assert found.driving.result is not None and found.stated.result is None
    assert found.stated.because and "asks how much a driver matters" in found.stated.because.en


def test_without_responses_there_is_a_tree_and_no_driver(workspace: Workspace) -> None:
    rows = {"survey_answers": rated()["survey_answers"]}
    moving: Moving = seen("key_drivers", workspace, rows)
    assert moving.driving.result is None and moving.derived.result is None and moving.stated.because
    assert moving.driving.because and "Survey responses" in moving.driving.because.en
    assert seen("elements", workspace, rows).tree.result is not None


def test_a_question_that_was_not_applicable_is_no_answer(workspace: Workspace) -> None:
    found: Elements = seen("elements", workspace, {"survey_answers": rated(not_applicable=True)["survey_answers"]})
    assert found.tree.result is None
    assert found.tree.because and "no question" in found.tree.because.en


def test_the_tree_by_hand(workspace: Workspace) -> None:
    """Two questions of service on scales of their own: each respondent's 100 and 50 make 75."""
    rows = [
        {"response_id": f"R{at}", "question": name, "driver": driver, "score": score, "scale_lowest": low,
         "scale_highest": high}
        for at in range(40)
        for name, driver, score, low, high in [
            ("kind", "manner", 5, 1, 5), ("knows", "manner", 5, 0, 10), ("in time", "delivery", 0, 0, 10),
            ("good name", "品牌形象", 1 + at % 2, 1, 2), ("lucky", "stars", 3, 1, 5),
        ]
    ]  # fmt: skip
    found: Elements = seen("elements", workspace, {"survey_answers": rows})
    assert found.tree.result is not None
    by = {branch.element: branch for branch in found.tree.result.branches}
    assert list(by) == ["product", "service", "image", "unassigned"]
    assert by["product"].score is None and by["product"].drivers == ()
    service = by["service"]
    assert service.score and (service.score.mean, service.score.n) == (37.5, 40)
    assert {one.driver: one.score.mean for one in service.drivers} == {"delivery": 0, "manner": 75}
    assert {q.question: q.score.mean for one in service.drivers for q in one.questions if one.driver == "manner"} == {
        "kind": 100, "knows": 50
    }  # fmt: skip
    image = by["image"].score
    assert image and image.low and image.high and image.low < 50 < image.high
    assert [one.driver for one in by["unassigned"].drivers] == ["stars"] and by["unassigned"].score is None
    told = analyses.named("elements").sections(found)[0].sentence.en
    assert "Nobody was asked about: Product." in told and "Not assigned to an element: stars;" in told


def test_an_organisation_says_itself_what_belongs_where(workspace: Workspace) -> None:
    (workspace.folder / "elements.yaml").write_text("image: [Product  Quality]\nproduct: [repair]\n", encoding="utf-8")
    found: Elements = seen("elements", workspace, rated())
    assert found.tree.result is not None
    by = {branch.element: [one.driver for one in branch.drivers] for branch in found.tree.result.branches}
    assert by["image"] == ["product quality"] and by["product"] == ["repair"] and by["service"] == ["Advice"]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("product: [repair]\nservice: [Repair]\n", "elements.yaml:2:"),
        ("products: [repair]\n", "'products' is not known here"),
        ("product: ['  ']\n", "a driver without a name"),
        ("product: repair\n", "write a list"),
        ("", "the file is empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_nothing_is_found(workspace: Workspace, written: str, why: str) -> None:
    (workspace.folder / "elements.yaml").write_text(written, encoding="utf-8")
    for because in (
        seen("elements", workspace, rated()).tree.because, seen("key_drivers", workspace, rated()).driving.because
    ):  # fmt: skip
        assert because and why in because.en
        assert "elements.yaml" in because.en and str(workspace.folder) not in because.en


@pytest.mark.parametrize("name", ["expectation_gaps", "key_drivers", "elements"])
def test_the_order_of_rows_changes_not_one_byte(workspace: Workspace, name: str) -> None:
    rows = rated() | {"expectations": pairs()}
    found = analyses.named(name).FOUND
    before = found.dump_json(seen(name, workspace, rows))
    for each in rows.values():
        random.Random(3).shuffle(each)
    assert found.dump_json(seen(name, workspace, rows)) == before


@pytest.mark.parametrize("name", ["expectation_gaps", "key_drivers", "elements"])
def test_a_source_that_nobody_loaded_asks_nothing_of_the_tables(workspace: Workspace, name: str) -> None:
    class Untouched:
        def execute(self, *asked: object) -> object:
            raise AssertionError(asked)

    with tables({}) as connection:
        trust = Trust(connection, SOURCES, [], ENDS)
    asked = Asked(Untouched(), trust, workspace, YEAR, YEAR, pd.DataFrame())  # type: ignore[arg-type]
    assert analyses.named(name).look(asked)
