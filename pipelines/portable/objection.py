"""What a rule says of one construct: nothing, or why it is not portable and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sqlglot import exp

Objection: TypeAlias = "str | None"
Rule: TypeAlias = Callable[[exp.Expr], Objection]


def fine(node: exp.Expr) -> Objection:
    return None
