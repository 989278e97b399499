"""A register as people see it: what waits for somebody first, then the newest, and never all of a million rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from pipelines import definitions
from pipelines.personal import identities
from pipelines.registers.register import REGISTERS, Row, read, standing, version_of
from pipelines.workspace import Workspace

Typed = Callable[..., Row]
CLOSED = dt.datetime(2026, 11, 21, 12, 0)


def keys(register: Any) -> list[str]:
    return [row[register.key] for row in register.rows]


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_without_rows_is_empty_and_not_an_error(workspace: Workspace, name: str) -> None:
    empty = read(workspace, name)
    assert (empty.rows, empty.version, empty.total, empty.matching, empty.newest) == ((), None, 0, 0, None)
    assert empty.open == (0 if REGISTERS[name].open else None)


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_has_one_key_that_is_text(name: str) -> None:
    """Numbers are proposed for it, and an edit names its rows by it."""
    contract = definitions.source(name)
    assert [contract.columns[key].type for key in contract.key] == ["text"]


def test_open_rows_stand_first_then_the_newest(workspace: Workspace, saved: Any, complaint: Typed) -> None:
    saved(new=[
        complaint("old open", "2026-01-01 08:00:00"),
        complaint("new closed", "2026-11-20 08:00:00", closed_at=CLOSED),
        complaint("new open", "2026-11-19 08:00:00"),
        complaint("old closed", "2026-02-01 08:00:00", closed_at=CLOSED),
    ])  # fmt: skip
    found = read(workspace, "complaints")
    assert keys(found) == ["new open", "old open", "new closed", "old closed"]
    assert (found.total, found.open, found.newest) == (4, 2, dt.date(2026, 11, 20))


def test_no_more_rows_are_read_than_asked_for_and_the_others_are_counted(
    workspace: Workspace, saved: Any, complaint: Typed
) -> None:
    saved(new=[complaint(f"c{number}", cause="seal" if number % 2 else "pump") for number in range(9)])
    found = read(workspace, "complaints", most=2)
    assert (len(found.rows), len(found.origins), found.matching, found.total) == (2, 2, 9, 9)
    searched = read(workspace, "complaints", " SEAL ", most=2)
    assert (len(searched.rows), searched.matching, searched.total) == (2, 4, 9)


@pytest.mark.parametrize("search", ["%", "_", "'", "'; drop view complaints; --", "nobody wrote this"])
def test_a_search_is_text_and_nothing_else(workspace: Workspace, saved: Any, complaint: Typed, search: str) -> None:
    saved(new=[complaint("c1", cause="seal")])
    assert read(workspace, "complaints", search).rows == ()
    assert read(workspace, "complaints").total == 1


def test_rows_that_are_asked_for_come_first_whatever_is_searched(
    workspace: Workspace, saved: Any, complaint: Typed
) -> None:
    saved(new=[complaint("a", cause="seal"), complaint("b", cause="pump", closed_at=CLOSED)])
    assert keys(read(workspace, "complaints", "seal", also=["b"])) == ["b", "a"]


def test_each_row_knows_the_load_and_the_line_that_it_came_with(
    workspace: Workspace, saved: Any, complaint: Typed
) -> None:
    first = saved(new=[complaint("a", cause="two\nlines"), complaint("b")]).load
    second = saved(changed=[complaint("a", cause="one")]).load
    found = read(workspace, "complaints")
    assert dict(zip(keys(found), found.origins, strict=True)) == {"a": (second.id, 2), "b": (first.id, 4)}


def test_an_earlier_version_still_has_the_row_as_it_stood(workspace: Workspace, saved: Any, complaint: Typed) -> None:
    before = saved(new=[complaint("a", cause="seal")]).load.version
    saved(changed=[complaint("a", cause="pump")])
    now = version_of(workspace, "complaints")
    then = standing(workspace, "complaints", before, ["a", "unknown"])
    assert {key: row["cause"] for key, row in then.items()} == {"a": "seal"}
    assert standing(workspace, "complaints", now, ["a"])["a"]["cause"] == "pump"
    assert standing(workspace, "complaints", None, ["a"]) == standing(workspace, "complaints", now, []) == {}


def test_a_contact_that_is_kept_apart_stands_in_its_row(workspace: Workspace, saved: Any) -> None:
    columns = definitions.source("interactions").columns
    given = {"interaction_id": "i1", "occurred_at": dt.datetime(2026, 11, 1), "kind": "call", "customer_id": "k1"}
    saved(new=[{name: given.get(name) for name in columns}], name="interactions")
    (stored,) = read(workspace, "interactions").rows
    row = {"source": "interactions", "row": "i1", "pseudonym": stored["customer_id"], "original": "k1"}
    other = row | {"row": "i2"}
    identities.keep(workspace.identity, pa.Table.from_pylist([other | {"contact": "Bo"}, row | {"contact": "Ana"}]))
    (found,) = read(workspace, "interactions").rows
    assert list(found) == list(columns) and found["contact"] == "Ana"
