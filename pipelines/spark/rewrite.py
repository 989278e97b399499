"""The tree of a query, written for Spark so that it gives the numbers that DuckDB gives."""

from __future__ import annotations

from sqlglot import exp

from audit.errors import DefinitionError


def spark_sql(tree: exp.Expr) -> str:
    """Of the tree itself, never of its text read again: DuckDB's spelling of a percentile reads as another function."""
    written = tree.copy()
    for rewrite in (_percentiles, _medians, _divisions, _averages, _seconds, _weeks, _small_letters):
        rewrite(written)
    return written.sql(dialect="spark")


def _percentiles(tree: exp.Expr) -> None:
    """Exact, where plain translation would approximate."""
    for node in list(tree.find_all(exp.WithinGroup)):
        ordered = node.expression.expressions[0]
        if not isinstance(node.this, exp.PercentileCont) or ordered.args.get("desc"):
            raise DefinitionError(f"'{node.sql('duckdb')}' is not the same on Spark; run 'python -m pipelines check'")
        node.replace(_percentile(ordered.this, node.this.this))


def _medians(tree: exp.Expr) -> None:
    for node in list(tree.find_all(exp.Median)):
        node.replace(_percentile(node.this, exp.Literal.number("0.5")))


def _percentile(of: exp.Expr, share: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this="PERCENTILE", expressions=[_double(of), share])


def _divisions(tree: exp.Expr) -> None:
    """Of doubles, where Spark would keep a few decimals. The innermost first, or those within others are left out."""
    for node in reversed(list(tree.find_all(exp.Div))):
        node.set("this", _double(node.this))


def _averages(tree: exp.Expr) -> None:
    for node in list(tree.find_all(exp.Avg)):
        node.set("this", _double(node.this))


def _seconds(tree: exp.Expr) -> None:
    """Since 1970 with their fractions, as one number of microseconds divided once. The session's zone is UTC."""
    for node in reversed(list(tree.find_all(exp.TimeToUnix))):
        moment = exp.Cast(this=node.this, to=exp.DataType.build("timestamp", dialect="spark"))
        micros = _double(exp.Anonymous(this="UNIX_MICROS", expressions=[moment]))
        node.replace(exp.Paren(this=exp.Div(this=micros, expression=_double(exp.Literal.number(1_000_000)))))


def _weeks(tree: exp.Expr) -> None:
    for node in list(tree.find_all(exp.Week)):
        node.replace(exp.Anonymous(this="WEEKOFYEAR", expressions=[node.this]))


def _small_letters(tree: exp.Expr) -> None:
    """The two letters that Java makes small in another way."""
    for node in list(tree.find_all(exp.Lower)):
        plain = exp.Anonymous(this="TRANSLATE", expressions=[node.this, *map(exp.Literal.string, ("İΣ", "iσ"))])
        node.set("this", plain)


def _double(node: exp.Expr) -> exp.Expr:
    return exp.Cast(this=node, to=exp.DataType.build("double"))
