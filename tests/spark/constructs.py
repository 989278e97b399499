"""Every construct that `check` lets pass, as a query over the trap rows of orders."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from tests.pipelines.portable_cases import OF_GROUPS, OF_ROWS

COLUMNS = """
    select
        o.order_id as id, o._line as i, o.amount as x, coalesce(o.amount, 0) - 7 as y,
        cast(o.amount as decimal(12, 2)) as m,
        o.product as s, o.channel as u, o.amount > 1 as b, o.product like '%a%' as c, cast(o.ordered_at as date) as d,
        cast(o.promised_at as date) as e, o.ordered_at as ts, o.delivered_at as tt
    from orders as o
    where coalesce(o.amount, 0) < 1e9
"""
CONSTRUCTS = [*OF_ROWS, *OF_GROUPS]


def query_of(text: str) -> exp.Select:
    """Its value for every row, or for all rows of one text."""
    by = "t.u" if text in OF_GROUPS else "t.id"
    grouped = f"group by {by}" if text in OF_GROUPS else ""
    tree = sqlglot.parse_one(f"select {text} as value, {by} as member from ({COLUMNS}) as t {grouped}", read="duckdb")
    assert isinstance(tree, exp.Select)
    return tree
