"""How a period is named on an axis, in a table and inside a sentence."""

from __future__ import annotations

import datetime as dt

from pages.components.words import _, language, shown

GRAINS = ("month", "quarter", "year", "fiscal_year", "rolling_12_months")
"""The grains that a reader may choose, by their names in the URL."""


def grain_name(grain: str) -> str:
    names = {
        "month": _("Month"),
        "quarter": _("Quarter"),
        "year": _("Year"),
        "fiscal_year": _("Fiscal year"),
        "rolling_12_months": _("Rolling 12 months"),
        "audit_period": _("Audit period"),
    }
    return names.get(grain, grain)


def label(grain: str, starts: dt.date, ends: dt.date, period: str = "") -> str:
    """The shortest name: "Oct 2026", "Q3 2026", "2026", "FY2026". Rolling months are named after their last one."""
    if grain == "year":
        return str(starts.year)
    if grain == "fiscal_year":
        year = period.removeprefix("FY") or str(ends.year)  # a year that is cut at the end of the data ends too early
        return _("FY{year}", year=year)
    if grain == "audit_period":
        return f"{shown(starts)} – {shown(ends)}"
    if grain == "quarter":
        quarter = (starts.month + 2) // 3
        return f"{starts.year}-Q{quarter}" if language() == "zh" else f"Q{quarter} {starts.year}"
    day = ends if grain.startswith("rolling") else starts
    if grain.startswith("rolling") and not ends_a_month(ends):
        return shown(ends)
    return f"{day:%Y-%m}" if language() == "zh" else f"{day:%b %Y}"


def per(grain: str) -> str:
    """What one bar of records counts, as a label in the chart."""
    names = {
        "month": _("records per month"),
        "quarter": _("records per quarter"),
        "year": _("records per year"),
        "fiscal_year": _("records per fiscal year"),
        "rolling_12_months": _("records in 12 months"),
    }
    return names[grain]


def when(grain: str, starts: dt.date, ends: dt.date, period: str = "") -> str:
    """The same as part of a sentence: "in Oct 2026", "in the 12 months to Oct 2026"."""
    name = label(grain, starts, ends, period)
    if grain.startswith("rolling"):
        months = int(grain.split("_")[1])
        return _("in the {months} months to {period}", months=months, period=name)
    return _("in {period}", period=name)


def is_part(grain: str, starts: dt.date, ends: dt.date) -> bool:
    """Whether the audit period cuts this month, quarter or year at one of its edges."""
    months = {"month": 1, "quarter": 3, "year": 12, "fiscal_year": 12}.get(grain)
    if months is None:
        return False
    following = ends + dt.timedelta(days=1)
    length = (following.year - starts.year) * 12 + following.month - starts.month
    return starts.day != 1 or following.day != 1 or length != months


def ends_a_month(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).day == 1
