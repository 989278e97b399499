"""Each period of an objective against the target in force at its end, and what is said of the one under way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from figures_by_hand import Month, shares
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.targets.objective import Objective
from pipelines.runs.run_folder import Run
from pipelines.targets.objectives import Judged, judged, told
from pipelines.workspace import SetUp, Workspace, make_workspace

FIRST = dt.date(2025, 1, 1)
STEADY: list[Month] = [(82, 100), (78, 100), (81, 100), (80, 100), (83, 100), (79, 100), (82, 100), (78, 100)] * 3


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("judged") / "house", SetUp(organisation="House"))


def run(last: dt.date) -> Run:
    return Run("r", "House", "iso-9001-2015", FIRST, last, last, {}, {}, {})


def objective(*steps: dict[str, str], **more: Any) -> Objective:
    given = {"title": "T", "kpi": "csat_top_2_box", "grain": "quarter", "owner": "A", "why": "w", "id": "OBJ-001"}
    return Objective.model_validate(given | more | {"targets": list(steps)})


def step(since: str = "2025-01-01", **goals: str) -> dict[str, str]:
    return {"since": since, **(goals or {"at_least": "75 %"})}


def look(workspace: Workspace, frame: pd.DataFrame, last: dt.date, one: Objective) -> Judged:
    return judged(workspace, run(last), [one], lambda kpi, grain: frame[frame["grain"] == grain])[0]


def through(workspace: Workspace, months: list[Month], last: dt.date, *steps: dict[str, str], **more: Any) -> Judged:
    count = (last.year - 2025) * 12 + last.month
    return look(workspace, shares(FIRST, months[:count], last), last, objective(*(steps or (step(),)), **more))


def test_a_period_is_held_against_the_target_at_its_end(workspace: Workspace) -> None:
    steps = step(at_least="75 %"), step("2025-05-15", at_least="85 %"), step("2025-10-01", at_least="70 %")
    found = through(workspace, STEADY, dt.date(2025, 12, 31), *steps)
    assert [(p.period, p.met, p.changed) for p in found.periods] == [
        ("2025-Q1", "attained", False), ("2025-Q2", "not attained", True), ("2025-Q3", "not attained", False),
        ("2025-Q4", "attained", False),
    ]  # fmt: skip
    assert "the target changed within the period" in found.periods[1].because.en
    assert found.latest is found.periods[3] and found.current is None and found.forecast is None


@pytest.mark.parametrize(
    ("last", "grain", "names"),
    [
        (dt.date(2026, 2, 28), "quarter", ["2025-Q4 attained", "2026-Q1 open"]),
        (dt.date(2026, 3, 30), "quarter", ["2025-Q4 attained", "2026-Q1 open"]),
        (dt.date(2026, 3, 31), "quarter", ["2025-Q4 attained", "2026-Q1 attained"]),
        (dt.date(2026, 3, 31), "year", ["2025 attained", "2026 open"]),
        (dt.date(2026, 3, 15), "month", ["2026-02 attained", "2026-03 open"]),
        (dt.date(2026, 3, 31), "month", ["2026-02 attained", "2026-03 attained"]),
        (dt.date(2026, 3, 31), "rolling_12_months", ["2026-02 attained", "2026-03 attained"]),
    ],
)
def test_a_period_is_open_until_its_last_day_is_measured(
    workspace: Workspace, last: dt.date, grain: str, names: list[str]
) -> None:
    found = through(workspace, STEADY, last, grain=grain)
    assert [f"{p.period} {p.met}" for p in found.periods][-2:] == names
    assert (found.forecast is not None) == names[-1].endswith("open")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kpi": "csat_top_2_bux"}, "there is no KPI 'csat_top_2_bux' any more"),
        ({"grain": "fiscal_year"}, "did not measure Satisfied customers (top 2 of 5) over such a period"),
        ({"targets": [step("2026-07-01")]}, "no period that was measured ends on or after 1 Jul 2026"),
        ({"targets": [step("2024-01-01")], "retired_on": "2024-12-31"}, "no period that was measured"),
    ],
)
def test_where_nothing_can_be_judged_it_says_why(workspace: Workspace, change: dict[str, Any], words: str) -> None:
    one = Objective.model_validate(objective(step()).model_dump() | change)
    frame = shares(FIRST, STEADY[:12], dt.date(2025, 12, 31))
    found = look(workspace, frame[frame["kpi"] == one.kpi], dt.date(2025, 12, 31), one)
    assert found.periods == () and found.forecast is None and found.silent and words in found.silent.en
    assert told(found)[0].en.startswith("T, because ")


def test_what_begins_after_the_period_or_after_its_end_is_not_the_whole(workspace: Workspace) -> None:
    first, last = dt.date(2025, 2, 1), dt.date(2025, 12, 31)
    frame = shares(first, STEADY[:11], last)
    found = look(workspace, frame, last, objective(step()))
    assert [p.met for p in found.periods] == ["not evaluated", "attained", "attained", "attained"]
    assert "measured from 1 Feb 2025 on only" in found.periods[0].because.en
    assert [p.met for p in look(workspace, frame, last, objective(step(), grain="year")).periods] == ["not evaluated"]


@pytest.mark.parametrize("at", [3, 4, 5])
def test_one_month_that_is_not_trusted_silences_its_quarter_and_no_other(workspace: Workspace, at: int) -> None:
    months = [None if place == at else month for place, month in enumerate(STEADY)]
    found = through(workspace, months, dt.date(2025, 12, 31))
    assert [p.met for p in found.periods] == ["attained", "not evaluated", "attained", "attained"]
    assert "bad data" in found.periods[1].because.en and "数据不可信" in found.periods[1].because.zh


def test_a_group_without_records_is_not_evaluated_and_the_whole_is_no_stand_in(workspace: Workspace) -> None:
    last = dt.date(2025, 12, 31)
    whole = shares(FIRST, STEADY[:12], last)
    group = shares(FIRST, STEADY[:12], last, "segment", "Private")
    group = group[group["ends"] <= dt.date(2025, 6, 30)]  # no row where it has no records
    one = objective(step(), by="segment", group="Private")
    found = look(workspace, pd.concat([whole, group], ignore_index=True), last, one)
    assert [p.met for p in found.periods] == ["attained", "attained", "not evaluated", "not evaluated"]
    other = one.model_copy(update={"group": "Business"})
    assert {p.met for p in look(workspace, whole, last, other).periods} == {"not evaluated"}


def test_a_retired_objective_is_judged_until_its_last_day(workspace: Workspace) -> None:
    found = through(workspace, STEADY, dt.date(2025, 12, 31), retired_on="2025-09-30")
    assert [p.period for p in found.periods] == ["2025-Q1", "2025-Q2", "2025-Q3"]
    before = through(workspace, STEADY, dt.date(2025, 12, 31), retired_on="2025-09-29")
    assert [p.period for p in before.periods] == ["2025-Q1", "2025-Q2"]


@settings(max_examples=25)
@given(st.lists(st.integers(40, 100), min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 30))
def test_one_better_month_attains_no_less(hits: list[int], at: int, more: int) -> None:
    from functools import cache
    from tempfile import mkdtemp

    @cache
    def house() -> Workspace:
        return make_workspace(Path(mkdtemp()) / "house", SetUp(organisation="House"))

    better = [min(100, hit + more) if place == at else hit for place, hit in enumerate(hits)]
    one, other = (through(house(), [(hit, 100) for hit in each], dt.date(2025, 12, 31)) for each in (hits, better))
    for before, after in zip(one.periods, other.periods, strict=True):
        assert not (before.met == "attained" and after.met == "not attained")


@pytest.mark.parametrize(
    ("months", "last", "target", "outlook"),
    [
        (STEADY, dt.date(2026, 2, 28), "60 %", "on course"),
        (STEADY, dt.date(2026, 2, 28), "80 %", "at risk"),
        (STEADY, dt.date(2026, 2, 28), "95 %", "out of reach"),
        ([(80, 100), (82, 100), (81, 100), (79, 100), (50, 100)], dt.date(2025, 5, 31), "75 %", "too early to say"),
        ([(80, 100)] * 2 + [None] * 10 + [(80, 100)] * 2, dt.date(2026, 2, 28), "75 %", "too early to say"),
        ([*STEADY[:13], None], dt.date(2026, 2, 28), "60 %", "cannot be told"),  # a month of the period itself
        ([*STEADY[:9], (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)], dt.date(2026, 2, 28), "60 %", "cannot be told"),
        ([(100, 100)] * 14, dt.date(2026, 2, 28), "90 %", "on course"),
        ([(100, 100)] * 14, dt.date(2026, 2, 28), "100 %", "at risk"),  # all so far, and yet not for certain
    ],
)
def test_where_the_current_quarter_is_heading(
    workspace: Workspace, months: list[Month], last: dt.date, target: str, outlook: str
) -> None:
    found = through(workspace, months, last, step(at_least=target))
    assert found.forecast and found.forecast.outlook == outlook
    bounded = outlook in ("on course", "at risk", "out of reach")
    assert (found.forecast.value is not None) == bounded
    if found.forecast.low is not None and found.forecast.high is not None and found.forecast.value is not None:
        assert 0 <= found.forecast.low <= found.forecast.value <= found.forecast.high <= 100
    assert outlook in told(found)[-1].en and told(found)[-1].zh


def test_what_is_there_already_counts_with_its_records(workspace: Workspace) -> None:
    """Two months of 1,000 records at 60 % and one to come of about 100 at 80 %: 61.7 %, whatever that one brings."""
    months: list[Month] = [*STEADY[:12], (600, 1000), (600, 1000)]
    found = through(workspace, months, dt.date(2026, 2, 28), step(at_least="70 %")).forecast
    assert found and found.outlook == "out of reach" and found.value is not None
    recent = (10 * 100 + 2 * 1000) / 12  # records that a month is expected to have: the mean of the last twelve
    assert 60 <= found.value <= (1200 + recent) / (2000 + recent) * 100
    assert found.low is not None and found.low >= 1200 / (2000 + recent) * 100


@pytest.mark.parametrize(
    ("kpi", "unit", "at", "scale"),
    [
        ("nps", "points", 99.0, (-100, 100)),
        ("nps", "points", -99.0, (-100, 100)),
        ("mean_satisfaction", "score", 4.95, (1, 5)),
        ("mean_satisfaction", "score", 1.05, (1, 5)),
        ("ces", "score", 6.9, (1, 7)),
    ],
)
def test_no_forecast_leaves_the_scale_of_its_kpi(
    workspace: Workspace, kpi: str, unit: str, at: float, scale: tuple[float, float]
) -> None:
    last, wide = dt.date(2026, 1, 31), (scale[1] - scale[0]) / 10
    frame = shares(FIRST, [(50, 100)] * 13, last)
    frame[["value", "low", "high"]] = [at, max(at - wide, scale[0]), min(at + wide, scale[1])]
    found = look(
        workspace, frame.assign(unit=unit, kpi=kpi), last, objective(step(at_least=f"0 {unit}"), kpi=kpi)
    ).forecast
    assert found and found.low is not None and found.high is not None
    assert scale[0] <= found.low < found.high <= scale[1]
    assert scale[1 if at > sum(scale) / 2 else 0] in (
        pytest.approx(found.low, abs=wide),
        pytest.approx(found.high, abs=wide),
    )


def test_a_figure_that_is_not_made_of_its_months_is_not_forecast(workspace: Workspace) -> None:
    last = dt.date(2026, 2, 28)
    frame = shares(FIRST, STEADY[:14], last)
    quarters = frame["grain"] == "quarter"
    frame.loc[quarters, "value"] += 20  # as a median or a count of different customers would
    found = look(workspace, frame, last, objective(step()))
    assert found.forecast and found.forecast.outlook == "cannot be told"
    assert "is not made up of those of its months" in found.forecast.because.en


def test_counts_are_added_up(workspace: Workspace) -> None:
    """Eight or so a month, three months: at least 20 will come, at least 40 will not."""
    last = dt.date(2026, 2, 28)
    frame = shares(FIRST, STEADY[:14], last)
    count = {"month": 8.0, "quarter": 24.0}
    for place, row in frame.iterrows():
        months = max(1, round((row["ends"] - row["starts"]).days / 30.4))
        wobble = 1.0 if row["grain"] == "month" and row["starts"].month % 2 else 0.0
        odd = sum((row["starts"].month + at) % 2 for at in range(months)) if row["grain"] == "quarter" else wobble
        value = count["month"] * months + odd
        frame.loc[place, ["value", "low", "high"]] = [value, value - 4, value + 4]
    frame = frame.assign(unit="count", kpi="compliments")
    for target, outlook in (("20 count", "on course"), ("40 count", "out of reach")):
        found = look(workspace, frame, last, objective(step(at_least=target), kpi="compliments"))
        assert found.forecast and found.forecast.outlook == outlook


def test_a_report_tells_of_a_group_without_its_figures(workspace: Workspace) -> None:
    last = dt.date(2026, 2, 28)
    whole, group = (shares(FIRST, STEADY[:14], last, *at) for at in (("", ""), ("segment", "Private")))
    frame = pd.concat([whole, group], ignore_index=True)
    one = objective(step(), by="segment", group="Private")
    sentences = " ".join(text.en for text in told(look(workspace, frame, last, one)))
    assert "attained" in sentences and not any(sign in sentences for sign in ("%", "n =", "("))


def test_hidden_figures_say_nothing(workspace: Workspace) -> None:
    """As a viewer is given them: no value, no count, and the reason."""
    last = dt.date(2026, 2, 28)
    whole, group = (shares(FIRST, STEADY[:14], last, *at) for at in (("", ""), ("segment", "Private")))
    hidden = group.astype({"n": "Int64"})
    for name in ("value", "low", "high", "n"):
        hidden.loc[hidden.index, name] = pd.NA
    hidden = hidden.assign(not_evaluated_en="suppressed: fewer than 5", not_evaluated_zh="已隐去：少于 5")
    frame = pd.concat([whole.astype({"n": "Int64"}), hidden], ignore_index=True)
    found = look(workspace, frame, last, objective(step(), by="segment", group="Private"))
    assert {p.met for p in found.periods} == {"not evaluated", "open"}
    assert "suppressed: fewer than 5" in found.periods[0].because.en
    assert found.forecast and found.forecast.outlook == "cannot be told" and found.forecast.value is None
