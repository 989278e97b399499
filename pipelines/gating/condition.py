"""
Writes a row condition in SQL: the small part of its two grammars in which both surely mean the same.

    pandas              score > 5 and region == "north", region in ["north", "south"], ~comment.isnull()
    great_expectations  col("score") > 5, col("region") == "north", col("comment").notnull()

A missing number compares as unknown, in pandas as in SQL. A missing text, date or time does not: it equals nothing, is
before and after nothing, and differs from everything.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from audit.source import Type
from pipelines.sql import literal, name

PARSERS = {None: "pandas", "pandas": "pandas"} | dict.fromkeys(
    ("great_expectations", "great_expectations__experimental__"), "great_expectations"
)
PLAIN = r"[A-Za-z0-9_](?:[A-Za-z0-9_ .:-]*[A-Za-z0-9_.:-])?"
OF_COLUMN = re.compile(
    r'col\("(?P<column>[^"\\]+)"\)(?:(?P<present>\.notnull\(\))|'
    r" *(?P<sign>==|!=|<=|>=|<|>) *"
    rf"""(?:(?P<number>[+-]?[0-9]+(?:\.[0-9]+)?)|"(?P<text>{PLAIN})"|'(?P<quoted>{PLAIN})'))"""
)
SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "=", ast.NotEq: "<>", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="
}  # fmt: skip
WRITTEN = {"==": "=", "!=": "<>"}


class Unreadable(Exception):
    """This condition is not among those that are compiled; the message says why."""


def sql(written: Any, parser: Any, types: Mapping[str, Type]) -> str:
    """True for the rows that the condition lets in. Raises Unreadable."""
    if written is None and (parser is None or parser in PARSERS):
        return "true"
    if not isinstance(written, str) or not isinstance(parser, str | None) or parser not in PARSERS:
        raise Unreadable(f"'{parser}' is another grammar")
    if PARSERS[parser] == "great_expectations":
        return _of_column(written, types)
    return _of_pandas(written, types)


def _of_column(written: str, types: Mapping[str, Type]) -> str:
    found = OF_COLUMN.fullmatch(written)
    if found is None or "`" in found["column"]:
        raise Unreadable(f"{written!r} is no plain comparison")
    if found["present"]:
        return f"{_column(found['column'], types)} is not null"
    number = found["number"]
    value: Any = found["text"] or found["quoted"]
    if number is not None:
        value = float(number) if "." in number else int(number)
    return _compared(found["column"], WRITTEN.get(found["sign"], found["sign"]), value, types)


def _of_pandas(written: str, types: Mapping[str, Type]) -> str:
    try:
        tree = ast.parse(written.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        raise Unreadable(f"{written!r} is not Python") from None
    kinds = {type(node) for node in ast.walk(tree)}
    # & and | bind tighter than 'and' and 'or' in Python, and like them in pandas
    if {ast.BitAnd, ast.BitOr} & kinds and {ast.And, ast.Or, ast.Not} & kinds:
        raise Unreadable("it mixes 'and' and '&'")
    return _node(tree, types)


def _node(node: ast.expr, types: Mapping[str, Type]) -> str:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return " and ".join(f"({_node(value, types)})" for value in values)
        case ast.BoolOp(op=ast.Or(), values=values):
            return " or ".join(f"({_node(value, types)})" for value in values)
        case ast.BinOp(left=left, op=ast.BitAnd(), right=right):
            return f"({_node(left, types)}) and ({_node(right, types)})"
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return f"({_node(left, types)}) or ({_node(right, types)})"
        case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
            return f"not ({_node(operand, types)})"
        case ast.Call(func=ast.Attribute(value=ast.Name(id=column), attr="isnull"), args=[], keywords=[]):
            return f"{_column(column, types)} is null"
        case ast.Call(func=ast.Attribute(value=ast.Name(id=column), attr="notnull"), args=[], keywords=[]):
            return f"{_column(column, types)} is not null"
        case ast.Compare(left=ast.Name(id=column), ops=[ast.In()], comparators=[ast.List(elts=[_, *_] as items)]):
            return _listed(column, [_value(item) for item in items], types)
        case ast.Compare(left=ast.Name(id=column), ops=[sign], comparators=[right]) if type(sign) in SIGNS:
            return _compared(column, SIGNS[type(sign)], _value(right), types)
    raise Unreadable(f"{ast.unparse(node)!r} is no plain comparison")


def _value(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise Unreadable(f"{ast.unparse(node)!r} is no plain value") from None


def _column(column: str, types: Mapping[str, Type]) -> str:
    if column not in types:
        raise Unreadable(f"'{column}' is not a column of the batch")
    return name(column)


def _compared(column: str, sign: str, value: Any, types: Mapping[str, Type]) -> str:
    left = _column(column, types)
    right = literal(_comparable(value, types[column]))
    if types[column] in ("date", "timestamp") and sign in ("=", "<>"):
        raise Unreadable("pandas does not read a text that equals a date as a date")
    if types[column] in ("integer", "number"):
        return f"{left} {sign} {right}"
    return f"{left} is distinct from {right}" if sign == "<>" else f"coalesce({left} {sign} {right}, false)"


def _listed(column: str, values: list[Any], types: Mapping[str, Type]) -> str:
    left = _column(column, types)
    if types[column] != "text":
        raise Unreadable(f"'{column}' is {types[column]}, and only texts are listed")
    listed = ", ".join(literal(_comparable(value, "text")) for value in values)
    return f"coalesce({left} in ({listed}), false)"


def _comparable(value: Any, type_: Type) -> Any:
    if type_ in ("integer", "number") and isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) < 2**53:
            return value
    elif type_ == "text" and isinstance(value, str) and "\0" not in value:
        return value
    elif type_ in ("date", "timestamp") and isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.A):
        try:
            return dt.datetime.fromisoformat(value)
        except ValueError:
            pass
    raise Unreadable(f"{value!r} is not compared with {type_}")
