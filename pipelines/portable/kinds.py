"""What kind of value an expression gives, as far as the two engines treat kinds differently."""

from __future__ import annotations

from typing import Literal

from sqlglot import exp

Kind = Literal["text", "truth", "date", "time", "integer", "number", "nothing", "other", "unknown"]
"""`time`: without a zone. `nothing`: NULL. `other`: lists, intervals, times with a zone and the like."""

_OF: dict[Kind, set[exp.DType]] = {
    "text": exp.DataType.TEXT_TYPES,
    "truth": {exp.DType.BOOLEAN},
    "date": {exp.DType.DATE},
    "time": {exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ},
    "integer": exp.DataType.INTEGER_TYPES,
    "number": exp.DataType.REAL_TYPES,
    "nothing": {exp.DType.NULL},
    "unknown": {exp.DType.UNKNOWN},
}


def of_type(type_: exp.DataType | None) -> Kind:
    known = type_.this if type_ else exp.DType.UNKNOWN
    return next((kind for kind, types in _OF.items() if known in types), "other")


def kind(node: exp.Expr) -> Kind:
    """Of an expression whose types are annotated."""
    if isinstance(node, (exp.Paren, exp.Filter)):
        return kind(node.this)
    if isinstance(node, exp.Null):
        return "nothing"
    if isinstance(node, exp.Sub) and kind(node.this) == kind(node.expression) == "date":
        return "integer"  # sqlglot says date
    return of_type(node.type)


def is_number(node: exp.Expr) -> bool:
    return kind(node) in ("integer", "number", "nothing")
