"""What a series of figures says in words: which verdict, where, since when, by which rule; and when nothing is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import SourceError
from audit.event import Event
from audit.measurement import Kpi, Measurement
from audit.quantity import Unit
from audit.text import Text
from pipelines.measuring.periods import window
from pipelines.methods.nelson import Signal
from pipelines.methods.trend import trend
from pipelines.signalling.places import gaps_unknown, places
from pipelines.signalling.sentence import trend_of
from pipelines.signals import VERDICTS, Reading, reading

WHY = Text(en="there are no records in the period", zh="期内没有记录")
GATE = Text(en="the gate stopped the load.", zh="该批数据未通过检查。")
DAY = dt.timedelta(days=1)
CALM = [70.0, 74.0, 72.0, 68.0, 70.0, 74.0, 68.0, 72.0, 70.0, 72.0, 69.0, 73.0]
SECOND = [72.0, 70.0, 69.0, 73.0, 72.0, 68.0, 74.0, 70.0, 73.0, 69.0, 70.0, 72.0]
"""Two years that do not repeat each other: mean 71, and never three in a row on one side."""


def kpi(better: str = "higher", **more: Any) -> Kpi:
    text = Text(en="Satisfaction", zh="满意度")
    header = {"name": "csat", "title": text, "unit": "%", "source": "answers", "dated_by": "on", "why": text,
              "clauses": (), "query": ""}  # fmt: skip
    return Kpi(**header | {"better": better} | more)  # type: ignore[arg-type]


def months(
    values: Sequence[float | None], n: int = 100, first: tuple[int, int] = (2024, 1), **more: Any
) -> list[Measurement]:
    found = []
    for at, value in enumerate(values):
        year, month = divmod(first[0] * 12 + first[1] - 1 + at, 12)
        starts = dt.date(year, month + 1, 1)
        ends = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY
        row: dict[str, Any] = {
            "kpi": "csat", "unit": "%", "grain": "month", "period": f"{starts:%Y-%m}", "starts": starts, "ends": ends,
            "by": "", "group": "", "value": value, "n": n, "not_evaluated": WHY if value is None else None,
        }  # fmt: skip
        found.append(Measurement(**row | more))
    return found


def read(values: Sequence[float | None], better: str = "higher", **more: Any) -> Reading:
    return reading(months(values), kpi(better), **more)


OUT_ABOVE, OUT_BELOW = [*CALM, *SECOND[:3], 99.0], [*CALM, *SECOND[:3], 40.0]
RUN_BELOW = [*CALM, *SECOND, *[70.5, 69.0, 70.0] * 3]
RUN_ABOVE = [*CALM, *SECOND, *[71.5, 73.0, 72.0] * 3]
RISE = [60.0 + at + (2 if at % 2 else 0) for at in range(16)]
TOLD: list[tuple[list[float | None], str, str, str]] = [
    ([*CALM, *SECOND], "higher", "stable", "Stable: the latest 6 of 24 points give no signal (Nelson rules 1, 2)."),
    (list(OUT_ABOVE), "higher", "improving", "Improving: 2025-04 lies at 99.0 %, above the upper limit of"),
    (list(OUT_ABOVE), "lower", "worsening", "Worsening: 2025-04 lies at 99.0 %, above the upper limit of"),
    (list(OUT_BELOW), "higher", "worsening", "Worsening: 2025-04 lies at 40.0 %, below the lower limit of"),
    (list(OUT_BELOW), "lower", "improving", "Improving: 2025-04 lies at 40.0 %, below"),
    (list(OUT_BELOW), "neither", "changed", "Changed: 2025-04 lies at 40.0 %, below"),
    (list(RUN_BELOW), "higher", "worsening", "Worsening: since 2026-01 9 points in a row lie below the centre line of"),
    (list(RUN_BELOW), "neither", "changed", "(Nelson rule 2)."),
    (CALM[:9], "higher", "too few points", "Too few points: 9; at least 10 are needed to say what is ordinary. The"),
    (CALM[:3], "higher", "too few points", "Too few points: 3; at least 10 are needed to say what is ordinary."),
    ([*RUN_BELOW, None], "higher", "worsening", "Worsening: since 2026-01 9 points in a row lie below the centre line"),
    ([*RUN_BELOW, 74.0, 75.0], "higher", "worsening", "Worsening: from 2026-01 to 2026-09 9 points in a row lay below "
     "the centre line of 71.0 % (Nelson rule 2); 2026-11 lies at 75.0 %, above the centre line."),
    ([*RUN_ABOVE, 70.0], "lower", "worsening", "Worsening: from 2025-12 to 2026-09 10 points in a row lay above "
     "the centre line of 71.0 % (Nelson rule 2); 2026-10 lies at 70.0 %, below the centre line."),
    ([*OUT_BELOW, 72.0, 74.0], "higher", "worsening", "Worsening: in 2025-04 a point lay at 40.0 %, below the lower "),
    ([*OUT_BELOW, 72.0, 74.0], "higher", "worsening", " (Nelson rule 1); 2025-06 lies at 74.0 %, above the centre "),
    ([*OUT_BELOW, 74.0, 66.0], "higher", "worsening", " (Nelson rule 1)."),
    ([*OUT_ABOVE, 72.0, 70.0], "higher", "improving", "Improving: in 2025-04 a point lay at 99.0 %, above the upper "),
    ([*OUT_ABOVE, 72.0, 70.0], "higher", "improving", " (Nelson rule 1); 2025-06 lies at 70.0 %, below the centre "),
    ([], "higher", "not evaluated", "Not evaluated: no period has a value."),
    ([None] * 12, "higher", "not evaluated", "cannot be trusted (there are no records in the period)."),
    ([*CALM, None, None, None], "higher", "not evaluated", "cannot be trusted (there are no records in the period)."),
    ([*CALM, None, None], "higher", "stable", "2025-02 is not evaluated and does not count."),
    ([v for each in CALM for v in (each, None)], "higher", "too few points", "fewer than 6 stand beside a neighbour"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "better", "verdict", "sentence"), TOLD)
def test_the_verdict_and_its_sentence(values: list[float | None], better: str, verdict: str, sentence: str) -> None:
    found = read(values, better)
    assert found.verdict == verdict and sentence in found.because.en
    assert found.because.zh and verdict in VERDICTS and "\n" not in found.because.en


@pytest.mark.parametrize(
    ("values", "lasts"),
    [
        (RUN_BELOW, True),
        ([*RUN_BELOW, None], True),  # what has no value says nothing against it
        ([*RUN_BELOW, 74.0], False),
        (OUT_BELOW, False),  # one point says nothing of those after it, though it is the newest
        ([*OUT_BELOW, 72.0], False),
        ([*CALM, *SECOND], False),
    ],
)
def test_a_signal_lasts_where_several_points_reach_the_newest(values: list[float | None], lasts: bool) -> None:
    assert read(values).lasts is lasts


def test_a_slow_drift_without_a_signal_is_found_by_its_trend() -> None:
    dice = np.random.default_rng(4)
    values = [70 + 0.5 * at + 4 * float(dice.standard_normal()) for at in range(24)]
    found = read(values)
    assert found.chart and not [s for s in found.chart.signals if s.last >= 18]
    assert (
        found.verdict == "improving"
        and "it rises by 0." in found.because.en
        and "percentage points" in found.because.en
    )
    assert "Mann-Kendall, p " in found.because.en and found.signal is None
    assert read(values, "neither").verdict == "changed" and read([-v for v in values], "higher").verdict == "worsening"


SLIGHT: list[tuple[list[float], str, str]] = [
    (
        [90 + 0.03 * at for at in range(24)],
        "%",
        "it rises more often than it falls, by less than 0.1 percentage points",
    ),
    ([90 - 0.03 * at for at in range(24)], "points", "it falls more often than it rises, by less than 0.1 points"),
    ([4 + 0.002 * at for at in range(24)], "score", "it rises more often than it falls, by less than 0.01"),
    (
        [*[0.0] * 14, 1, 0, 0, 2, 0, 1, 0, 1, 1, 0, 2, 0, 1, 0, 0, 1],
        "count",
        "it rises more often than it falls, by less than 0.01",
    ),
    ([90 + 0.06 * at for at in range(24)], "%", "it rises by 0.1 percentage points"),
]


@pytest.mark.parametrize(("values", "unit", "words"), SLIGHT)
def test_no_trend_is_said_to_be_of_nothing(values: list[float], unit: Unit, words: str) -> None:
    """A clear rise whose slope rounds to nothing, or of which the median of all pairs is nothing."""
    said = trend_of(trend(values), unit)
    assert f"{words} from one to the next (Mann-Kendall, p " in said.en


def test_an_old_signal_has_passed() -> None:
    values = [*CALM[:4], 99.0, *CALM[4:], *CALM[:8]]
    found = read(values)
    assert found.verdict == "stable" and "Signals in earlier points, passed since: 1." in found.because.en
    assert found.chart and found.chart.signals and found.signal is None


@pytest.mark.parametrize(("after", "verdict"), [(5, "worsening"), (6, "stable")])
def test_a_signal_is_news_for_six_points(after: int, verdict: str) -> None:
    assert read([*CALM, *SECOND, 40.0, *CALM[:after]]).verdict == verdict


def test_of_several_signals_the_latest_counts() -> None:
    found = read([*CALM, *SECOND, 40.0, 71.0, 99.0])
    assert found.verdict == "improving" and found.signal == Signal(1, 26, 26, True)


def test_further_rules_speak_only_when_asked() -> None:
    values = [*CALM, *SECOND, 70.0, 70.6, 71.2, 71.8, 72.4, 73.0]
    assert read(values).verdict == "stable"
    found = read(values, rules=(1, 2, 3))
    assert found.verdict == "improving" and "6 points in a row rise (Nelson rule 3)" in found.because.en


RULES: list[tuple[int, list[float], str]] = [
    (4, [72.0, 70.0] * 7, "go up and down by turns"),
    (5, [71.0, 77.0, 77.0], "two of three points lie far above"),
    (6, [74.5, 74.5, 74.5, 74.5], "four of five points lie well above"),
    (7, [71.0, 71.2, 70.8] * 5, "lie unusually close to the centre line"),
    (8, [66.0, 76.0] * 4, "lie far from the centre line"),
]


@pytest.mark.parametrize(("rule", "more", "words"), RULES)
def test_every_rule_has_its_words(rule: int, more: list[float], words: str) -> None:
    found = read([*CALM, *SECOND, *more], rules=(rule,))
    assert words in found.because.en and f"(Nelson rule {rule})" in found.because.en
    assert found.verdict == ("changed" if rule in (4, 7, 8) else "improving")


CHANGE = Event(dt.date(2025, 1, 1), "a new carrier", baseline=True, id="EVT-001")


def test_a_baseline_makes_the_new_level_ordinary() -> None:
    values = [*CALM, *[value + 15 for value in CALM]]
    assert read(values).verdict == "improving"
    found = read(values, events=[CHANGE])
    assert found.verdict == "stable" and found.chart
    assert [p.frozen_from_day for p in found.chart.phases] == [None, CHANGE.day] and found.chart.phases[1].first == 12
    assert "of 12 points" in found.because.en


NO_BASELINE = [
    Event(CHANGE.day, "only a note"),
    Event(CHANGE.day, "withdrawn", baseline=True, withdrawn=True),
]


@pytest.mark.parametrize("event", NO_BASELINE, ids=lambda event: event.words)
def test_what_is_no_baseline_begins_no_limits(event: Event) -> None:
    values = [*CALM, *[value + 15 for value in CALM]]
    assert read(values, events=[event]) == read(values)


@pytest.mark.parametrize("day", [dt.date(2025, 12, 2), dt.date(2026, 1, 1), dt.date(2030, 5, 5)])
def test_a_baseline_that_no_period_follows_waits_and_is_said_to(day: dt.date) -> None:
    values = [*CALM, *[value + 15 for value in CALM]]
    found, without = read(values, events=[Event(day, "new pumps", baseline=True)]), read(values)
    assert replace(found, because=without.because) == without
    assert found.because.en == (
        f"{without.because.en} The change of {day.day} {day:%b %Y} counts from the first period that begins on or "
        "after it; there is none yet."
    )


def test_the_period_in_which_the_change_fell_closes_the_former_phase() -> None:
    found = read([*CALM, *SECOND], events=[Event(dt.date(2025, 1, 15), "mid-month", baseline=True)])
    assert found.chart and found.chart.phases[1].first == 13


def test_too_few_points_since_a_change_are_said_with_its_day() -> None:
    found = read([*CALM, *SECOND[:3]], events=[CHANGE])
    assert found.verdict == "too few points" and "3 since the change of 1 Jan 2025; at least 10" in found.because.en


def test_the_trend_begins_with_the_change_too() -> None:
    found = read([*[value - 30 for value in CALM], *CALM], events=[CHANGE])
    assert found.trend and found.trend.points == 12 and found.verdict == "stable"


def part_of_a_month() -> list[Measurement]:
    series = months([*CALM, 20.0])
    cut = series[-1]
    return [*series[:-1], Measurement(**{**vars(cut), "ends": cut.starts + 9 * DAY})]


def test_a_month_that_the_data_cover_in_part_does_not_count() -> None:
    found = reading(part_of_a_month(), kpi())
    assert found.verdict == "stable" and found.chart and found.chart.centre[-1] is None and len(found.chart.low) == 13


def test_figures_that_failed_the_gate_are_no_evidence() -> None:
    series = months(CALM)
    held = [
        Measurement(**{**vars(each), "value": 99.0, "not_evaluated": GATE}) for each in months([0.0], first=(2025, 1))
    ]
    found = reading([*series, *held], kpi())
    assert found.verdict == "stable" and found.chart and found.chart.centre[12] is None
    all_held = [Measurement(**{**vars(each), "not_evaluated": GATE}) for each in series]
    told = reading(all_held, kpi())
    assert (told.chart, told.trend, told.verdict) == (None, None, "not evaluated")
    assert told.because.en.endswith("(the gate stopped the load).")


def test_a_value_that_is_not_finite_does_not_count() -> None:
    found = read([*CALM, float("inf")])
    assert found.verdict == "stable" and found.chart and found.chart.centre[-1] is None


def test_periods_that_overlap_are_not_judged() -> None:
    rolling = []
    for each in months(CALM):
        starts, _ = window(12, each.ends)
        rolling.append(Measurement(**{**vars(each), "grain": "rolling_12_months", "starts": starts}))
    found = reading(rolling, kpi())
    assert found.verdict == "not evaluated" and found.chart is None and "look at single months" in found.because.en


def test_periods_that_are_missing_are_a_gap() -> None:
    """A group has no row for a month without records: what is on either side are no neighbours."""
    series = months([*CALM, *SECOND])
    without = [*series[:10], *series[13:]]
    found = reading(without, kpi())
    assert found.chart and len(found.chart.centre) == len(without) == 21
    assert found.chart.moving_ranges[10] is None and found.chart.moving_ranges[11] is not None
    run = months([*CALM, *SECOND, *[70.5] * 10])
    assert reading(run, kpi(), rules=(2,)).signal == Signal(2, 24, 33, False)
    assert reading([*run[:29], *run[30:]], kpi(), rules=(2,)).signal is None


STEPS = [60.0 + 2 * at + (1 if at % 3 else 0) for at in range(40)]
LENGTHS: list[tuple[str, int]] = [
    ("month", 1), ("", 1), ("quarter", 3), ("year", 12), ("fiscal_year", 12), ("rolling_6_months", 6),
]  # fmt: skip


def periods(grain: str, length: int, values: Sequence[float]) -> list[Measurement]:
    """One after another, each so many months long."""
    every = months([None] * (length * len(values)), first=(1990, 4))
    found = []
    for at, value in enumerate(values):
        first, last = every[at * length], every[(at + 1) * length - 1]
        own = {"grain": grain, "ends": last.ends, "value": value, "not_evaluated": None}
        found.append(Measurement(**vars(first) | own))
    return found


@pytest.mark.parametrize(("grain", "length"), LENGTHS)
def test_each_missing_period_keeps_its_place_in_the_trend(grain: str, length: int) -> None:
    series = periods(grain, length, STEPS)
    without = [*series[:8], *series[26:31], *series[32:]]
    empty = [replace(point, value=None, not_evaluated=WHY) if point not in without else point for point in series]
    found, expected = reading(without, kpi("higher", unit="score")), reading(empty, kpi("higher", unit="score"))
    assert found.trend and found.trend == expected.trend and found.trend.slope == pytest.approx(2, abs=0.05)
    assert found.because == expected.because and not gaps_unknown(without)


def test_the_season_is_told_by_the_month_and_not_by_the_row() -> None:
    wave = [70 + 8 * float(np.sin(2 * np.pi * at / 12)) + 0.1 * (at % 5) for at in range(48)]
    series = months(wave)
    found = reading([*series[:13], *series[20:]], kpi())
    assert found.trend and found.trend.seasonal


def test_periods_at_the_edges_of_the_data_are_cut_and_keep_their_place() -> None:
    series = months(STEPS)
    first, last = series[0], series[-1]
    cut = [replace(first, starts=first.starts + 9 * DAY), *series[1:8], *series[26:-1], replace(last, ends=last.starts)]
    assert [at for at, point in enumerate(places(cut).points) if point] == [*range(8), *range(26, 40)]


def test_where_no_length_can_be_told_each_gap_counts_as_one_period() -> None:
    days = [replace(point, grain="", starts=point.ends) for point in months(STEPS)]
    assert len(places(days).points) == 2 * len(days) - 1 and gaps_unknown(days)
    in_a_row = [replace(days[0], starts=days[0].ends + at * DAY, ends=days[0].ends + at * DAY) for at in range(4)]
    assert len(places(in_a_row).points) == 4 and not gaps_unknown(in_a_row)
    of_two_lengths = [*months(STEPS)[:2], *[replace(each, grain="") for each in days[9:12]]]
    assert len(places(of_two_lengths).points) == 8 and gaps_unknown(of_two_lengths)


def test_signals_are_placed_by_the_series_that_was_given() -> None:
    series = months([*CALM, 71.0, 71.0, *CALM[:3], 40.0])
    found = reading([*series[:12], *series[14:]], kpi())
    assert found.signal == Signal(1, 15, 15, False) and "2025-06 lies at 40.0 %" in found.because.en
    assert found.chart and found.chart.phases[0].last == 15 and found.chart.phases[0].points == 16


KINDS: list[tuple[dict[str, Any], list[float], int, str, str]] = [
    ({"interval": "wilson"}, [70.0, 74.0] * 8, 100, "p", "a share of counted records"),
    ({"interval": "wilson"}, [99.0, 100.0] * 8, 100, "p", "only rule 1 is looked for"),
    ({"interval": "wilson", "rows": "dated up to its end"}, [70.0, 74.0] * 8, 100, "XmR", "count in several periods"),
    ({"interval": "poisson", "unit": "per 1,000"}, [20.0, 30.0] * 8, 1000, "u", "events are counted per unit"),
    ({"interval": "garwood", "unit": "count"}, [20.0, 30.0] * 8, 9, "c", "a plain count of events"),
    ({"interval": "garwood", "unit": "count"}, [0.0, 2.0] * 8, 9, "c", "only rule 1 is looked for"),
    ({"interval": "nps", "unit": "points"}, [20.0, 30.0] * 8, 90, "XmR", "no plain count"),
    ({"interval": "mean", "unit": "score"}, [4.0, 4.2] * 8, 90, "XmR", "no plain count"),
    ({"interval": "dobson", "unit": "per 1,000,000"}, [90.0, 80.0] * 8, 90, "XmR", "no plain count"),
    ({"unit": "days"}, [9.0, 8.0] * 8, 90, "XmR", "no plain count"),
    ({"unit": "count"}, [9.0, 8.0] * 8, 90, "XmR", "no plain count"),
    ({"unit": "count"}, [0.0, 1.0] * 8, 90, "c", "only rule 1 is looked for"),
]


@pytest.mark.parametrize(("header", "values", "n", "kind", "why"), KINDS)
def test_the_kind_of_chart_and_why(header: dict[str, Any], values: list[float], n: int, kind: str, why: str) -> None:
    found = reading(months(values, n, unit=header.get("unit", "%")), kpi(**header))
    assert found.chart and found.chart.kind == kind and why in found.chart.reason.en and found.verdict == "stable"


FREQUENT, SELDOM = (
    [20.0, 24.0, 17.0, 22.0, 19.0, 21.0] * 4,
    [1.0, 0.0, 2.0, 0.0, 1.0, 0.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0],
)
EVENTS_BEFORE_AND_AFTER: list[tuple[dict[str, Any], list[float], list[float], bool]] = [
    ({"interval": "garwood"}, FREQUENT, SELDOM, True),
    ({"interval": "garwood"}, SELDOM * 2, FREQUENT, False),
    ({}, FREQUENT, SELDOM, True),
    ({}, SELDOM * 2, FREQUENT, False),
]  # fmt: skip


@pytest.mark.parametrize(("header", "before", "after", "rare"), EVENTS_BEFORE_AND_AFTER)
def test_after_a_change_limits_are_what_they_would_be_without_the_past(
    header: dict[str, Any], before: list[float], after: list[float], rare: bool
) -> None:
    """Whether events are rare is asked of the months since the change, and of no others."""
    series = months([*before, *after], unit="count")
    header = header | {"unit": "count", "better": "lower"}
    found = reading(series, kpi(**header), [replace(CHANGE, day=series[24].starts)]).chart
    alone = reading(series[24:], kpi(**header)).chart
    assert found and alone and (found.kind, found.rules, found.reason) == (alone.kind, alone.rules, alone.reason)
    assert [found.low[24:], found.high[24:]] == [alone.low, alone.high]
    assert ("only rule 1" in found.reason.en) is rare and (found.rules == (1,)) is rare


def test_limits_that_were_widened_are_said_to_be() -> None:
    found = reading(months([60.0, 70.0, 55.0, 75.0] * 5, 50_000), kpi(interval="wilson"))
    assert found.chart and found.chart.stretch > 2 and "times as wide (Laney)" in found.chart.reason.en
    assert found.verdict == "stable"


def test_no_limit_is_drawn_where_no_value_can_be() -> None:
    found = reading(months([95.0, 99.0, 90.0, 100.0] * 4, 30), kpi(interval="wilson"))
    assert found.chart and max(each or 0 for each in found.chart.high) == 100.0
    days = reading(months([0.5, 3.0, 0.5, 3.0] * 4, unit="days"), kpi(unit="days"))
    assert days.chart and min(each or 0 for each in days.chart.low) == 0.0
    points = reading(months([0.5, 3.0, 0.5, 3.0] * 4, unit="points"), kpi(unit="points"))
    assert points.chart and min(each or 0 for each in points.chart.low) < 0.0


@pytest.mark.parametrize("asked", ["xmr", "XmR", "xmr-median", "XmR median", "p"])
def test_a_kind_can_be_asked_for(asked: str) -> None:
    found = read(CALM, kind=asked)
    assert found.chart and found.chart.kind.lower() == asked.lower().replace("-", " ")
    assert "asked for" in found.chart.reason.en


@pytest.mark.parametrize(
    ("asked", "unit", "sentence"),
    [
        ("q", "%", "there is no chart 'q'; write one of: XmR, XmR median, p, u, c"),
        ("p", "days", "csat cannot have a p chart: that needs a share of records between 0 and 100 %; ask for XmR"),
        ("u", "%", "csat cannot have a u chart: that needs events per unit"),
        ("c", "%", "csat cannot have a c chart: that needs whole counts"),
    ],
)
def test_a_kind_that_cannot_be_is_refused(asked: str, unit: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        reading(months(CALM, unit=unit), kpi(unit=unit), kind=asked)


def test_seasons_are_warned_of() -> None:
    wave = [70 + 8 * float(np.sin(2 * np.pi * at / 12)) + 0.1 * (at % 5) for at in range(36)]
    assert "returns with the seasons" in read(wave).because.en
    assert "seasons" not in read([*CALM, *SECOND]).because.en


numbers = st.one_of(st.none(), st.integers(0, 100).map(float))


@given(st.lists(numbers, max_size=40), st.sampled_from(["higher", "lower", "neither"]), st.integers(1, 5000))
def test_every_series_gets_a_verdict_in_both_languages(values: list[float | None], better: str, n: int) -> None:
    for header in ({}, {"interval": "wilson"}):
        found = reading(months(values, n), kpi(better, **header))
        assert found.verdict in VERDICTS and found.because.en and found.because.zh
        assert better != "neither" or found.verdict not in ("improving", "worsening")
        if found.chart:
            assert len(found.chart.centre) == len(values)
            for at, value in enumerate(values):
                assert value is not None or found.chart.centre[at] is found.chart.moving_ranges[at] is None
            assert all(value is not None for s in found.chart.signals for value in values[s.first : s.last + 1])


@given(st.lists(st.integers(0, 100).map(float), min_size=10, max_size=40))
def test_the_other_direction_turns_the_verdict(values: list[float]) -> None:
    turned = {"improving": "worsening", "worsening": "improving"}
    there, back = read(values, "higher").verdict, read(values, "lower").verdict
    assert back == turned.get(there, there)
