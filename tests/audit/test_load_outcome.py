"""Exactly one thing becomes of a file; whatever claims to be two of them, or none, is no Load."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from audit.load import GateResult, Load
from audit.text import Text

WORDS = Text(en="why", zh="为何")
BROKEN = GateResult("expect_x", "score", "critical", "failed", 1, 8, WORDS)
UNCHECKED = GateResult("expect_x", "score", "critical", "could not be checked", 0, 8, WORDS)
WARNED = GateResult("expect_x", "score", "warning", "failed", 1, 8, WORDS)
HELD = GateResult("expect_x", "score", "critical", "passed", 0, 8, WORDS)
UNPUBLISHED = {"published": False, "version": None}
NOTHING = {**UNPUBLISHED, "lines": 0, "loaded": 0, "rejected": 0, "blank": 0}


def load(**changes: Any) -> Load:
    """Eight rows, published, nothing rejected."""
    usual: dict[str, Any] = {
        "id": "a", "source": "orders", "file": "a.csv", "sha256": "", "mapping": "", "lines": 8, "loaded": 8,
        "rejected": 0, "blank": 0, "physical_lines": 9, "published": True, "version": 0, "actor": "Ann",
        "received_at": dt.datetime(2026, 3, 1, tzinfo=dt.UTC), "delivered": (), "ignored": (), "months": {}, "gate": (),
        "rejects": "",
    }  # fmt: skip
    return Load(**usual | changes)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "published"),
        ({"version": 7, "gate": (WARNED, HELD)}, "published"),
        ({"lines": 9, "blank": 1}, "published"),
        ({"lines": 9, "rejected": 1}, "published with rejects"),
        ({"lines": 10, "rejected": 1, "blank": 1, "gate": (WARNED,)}, "published with rejects"),
        ({**UNPUBLISHED, "gate": (HELD, BROKEN)}, "stopped by the gate"),
        ({**UNPUBLISHED, "gate": (UNCHECKED,)}, "stopped by the gate"),
        ({**UNPUBLISHED, "lines": 9, "rejected": 1, "gate": (BROKEN,)}, "stopped by the gate"),
        ({**NOTHING, "refused": "no table"}, "refused"),
        ({**NOTHING, "lines": 3, "rejected": 2, "blank": 1, "refused": "no row of it can be used"}, "refused"),
        # as recorded before refusals had a reason: every line was rejected
        ({**NOTHING, "lines": 2, "rejected": 2}, "refused"),
    ],
)
def test_one_thing_becomes_of_a_file(changes: dict[str, Any], outcome: str) -> None:
    found = load(**changes)
    assert found.outcome == outcome
    assert found.stopped is (outcome == "stopped by the gate")
    assert found.published is outcome.startswith("published")


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": 9},
        {"lines": 7},
        {"rejected": 1},
        {"version": None},
        {"published": False},
        {"refused": "no table"},
        {"gate": (BROKEN,)},
        {"lines": 0, "loaded": 0},
        {"lines": 1, "loaded": 0, "rejected": 1},
        UNPUBLISHED,
        {**UNPUBLISHED, "gate": (WARNED, HELD)},
        {**UNPUBLISHED, "gate": (BROKEN,), "refused": "no table"},
        {**NOTHING, "gate": (BROKEN,)},
    ],
    ids=str,
)
def test_what_is_two_of_them_or_none_is_no_load(changes: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match=r"^a\.csv: "):
        load(**changes)
