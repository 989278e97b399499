"""What a run finds in the demonstration's stories, held against what was planted in them, in both directions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.errors import SourceError
from data.demo.story import Story, stories
from pipelines import definitions, demo
from pipelines.measuring.lineage import read_by
from pipelines.runs import results
from pipelines.workspace import open_workspace
from tests.demo_workspaces import Demos

STORIES = ("decline", "healthy")
READ_BY_METHODS = {"expectations", "kano_answers"}


def test_what_is_planted_is_named_with_clause_and_evidence(made: dict[str, Story]) -> None:
    assert made["healthy"].planted == ()
    rules = {rule.id: clause.clause for clause, _, rule in definitions.checklist("iso-9001-2015").rules()}
    for planted in made["decline"].planted:
        assert rules[planted.evidence] == planted.clause


@pytest.fixture(scope="module")
def workspaces(demos: Demos, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("workspaces")
    return {story: demos.copy(story, folder / story) for story in STORIES}


def outcomes(folder: Path, *kinds: str) -> dict[str, str]:
    run = results.latest(open_workspace(folder))
    assert run is not None
    return {
        evidence.id: str(evidence.outcome)
        for clause in run.clauses
        for requirement in clause.requirements
        for evidence in requirement.evidence
        if not kinds or evidence.kind in kinds
    }


def test_every_planted_defect_is_found_and_nothing_else_is(workspaces: dict[str, Path], made: dict[str, Story]) -> None:
    found = outcomes(workspaces["decline"])
    assert {id for id, outcome in found.items() if outcome == "not met"} == {
        one.evidence for one in made["decline"].planted
    }


def test_the_twin_raises_nothing(workspaces: dict[str, Path], made: dict[str, Story]) -> None:
    found = outcomes(workspaces["healthy"], "computed", "document")
    assert set(found.values()) == {"met"}
    assert {one.evidence for one in made["decline"].planted} <= set(found)


def test_what_only_people_can_answer_is_met_or_waits_for_them(workspaces: dict[str, Path]) -> None:
    for story in STORIES:
        found = outcomes(workspaces[story], "sample", "interview", "observation")
        assert set(found.values()) <= {"met", "not evaluated"}


def test_the_workspace_keeps_what_was_planted(workspaces: dict[str, Path], made: dict[str, Story]) -> None:
    for story in STORIES:
        assert demo.planted(open_workspace(workspaces[story])) == made[story].planted
    kept = json.loads((workspaces["decline"] / "planted.json").read_text(encoding="utf-8"))
    assert set(kept[0]) == {"clause", "what", "evidence"}


def test_the_files_go_in_whole_with_few_rejects_and_one_warning(workspaces: dict[str, Path]) -> None:
    run = results.latest(open_workspace(workspaces["decline"]))
    assert run is not None
    assert set(run.versions) == {s for kpi in definitions.kpis() for s in read_by(kpi)} | READ_BY_METHODS
    loads = json.loads((workspaces["decline"] / "runs" / run.id / "gate.json").read_text(encoding="utf-8"))
    assert len(loads) == 24 and all(load["published"] for load in loads)
    assert sum(load["rejected"] for load in loads) == 4
    failed = [
        (gate["column"], gate["severity"], gate["unexpected"])
        for load in loads
        for gate in load["gate"]
        if gate["outcome"] != "passed"
    ]
    assert failed == [("delivered_at, ordered_at", "warning", 3)]


def test_a_demo_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SourceError, match="not empty"):
        demo.make_demo(tmp_path, "decline")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_demo_that_fails_halfway_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(share: float, words: object) -> None:
        if share > 0.1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.make_demo(tmp_path / "demo", "healthy", progress=interrupt)
    assert list(tmp_path.iterdir()) == []


def test_every_story_says_what_it_shows() -> None:
    assert list(demo.stories()) == list(stories()) == list(STORIES)
