"""How many digits Spark keeps of a decimal, and how many it would need: beyond 38 it cuts what is behind the point."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from pipelines.portable.kinds import kind

MOST = 38
LEFT = 6
"""Digits behind the point that Spark leaves of a sum or a product that needs more than it has."""
SAME = (exp.Paren, exp.Neg, exp.Min, exp.Max, exp.Abs, exp.Filter, exp.Nullif)
WHOLE = {exp.DType.INT: 10, exp.DType.SMALLINT: 5, exp.DType.TINYINT: 3}


@dataclass(frozen=True)
class Digits:
    before: int
    behind: int

    @property
    def cut(self) -> bool:
        return self.before + self.behind > MOST and self.behind > LEFT

    def kept(self) -> Digits:
        """After Spark has made room."""
        if self.before + self.behind <= MOST:
            return self
        behind = max(MOST - self.before, min(self.behind, LEFT))
        return Digits(MOST - behind, behind)


def digits(node: exp.Expr) -> Digits | None:
    """Of what DuckDB has as a DECIMAL, as is every number written with a point; None for all else."""
    needs = needed(node)
    return needs and needs.kept()


def needed(node: exp.Expr) -> Digits | None:
    if isinstance(node, exp.Literal):
        return _written(node)
    if isinstance(node, (exp.Cast, exp.Column)):
        return _declared(node.to if isinstance(node, exp.Cast) else node.type)
    if isinstance(node, SAME):
        return digits(node.this)
    if isinstance(node, exp.Sum):
        of = digits(node.this)
        return of and Digits(min(of.before + 10, MOST - of.behind), of.behind)
    if isinstance(node, (exp.Coalesce, exp.Greatest, exp.Least)):
        return _together([node.this, *node.expressions])
    if isinstance(node, exp.Case):
        return _together([*(one.args["true"] for one in node.args["ifs"]), *filter(None, [node.args.get("default")])])
    if isinstance(node, (exp.Add, exp.Sub, exp.Mul)):
        return _reckoned(node)
    return None


def _reckoned(node: exp.Add | exp.Sub | exp.Mul) -> Digits | None:
    wide = _together([node.this, node.expression])
    if wide is None:
        return None
    if isinstance(node, exp.Mul):
        one, other = _of_number(node.this), _of_number(node.expression)
        return Digits(one.before + other.before + 1, one.behind + other.behind)
    return Digits(wide.before + 1, wide.behind)


def _together(nodes: list[exp.Expr]) -> Digits | None:
    """Wide enough for all; None where one is a DOUBLE, which makes the whole one, or none is a DECIMAL."""
    known = [node for node in nodes if kind(node) != "nothing"]
    if any(digits(node) is None and kind(node) != "integer" for node in known) or not any(map(digits, known)):
        return None
    every = [_of_number(node) for node in known]
    return Digits(max(one.before for one in every), max(one.behind for one in every))


def _of_number(node: exp.Expr) -> Digits:
    whole = node.unnest()
    if isinstance(whole, exp.Literal) and not whole.is_string and whole.is_int:
        return Digits(len(whole.name), 0)
    return digits(node) or Digits(WHOLE.get(node.type.this, 20) if node.type else 20, 0)


def _written(node: exp.Literal) -> Digits | None:
    if node.is_string or "." not in node.name or "e" in node.name.lower():
        return None
    before, _, behind = node.name.partition(".")
    return Digits(len(before.lstrip("0")), len(behind))


def _declared(type_: exp.DataType | None) -> Digits | None:
    if type_ is None or type_.this != exp.DType.DECIMAL:
        return None
    named = [int(one.name) for one in type_.expressions]
    width, behind = [*named, 0][:2] if named else (18, 3)  # DuckDB's own
    return Digits(width - behind, behind)
