"""Assumptions in the records: each change is a revision with who, why and from where, and nothing is overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from postgres_server import Server

from audit.assumption import Assumption
from audit.errors import Denied, KeptAlready, RecordError, Stale
from audit.records import Records, assumptions, open_records, portable
from audit.records.migrate import revisions
from audit.records.tables.assumptions import AssumptionRow
from audit.records.trail import replay, trail
from audit.records.versions import history
from tests.audit.records.team import ANN, CEM, EVE, VIC, gather

MARGIN = Assumption(name="contribution_margin", value=35.5, owner="Controller", source="accounts of 2025")
FOLKLORE = Assumption(name="winning_over_keeping", value=5, owner="Sales", source="销售培训教材")
NO_REASON = "the reason for the assumption"


def test_an_assumption_is_kept_as_written_in_both_ways_of_reading_it(records: Records) -> None:
    for each in (FOLKLORE, MARGIN):
        assert assumptions.set_assumption(records, each, "Ann", "asked the controller").revision == 1
    told = [(each.assumption.name, each.actor, each.reason) for each in assumptions.every(records)]
    assert told == [
        ("contribution_margin", "Ann", "asked the controller"), ("winning_over_keeping", "Ann", "asked the controller"),
    ]  # fmt: skip
    assert assumptions.standing(records) == {"contribution_margin": 35.5, "winning_over_keeping": 5.0}
    entry = trail.entries(records)[0]
    assert (entry.action, entry.object, entry.object_id) == ("set assumption", "assumption", "winning_over_keeping")
    assert trail.verify(records) == [] and replay.damage(records) == []


def test_every_change_is_a_revision_and_a_withdrawn_one_counts_no_more(records: Records) -> None:
    assumptions.set_assumption(records, MARGIN, "Ann", "a guess", 0)
    assumptions.set_assumption(records, MARGIN.model_copy(update={"value": 41.0}), "Ben", "accounts closed", 1)
    assumptions.withdraw(records, "contribution_margin", 2, "Cem", "prices changed")
    with records.read() as session:
        kept = history(session, AssumptionRow, MARGIN.name)
        told = [(row.revision, row.value, entry.actor, entry.reason) for row, entry in kept]
    assert told == [
        (3, None, "Cem", "prices changed"),
        (2, 41.0, "Ben", "accounts closed"),
        (1, 35.5, "Ann", "a guess"),
    ]
    assert assumptions.standing(records) == {}
    assert [each.assumption.value for each in assumptions.every(records)] == [None]
    assert assumptions.set_assumption(records, MARGIN, "Ann", "again", 3).revision == 4
    assert assumptions.standing(records) == {"contribution_margin": 35.5}
    assert trail.verify(records) == [] and replay.damage(records) == []


def test_nothing_is_assumed_where_nobody_said_so(records: Records) -> None:
    assert assumptions.standing(records) == {} and assumptions.every(records) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: assumptions.set_assumption(r, MARGIN, "A", " "), f"{NO_REASON} is missing"),
        (lambda r: assumptions.set_assumption(r, MARGIN, "A", "w\x00"), "no text"),
        (lambda r: assumptions.set_assumption(r, MARGIN.model_copy(update={"source": "\ud800"}), "A", "w"), "no text"),
        (lambda r: assumptions.set_assumption(r, MARGIN.model_copy(update={"value": None}), "A", "w"), "has no value"),
        (lambda r: assumptions.withdraw(r, "contribution_margin", 1, "A", ""), "reason for withdrawing"),
        (lambda r: assumptions.withdraw(r, "horizon", None, "A", "w"), "there is no assumption 'horizon'"),
        (lambda r: assumptions.withdraw(r, "luck", None, "A", "w"), "'luck' is no assumption"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_kept_changes_nothing(records: Records, change: Any, words: str) -> None:
    assumptions.set_assumption(records, MARGIN, "Ann", "why")
    with pytest.raises(RecordError) as refused:
        change(records)
    assert words in str(refused.value) and "\n" not in str(refused.value)
    assert assumptions.standing(records) == {"contribution_margin": 35.5} and len(trail.entries(records)) == 1


def test_a_second_writer_is_told_and_a_form_sent_twice_is_kept_once(records: Records) -> None:
    assumptions.set_assumption(records, MARGIN, "Ann", "why", 0, key="k1")
    with pytest.raises(KeptAlready):
        assumptions.set_assumption(records, FOLKLORE, "Ann", "why", 0, key="k1")
    with pytest.raises(Stale):  # who saw none, and who saw an older one
        assumptions.set_assumption(records, MARGIN.model_copy(update={"value": 1.0}), "Ben", "why", 0)
    assumptions.set_assumption(records, MARGIN.model_copy(update={"value": 40.0}), "Ben", "why", 1)
    with pytest.raises(Stale):
        assumptions.withdraw(records, "contribution_margin", 1, "Cem", "why")
    assert assumptions.standing(records) == {"contribution_margin": 40.0}


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_a_backup_of_assumptions_is_restored_into_either_database(
    records: Records, where: str, anchor: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    assumptions.set_assumption(records, MARGIN.model_copy(update={"value": 0.1 + 0.2}), "Ann", "why")
    assumptions.set_assumption(records, FOLKLORE, "Ann", "培训")
    assumptions.withdraw(records, "winning_over_keeping", 1, "Ben", "folklore")
    with portable.snapshot(records) as seen:
        written = {name: list(seen.lines(name)) for name in portable.tables()}
    assert len(written["assumptions"]) == 3
    server: Server | None = request.getfixturevalue("postgres") if where == "postgresql" else None
    target = server.database() if server else f"sqlite:///{tmp_path / 'restored.sqlite'}"
    portable.load(target, revisions()[0], written.__getitem__)
    shutil.copy(anchor, tmp_path / "restored.jsonl")
    with open_records(target, anchor=tmp_path / "restored.jsonl") as restored:
        assert assumptions.every(restored) == assumptions.every(records)
        assert assumptions.standing(restored) == {"contribution_margin": 0.1 + 0.2}
        assert trail.verify(restored) == [] and replay.damage(restored) == []
    if server:
        server.drop(target)


def test_an_assumption_cannot_be_changed_behind_the_program(records: Records) -> None:
    assumptions.set_assumption(records, MARGIN, "Ann", "why")
    for statement in ("update assumptions set value = 99", "delete from assumptions"):
        with pytest.raises(Exception, match="records are only added to"), records.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert assumptions.standing(records) == {"contribution_margin": 35.5}


def test_only_quality_managers_set_assumptions(url: str, tmp_path: Path) -> None:
    with open_records(url, anchor=tmp_path / "anchor.jsonl") as local:
        gather(local)
    with open_records(url, anchor=tmp_path / "anchor.jsonl", signing_in=True) as team:
        assumptions.set_assumption(team, MARGIN, CEM, "why")
        for who in (ANN, EVE, VIC):  # auditor, administrator, viewer
            with pytest.raises(Denied):
                assumptions.set_assumption(team, FOLKLORE, who, "why")
            with pytest.raises(Denied):
                assumptions.withdraw(team, "contribution_margin", 1, who, "why")
        assert assumptions.standing(team) == {"contribution_margin": 35.5}
