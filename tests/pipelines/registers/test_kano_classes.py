"""Classes of a Kano study go into the needs that name the feature, and into nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from audit.errors import SourceError
from audit.records import Records
from pipelines import definitions
from pipelines.registers.edit import Edit
from pipelines.registers.kano_classes import NEEDS, naming, taken_over
from pipelines.registers.register import Row, read, version_of
from pipelines.registers.typed import Saved, save
from pipelines.workspace import Workspace

Save = Callable[..., Saved]
FILLED: dict[str, Any] = {
    "said_by": "customer", "customer_id": "C2", "channel": "Survey", "product": "Pumps", "kind": "quality",
    "expectation": "vague", "importance": 5, "urgency": 2, "effect": 3, "priority": "low", "owner": "Design",
    "due_on": dt.date(2027, 1, 5), "change_impact": "test bench", "approved_by": "Board",
    "approved_on": dt.date(2026, 11, 3), "status": "met", "met_on": dt.date(2026, 11, 9), "evaluation": "partly",
    "evaluated_on": dt.date(2026, 11, 10), "fed_back_on": dt.date(2026, 11, 11),
}  # fmt: skip


def need(key: str, **values: Any) -> Row:
    given: dict[str, Any] = {
        "need_id": key,
        "raised_on": dt.date(2026, 11, 2),
        "need": "write to a@example.org, “quiet”",
    } | values
    return {name: given.get(name) for name in definitions.source(NEEDS).columns}


def classes(workspace: Workspace) -> dict[str, Any]:
    return {str(row["need_id"]): row["kano_class"] for row in read(workspace, NEEDS).rows}


def write(workspace: Workspace, records: Records, edit: Edit, by: str = "Bo") -> Saved:
    return save(workspace, records, edit, by, lambda share, words: None)


def keys(rows: Iterable[Row]) -> list[Any]:
    return [row["need_id"] for row in rows]


@pytest.fixture
def kept(saved: Save) -> None:
    rows = [
        need("n1", feature="Quiet running", **FILLED), need("n2", feature="  quiet RUNNING ", kano_class="attractive"),
        need("n3", feature="Quiet running", kano_class="must-be", customer_id="C1", importance=4, owner="Design"),
        need("n4", feature="Paint", **FILLED), need("n5"), need("n6", feature="Quiet running at night"),
    ]  # fmt: skip
    saved(new=rows, name=NEEDS)


@pytest.mark.usefixtures("kept")
def test_needs_are_found_by_their_feature_whatever_its_capitals(workspace: Workspace) -> None:
    found = naming(workspace, version_of(workspace, NEEDS), {"Quiet running": "must-be", "Unheard of": "reverse"})
    assert {feature: keys(rows) for feature, rows in found.items()} == {"Quiet running": ["n1", "n2", "n3"]}


@pytest.mark.usefixtures("kept")
def test_only_those_with_another_class_are_changed_and_only_in_their_class(workspace: Workspace) -> None:
    edit = taken_over(workspace, {"Quiet running": "must-be", "Paint": "indifferent"})
    assert (edit.new, keys(edit.changed)) == ((), ["n1", "n2", "n4"])
    before = {row["need_id"]: row for row in read(workspace, NEEDS).rows}
    for row in edit.changed:
        differing = {name for name in row if row[name] != before[row["need_id"]][name]}
        assert differing == {"kano_class"}


@pytest.mark.usefixtures("kept")
def test_saved_it_is_one_load_with_its_author_and_the_rest_stands(workspace: Workspace, records: Records) -> None:
    before = {row["need_id"]: dict(row) for row in read(workspace, NEEDS).rows}
    found = write(workspace, records, taken_over(workspace, {"Quiet running": "must-be"}))
    assert (found.load.actor, found.load.loaded, found.load.published, found.replaced) == ("Bo", 2, True, ())
    assert classes(workspace) == {"n1": "must-be", "n2": "must-be", "n3": "must-be", "n4": None, "n5": None, "n6": None}
    after = {row["need_id"]: dict(row) | {"kano_class": before[row["need_id"]]["kano_class"]} for row in
             read(workspace, NEEDS).rows}  # fmt: skip
    assert after == before
    assert taken_over(workspace, {"Quiet running": "must-be"}).rows == ()


@pytest.mark.usefixtures("kept")
def test_what_others_changed_meanwhile_stops_it(workspace: Workspace, records: Records) -> None:
    edit = taken_over(workspace, {"Quiet running": "must-be"})
    write(workspace, records, taken_over(workspace, {"Quiet running": "reverse"}), "Cy")
    with pytest.raises(SourceError, match="n1.*changed meanwhile"):
        write(workspace, records, edit)
    assert classes(workspace)["n1"] == "reverse"


def test_an_empty_register_has_nothing_to_change(workspace: Workspace, records: Records) -> None:
    edit = taken_over(workspace, {"Quiet running": "must-be"})
    assert edit.rows == () and naming(workspace, None, {"Quiet running": "must-be"}) == {}
    with pytest.raises(SourceError, match="nothing was typed"):
        write(workspace, records, edit)


@pytest.mark.usefixtures("kept")
def test_no_feature_changes_nothing(workspace: Workspace) -> None:
    assert taken_over(workspace, {}).rows == () and taken_over(workspace, {"Nothing": "must-be"}).rows == ()
