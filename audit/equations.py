"""Which unknowns follow from a system of linear equations, whatever the others are: Gauss and Jordan's elimination."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction

Row = dict[Hashable, Fraction]


def known_alone(equations: Iterable[Mapping[Hashable, int]]) -> set[Hashable]:
    """Each equation is the coefficients of its unknowns; what they add up to is known and does not matter."""
    solved: dict[Hashable, Row] = {}
    for equation in equations:
        row = {unknown: Fraction(coefficient) for unknown, coefficient in equation.items()}
        for pivot, other in solved.items():
            row = _without(pivot, row, other)
        if row:
            pivot, lead = next(iter(row.items()))
            row = {unknown: coefficient / lead for unknown, coefficient in row.items()}
            solved = {of: _without(pivot, other, row) for of, other in solved.items()} | {pivot: row}
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def _without(pivot: Hashable, row: Row, of_pivot: Row) -> Row:
    """The row less so many times the pivot's that the pivot is gone."""
    times = row.get(pivot)
    if times is None:
        return row
    less = {unknown: row.get(unknown, Fraction()) - times * of_pivot.get(unknown, 0) for unknown in {**row, **of_pivot}}
    return {unknown: coefficient for unknown, coefficient in less.items() if coefficient}
