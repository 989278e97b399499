"""Days and times: where the engines count, cut and name them differently."""

from __future__ import annotations

import re

from sqlglot import exp

from pipelines.portable.kinds import kind
from pipelines.portable.objection import Objection, Rule

PARTS = ("YEAR", "QUARTER", "MONTH", "DAY", "WEEK", "HOUR", "MINUTE")
CUTS = ("YEAR", "QUARTER", "MONTH", "WEEK", "DAY")
FORMAT = re.compile(r"(%[YmdHM]|[-/. :])+")
"""Codes of strftime that both engines write alike."""


def of_days(node: exp.Expr) -> Objection:
    return None if kind(node.this) in ("date", "time") else "is not of a date or a time; name a column of dates"


def between_days(node: exp.Expr) -> Objection:
    if node.text("unit").upper() != "DAY":
        return "counts borders on DuckDB and whole spans on Spark; write 'day', or epoch(later) - epoch(earlier)"
    times = kind(node.this) != "date" or kind(node.expression) != "date"
    return "counts days between times differently; write cast(… as date) around both" if times else None


def part(node: exp.Expr) -> Objection:
    if node.name.upper() not in PARTS:
        return f"is not the same on both engines; take one of {', '.join(PARTS).lower()}, or epoch(…) for seconds"
    days = kind(node.expression)
    return None if days in ("date", "time") else "is not of a date or a time; name a column of dates"


def cut(node: exp.Expr) -> Objection:
    if node.text("unit").upper() not in CUTS:
        return f"is not the same on both engines; cut to one of {', '.join(CUTS).lower()}"
    if not (isinstance(node.parent, exp.Cast) and node.parent.to.this == exp.DType.DATE):
        return "is a date on one engine and a time on the other; write cast(date_trunc(…) as date)"
    return of_days(node)


def written(node: exp.Expr) -> Objection:
    format_ = node.args.get("format")
    if not (isinstance(format_, exp.Literal) and FORMAT.fullmatch(format_.name)):
        return "is written differently; use %Y, %m, %d, %H and %M with - / . : between them"
    return of_days(node)


RULES: dict[type[exp.Expr], Rule] = {
    exp.DateDiff: between_days, exp.Extract: part, exp.TimestampTrunc: cut, exp.DateTrunc: cut,
    exp.TimeToStr: written, exp.TimeToUnix: of_days, exp.LastDay: of_days,
    exp.Year: of_days, exp.Quarter: of_days, exp.Month: of_days, exp.Day: of_days, exp.Week: of_days,
}  # fmt: skip
