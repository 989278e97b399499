"""A KPI's query taken apart into aggregates, and what of each depends on the period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import sqlglot
from sqlglot import exp

from audit.measurement import Kpi
from pipelines.measuring.slices import Bound, Unsliceable, bound, membership, timed

ADDED = (exp.Count, exp.Sum, exp.Min, exp.Max, exp.Avg)
FLOATING = ("DOUBLE", "FLOAT")


@dataclass(frozen=True)
class Aggregate:
    """What does not depend on the period is in the filter; all else is bound to slices."""

    function: exp.Expr
    """Without its filter."""
    filter: exp.Expr | None
    bounds: tuple[Bound, ...] = ()

    @cached_property
    def name(self) -> str:
        """Two KPIs with an aggregate of one name share its figures."""
        return " / ".join([self.filtered.sql("duckdb"), *(bound.condition.sql("duckdb") for bound in self.bounds)])

    @property
    def filtered(self) -> exp.Expr:
        return filtered(self.function.copy(), self.filter)

    @property
    def distinct(self) -> exp.Expr | None:
        """What is counted, where equal values count once."""
        counted = self.function.this
        if not isinstance(self.function, exp.Count) or not isinstance(counted, exp.Distinct):
            return None
        found: exp.Expr = counted.expressions[0]
        return found

    @property
    def added(self) -> bool:
        """Whether the figure of a period follows from those of its slices."""
        return isinstance(self.function, ADDED) and not self.function.find(exp.Distinct, exp.Order)


@dataclass(frozen=True)
class Taken:
    """A KPI as expressions over aggregates. `passes` counts the rows that it looks at: without any it has no figure."""

    kpi: Kpi
    columns: Mapping[str, exp.Expr]
    aggregates: tuple[Aggregate, ...]
    passes: Aggregate
    member: Bound

    @cached_property
    def keys(self) -> dict[str, exp.Expr]:
        bounds = [self.member, *(bound for one in (*self.aggregates, self.passes) for bound in one.bounds)]
        return {name: day for bound in bounds for name, day in bound.keys.items()}


@dataclass
class _Taking:
    where: list[exp.Expr]
    types: Mapping[str, str]
    found: dict[str, Aggregate] = field(default_factory=dict)

    def one(self, function: exp.Expr, conditions: list[exp.Expr]) -> Aggregate:
        parts = [part.copy() for part in (*self.where, *conditions)]
        free = [part for part in parts if not timed(part)]
        made = Aggregate(
            function, exp.and_(*free) if free else None, tuple(bound(p, self.types) for p in parts if timed(p))
        )
        if timed(function):
            raise Unsliceable(function.sql("duckdb"))
        return made

    def replaced(self, node: exp.Expr) -> exp.Expr:
        inner = node.this if isinstance(node, exp.Filter) else node
        if not isinstance(inner, exp.AggFunc | exp.WithinGroup):
            return node
        if isinstance(inner, exp.Max | exp.Min) and isinstance(inner.this, exp.Column) and timed(inner.this):
            return inner.this.copy()  # one and the same in all rows of a period
        conditions = list(parts(node.expression.this)) if isinstance(node, exp.Filter) else []
        made = self.one(inner.copy(), conditions)
        self.found[made.name] = made
        column = exp.column(made.name, quoted=True)
        return exp.Coalesce(this=column, expressions=[exp.Literal.number(0)]) if made.distinct is not None else column


def taken(kpi: Kpi, types: Mapping[str, str]) -> Taken:
    """Raises Unsliceable where a figure does not follow from slices of time. `types` are of its fact's columns."""
    return _taken(kpi, tuple(types.items()))


@lru_cache(maxsize=1024)
def _taken(kpi: Kpi, named: tuple[tuple[str, str], ...]) -> Taken:
    """A server takes the same KPIs apart for every run."""
    types = dict(named)
    tree = sqlglot.parse_one(kpi.query, read="duckdb")
    assert isinstance(tree, exp.Select)
    where = tree.args.get("where")
    taking = _Taking(list(parts(where.this)) if where else [], types)
    columns = {one.alias_or_name: one.unalias().transform(taking.replaced) for one in tree.selects}
    passes = taking.one(exp.Count(this=exp.Star(), big_int=True), [])
    whole = membership(kpi.rows, kpi.dated_by, kpi.until, types)
    if any(set(_names(one)) - taking.found.keys() - {"period_start", "period_end"} for one in columns.values()):
        raise Unsliceable(kpi.query)
    return Taken(kpi, columns, tuple(taking.found.values()), passes, whole)


def parts(condition: exp.Expr) -> Iterator[exp.Expr]:
    """The conditions that all must hold."""
    if isinstance(condition, exp.Paren) and isinstance(condition.this, exp.And | exp.Paren):
        yield from parts(condition.this)
    elif isinstance(condition, exp.And):
        yield from parts(condition.left)
        yield from parts(condition.right)
    else:
        yield condition if not isinstance(condition, exp.Or) else exp.paren(condition.copy())


def filtered(function: exp.Expr, condition: exp.Expr | None) -> exp.Expr:
    return exp.Filter(this=function, expression=exp.Where(this=condition.copy())) if condition else function


def floating(function: exp.Expr, types: Mapping[str, str]) -> bool:
    """Whether its sum could depend on the order of rows."""
    counted = function.this
    if isinstance(counted, exp.Cast) and counted.to.this != exp.DataType.Type.DOUBLE:
        return False
    return counted.find(exp.Div) is not None or any(types.get(name, "") in FLOATING for name in _names(counted))


def _names(tree: exp.Expr) -> Iterator[str]:
    return (column.name for column in tree.find_all(exp.Column))
