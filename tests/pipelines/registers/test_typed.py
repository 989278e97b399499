"""Typed rows come in like a file: the same contract and gate, an author, and nobody's row is replaced in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from audit.errors import AuditError, RecordError, SourceError
from audit.mapping import Mapping
from audit.records import Records, loads
from pipelines import definitions
from pipelines.load import load
from pipelines.registers.edit import Edit
from pipelines.registers.register import Row, read, version_of
from pipelines.registers.typed import checked, overtaken
from pipelines.workspace import Workspace

Typed = Callable[..., Row]
EARLY, LATE = dt.datetime(2026, 11, 1, 9, 0), dt.datetime(2026, 11, 21, 9, 0)


def rows(workspace: Workspace, column: str = "cause") -> dict[str, Any]:
    return {str(row["complaint_id"]): row[column] for row in read(workspace, "complaints").rows}


def test_a_save_is_a_load_with_its_author_and_its_original(
    workspace: Workspace, records: Records, saved: Any, complaint: Typed
) -> None:
    found = saved(new=[complaint("c1", cause="seal"), complaint("c2")], by=" Ana Novák ")
    (known,) = loads.every(records)
    assert found.load == known and found.replaced == ()
    assert (known.actor, known.file, known.source) == ("Ana Novák", "typed-complaints-2026-11-22.csv", "complaints")
    assert (known.lines, known.loaded, known.rejected, known.blank, known.published) == (2, 2, 0, 0, True)
    assert b"seal" in workspace.store.get(known.sha256)
    assert [result.outcome for result in known.gate if result.severity == "critical"] == ["passed", "passed"]
    assert rows(workspace) == {"c1": "seal", "c2": None}


def test_a_row_can_be_changed_and_set_back_and_changed_again(
    workspace: Workspace, records: Records, saved: Any, complaint: Typed
) -> None:
    """The third save has the cells of the first: were it the same file, nothing would be written."""
    for cause in ("seal", "pump", "seal", "pump"):
        saved(**{"changed" if rows(workspace) else "new": [complaint("c1", cause=cause)]})
        assert rows(workspace) == {"c1": cause}
    assert len(loads.every(records)) == 4


def test_a_row_that_came_from_a_file_can_be_changed(
    workspace: Workspace, records: Records, saved: Any, complaint: Typed
) -> None:
    file = b"complaint_id,received_at,cause\nc1,2026-11-20 09:30:00,seal\nc2,2026-11-20 09:30:00,pump\n"
    load(workspace, records, file, "tool.csv", "complaints", Mapping(source="complaints"), "Bo")
    saved(changed=[complaint("c2", cause="valve")])
    assert rows(workspace) == {"c1": "seal", "c2": "valve"}


def test_a_cell_can_be_emptied(workspace: Workspace, saved: Any, complaint: Typed) -> None:
    saved(new=[complaint("c1", closed_at=LATE)])
    saved(changed=[complaint("c1")])
    assert rows(workspace, "closed_at") == {"c1": None}


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"received_at": None}, "received_at", "no value"),
    ({"severity": "grave"}, "severity", "low, medium, high"),
    ({"cause": "x" * 100_001}, "cause", "at most"),
    ({"complaint_id": "c1"}, "complaint_id", "another row has this number"),
    ({"complaint_id": None}, "complaint_id", "no value"),
    ({"complaint_id": "standing"}, "complaint_id", "another row has this number"),
]


@pytest.mark.parametrize(("cells", "column", "told"), WRONG, ids=[f"{cells}"[:40] for cells, _, _ in WRONG])
def test_one_wrong_cell_stops_the_whole_save(
    workspace: Workspace, records: Records, saved: Any, complaint: Typed, cells: dict[str, Any], column: str, told: str
) -> None:
    saved(new=[complaint("standing")])
    before, known = rows(workspace), loads.every(records)
    edit = Edit("complaints", version_of(workspace, "complaints"), (complaint("c1"), {**complaint("c2"), **cells}))
    found = checked(workspace, records, edit, "Ana", lambda share, words: None)
    assert not found.fit
    mistake = found.mistakes[-1]
    assert (mistake.row, mistake.column) == (1, column) and told in mistake.reason.en
    with pytest.raises(SourceError, match=told) as raised:
        saved(new=edit.new)
    assert "\n" not in str(raised.value) and column in str(raised.value)
    assert (rows(workspace), loads.every(records)) == (before, known)


def test_a_dry_run_finds_nothing_wrong_and_keeps_nothing(
    workspace: Workspace, records: Records, complaint: Typed
) -> None:
    edit = Edit("complaints", None, (complaint("c1", customer_id="k1"), complaint("c2", customer_id="k1")))
    found = checked(workspace, records, edit, "Ana", lambda share, words: None)
    assert found.fit and found.mistakes == ()
    assert [result.outcome for result in found.gate] == ["passed"] * len(edit.contract.gate)
    assert not list(workspace.store.files()) and not workspace.facts.exists() and loads.every(records) == []


def test_a_dry_run_names_the_row_that_the_gate_would_stop(
    workspace: Workspace, records: Records, saved: Any, complaint: Typed
) -> None:
    edit = Edit("complaints", None, (complaint("c1", cause="two\nlines"), complaint("c2", closed_at=EARLY)))
    found = checked(workspace, records, edit, "Ana", lambda share, words: None)
    stopping = [result for result in found.gate if result.stops]
    assert not found.fit and [[edit.keys[found.places[line]] for line in one.lines] for one in stopping] == [["c2"]]
    stopped = saved(new=edit.new).load
    assert (stopped.published, stopped.version) == (False, None) and rows(workspace) == {}


def test_whoever_saves_second_is_told_what_changed_and_replaces_nothing(
    workspace: Workspace, records: Records, saved: Any, complaint: Typed
) -> None:
    saved(new=[complaint("c1", cause="seal"), complaint("c2", cause="seal")])
    begun = version_of(workspace, "complaints")
    saved(changed=[complaint("c1", cause="hers")], by="Bo")
    mine = Edit("complaints", begun, changed=(complaint("c1", cause="mine"),))
    assert [(one.key, one.column, one.before, one.after) for one in overtaken(workspace, mine)] == [
        ("c1", "cause", "seal", "hers")
    ]
    with pytest.raises(SourceError, match="c1 changed meanwhile"):
        saved(changed=mine.changed, version=begun)
    assert rows(workspace) == {"c1": "hers", "c2": "seal"}


@pytest.mark.parametrize("others", ["another row", "the same cells", "nothing"])
def test_whoever_touches_other_rows_is_not_in_the_way(
    workspace: Workspace, saved: Any, complaint: Typed, others: str
) -> None:
    saved(new=[complaint("c1", cause="seal"), complaint("c2", cause="seal")])
    begun = version_of(workspace, "complaints")
    if others != "nothing":
        saved(changed=[complaint("c2", cause="hers") if others == "another row" else complaint("c1", cause="seal")])
    assert saved(changed=[complaint("c1", cause="mine")], version=begun).replaced == ()
    assert rows(workspace)["c1"] == "mine"


def test_two_new_rows_with_one_number_do_not_replace_each_other(
    workspace: Workspace, saved: Any, complaint: Typed
) -> None:
    saved(new=[complaint("C-2026-0001", cause="hers")], version=None)
    with pytest.raises(SourceError, match="C-2026-0001 changed meanwhile"):
        saved(new=[complaint("C-2026-0001", cause="mine")], version=None)
    assert rows(workspace) == {"C-2026-0001": "hers"}


def test_what_another_program_publishes_in_the_very_moment_is_told(
    workspace: Workspace, records: Records, saved: Any, complaint: Typed
) -> None:
    saved(new=[complaint("c1", cause="seal"), complaint("c2", cause="seal")])
    file = b"complaint_id,received_at,cause\nc1,2026-11-20 09:30:00,theirs\n"

    def meanwhile(share: float, words: Any) -> None:
        if words.en == "publishing the rows":
            load(workspace, records, file, "tool.csv", "complaints", Mapping(source="complaints"), "Bo")

    found = saved(changed=[complaint("c1", cause="mine")], progress=meanwhile)
    assert [(one.key, one.column, one.before, one.after) for one in found.replaced] == [
        ("c1", "cause", "seal", "theirs")
    ]
    assert rows(workspace) == {"c1": "mine", "c2": "seal"}


@pytest.mark.parametrize(("by", "error"), [("", RecordError), ("  ", RecordError), ("A\0", RecordError)])
def test_a_save_needs_a_name(
    workspace: Workspace, records: Records, saved: Any, complaint: Typed, by: str, error: type[AuditError]
) -> None:
    with pytest.raises(error, match="who makes the change"):
        saved(new=[complaint("c1")], by=by)
    assert loads.every(records) == []


def test_a_save_of_nothing_is_none(workspace: Workspace, records: Records, saved: Any) -> None:
    with pytest.raises(SourceError, match="nothing was typed"):
        saved()
    assert loads.every(records) == []


def test_a_customer_keeps_the_pseudonym_when_the_row_is_saved_again(
    workspace: Workspace, saved: Any, complaint: Typed
) -> None:
    saved(new=[complaint("c1", customer_id="k1"), complaint("c2", customer_id="k1")])
    before = rows(workspace, "customer_id")
    assert before["c1"] == before["c2"] != "k1"
    (row,) = [row for row in read(workspace, "complaints").rows if row["complaint_id"] == "c1"]
    saved(changed=[{**row, "cause": "seal"}])
    assert rows(workspace, "customer_id") == before and rows(workspace)["c1"] == "seal"


def test_a_contact_is_still_known_when_its_row_is_saved_again(workspace: Workspace, saved: Any) -> None:
    given = {"interaction_id": "i1", "occurred_at": LATE, "kind": "call", "customer_id": "k1", "contact": "Bo Li"}
    empty = dict.fromkeys(definitions.source("interactions").columns)
    saved(new=[empty | given], name="interactions")
    for category in ("price", "delivery"):
        (row,) = read(workspace, "interactions").rows
        assert row["contact"] == "Bo Li"
        saved(changed=[{**row, "category": category}], name="interactions")
