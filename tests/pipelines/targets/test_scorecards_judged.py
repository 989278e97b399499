"""Each scorecard in each period that is over, and why a part of it says nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from figures_by_hand import Month, shares

from audit.records import Records
from audit.targets.scorecard import Scorecard
from pipelines.runs.run_folder import Run
from pipelines.targets.scorecards import Judged, judged, review_due, trend
from pipelines.workspace import SetUp, Workspace, make_workspace

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
STEADY: list[Month] = [(82, 100)] * 12
LEVELS = [
    {"word": "failing", "points": 0},
    {"word": "basic", "points": 40, "reaches": "60 %"},
    {"word": "satisfying", "points": 70, "reaches": "80 %"},
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("scored") / "house", SetUp(organisation="House"))


@pytest.fixture(scope="module")
def kept(workspace: Workspace) -> Iterator[Records]:
    with workspace.open_records() as opened:
        yield opened


def run(last: dt.date = LAST) -> Run:
    return Run("r", "House", "iso-9001-2015", FIRST, last, last, {}, {}, {})


def card(*rows: dict[str, Any], **more: Any) -> Scorecard:
    given = {"title": "T", "department": "D", "owner": "O", "grain": "quarter", "why": "w", "id": "SCO-001"}
    indicators = [{"kpi": "csat_top_2_box", "weight": 1, "levels": LEVELS} | each for each in rows or ({},)]
    return Scorecard.model_validate(given | more | {"indicators": indicators})


def look(
    workspace: Workspace, kept: Records, frame: pd.DataFrame, one: Scorecard | None = None, last: dt.date = LAST
) -> Judged:
    def read(kpi: str, grain: str) -> pd.DataFrame:
        return frame[(frame["kpi"] == kpi) & (frame["grain"] == grain)]

    return judged(workspace, run(last), kept, [one or card()], read)[0]


def scores(found: Judged) -> list[tuple[str, float | None, float | None]]:
    return [(each.period, each.score.low, each.score.high) for each in found.periods]


def test_every_period_that_is_over_has_its_score(workspace: Workspace, kept: Records) -> None:
    months: list[Month] = [(82, 100)] * 3 + [(70, 100)] * 3 + [(50, 100)] * 3 + [(90, 100)] * 3
    found = look(workspace, kept, shares(FIRST, months, LAST))
    assert scores(found) == [("2025-Q1", 70, 70), ("2025-Q2", 40, 40), ("2025-Q3", 0, 0), ("2025-Q4", 70, 70)]
    moved = trend(found)
    assert moved and moved.en == "70.0 points more than in 2025-Q3"


@pytest.mark.parametrize(
    ("last", "grain", "names"),
    [
        (dt.date(2025, 11, 30), "quarter", ["2025-Q1", "2025-Q2", "2025-Q3"]),
        (dt.date(2025, 12, 30), "quarter", ["2025-Q1", "2025-Q2", "2025-Q3"]),
        (dt.date(2025, 12, 30), "year", []),
        (dt.date(2025, 12, 31), "year", ["2025"]),
        (dt.date(2025, 3, 15), "month", ["2025-01", "2025-02"]),
        (dt.date(2025, 12, 31), "rolling_12_months", ["2025-12"]),
        (dt.date(2025, 12, 31), "fiscal_year", []),
    ],
)
def test_a_period_under_way_has_none_yet(
    workspace: Workspace, kept: Records, last: dt.date, grain: str, names: list[str]
) -> None:
    found = look(workspace, kept, shares(FIRST, STEADY[: last.month], last), card(grain=grain), last)
    assert [each.period[-7:] for each in found.periods] == names
    assert (found.silent is None) == bool(names)


def test_a_retired_scorecard_is_scored_no_more(workspace: Workspace, kept: Records) -> None:
    found = look(workspace, kept, shares(FIRST, STEADY, LAST), card(retired_on="2025-07-01"))
    assert [each.period for each in found.periods] == ["2025-Q1", "2025-Q2"]


def with_group(*rows: Month) -> pd.DataFrame:
    """A second KPI row set, of a group that has records in some months alone."""
    group = shares(FIRST, list(rows), LAST, "segment", "Private")
    return pd.concat([shares(FIRST, STEADY, LAST), group[group["n"] > 0]])


GROUP = {"by": "segment", "group": "Private"}


@pytest.mark.parametrize(
    ("frame", "rows", "low", "high", "because"),
    [
        # no record of the group in the last quarter
        (with_group(*[(82, 100)] * 9, *[(0, 0)] * 3), ({"weight": 3}, GROUP), 52.5, 70, "no records in the period"),
        # a month that the gate does not trust
        (with_group(*[(82, 100)] * 11, None), ({"weight": 3}, GROUP), 52.5, 70, "bad data"),
        # nobody measured it at all
        (shares(FIRST, STEADY, LAST), ({"weight": 3}, {"kpi": "nps", "levels": [LEVELS[0], {**LEVELS[1], "reaches":
         "20 points"}]}), 52.5, 62.5, "no records in the period"),
        # the KPI is gone, or its definition changed
        (shares(FIRST, STEADY, LAST), ({"weight": 3}, {"kpi": "gone"}), 52.5, 70, "there is no KPI 'gone' any more"),
        (shares(FIRST, STEADY, LAST), ({"weight": 3}, {"kpi": "complaint_rate"}), 52.5, 70, "do not fit the KPI any"),
        # too much is missing
        (with_group(*[(82, 100)] * 11, None), ({}, GROUP), None, None, "bad data"),
    ],
)  # fmt: skip
def test_what_is_missing_makes_a_range_and_says_why(
    workspace: Workspace, kept: Records, frame: pd.DataFrame, rows: Any, low: Any, high: Any, because: str
) -> None:
    found = look(workspace, kept, frame, card(*rows))
    assert found.latest is not None and scores(found)[-1] == ("2025-Q4", low, high)
    part = found.latest.score.parts[1]
    assert part.level is None and part.because and because in part.because.en
    moved = trend(found)
    assert moved and "cannot be compared with 2025-Q3" in moved.en


def test_a_quarter_that_begins_before_the_data_is_not_the_whole(workspace: Workspace, kept: Records) -> None:
    first = dt.date(2025, 2, 1)
    found = look(workspace, kept, shares(first, STEADY[:11], LAST))
    (part,) = found.periods[0].score.parts
    assert part.because and "measured from 1 Feb 2025 on only" in part.because.en
    assert [each.score.low for each in found.periods] == [None, 70, 70, 70]


def test_weights_are_shares_of_their_sum(workspace: Workspace, kept: Records) -> None:
    frame = with_group(*[(50, 100)] * 12)
    for factor in (1, 7.5):
        found = look(workspace, kept, frame, card({"weight": 3 * factor}, {**GROUP, "weight": factor}))
        assert found.latest is not None and found.latest.score.low == pytest.approx(52.5)
        assert [part.share for part in found.latest.score.parts] == [0.75, 0.25]


def test_the_data_may_end_before_the_audit_date(workspace: Workspace, kept: Records) -> None:
    early = replace(run(), as_of=dt.date(2025, 11, 30))
    frame = shares(FIRST, STEADY, LAST)
    (found,) = judged(workspace, early, kept, [card()], lambda kpi, grain: frame[frame["grain"] == grain])
    assert [each.period for each in found.periods] == ["2025-Q1", "2025-Q2", "2025-Q3"]


@pytest.mark.parametrize(
    ("on", "months", "due"),
    [("2025-08-31", 6, "2026-02-28"), ("2025-01-15", 12, "2026-01-15"), ("2024-12-31", 2, "2025-02-28")],
)
def test_a_review_is_due_by_months(on: str, months: int, due: str) -> None:
    assert review_due(card(reviewed_every=months), dt.date.fromisoformat(on)).isoformat() == due
