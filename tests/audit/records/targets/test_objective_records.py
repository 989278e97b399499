"""Objectives in the records: each change is a revision with who and why, and nothing is overwritten or lost."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from postgres_server import Server

from audit.errors import Denied, KeptAlready, RecordError, Stale
from audit.quantity import Quantity
from audit.records import Records, open_records, portable
from audit.records.migrate import revisions
from audit.records.targets import objectives
from audit.records.trail import replay, trail
from audit.targets.objective import Objective, Target
from tests.audit.records.team import ANN, CEM, EVE, VIC, gather

SINCE = dt.date(2026, 1, 1)
TARGET = Target(since=SINCE, at_least=Quantity(80, "%"), warn_at=Quantity(85.5, "%"))
NEW = Objective(
    title="Satisfied", kpi="csat_top_2_box", grain="quarter", targets=(TARGET,), owner="Ann", why="they return"
)
GROUP = NEW.model_copy(update={"title": "私人顾客", "by": "segment × region", "group": "Private × North"})


def later(**goals: Quantity) -> Target:
    return Target(since=dt.date(2026, 7, 1), **goals)


def test_an_objective_is_kept_as_written_in_both_ways_of_reading_it(records: Records) -> None:
    one, other = (objectives.set_objective(records, each, "Ann") for each in (NEW, GROUP))
    assert (one.id, one.revision, other.id) == ("OBJ-001", 1, "OBJ-002")
    assert one == NEW.model_copy(update={"id": "OBJ-001", "revision": 1})
    assert objectives.every(records) == [one, other] and objectives.find(records, "OBJ-002") == other
    assert trail.verify(records) == [] and replay.damage(records) == []
    assert [(e.action, e.object, e.object_id, e.reason) for e in trail.entries(records)][0] == (
        "set objective", "objective", "OBJ-001", "they return",
    )  # fmt: skip


def test_every_change_is_a_revision_that_says_who_and_why(records: Records) -> None:
    objectives.set_objective(records, NEW, "Ann")
    objectives.step(records, "OBJ-001", 1, "Ben", later(at_least=Quantity(82, "%")), "the first half went well")
    objectives.revise(records, "OBJ-001", 2, "Cem", "Ann left", owner="Dora")
    ended = objectives.retire(records, "OBJ-001", 3, "Ann", dt.date(2026, 12, 31), "replaced")
    assert ended.retired_on == dt.date(2026, 12, 31) and ended.owner == "Dora" and len(ended.targets) == 2
    told = [(one.declared.revision, one.actor, one.reason) for one in objectives.revisions(records, "OBJ-001")]
    assert told == [(4, "Ann", "replaced"), (3, "Cem", "Ann left"), (2, "Ben", "the first half went well"),
                    (1, "Ann", "they return")]  # fmt: skip
    assert objectives.revisions(records, "OBJ-001")[-1].declared.targets == (TARGET,)
    assert trail.verify(records) == [] and replay.damage(records) == []


def test_a_step_finds_its_place_and_replaces_one_of_the_same_day(records: Records) -> None:
    objectives.set_objective(records, NEW, "Ann")
    objectives.step(records, "OBJ-001", 1, "Ann", later(at_least=Quantity(82, "%")), "why")
    earlier = Target(since=dt.date(2025, 1, 1), at_least=Quantity(70, "%"))
    objectives.step(records, "OBJ-001", 2, "Ann", earlier, "why")
    objectives.step(records, "OBJ-001", 3, "Ann", later(at_least=Quantity(84, "%")), "why")
    found = objectives.find(records, "OBJ-001").targets
    assert [(each.since.year, each.since.month, each.at_least and each.at_least.value) for each in found] == [
        (2025, 1, 70.0), (2026, 1, 80.0), (2026, 7, 84.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: objectives.step(r, "OBJ-001", 1, "A", later(at_least=Quantity(3, "days")), "w"), "one step is in %"),
        (
            lambda r: objectives.step(r, "OBJ-001", 1, "A", later(at_least=Quantity(82, "%")), " "),
            "reason for changing the objective",
        ),
        (lambda r: objectives.revise(r, "OBJ-001", 1, "A", "", owner="B"), "reason for changing the objective is"),
        (lambda r: objectives.revise(r, "OBJ-001", 1, "A", "w", owner=" "), "write who answers for it"),
        (lambda r: objectives.revise(r, "OBJ-001", 1, "A", "w", seq=3), "'seq' is no part of the objective"),
        (lambda r: objectives.revise(r, "OBJ-001", 1, "A", "w", targets=()), "there is no target"),
        (lambda r: objectives.revise(r, "OBJ-001", 1, "A", "w", title="x\x00"), "holds a character that is no text"),
        (lambda r: objectives.revise(r, "OBJ-001", 1, "A", "w", group="B"), "half named"),
        (lambda r: objectives.retire(r, "OBJ-001", 1, "A", dt.date(2025, 1, 1), "w"), "before its first step"),
        (lambda r: objectives.retire(r, "OBJ-001", 1, "A", dt.date(2026, 12, 31), ""), "reason for changing"),
        (lambda r: objectives.revise(r, "OBJ-009", 1, "A", "w", owner="B"), "there is no objective 'OBJ-009'"),
        (lambda r: objectives.set_objective(r, NEW, "A"), "'Satisfied' is the title of objective OBJ-001"),
        (lambda r: objectives.keep_all(r, [GROUP, NEW], "A", "w"), "'Satisfied' is the title of objective OBJ-001"),
        (lambda r: objectives.keep_all(r, [GROUP], "A", " "), "reason for changing the objectives is missing"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(records: Records, change: Any, words: str) -> None:
    kept = objectives.set_objective(records, NEW, "Ann")
    with pytest.raises(RecordError) as refused:
        change(records)
    assert words in str(refused.value) and "\n" not in str(refused.value)
    assert objectives.every(records) == [kept] and len(trail.entries(records)) == 1


def test_the_title_of_a_retired_objective_is_free_again(records: Records) -> None:
    objectives.set_objective(records, NEW, "Ann")
    objectives.retire(records, "OBJ-001", 1, "Ann", dt.date(2026, 12, 31), "replaced")
    assert objectives.set_objective(records, NEW, "Ann").id == "OBJ-002"


def test_a_second_writer_is_told_and_a_form_sent_twice_is_kept_once(records: Records) -> None:
    objectives.set_objective(records, NEW, "Ann", key="k1")
    with pytest.raises(KeptAlready):
        objectives.set_objective(records, NEW.model_copy(update={"title": "Other"}), "Ann", key="k1")
    objectives.revise(records, "OBJ-001", 1, "Ben", "why", owner="Ben")
    for change in (objectives.revise, objectives.retire):
        more: dict[str, Any] = {"owner": "Cem"} if change is objectives.revise else {"on": dt.date(2026, 12, 31)}
        with pytest.raises(Stale):
            change(records, "OBJ-001", seen=1, who="Cem", reason="why", **more)
    with pytest.raises(Stale):
        objectives.step(records, "OBJ-001", 1, "Cem", later(at_least=Quantity(82, "%")), "why")
    assert [each.owner for each in objectives.every(records)] == ["Ben"]


def test_many_are_kept_together_or_not_at_all(records: Records) -> None:
    first = objectives.set_objective(records, NEW, "Ann")
    changed = first.model_copy(update={"owner": "Ben"})
    given = GROUP.model_copy(update={"id": "OBJ-017"})
    kept = objectives.keep_all(records, [changed, given], "Ann", "from a file")
    assert [(each.id, each.revision) for each in kept] == [("OBJ-001", 2), ("OBJ-017", 1)]
    with pytest.raises(Stale):  # what was planned rests on a revision that is not the last any more
        objectives.keep_all(records, [GROUP.model_copy(update={"title": "New"}), changed], "Ann", "from a file")
    assert [each.title for each in objectives.every(records)] == ["Satisfied", GROUP.title]
    assert trail.verify(records) == [] and replay.damage(records) == []


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_a_backup_is_restored_into_either_database(
    records: Records, where: str, anchor: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    objectives.set_objective(records, NEW, "Ann")
    objectives.set_objective(records, GROUP, "Ann")
    objectives.step(records, "OBJ-001", 1, "Ben", later(at_least=Quantity(82.25, "%")), "上半年进展良好")
    objectives.retire(records, "OBJ-002", 1, "Ben", dt.date(2026, 12, 31), "replaced")
    with portable.snapshot(records) as seen:
        written = {name: list(seen.lines(name)) for name in portable.tables()}
    assert len(written["objectives"]) == 4
    server: Server | None = request.getfixturevalue("postgres") if where == "postgresql" else None
    target = server.database() if server else f"sqlite:///{tmp_path / 'restored.sqlite'}"
    portable.load(target, revisions()[0], written.__getitem__)
    shutil.copy(anchor, tmp_path / "restored.jsonl")
    with open_records(target, anchor=tmp_path / "restored.jsonl") as restored:
        assert objectives.every(restored) == objectives.every(records)
        assert trail.verify(restored) == [] and replay.damage(restored) == []
    if server:
        server.drop(target)


def test_a_row_cannot_be_changed_behind_the_program(records: Records) -> None:
    objectives.set_objective(records, NEW, "Ann")
    for statement in ("update objectives set owner = 'Eve'", "delete from objectives"):
        with pytest.raises(Exception, match="records are only added to"), records.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert objectives.every(records)[0].owner == NEW.owner


def test_only_quality_managers_set_objectives(url: str, tmp_path: Path) -> None:
    with open_records(url, anchor=tmp_path / "anchor.jsonl") as local:
        gather(local)
    with open_records(url, anchor=tmp_path / "anchor.jsonl", signing_in=True) as team:
        kept = objectives.set_objective(team, NEW, CEM)
        for who in (ANN, EVE, VIC):  # auditor, administrator, viewer
            for change in (
                lambda who=who: objectives.set_objective(team, GROUP, who),
                lambda who=who: objectives.revise(team, kept.id, 1, who, "why", owner="x"),
                lambda who=who: objectives.step(team, kept.id, 1, who, later(at_least=Quantity(1, "%")), "why"),
                lambda who=who: objectives.retire(team, kept.id, 1, who, SINCE, "why"),
                lambda who=who: objectives.keep_all(team, [GROUP], who, "why"),
            ):
                with pytest.raises(Denied):
                    change()
        assert objectives.every(team) == [kept]
