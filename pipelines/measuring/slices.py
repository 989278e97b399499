"""Time cut wherever a period begins or has ended: a period is a run of whole slices, and rows are added up by slice."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from audit.measurement import Rows
from pipelines.measuring.periods import DAY, Period

START, END = "period_start", "period_end"
FIRST, AFTER = "first_slice", "slice_after"
"""Of a period: the number of its first slice, and that of the slice after its last."""
TIMES = exp.GT | exp.GTE | exp.LT | exp.LTE
TURNED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.GT: exp.LT, exp.GTE: exp.LTE, exp.LT: exp.GT, exp.LTE: exp.GTE,
}  # fmt: skip
# comparison with the start or the end -> (days by which the moment is moved, comparison of slices)
AT_START: dict[type[exp.Expr], tuple[int, type[exp.Binary]]] = {
    exp.GTE: (0, exp.GTE), exp.LT: (0, exp.LT), exp.GT: (-1, exp.GTE), exp.LTE: (-1, exp.LT),
}  # fmt: skip
AT_END: dict[type[exp.Expr], tuple[int, type[exp.Binary]]] = {
    exp.GT: (0, exp.GTE), exp.LTE: (0, exp.LT), exp.GTE: (1, exp.GTE), exp.LT: (1, exp.LT),
}  # fmt: skip


class Unsliceable(Exception):
    """The query asks more of a period than in which slices its rows lie: it has to look at each period by itself."""


@dataclass(frozen=True)
class Slices:
    cuts: tuple[dt.date, ...]
    """Slice 0 lies before the first cut; slice n begins with the nth."""

    @classmethod
    def of(cls, periods: Iterable[Period]) -> Slices:
        return cls(tuple(sorted({day for p in periods for day in (p.starts, p.ends + DAY)})))

    def span(self, period: Period) -> tuple[int, int]:
        return bisect_right(self.cuts, period.starts), bisect_right(self.cuts, period.ends + DAY)

    def number(self, day: exp.Expr) -> str:
        """SQL of the number of the slice in which a day lies; NULL where there is no day."""
        sql = day.sql("duckdb")
        return f"case when {sql} is null then null else {self._among(sql, 0, len(self.cuts))} end"

    def _among(self, day: str, low: int, high: int) -> str:
        if low == high:
            return str(low)
        middle = (low + high) // 2
        later, earlier = self._among(day, middle + 1, high), self._among(day, low, middle)
        return f"case when {day} >= date '{self.cuts[middle]}' then {later} else {earlier} end"


@dataclass(frozen=True)
class Bound:
    """A condition on slices: `condition` names columns by their keys."""

    condition: exp.Expr
    keys: Mapping[str, exp.Expr]
    """Name of a column with slices -> the day of a row that it is the slice of."""


def membership(rows: Rows, dated: str, until: str | None, types: Mapping[str, str]) -> Bound:
    """Which slices of its dates make a row belong to a period."""
    came, left = as_date(exp.column(dated)), as_date(exp.column(until or dated))
    start, end = exp.column(START), exp.column(END)
    if rows == "dated up to its end":
        return bound(exp.LTE(this=came, expression=end), types)
    if rows == "standing at its start":
        gone = exp.or_(exp.Is(this=left, expression=exp.Null()), exp.GTE(this=left.copy(), expression=start.copy()))
        return bound(exp.and_(exp.LT(this=came, expression=start), gone), types)
    return bound(exp.and_(exp.GTE(this=came, expression=start), exp.LTE(this=came.copy(), expression=end)), types)


def bound(condition: exp.Expr, types: Mapping[str, str]) -> Bound:
    """The condition with each comparison of a day with the period's start or end made one of slices."""
    keys: dict[str, exp.Expr] = {}
    found = _ranges(condition.copy()).transform(lambda node: _compared(node, types, keys))
    found = found.transform(lambda node: _missing(node, types, keys))
    named = {column.name for column in found.find_all(exp.Column)}
    if not named <= keys.keys() | {FIRST, AFTER}:
        raise Unsliceable(condition.sql("duckdb"))
    return Bound(found, keys)


def timed(tree: exp.Expr) -> bool:
    return any(column.name in (START, END) for column in tree.find_all(exp.Column))


def as_date(tree: exp.Expr) -> exp.Cast:
    return exp.Cast(this=tree, to=exp.DataType.build("date"))


def _ranges(tree: exp.Expr) -> exp.Expr:
    def split(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Between) or not timed(node):
            return node
        low = exp.GTE(this=node.this.copy(), expression=node.args["low"].copy())
        return exp.paren(exp.and_(low, exp.LTE(this=node.this.copy(), expression=node.args["high"].copy())))

    return tree.transform(split)


def _compared(node: exp.Expr, types: Mapping[str, str], keys: dict[str, exp.Expr]) -> exp.Expr:
    if not isinstance(node, TIMES) or not timed(node):
        return node
    how: type[exp.Expr] = type(node)
    moment, edge = node.this, node.expression
    if timed(moment):
        how, moment, edge = TURNED[how], edge, moment
    if timed(moment) or not isinstance(edge, exp.Column):
        raise Unsliceable(node.sql("duckdb"))
    moved, compare = (AT_START if edge.name == START else AT_END)[how]
    day, whole = _day(moment, types)
    if not whole and (edge.name == END or moved):
        raise Unsliceable(node.sql("duckdb"))  # a time of day is compared with the midnight that begins the day
    slice_ = FIRST if edge.name == START else AFTER
    return compare(this=exp.column(_key(day, moved, keys), quoted=True), expression=exp.column(slice_))


def _missing(node: exp.Expr, types: Mapping[str, str], keys: dict[str, exp.Expr]) -> exp.Expr:
    """Whether there is a day can be seen from its slice too."""
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null) and not _of_slices(node.this, keys):
        day, _ = _day(node.this, types)
        return exp.Is(this=exp.column(_key(day, 0, keys), quoted=True), expression=exp.Null())
    return node


def _of_slices(tree: exp.Expr, keys: Mapping[str, exp.Expr]) -> bool:
    return isinstance(tree, exp.Column) and tree.name in keys


def _key(day: exp.Expr, moved: int, keys: dict[str, exp.Expr]) -> str:
    moment = exp.Add(this=day, expression=exp.Literal.number(moved)) if moved else day
    name = moment.sql("duckdb")
    keys[name] = moment
    return name


def _day(moment: exp.Expr, types: Mapping[str, str]) -> tuple[exp.Expr, bool]:
    """The day of a moment, and whether the moment is that day and no time within it."""
    if isinstance(moment, exp.Cast) and moment.to.this == exp.DataType.Type.DATE:
        return moment, True
    kind = types.get(moment.name, "") if isinstance(moment, exp.Column) else ""
    if kind not in ("DATE", "TIMESTAMP"):
        raise Unsliceable(moment.sql("duckdb"))
    return as_date(moment.copy()), kind == "DATE"
