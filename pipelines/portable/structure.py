"""The parts of a query besides its expressions: which of them both engines read alike."""

from __future__ import annotations

from sqlglot import exp

from pipelines.portable.kinds import Kind, kind
from pipelines.portable.objection import Objection, Rule, fine

SELECT = {"expressions", "from_", "joins", "where", "group", "distinct"}
WINDOWED = (exp.Lag, exp.Lead, exp.RowNumber, exp.Min, exp.Max, exp.Count, exp.Sum, exp.Avg)
NAMES = {"with_": "with", "laterals": "lateral join", "operation_modifiers": "modifier", "sample": "using sample"}


def select(node: exp.Expr) -> Objection:
    odd = next((name for name, part in node.args.items() if part and name not in SELECT), None)
    return f"has '{NAMES.get(odd, odd)}', which is not known on both; write a query in 'from' instead" if odd else None


def group(node: exp.Expr) -> Objection:
    plain = all(isinstance(one, exp.Column) for one in node.expressions)
    odd = next((name for name, part in node.args.items() if part and name != "expressions"), None)
    return None if plain and not odd else "groups by more than columns; name each column"


def join(node: exp.Expr) -> Objection:
    if node.args.get("using") or not node.args.get("on"):
        return "joins without a condition of its own; write 'on a.id = b.id'"
    if node.args.get("method") or node.text("side").upper() not in ("", "LEFT"):
        return "is no plain join; write 'inner join' or 'left join'"
    inner = node.text("kind").upper() in ("", "INNER", "OUTER")
    return None if inner else "is no plain join; write 'inner join' or 'left join'"


def union(node: exp.Expr) -> Objection:
    if node.args.get("by_name") or node.args.get("with_") or node.args.get("order") or node.args.get("limit"):
        return "is more than a union; write 'union all' with the columns in the same order"
    for one, other in zip(node.this.selects, node.expression.selects, strict=False):
        if not _fit(kind(one.unalias()), kind(other.unalias())):
            return f"puts '{one.alias_or_name}' together from two kinds of value; write cast(… as …) in one of them"
    return None


def _fit(one: Kind, other: Kind) -> bool:
    like: dict[Kind, str] = {"integer": "number", "time": "date"}
    return "nothing" in (one, other) or like.get(one, one) == like.get(other, other)


def table(node: exp.Expr) -> Objection:
    odd = not isinstance(node.this, exp.Identifier) or node.args.get("db") or node.args.get("sample")
    return "is no source or model; read from one of them by its name" if odd else None


def column(node: exp.Expr) -> Objection:
    if kind(node) == "unknown":
        return "is no column of what is read here; repeat what it stands for"
    return "is of a kind that the engines treat differently; leave it out" if kind(node) == "other" else None


def star(node: exp.Expr) -> Objection:
    return None if isinstance(node.parent, exp.Count) else "depends on what a source has by then; name the columns"


def window(node: exp.Expr) -> Objection:
    if not isinstance(node.this, WINDOWED) or node.args.get("alias"):
        return "is not known over a window on both; use lag, lead, row_number, min, max, count, sum or avg"
    ordered = node.args.get("order") or isinstance(node.this, (exp.Min, exp.Max, exp.Count, exp.Sum, exp.Avg))
    return None if ordered else "depends on the order in which rows are read; write 'order by'"


def frame(node: exp.Expr) -> Objection:
    return "leaves rows out of its frame, which Spark cannot; leave 'exclude' out" if node.args.get("exclude") else None


def shifted(node: exp.Expr) -> Objection:
    return None if isinstance(node.parent, exp.Window) else "needs a window; write over (partition by … order by …)"


RULES: dict[type[exp.Expr], Rule] = {
    exp.Select: select, exp.From: fine, exp.Where: fine, exp.Group: group, exp.Join: join, exp.Union: union,
    exp.Subquery: fine, exp.Table: table, exp.TableAlias: fine, exp.Identifier: fine, exp.Alias: fine,
    exp.Column: column, exp.Star: star, exp.Paren: fine, exp.Literal: fine, exp.Boolean: fine, exp.Null: fine,
    exp.Var: fine, exp.DataType: fine, exp.DataTypeParam: fine, exp.Interval: lambda node: (
        "is an interval, which the engines add differently; add a whole number of days to a date"
    ),
    exp.Order: fine, exp.Ordered: fine, exp.Window: window, exp.WindowSpec: frame,
    exp.Lag: shifted, exp.Lead: shifted, exp.RowNumber: shifted,
}  # fmt: skip
