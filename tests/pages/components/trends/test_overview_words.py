"""The title above all figures: "since" where a signal reaches the newest point, else when the signal lay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import pytest
import streamlit as st

from audit.measurement import Better
from pages.components.chart.point import Point
from pages.components.trends.marks import since
from pages.components.trends.overview_words import answer
from pages.components.trends.series import Series, as_measurement
from pages.components.words import said
from pipelines import definitions
from pipelines.signals import reading

KPI = definitions.kpis()["ces"]
CALM = [5.0, 5.4, 5.2, 4.8, 5.0, 5.4, 4.8, 5.2, 5.0, 5.2, 4.9, 5.3] * 2
DAY = dt.timedelta(days=1)


def point(at: int, value: float | None) -> Point:
    starts = dt.date(2024 + at // 12, at % 12 + 1, 1)
    ends = (starts + 31 * DAY).replace(day=1) - DAY
    because = "there are no records in the period" if value is None else ""
    return Point("score", "month", starts, ends, value, None, None, 40, because, "", f"{starts:%Y-%m}")


def series(values: Sequence[float | None], better: Better) -> Series:
    kpi = KPI.model_copy(update={"better": better, "interval": None})
    dots = tuple(point(at, value) for at, value in enumerate(values))
    return Series(kpi, dots, reading([as_measurement(kpi, dot, "", "") for dot in dots], kpi))


LOW = [5.0] * 9
CASES: list[tuple[Sequence[float | None], Better, str, str, int | None]] = [
    ([*CALM, *LOW], "higher", "is worse since Jan 2026", "自 2026-01 起变差", 24),
    ([*CALM, *LOW], "lower", "is better since Jan 2026", "自 2026-01 起变好", 24),
    ([*CALM, *LOW], "neither", "has changed since Jan 2026", "自 2026-01 起发生变化", 24),
    ([*CALM, *LOW, None], "higher", "is worse since Jan 2026", "自 2026-01 起变差", 24),
    ([*CALM, *LOW, 5.3], "higher", "had a signal for the worse from Jan 2026 to Sep 2026",
     "在 2026-01 至 2026-09 出现变差信号", None),
    ([*CALM, *LOW, 5.3], "lower", "had a signal for the better from Jan 2026 to Sep 2026",
     "在 2026-01 至 2026-09 出现变好信号", None),
    ([*CALM, *LOW, 5.3], "neither", "had a signal from Jan 2026 to Sep 2026", "在 2026-01 至 2026-09 出现信号", None),
    ([*CALM, 2.0, 5.2, 5.3], "higher", "had a signal for the worse in Jan 2026", "在 2026-01 出现变差信号", None),
    ([*CALM, 2.0, 5.2, 5.3], "lower", "had a signal for the better in Jan 2026", "在 2026-01 出现变好信号", None),
    ([*CALM, 2.0, 5.2, 5.3], "neither", "had a signal in Jan 2026", "在 2026-01 出现信号", None),
    ([*CALM, 2.0], "higher", "had a signal for the worse in Jan 2026", "在 2026-01 出现变差信号", None),
]  # fmt: skip


@pytest.mark.parametrize(("values", "better", "english", "chinese", "first"), CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_title_says_since_only_of_what_holds(
    values: Sequence[float | None], better: Better, english: str, chinese: str, first: int | None,
    language: Literal["en", "zh"], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(st, "session_state", {"language": language})
    found = series(values, better)
    told = f"{said(KPI.title)} {english}" if language == "en" else f"{said(KPI.title)}{chinese}"
    assert answer([found]).endswith(told) and since(found) == first
