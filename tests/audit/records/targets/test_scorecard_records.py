"""Scorecards in the records: each change is a revision with who and why, and nothing is overwritten or lost."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from postgres_server import Server

from audit.errors import Denied, KeptAlready, RecordError, Stale
from audit.records import Records, open_records, portable
from audit.records.migrate import revisions
from audit.records.targets import scorecards
from audit.records.trail import replay, trail
from audit.targets.scorecard import Scorecard
from tests.audit.records.team import ANN, CEM, EVE, VIC, gather

LEVELS = [{"word": "failing", "points": 0}, {"word": "satisfying", "points": 70.5, "reaches": "80.25 %"}]
INDICATOR = {"kpi": "csat_top_2_box", "weight": 2.5, "levels": LEVELS, "owner": "Ben"}
NEW = Scorecard.model_validate(
    {"title": "Service", "department": "After-sales", "owner": "Ann", "grain": "quarter", "why": "yearly talks",
     "indicators": [INDICATOR]}
)  # fmt: skip
GROUP = NEW.model_copy(
    update={
        "title": "私人顾客",
        "indicators": (NEW.indicators[0].model_copy(update={"by": "segment", "group": "私人"}),),
        "most_missing": 40,
    }
)
END = dt.date(2026, 12, 31)


def test_a_scorecard_is_kept_as_written_in_both_ways_of_reading_it(records: Records) -> None:
    one, other = (scorecards.set_scorecard(records, each, "Ann") for each in (NEW, GROUP))
    assert one == NEW.model_copy(update={"id": "SCO-001", "revision": 1}) and other.id == "SCO-002"
    assert scorecards.every(records) == [one, other] and scorecards.find(records, "SCO-002") == other
    assert trail.verify(records) == [] and replay.damage(records) == []
    first = trail.entries(records)[0]
    assert (first.action, first.object, first.object_id, first.reason) == (
        "set scorecard", "scorecard", "SCO-001", "yearly talks",
    )  # fmt: skip


def test_every_change_is_a_revision_and_a_review_without_one_is_too(records: Records) -> None:
    scorecards.set_scorecard(records, NEW, "Ann")
    scorecards.revise(records, "SCO-001", 1, "Ben", "Ann left", owner="Dora", most_missing=10)
    scorecards.revise(records, "SCO-001", 2, "Cem", "looked at it: still right")
    ended = scorecards.retire(records, "SCO-001", 3, "Ann", END, "replaced")
    assert (ended.retired_on, ended.owner, ended.most_missing) == (END, "Dora", 10)
    told = [(one.declared.revision, one.actor, one.reason) for one in scorecards.revisions(records, "SCO-001")]
    assert told == [(4, "Ann", "replaced"), (3, "Cem", "looked at it: still right"), (2, "Ben", "Ann left"),
                    (1, "Ann", "yearly talks")]  # fmt: skip
    assert scorecards.revisions(records, "SCO-001")[-1].declared.owner == "Ann"
    assert trail.verify(records) == [] and replay.damage(records) == []
    assert scorecards.set_scorecard(records, NEW, "Ann").id == "SCO-002"  # the title is free again


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: scorecards.revise(r, "SCO-001", 1, "A", "", owner="B"), "reason for changing the scorecard is"),
        (lambda r: scorecards.revise(r, "SCO-001", 1, "A", "w", owner=" "), "write who answers for it"),
        (lambda r: scorecards.revise(r, "SCO-001", 1, "A", "w", seq=3), "'seq' is no part of the scorecard"),
        (lambda r: scorecards.revise(r, "SCO-001", 1, "A", "w", indicators=()), "there is no indicator"),
        (lambda r: scorecards.revise(r, "SCO-001", 1, "A", "w", title="x\x00"), "holds a character that is no text"),
        (lambda r: scorecards.revise(r, "SCO-001", 1, "A", "w", indicators=[INDICATOR | {"owner": "x\x00"}]),
         "holds a character that is no text"),
        (lambda r: scorecards.retire(r, "SCO-001", 1, "A", END, ""), "reason for changing"),
        (lambda r: scorecards.revise(r, "SCO-009", 1, "A", "w", owner="B"), "there is no scorecard 'SCO-009'"),
        (lambda r: scorecards.set_scorecard(r, NEW, "A"), "'Service' is the title of scorecard SCO-001"),
        (lambda r: scorecards.keep_all(r, [GROUP, NEW], "A", "w"), "'Service' is the title of scorecard SCO-001"),
        (lambda r: scorecards.keep_all(r, [GROUP], "A", " "), "reason for changing the scorecards is missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_changes_nothing(records: Records, change: Any, words: str) -> None:
    kept = scorecards.set_scorecard(records, NEW, "Ann")
    with pytest.raises(RecordError) as refused:
        change(records)
    assert words in str(refused.value) and "\n" not in str(refused.value)
    assert scorecards.every(records) == [kept] and len(trail.entries(records)) == 1


def test_a_second_writer_is_told_and_a_form_sent_twice_is_kept_once(records: Records) -> None:
    scorecards.set_scorecard(records, NEW, "Ann", key="k1")
    with pytest.raises(KeptAlready):
        scorecards.set_scorecard(records, GROUP, "Ann", key="k1")
    scorecards.revise(records, "SCO-001", 1, "Ben", "why", owner="Ben")
    with pytest.raises(Stale):
        scorecards.revise(records, "SCO-001", 1, "Cem", "why", owner="Cem")
    with pytest.raises(Stale):
        scorecards.retire(records, "SCO-001", 1, "Cem", END, "why")
    seen = scorecards.find(records, "SCO-001").model_copy(update={"revision": 1})
    with pytest.raises(Stale):  # what was planned rests on a revision that is not the last any more
        scorecards.keep_all(records, [GROUP, seen], "Ann", "from a file")
    assert [each.owner for each in scorecards.every(records)] == ["Ben"]


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_a_backup_is_restored_into_either_database(
    records: Records, where: str, anchor: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    scorecards.set_scorecard(records, NEW, "Ann")
    scorecards.set_scorecard(records, GROUP, "Ann")
    scorecards.retire(records, "SCO-002", 1, "Ben", END, "被替换")
    with portable.snapshot(records) as seen:
        written = {name: list(seen.lines(name)) for name in portable.tables()}
    assert len(written["scorecards"]) == 3
    server: Server | None = request.getfixturevalue("postgres") if where == "postgresql" else None
    target = server.database() if server else f"sqlite:///{tmp_path / 'restored.sqlite'}"
    portable.load(target, revisions()[0], written.__getitem__)
    shutil.copy(anchor, tmp_path / "restored.jsonl")
    with open_records(target, anchor=tmp_path / "restored.jsonl") as restored:
        assert scorecards.every(restored) == scorecards.every(records)
        assert trail.verify(restored) == [] and replay.damage(restored) == []
    if server:
        server.drop(target)


def test_a_row_cannot_be_changed_behind_the_program(records: Records) -> None:
    scorecards.set_scorecard(records, NEW, "Ann")
    for statement in ("update scorecards set owner = 'Eve'", "delete from scorecards"):
        with pytest.raises(Exception, match="records are only added to"), records.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert scorecards.every(records)[0].owner == NEW.owner


def test_only_quality_managers_set_scorecards(url: str, tmp_path: Path) -> None:
    with open_records(url, anchor=tmp_path / "anchor.jsonl") as local:
        gather(local)
    with open_records(url, anchor=tmp_path / "anchor.jsonl", signing_in=True) as team:
        kept = scorecards.set_scorecard(team, NEW, CEM)
        for who in (ANN, EVE, VIC):  # auditor, administrator, viewer
            for change in (
                lambda who=who: scorecards.set_scorecard(team, GROUP, who),
                lambda who=who: scorecards.revise(team, kept.id, 1, who, "why", owner="x"),
                lambda who=who: scorecards.retire(team, kept.id, 1, who, END, "why"),
                lambda who=who: scorecards.keep_all(team, [GROUP], who, "why"),
            ):
                with pytest.raises(Denied):
                    change()
        assert scorecards.every(team) == [kept]
