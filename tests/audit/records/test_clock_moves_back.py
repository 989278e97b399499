"""A clock that is set back changes no order: what was decided later counts, whatever time it bears."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from audit.evidence import Verdict
from audit.records import open_records
from audit.records.auditing import decisions
from audit.records.trail import trail

HOURS = (10, 14, 9, 3, 11)
"""What the clock says, one change after the other."""
VERDICTS = (Verdict.CONFORMS, Verdict.UNDETERMINED, Verdict.CONFORMS, Verdict.CONFORMS, Verdict.UNDETERMINED)


def test_the_number_gives_the_order_and_not_the_time(url: str, anchor: Path) -> None:
    now = dt.datetime(2026, 10, 25, tzinfo=dt.UTC)
    with open_records(url, lambda: now, anchor) as records:
        for hour, verdict in zip(HOURS, VERDICTS, strict=True):
            now = now.replace(hour=hour)
            decisions.conclude(records, "9.1.2-a", "run", Verdict.CONFORMS, verdict, "Ann", f"at {hour}")
        assert [entry.time.hour for entry in trail.entries(records)] == list(HOURS), "the times are told as they were"
        assert [entry.seq for entry in trail.entries(records)] == [1, 2, 3, 4, 5] and trail.verify(records) == []
        assert decisions.current(records)["9.1.2-a"].reason == "at 11"
        assert [each.reason for each in decisions.history(records, "9.1.2-a")][:2] == ["at 11", "at 3"]
