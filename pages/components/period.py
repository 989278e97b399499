"""How a period is named on an axis, in a table and inside a sentence."""

from __future__ import annotations

import datetime as dt

from pages.components.words import _, language, shown

GRAINS = ("month", "quarter", "year", "rolling_12_months")
"""The grains that a reader may choose, by their names in the URL."""


def grain_name(grain: str) -> str:
    names = {
        "month": _("Month"),
        "quarter": _("Quarter"),
        "year": _("Year"),
        "rolling_12_months": _("Rolling 12 months"),
    }
    return names[grain]


def label(grain: str, starts: dt.date, ends: dt.date) -> str:
    """The shortest name: "Oct 2026", "Q3 2026", "2026". Rolling months are named after their last one."""
    if grain == "year":
        return str(starts.year)
    if grain == "quarter":
        quarter = (starts.month + 2) // 3
        return f"{starts.year}-Q{quarter}" if language() == "zh" else f"Q{quarter} {starts.year}"
    day = ends if grain == "rolling_12_months" else starts
    if grain == "rolling_12_months" and not ends_a_month(ends):
        return shown(ends)
    return f"{day:%Y-%m}" if language() == "zh" else f"{day:%b %Y}"


def per(grain: str) -> str:
    """What one bar of records counts, as a label in the chart."""
    names = {
        "month": _("records per month"),
        "quarter": _("records per quarter"),
        "year": _("records per year"),
        "rolling_12_months": _("records in 12 months"),
    }
    return names[grain]


def when(grain: str, starts: dt.date, ends: dt.date) -> str:
    """The same as part of a sentence: "in Oct 2026", "in the 12 months to Oct 2026"."""
    name = label(grain, starts, ends)
    if grain == "rolling_12_months":
        return _("in the 12 months to {period}", period=name)
    return _("in {period}", period=name)


def is_part(grain: str, starts: dt.date, ends: dt.date) -> bool:
    """Whether the audit period cuts this month, quarter or year at one of its edges."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(grain)
    if months is None:
        return False
    begins_late = starts.day != 1 or (starts.month - 1) % months != 0
    following = ends + dt.timedelta(days=1)
    return begins_late or following.day != 1 or (following.month - 1) % months != 0


def ends_a_month(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).day == 1
