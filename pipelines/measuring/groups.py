"""By what a figure is grouped: a dimension, or a pair of dimensions that a contract declares."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from audit.measurement import Kpi
from audit.pairs import SIGN
from pipelines import definitions
from pipelines.measuring.lineage import named_by
from pipelines.sql import name


def groupings(kpi: Kpi) -> tuple[str, ...]:
    """Its dimensions, then the pairs of them that a contract declares whose rows it reads."""
    return (*kpi.by, *(SIGN.join(pair) for pair in _declared(kpi.source) if set(pair) <= set(kpi.by)))


@cache
def _declared(fact: str) -> tuple[tuple[str, str], ...]:
    """Two contracts may declare one pair either way round; it is measured once."""
    every = sorted(pair for source in named_by(fact) for pair in definitions.sources()[source].pairs)
    return tuple(sorted({frozenset(pair): pair for pair in reversed(every)}.values()))


def dimensions(grouping: str) -> list[str]:
    """Of a pair its two; none of the whole."""
    return grouping.split(SIGN) if grouping else []


def member(grouping: str, of: str = "") -> str:
    """
    SQL of the group's name. A row without a value belongs to the group without a name. In a pair the sign between the
    two is doubled where it stands in a name, so that no two groups can share one.
    """
    names = [f"coalesce(cast({name(of + one) if of else one} as varchar), '')" for one in dimensions(grouping)]
    if len(names) < 2:
        return names[0] if names else "''"
    return f" || '{SIGN}' || ".join(f"replace({one}, '×', '××')" for one in names)


def columns_of(groupings: Iterable[str]) -> dict[str, str]:
    """By column, SQL of the member of each dimension that one of them has."""
    each = dict.fromkeys(one for grouping in groupings for one in dimensions(grouping))
    return {f"by {one}": f"coalesce(cast({one} as varchar), '') as {name(f'by {one}')}" for one in each}
