"""Comparisons, choices and casts: where one engine turns a value into another kind and the other does not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlglot import exp

from pipelines.portable.kinds import Kind, kind
from pipelines.portable.objection import Objection, Rule

ALIKE: dict[Kind, str] = {"integer": "number", "time": "date"}
"""Kinds that both engines compare in the same way."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?")
NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+|infinity)\s*", re.IGNORECASE)


def alike(node: exp.Expr) -> Objection:
    found = {ALIKE.get(kind(one), kind(one)) for one in _sides(node) if not _day_in_text(one)} - {"nothing"}
    if len(found) < 2:
        return None
    return f"mixes {' and '.join(sorted(map(str, found)))}, which only DuckDB turns into one; write cast(… as …)"


def _sides(node: exp.Expr) -> Iterable[exp.Expr]:
    if isinstance(node, exp.Case):
        return [*(one.args["true"] for one in node.args["ifs"]), *filter(None, [node.args.get("default")])]
    if isinstance(node, exp.If):
        return [] if isinstance(node.parent, exp.Case) else [node.args["true"], *filter(None, [node.args.get("false")])]
    named = [node.this, *(node.args.get(name) for name in ("expression", "low", "high")), *node.expressions]
    return [one for one in named if isinstance(one, exp.Expr)]


def _day_in_text(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and node.is_string and DAY.fullmatch(node.name) is not None


def chosen(node: exp.Expr) -> Objection:
    """case and if: what is asked is true or false, and what is given is of one kind."""
    compared = isinstance(node.parent, exp.Case) and node.parent.this is not None  # 'case … when', no 'case when'
    if isinstance(node, exp.If) and not compared and kind(node.this) not in ("truth", "nothing"):
        return "asks for what is neither true nor false; write a comparison"
    return alike(node)


def truths(node: exp.Expr) -> Objection:
    sides = [one for one in (node.this, node.args.get("expression")) if isinstance(one, exp.Expr)]
    if isinstance(node, exp.Filter):
        sides = [node.expression.this]
    doubtful = any(kind(one) not in ("truth", "nothing") for one in sides)
    return "asks for what is neither true nor false; write a comparison" if doubtful else None


def listed(node: exp.Expr) -> Objection:
    return "asks another query; join in a model" if node.args.get("query") else alike(node)


def is_(node: exp.Expr) -> Objection:
    plain = isinstance(node.expression, (exp.Null, exp.Boolean))
    return None if plain else "is known for null, true and false alone; write = or <>"


def cast(node: exp.Expr) -> Objection:
    assert isinstance(node, exp.Cast)
    came, value = kind(node.this), node.this.unnest()
    if isinstance(value, exp.Literal) and value.is_string:
        return _cast_text(node, value)
    if node.to.this not in CASTS:
        return "is no kind that both engines have; use date, timestamp, bigint, double, decimal, boolean or varchar"
    allowed, instead = CASTS[node.to.this]
    if node.to.this in exp.DataType.INTEGER_TYPES and isinstance(value, exp.Round):
        return None
    return None if came in allowed else f"turns a {came} into {node.to.sql('duckdb').lower()}; {instead}"


def _cast_text(node: exp.Cast, value: exp.Literal) -> Objection:
    to = node.to.this
    day = to in (exp.DType.DATE, exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ) and DAY.fullmatch(value.name)
    number = to in (exp.DType.DOUBLE, exp.DType.BIGINT, exp.DType.INT) and NUMBER.fullmatch(value.name)
    return None if day or number else "is read differently; write it as 2026-10-31, as 2026-10-31 12:00:00 or as 12.5"


_WHOLE = ({"integer", "truth", "nothing"}, "DuckDB rounds and Spark cuts; write cast(round(…) as bigint)")
_DAYS = ({"date", "time", "nothing"}, "declare the column as a date or a timestamp in its contract")
CASTS: dict[exp.DType, tuple[set[str], str]] = {
    exp.DType.INT: _WHOLE,
    exp.DType.BIGINT: _WHOLE,
    exp.DType.DOUBLE: ({"integer", "number", "nothing"}, "declare the column as a number in its contract"),
    exp.DType.DECIMAL: ({"integer", "number", "nothing"}, "declare the column as a number in its contract"),
    exp.DType.DATE: _DAYS,
    exp.DType.TIMESTAMP: _DAYS,
    exp.DType.TIMESTAMPNTZ: _DAYS,
    exp.DType.BOOLEAN: ({"truth", "nothing"}, "write a comparison"),
    exp.DType.TEXT: ({"text", "integer", "date", "truth", "nothing"}, "numbers and times are written differently"),
    exp.DType.VARCHAR: ({"text", "integer", "date", "truth", "nothing"}, "numbers and times are written differently"),
}
"""Into which kind, from which kinds, and what to write instead."""

RULES: dict[type[exp.Expr], Rule] = {
    exp.EQ: alike, exp.NEQ: alike, exp.GT: alike, exp.GTE: alike, exp.LT: alike, exp.LTE: alike,
    exp.NullSafeEQ: alike, exp.NullSafeNEQ: alike, exp.Between: alike, exp.In: listed, exp.Is: is_,
    exp.Coalesce: alike, exp.Nullif: alike, exp.Greatest: alike, exp.Least: alike,
    exp.Case: chosen, exp.If: chosen, exp.And: truths, exp.Or: truths, exp.Not: truths, exp.Filter: truths,
    exp.LogicalAnd: truths, exp.LogicalOr: truths, exp.Cast: cast,
}  # fmt: skip
