"""The evidence pack: what is missing is said before it is built, and what is offered is what was built."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.evidence import Outcome
from audit.records import Records
from audit.records.auditing import decisions
from audit.records.finding import findings
from audit.records.finding.findings import NewFinding
from audit.records.reviewing import reviews
from audit.records.reviewing.reviews import NewReview
from pipelines.reports.pack import build
from pipelines.run import Run
from pipelines.runs import results
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
DAY = dt.date(2026, 3, 16)


def last(folder: Path) -> Run:
    found = results.latest(open_workspace(folder))
    assert found is not None
    return found


def conclude_all(folder: Path, but: int = 0) -> None:
    run = last(folder)
    requirements = [each for clause in run.clauses for each in clause.requirements]
    with open_workspace(folder).open_records() as records:
        for each in requirements[but:]:
            decisions.conclude(records, each.id, run.id, each.proposed, each.proposed, "Ana", "seen")


def test_the_title_counts_the_open_conclusions(opened: Open, demo: Path) -> None:
    count = sum(len(clause.requirements) for clause in last(demo).clauses)
    title = opened(demo, "evidence_pack").title[0].value
    assert title == f"The pack can be built; {count} of {count} conclusions are still open"


@pytest.mark.parametrize(
    ("left", "said"), [(0, "The pack is complete"), (1, "1 of {all} conclusions is"), (2, "2 of {all} conclusions are")]
)
def test_conclusions_close_one_by_one(
    opened: Open, own_demo: Path, requirement_count: int, left: int, said: str
) -> None:
    conclude_all(own_demo, but=left)
    assert said.format(all=requirement_count) in opened(own_demo, "evidence_pack").title[0].value


def test_every_piece_of_evidence_that_was_not_evaluated_is_listed(opened: Open, demo: Path, words: Words) -> None:
    silent = [
        evidence.id
        for clause in last(demo).clauses
        for requirement in clause.requirements
        for evidence in requirement.evidence
        if evidence.outcome == Outcome.NOT_EVALUATED
    ]
    told = words(opened(demo, "evidence_pack"))
    assert all(f"{id}:" in told for id in silent)


def test_nothing_is_offered_before_it_is_built(opened: Open, demo: Path) -> None:
    app = opened(demo, "evidence_pack")
    assert not app.download_button and not app.code


def test_the_sum_on_the_page_is_that_of_the_pack(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "evidence_pack")
    app.button(key="build_pack").click().run()
    workspace = open_workspace(own_demo)
    with workspace.open_records() as records:
        expected = hashlib.sha256(build(workspace, records, last(own_demo))).hexdigest()
    assert app.code[0].value == expected
    assert app.code[1].value == f"python -m pipelines verify evidence-pack-{last(own_demo).id}.zip"
    assert app.download_button[0].label.startswith("Download the pack")
    assert not app.warning


@pytest.mark.parametrize("kept", [True, False], ids=["noted", "no place for a note"])
def test_the_page_says_whether_the_pack_can_be_compared_as_a_whole(
    opened: Open, own_demo: Path, words: Words, kept: bool
) -> None:
    notes = own_demo / "given-out.jsonl"
    if not kept:
        notes.mkdir()
    app = opened(own_demo, "evidence_pack")
    app.button(key="build_pack").click().run()
    assert app.download_button and not app.error and not app.exception
    assert ("its sum is noted" in words(app)) == kept != ("could not be noted" in words(app))
    assert not kept or app.code[0].value in notes.read_text("utf-8")


def test_a_conclusion_after_the_build_makes_the_pack_old(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "evidence_pack")
    app.button(key="build_pack").click().run()
    conclude_all(own_demo)
    app.run()
    assert "Build it again" in app.warning[0].value


@pytest.mark.parametrize(
    "keep",
    [
        lambda records: findings.raise_finding(records, NewFinding("9.1.2-a", statement="Half are missing"), "Ana"),
        lambda records: reviews.hold(records, NewReview(DAY, DAY, DAY, "Director", "run"), "Ana"),
    ],
    ids=["finding", "management review"],
)
def test_what_was_found_or_decided_after_the_build_makes_the_pack_old(
    opened: Open, own_demo: Path, keep: Callable[[Records], object]
) -> None:
    app = opened(own_demo, "evidence_pack")
    app.button(key="build_pack").click().run()
    assert not app.warning
    with open_workspace(own_demo).open_records() as records:
        keep(records)
    app.run()
    assert "Build it again" in app.warning[0].value


def test_without_a_run_there_is_nothing_to_pack(opened: Open, tmp_path: Path) -> None:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    app = opened(tmp_path / "new", "evidence_pack")
    assert app.title[0].value == "Nothing has been assessed yet" and not app.button
