"""Measurements as a run keeps them, made by hand from months of counts: quarters and years are their sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.measure import COLUMNS
from pipelines.measuring.periods import Period, periods
from pipelines.methods.interval import wilson

Month = tuple[int, int] | None
"""Hits and records; None is a month that the gate does not trust."""


def shares(first: dt.date, months: Sequence[Month], last: dt.date, by: str = "", group: str = "") -> pd.DataFrame:
    """Of a share in per cent, for every period between the two days; the last month may be cut."""
    every = periods(first, last, set())
    spans = [period for period in every if period.grain == "month"]
    counted = dict(zip((each.starts for each in spans), months, strict=True))
    rows = [_row(period, [m for day, m in counted.items() if period.starts <= day <= period.ends]) for period in every]
    return pd.DataFrame(rows).assign(kpi="csat_top_2_box", unit="%", by=by, group=group)[COLUMNS]


def _row(period: Period, months: Sequence[Month]) -> dict[str, object]:
    shape = {"grain": period.grain, "period": period.label, "starts": period.starts, "ends": period.ends}
    quiet = {"not_evaluated_en": None, "not_evaluated_zh": None, "warning_en": None, "warning_zh": None}
    sound = [month for month in months if month is not None]
    hits, n = sum(hit for hit, _n in sound), sum(n for _hit, n in sound)
    nothing = {"value": np.nan, "low": np.nan, "high": np.nan, "n": n}
    if len(sound) < len(months):
        return shape | nothing | {"n": 40} | quiet | {"not_evaluated_en": "bad data", "not_evaluated_zh": "数据不可信"}
    if n == 0:
        return shape | nothing | quiet | {"not_evaluated_en": "no records", "not_evaluated_zh": "无记录"}
    low, high = wilson(np.array([100 * hits / n]), np.array([n]))
    return shape | {"value": 100 * hits / n, "low": low[0], "high": high[0], "n": n} | quiet
