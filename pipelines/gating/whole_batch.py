"""Expectations on one figure of the whole batch: how many rows, the largest value, the mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pipelines.gating.asked import MOMENTS, NUMBERS, ROWS, SHARE, Asked, Left
from pipelines.gating.plan import Counted, Limits, Plan, Summary, Variety
from pipelines.gating.scan import counting
from pipelines.sql import both, name

LIMITS = ("min_value", "max_value", "strict_min", "strict_max")


def rows_between(asked: Asked) -> Counted:
    _only(asked, *LIMITS)
    return Counted(counting(asked.within), _limits(asked, None))


def rows_equal(asked: Asked) -> Counted:
    _only(asked, "value")
    return Counted(counting(asked.within), _exactly(asked))


def columns_between(asked: Asked) -> Counted:
    _only_of_table(asked, "min_value", "max_value")
    return Counted(len(asked.types), _limits(asked, None))


def columns_equal(asked: Asked) -> Counted:
    _only_of_table(asked, "value")
    return Counted(len(asked.types), _exactly(asked))


def largest(asked: Asked) -> Counted:
    return _extreme(asked, "max")


def smallest(asked: Asked) -> Counted:
    return _extreme(asked, "min")


def _extreme(asked: Asked, figure: str) -> Counted:
    _only(asked, "column", *LIMITS)
    column = asked.column(among=(*NUMBERS, *MOMENTS))
    limits = _limits(asked, asked.types[column])
    if asked.types[column] in MOMENTS and limits.low is None and limits.high is None:
        raise Left("without a limit even no date at all is right")
    looked_at = name(column) if asked.within == "true" else f"case when {asked.within} then {name(column)} end"
    return Counted(f"{figure}({looked_at})", limits)


def summary(figure: Literal["mean", "sum", "median", "std"]) -> Callable[[Asked], Summary]:
    def compiled(asked: Asked) -> Summary:
        _only(asked, "column", *LIMITS)
        column = asked.column(among=NUMBERS)
        return Summary(column, asked.within, figure, _limits(asked, "number"))

    return compiled


def unique_count(asked: Asked) -> Variety:
    _only(asked, "column", *LIMITS)
    return Variety(asked.column(), asked.within, _limits(asked, None))


def unique_share(asked: Asked) -> Variety:
    _only(asked, "column", *LIMITS)
    return Variety(asked.column(), asked.within, _limits(asked, "number"), share=True)


def filled_share(asked: Asked) -> Counted:
    _only(asked, "column", *LIMITS)
    present = both(asked.within, f"{name(asked.column())} is not null")
    return Counted(counting(present), _limits(asked, "number"), share_of=counting(asked.within))


def _limits(asked: Asked, type_: str | None) -> Limits:
    """Of a type, or without one of whole numbers."""
    low, high = (asked.bound(side, type_) if type_ else asked.whole(side) for side in ("min_value", "max_value"))
    return Limits(low, high, asked.flag("strict_min"), asked.flag("strict_max"))


def _exactly(asked: Asked) -> Limits:
    value = asked.whole("value")
    if value is None:
        raise Left("'value' is missing")
    return Limits(value, value)


def _only(asked: Asked, *known: str) -> None:
    asked.only(*known)
    if SHARE & asked.arguments.keys():
        raise Left("'mostly' has no meaning for it")


def _only_of_table(asked: Asked, *known: str) -> None:
    _only(asked, *known)
    if ROWS & asked.arguments.keys():
        raise Left("a row condition has no meaning for it")


COMPILED: dict[str, Callable[[Asked], Plan]] = {
    "expect_table_row_count_to_be_between": rows_between,
    "expect_table_row_count_to_equal": rows_equal,
    "expect_table_column_count_to_be_between": columns_between,
    "expect_table_column_count_to_equal": columns_equal,
    "expect_column_max_to_be_between": largest,
    "expect_column_min_to_be_between": smallest,
    "expect_column_mean_to_be_between": summary("mean"),
    "expect_column_sum_to_be_between": summary("sum"),
    "expect_column_median_to_be_between": summary("median"),
    "expect_column_stdev_to_be_between": summary("std"),
    "expect_column_unique_value_count_to_be_between": unique_count,
    "expect_column_proportion_of_unique_values_to_be_between": unique_share,
    "expect_column_proportion_of_non_null_values_to_be_between": filled_share,
}
