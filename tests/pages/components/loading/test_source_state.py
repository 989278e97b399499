"""When a source holds verdicts back, and when it must not be said to."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.load import GateResult, Load
from audit.text import Text
from pages.components.loading.source_state import source_state
from pipelines import definitions

AS_OF = dt.date(2026, 10, 31)
COMPLAINTS = definitions.sources()["complaints"]
TEXT = Text(en="why", zh="为何")


def load(at: int, *months: str, outcome: str = "passed", severity: str = "critical") -> Load:
    """A file of complaints received in the hour `at`; one that a critical expectation stopped is not published."""
    result = GateResult("expect_x", "closed_at", severity, outcome, 1, 1, TEXT)  # type: ignore[arg-type]
    published = not result.stops
    return Load(
        id=f"load{at}", source="complaints", file="c.csv", sha256="", mapping="", lines=1, loaded=1, rejected=0,
        blank=0, physical_lines=2, published=published, version=at if published else None,
        received_at=dt.datetime(2026, 11, 1, at, tzinfo=dt.UTC), actor="a", delivered=(), ignored=(),
        months=dict.fromkeys(months, 1), gate=(result,), rejects="",
    )  # fmt: skip


FRESH, OLD = dt.date(2026, 10, 1), dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("loads", "newest", "expected"),
    [
        ([], None, "missing"),
        # the first file was stopped, so nothing is there yet
        ([load(1, "2026-10", outcome="failed")], None, "missing"),
        ([load(1, "2026-10")], OLD, "stale"),
        ([load(2, "2026-10", outcome="failed"), load(1, "2026-09")], FRESH, "stopped"),
        ([load(2, "2026-10", outcome="could not be checked"), load(1, "2026-09")], FRESH, "stopped"),
        # a later file that lacks one of the months does not make it good
        ([load(3, "2026-10"), load(2, "2026-09", "2026-10", outcome="failed"), load(1, "2026-08")], FRESH, "stopped"),
    ],
)
def test_a_source_that_cannot_carry_verdicts_holds_them_back(
    loads: list[Load], newest: dt.date | None, expected: str
) -> None:
    state = source_state(COMPLAINTS, loads, {"complaints": newest} if newest else {}, AS_OF, ["8.2.1"])
    assert (state.standing, state.holds_back) == (expected, True)


@pytest.mark.parametrize(
    "loads",
    [
        [load(1, "2026-10")],
        [load(1, "2026-10", outcome="failed", severity="warning")],
        [load(3, "2026-10"), load(2, "2026-10", outcome="failed"), load(1, "2026-09")],
    ],
)
def test_a_source_that_can_carry_verdicts_is_current(loads: list[Load]) -> None:
    state = source_state(COMPLAINTS, loads, {"complaints": FRESH}, AS_OF, ["8.2.1"])
    assert (state.standing, state.holds_back) == ("current", False)


def test_a_source_on_which_no_clause_rests_holds_nothing_back() -> None:
    assert not source_state(COMPLAINTS, [], {}, AS_OF, []).holds_back


def test_loads_of_another_source_do_not_count() -> None:
    assert source_state(definitions.sources()["orders"], [load(1, "2026-10")], {}, AS_OF, []).standing == "missing"
