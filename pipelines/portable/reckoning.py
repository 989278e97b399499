"""Numbers: where the engines round, divide or stop differently."""

from __future__ import annotations

from sqlglot import exp

from pipelines.portable.decimals import digits, needed
from pipelines.portable.kinds import is_number, kind
from pipelines.portable.objection import Objection, Rule


def of_numbers(node: exp.Expr) -> Objection:
    wrong = next((one for one in _operands(node) if not is_number(one)), None)
    return f"reckons with a {_word(wrong)}; make it a number with case or filter" if wrong else None


def added(node: exp.Expr) -> Objection:
    """Numbers, or a whole number of days to a date."""
    one, other = kind(node.this), kind(node.expression)
    if one == other == "date":
        return "is a number on DuckDB and an interval on Spark; write date_diff('day', earlier, later)"
    if one == other == "time":
        return "is an interval; write epoch(later) - epoch(earlier), which is in seconds"
    if one == "date" and other == "integer":
        days: exp.Expr = node.expression.unnest()
        small = days.type is not None and days.type.this == exp.DType.INT
        return None if small else "adds more than Spark allows to a date; write cast(… as integer)"
    return of_numbers(node) or _short(node)


def multiplied(node: exp.Expr) -> Objection:
    return of_numbers(node) or _short(node)


def _short(node: exp.Expr) -> Objection:
    needs = needed(node)
    if needs is None or not needs.cut:
        return None
    kept = needs.kept().behind
    return (
        f"needs {needs.behind} decimals of which Spark keeps {kept}; write cast(… as decimal(18, 9)) around its sides"
    )


def divided(node: exp.Expr) -> Objection:
    return of_numbers(node) or _by_zero(node.expression)


def divided_whole(node: exp.Expr) -> Objection:
    if {kind(node.this), kind(node.expression)} - {"integer"}:
        return "is a whole division only between whole numbers; write / and round(…)"
    return _by_zero(node.expression)


def _by_zero(divisor: exp.Expr) -> Objection:
    return None if _never_zero(divisor) else "stops Spark where the divisor is 0; write nullif(…, 0) around it"


def _never_zero(node: exp.Expr) -> bool:
    node = node.unnest()
    if isinstance(node, exp.Literal):
        return _positive(node)
    if isinstance(node, exp.Nullif):
        return bool(node.expression.name == "0")
    if isinstance(node, (exp.Cast, exp.Abs, exp.Sqrt, exp.Neg)):
        return _never_zero(node.this)
    if isinstance(node, exp.Mul):
        return _never_zero(node.this) and _never_zero(node.expression)
    if isinstance(node, exp.Add):  # of two counts, neither below 0, one above
        sides = (node.this.unnest(), node.expression.unnest())
        return any(map(_positive, sides)) and all(_positive(side) or _counts(side) for side in sides)
    return isinstance(node, exp.Greatest) and any(_positive(one) for one in [node.this, *node.expressions])


def _positive(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and not node.is_string and float(node.name) > 0


def _counts(node: exp.Expr) -> bool:
    return isinstance(node.this if isinstance(node, exp.Filter) else node, exp.Count)


def rounded(node: exp.Expr) -> Objection:
    if node.args.get("decimals") is not None:
        return "rounds halves differently behind the point; leave the figure as it is, pages round it"
    return of_numbers(node)


def averaged(node: exp.Expr) -> Objection:
    return None if is_number(node.this) else f"is taken of a {_word(node.this)}; write case when … then 1 else 0 end"


def extreme(node: exp.Expr) -> Objection:
    if node.args.get("expressions") or node.args.get("count"):
        return "asks for several values; write one"
    return None if kind(node.this) in ("integer", "number", "date", "time", "text") else "is not of values in order"


def ranked(node: exp.Expr) -> Objection:
    """A percentile: of numbers that are no DECIMAL, from the lowest."""
    percentile, order = node.this, node.expression
    if not isinstance(percentile, exp.PercentileCont):
        return "is not known on both engines; write percentile_cont(…) within group (order by …)"
    share, ordered = percentile.this, order.expressions[0]
    if not (isinstance(share, exp.Literal) and 0 <= float(share.name) <= 1):
        return "needs its share as a number between 0 and 1; write percentile_cont(0.9)"
    if ordered.args.get("desc"):
        return "runs from the highest, which Spark overlooks; take 1 minus the share and leave out 'desc'"
    return percentile_of(ordered.this)


def percentile_of(value: exp.Expr) -> Objection:
    if not is_number(value):
        return f"is of a {_word(value)}; write a number, as epoch(…) of a time"
    return "is rounded to a decimal's digits on DuckDB alone; write cast(… as double)" if digits(value) else None


def median(node: exp.Expr) -> Objection:
    return percentile_of(node.this)


def within_group(node: exp.Expr) -> Objection:
    if isinstance(node.parent, exp.WithinGroup):
        return None
    return "is not known to Spark; write percentile_cont(…) within group (order by …)"


def counted(node: exp.Expr) -> Objection:
    what = node.this
    if what is None or node.expressions:
        return "counts nothing or several things; write count(*), or count(…) of one column"
    several = isinstance(what, exp.Distinct) and len(what.expressions) != 1
    return "counts several columns together; put them into one column of a model" if several else None


def distinct(node: exp.Expr) -> Objection:
    if isinstance(node.parent, (exp.Count, exp.Select)) and not node.args.get("on"):
        return None
    return "is known to be the same in count(distinct …) alone; make the rows distinct in a model"


def _operands(node: exp.Expr) -> list[exp.Expr]:
    return [one for one in (node.this, node.args.get("expression")) if isinstance(one, exp.Expr)]


def _word(node: exp.Expr | None) -> str:
    return {"truth": "true-or-false", "time": "time", "other": "value that is no number"}.get(
        kind(node) if node else "unknown", kind(node) if node else "value"
    )


RULES: dict[type[exp.Expr], Rule] = {
    exp.Add: added, exp.Sub: added, exp.Mul: multiplied, exp.Neg: of_numbers,
    exp.Div: divided, exp.Mod: divided_whole, exp.IntDiv: divided_whole,
    exp.Abs: of_numbers, exp.Sqrt: of_numbers, exp.Exp: of_numbers, exp.Pow: of_numbers, exp.Sign: of_numbers,
    exp.Round: rounded,
    exp.Sum: averaged, exp.Avg: averaged, exp.Min: extreme, exp.Max: extreme,
    exp.Stddev: averaged, exp.StddevSamp: averaged, exp.StddevPop: averaged,
    exp.Variance: averaged, exp.VariancePop: averaged, exp.Corr: of_numbers,
    exp.WithinGroup: ranked, exp.PercentileCont: within_group, exp.Median: median,
    exp.Count: counted, exp.Distinct: distinct,
}  # fmt: skip
