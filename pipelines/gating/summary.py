"""The mean, sum, median or standard deviation of a column, to the last bit as pandas finds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from audit.source import Type
from pipelines.gating.asked import EXACT
from pipelines.gating.plan import Summary
from pipelines.gating.rows import Rows
from pipelines.gating.scan import Scan, counting
from pipelines.sql import both, name


def ask(scan: Scan, plan: Summary) -> None:
    if _adds_up(scan.types, plan):
        for aggregate in _figures(plan):
            scan.ask(aggregate)


def answer(rows: Rows, scan: Scan, plan: Summary) -> Any:
    if _adds_up(scan.types, plan):
        total, least, most, count = map(scan.answer, _figures(plan))
        if not count:
            return 0 if plan.figure == "sum" else None
        if max(abs(least), abs(most)) * count < EXACT:  # whatever the order in which they are added
            return total if plan.figure == "sum" else total / count
    return _by_pandas(rows, plan)


def _adds_up(types: Mapping[str, Type], plan: Summary) -> bool:
    """Sums of floating point depend on how one adds."""
    return plan.figure in ("sum", "mean") and types[plan.column] == "integer"


def _figures(plan: Summary) -> list[str]:
    value = name(plan.column)
    looked_at = value if plan.within == "true" else f"case when {plan.within} then {value} end"
    aggregates = [f"{figure}({looked_at})" for figure in ("sum", "min", "max")]
    return [*aggregates, counting(both(plan.within, f"{value} is not null"))]


def _by_pandas(rows: Rows, plan: Summary) -> Any:
    where = "" if plan.within == "true" else f" where {plan.within}"
    read = rows.connection.sql(f"select {name(plan.column)} from rows{where}").to_arrow_table().column(0)
    kind = pd.Int64Dtype() if rows.types[plan.column] == "integer" else pd.Float64Dtype()
    value = getattr(read.to_pandas(types_mapper={read.type: kind}.get), plan.figure)()
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value
