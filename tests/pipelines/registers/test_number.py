"""Numbers for new rows: the next one of the year, never one that somebody has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.registers.number import numbered, proposals
from pipelines.registers.register import Row, version_of
from pipelines.workspace import Workspace

Typed = Callable[..., Row]


@pytest.mark.parametrize(
    ("standing", "first"),
    [
        ([], "C-2026-0001"),
        (["C-2026-0006"], "C-2026-0007"),
        (["C-2026-0002", "C-2026-0009"], "C-2026-0010"),  # a gap stays a gap
        (["C-2026-9999"], "C-2026-10000"),
        # numbers of others, and of other years, do not count
        (["C-2025-0044", "K-0260", "7", "C-2026-", "C-2026-12a", "xC-2026-0080", "c-2026-0080"], "C-2026-0001"),
        (["C-2026-99999999999999999999"], "C-2026-0001"),
    ],
)
def test_the_first_number_that_is_proposed(
    workspace: Workspace, saved: Any, complaint: Typed, standing: list[str], first: str
) -> None:
    if standing:
        saved(new=[complaint(id) for id in standing])
    assert proposals(workspace, "complaints", version_of(workspace, "complaints"), 2026, 2)[0] == first


def test_a_row_that_moved_out_of_sight_keeps_its_number(workspace: Workspace, saved: Any, complaint: Typed) -> None:
    saved(new=[complaint("C-2026-0001")])
    saved(changed=[complaint("C-2026-0001", "2025-01-01 08:00:00")])
    assert proposals(workspace, "complaints", version_of(workspace, "complaints"), 2026, 1) == ["C-2026-0002"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ([None, None], ["n1", "n2"]),
        (["own", None], ["own", "n1"]),
        ([None, "n1"], ["n2", "n1"]),  # one that was typed is not given to another row
        (["n2", None, None], ["n2", "n1", "n3"]),
        ([], []),
        ([None] * 4, ["n1", "n2", "n3", None]),  # none is left: the row is refused, not numbered twice
    ],
)
def test_a_row_without_a_number_gets_the_next_free_one(typed: list[str | None], expected: list[str | None]) -> None:
    rows = numbered([{"id": id, "other": 1} for id in typed], "id", ["n1", "n2", "n3"])
    assert [row["id"] for row in rows] == expected
    assert all(row["other"] == 1 for row in rows)
