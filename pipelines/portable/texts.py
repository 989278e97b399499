"""Texts: where the engines look, cut and join differently."""

from __future__ import annotations

from sqlglot import exp

from pipelines.portable.kinds import kind
from pipelines.portable.objection import Objection, Rule


def of_text(node: exp.Expr) -> Objection:
    sides = [node.this, node.args.get("expression"), *node.expressions]
    wrong = any(isinstance(one, exp.Expr) and kind(one) not in ("text", "nothing") for one in sides)
    return "is known to be the same for text alone; name a column of text" if wrong else None


def pattern(node: exp.Expr) -> Objection:
    like = node.expression
    if not (isinstance(like, exp.Literal) and "\\" not in like.name):
        return "is looked for differently; write the pattern out, and without a backslash"
    return of_text(node)


def trimmed(node: exp.Expr) -> Objection:
    odd = node.args.get("expression") or node.args.get("position")
    return "is known for spaces at both ends alone; write trim(…)" if odd else of_text(node)


def piece(node: exp.Expr) -> Objection:
    start, length = node.args.get("start"), node.args.get("length")
    written = all(isinstance(one, exp.Literal) for one in (start, length) if one is not None)
    if start is None or not written or int(start.name) < 1:
        return "is counted differently; write its start, from 1 on, and its length as numbers"
    return of_text(exp.Paren(this=node.this))


RULES: dict[type[exp.Expr], Rule] = {
    exp.Like: pattern, exp.Lower: of_text, exp.Trim: trimmed, exp.Length: of_text,
    exp.Substring: piece, exp.DPipe: of_text, exp.Concat: of_text,
}  # fmt: skip
