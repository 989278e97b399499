"""Attained, not attained, open or not evaluated: as many cases in which nothing may be said as in which it may."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.measurement import Measurement
from audit.quantity import Unit
from audit.targets.attainment import Attainment, attainment
from audit.targets.objective import Target
from audit.text import Text

STARTS, ENDS = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
AT_LEAST = Target.model_validate({"since": "2026-01-01", "at_least": "80 %", "warn_at": "85 %", "stretch": "90 %"})
AT_MOST = Target.model_validate({"since": "2026-01-01", "at_most": "30 per 1,000", "warn_at": "25 per 1,000"})
THIN = Text(en="only 3 records", zh="仅 3 条记录")


def figure(value: float | None, low: float | None = None, high: float | None = None, **more: Any) -> Measurement:
    unit: Unit = more.pop("unit", "%")
    given: dict[str, Any] = {"starts": STARTS, "ends": ENDS, "n": 100} | more
    return Measurement("k", unit, "quarter", "2026-Q3", by="", group="", value=value, low=low, high=high, **given)


def judged(target: Target, found: Measurement | None, until: dt.date = ENDS) -> Attainment:
    return attainment(target, found, STARTS, ENDS, until)


@pytest.mark.parametrize(
    ("found", "met", "sure", "warned", "stretched"),
    [
        (figure(88, 82, 93), "attained", "surely", False, False),
        (figure(88, 80, 93), "attained", "surely", False, False),
        (figure(88, 79, 93), "attained", "within chance", False, False),
        (figure(80, 70, 88), "attained", "within chance", True, False),
        (figure(84, 82, 86), "attained", "surely", True, False),
        (figure(90, 84, 95), "attained", "surely", False, True),
        (figure(88), "attained", "", False, False),
        (figure(79.9, 70, 88), "not attained", "within chance", False, False),
        (figure(70, 62, 80), "not attained", "within chance", False, False),
        (figure(70, 62, 79.9), "not attained", "surely", False, False),
        (figure(70), "not attained", "", False, False),
        (figure(0, 0, 3), "not attained", "surely", False, False),
    ],
)
def test_what_a_figure_says_of_its_target(
    found: Measurement, met: str, sure: str, warned: bool, stretched: bool
) -> None:
    reached = judged(AT_LEAST, found)
    assert (reached.met, reached.sure, reached.warned, reached.stretched) == (met, sure, warned, stretched)
    assert "80 %" in reached.because.en and "80 %" in reached.because.zh


@pytest.mark.parametrize(
    ("value", "low", "high", "met", "sure"),
    [
        (20, 15, 29, "attained", "surely"),
        (20, 15, 31, "attained", "within chance"),
        (40, 31, 50, "not attained", "surely"),
        (40, 29, 50, "not attained", "within chance"),
    ],
)
def test_where_less_is_better(value: float, low: float, high: float, met: str, sure: str) -> None:
    reached = judged(AT_MOST, figure(value, low, high, unit="per 1,000"))
    assert (reached.met, reached.sure) == (met, sure)


@pytest.mark.parametrize(
    ("found", "until", "met", "words"),
    [
        (None, ENDS, "not evaluated", "there are no records in the period"),
        (figure(None, n=0, not_evaluated=THIN), ENDS, "not evaluated", "only 3 records"),
        (figure(95, 60, 99, n=3, not_evaluated=THIN), ENDS, "not evaluated", "only 3 records"),  # would be attained
        (figure(10, 5, 20, n=3, not_evaluated=THIN), ENDS, "not evaluated", "only 3 records"),  # would be missed
        (figure(None), ENDS, "not evaluated", "it has no value"),
        (figure(95, 90, 99, starts=dt.date(2026, 8, 1)), ENDS, "not evaluated", "measured from 1 Aug 2026 on only"),
        (figure(10, 5, 20, starts=dt.date(2026, 7, 2)), ENDS, "not evaluated", "measured from 2 Jul 2026 on only"),
        (figure(95, 90, 99), ENDS - dt.timedelta(1), "open", "the period ends on 30 Sep 2026"),
        (figure(10, 5, 20), dt.date(2026, 7, 31), "open", "so far, against at least 80 %"),
        (figure(10, n=3, not_evaluated=THIN), dt.date(2026, 7, 31), "open", "no value yet to hold against"),
        (None, dt.date(2026, 7, 31), "open", "no value yet to hold against"),
        (figure(95, 90, 99, starts=dt.date(2026, 8, 1)), dt.date(2026, 8, 31), "open", "so far"),
    ],
)
def test_what_must_stay_open_or_not_evaluated(found: Measurement | None, until: dt.date, met: str, words: str) -> None:
    reached = judged(AT_LEAST, found, until)
    assert (reached.met, reached.sure, reached.stretched) == (met, "", False)
    assert words in reached.because.en


shares = st.floats(0, 100)


@given(shares, shares, st.floats(0, 20))
def test_a_better_value_never_turns_attained_into_not_attained(one: float, other: float, half: float) -> None:
    worse, better = sorted((one, other))
    before, after = (judged(AT_LEAST, figure(v, max(0, v - half), min(100, v + half))) for v in (worse, better))
    assert not (before.met == "attained" and after.met == "not attained")
    assert not (before.met == after.met == "attained" and before.sure == "surely" and after.sure != "surely")
    mirrored = (judged(AT_MOST, figure(v, v - half, v + half, unit="per 1,000")) for v in (better, worse))
    before, after = mirrored
    assert not (before.met == "attained" and after.met == "not attained")


@given(shares, st.floats(0, 30), st.floats(0, 30))
def test_a_wider_interval_is_never_surer(value: float, half: float, more: float) -> None:
    narrow, wide = (judged(AT_LEAST, figure(value, value - h, value + h)) for h in (half, half + more))
    assert narrow.met == wide.met
    assert not (narrow.sure == "within chance" and wide.sure == "surely")
