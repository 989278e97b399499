"""Rows, loads and periods made by hand, for the tests of the figures."""

from __future__ import annotations

import atexit
import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import duckdb

from audit.load import GateOutcome, GateResult, Load
from audit.source import Severity
from audit.text import Text
from pipelines import definitions
from pipelines.checking import kpi_query
from pipelines.measuring.facts import sql_columns
from pipelines.measuring.grouping import for_one
from pipelines.measuring.periods import Period

Rows = dict[str, list[dict[str, Any]]]
"""Source -> its rows; a column that is not written is empty."""

Case = tuple[str, Rows, float | None, int]
"""KPI, rows, and the value and n that they give."""

MARCH = Period("month", "2026-03", dt.date(2026, 3, 1), dt.date(2026, 3, 31))
YEAR = Period("year", "2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
DEFAULTS: dict[str, dict[str, Any]] = {
    "competitor_scores": {
        "measured_on": "2026-03-31", "competitor": "Rival", "measure": "satisfaction", "score": 5, "scale_lowest": 1,
        "scale_highest": 5,
    },
    "complaint_actions": {"decided_on": "2026-03-05", "complaint_id": "K1", "kind": "correction"},
    "complaints": {"received_at": "2026-03-05", "customer_id": "C1"},
    "contract_reviews": {"received_on": "2026-03-04", "accepted_on": "2026-03-05", "order_id": "O1"},
    "customer_needs": {"raised_on": "2026-03-05", "need": "quieter pumps"},
    "customers": {"customer_since": "2020-01-01"},
    "deliveries": {"order_line": "1", "promised_at": "2026-03-05", "delivered_at": "2026-03-05", "quantity_ordered": 1},
    "employee_survey": {"answered_on": "2026-03-05"},
    "expectations": {
        "answered_on": "2026-03-05", "dimension": "reliability", "question": "q", "scale_lowest": 1, "scale_highest": 7,
    },
    "interactions": {"occurred_at": "2026-03-05", "kind": "meeting", "customer_id": "C1"},
    "kano_answers": {"answered_on": "2026-03-05", "feature": "f", "customer_id": "C1"},
    "market_sizes": {"measured_on": "2026-03-31", "market": "pumps"},
    "promises": {"code": "service code", "promise": "a call back", "made_on": "2026-03-04", "due_at": "2026-03-05"},
    "orders": {"ordered_at": "2026-03-05", "customer_id": "C1"},
    "returns": {"returned_on": "2026-03-05", "quantity_returned": 1},
    "staff_training": {"required_on": "2026-01-05", "topic": "complaints"},
    "survey_answers": {
        "answered_on": "2026-03-05", "customer_id": "C1", "question": "q", "driver": "d", "scale_lowest": 1,
        "scale_highest": 5,
    },
    "survey_invitations": {"invited_on": "2026-03-05", "customer_id": "C1"},
    "survey_responses": {"answered_on": "2026-03-05", "customer_id": "C1"},
    "waiting_times": {"arrived_at": "2026-03-05 10:00:00"},
}  # fmt: skip
WHILE_TESTING = ExitStack()
atexit.register(WHILE_TESTING.close)
KEYS = {name: source.key[0] for name, source in definitions.sources().items()}


@contextmanager
def tables(rows: Rows) -> Iterator[duckdb.DuckDBPyConnection]:
    """Every source with these rows, of a load that has the name of the source, and every model over them."""
    with _empty().cursor() as connection:
        connection.begin()
        for source, written in rows.items():
            columns = list(sql_columns(definitions.sources()[source]))
            values = []
            for line, row in enumerate(written, start=2):
                whole = {KEYS[source]: f"{source}-{line}", "_load": source, "_line": line} | DEFAULTS[source] | row
                assert set(whole) <= set(columns), whole
                values += [whole.get(name) for name in columns]
            one = f"({', '.join('?' for _ in columns)})"
            if written:
                connection.execute(f"insert into {source} values {', '.join([one] * len(written))}", values)
        yield connection
        connection.rollback()


@cache
def _empty() -> duckdb.DuckDBPyConnection:
    """Made once, because it takes ten times as long as what is asked of it; what a test puts in is taken back."""
    mistakes: list[Any] = []
    connection = WHILE_TESTING.enter_context(kpi_query.tables(definitions.sources(), definitions.MODELS, mistakes))
    assert not mistakes
    return connection


def figure(kpi: str, rows: Rows, period: Period = MARCH, by: str = "", group: str = "") -> tuple[float | None, int]:
    """Value and n, from the query as a person would run it by hand."""
    with tables(rows) as connection:
        found = connection.execute(for_one(definitions.kpis()[kpi], period, by, group).sql("duckdb"))
        names = [column[0] for column in found.description]
        row = dict(zip(names, found.fetchone() or (), strict=True))
    return row["value"], row["n"]


def load_of(source: str, id: str = "", **changes: Any) -> Load:
    """A published load of 100 rows of March that supplied every column and broke nothing."""
    months = changes.pop("months", {"2026-03": 100} if definitions.sources()[source].dated_by else {"": 100})
    loaded, rejected = sum(months.values()), changes.pop("rejected", 0)
    usual: dict[str, Any] = {
        "file": f"{id or source}.csv", "sha256": "", "mapping": "", "published": True, "version": 1,
        "received_at": dt.datetime(2026, 4, 1, tzinfo=dt.UTC), "actor": "Ana", "ignored": (), "gate": (), "rejects": "",
        "delivered": tuple(definitions.sources()[source].columns),
    }  # fmt: skip
    return Load(
        id=id or source, source=source, months=months, loaded=loaded, rejected=rejected, blank=0,
        lines=loaded + rejected,
        physical_lines=loaded + rejected + 1, **usual | changes,
    )  # fmt: skip


def broke(
    column: str,
    by_month: dict[str, int] | None = None,
    outcome: GateOutcome = "failed",
    severity: Severity = "warning",
) -> GateResult:
    counts = by_month or {}
    reason = Text(en=f"{column} matters.", zh=f"{column} 很重要。")
    total = sum(counts.values())
    return GateResult("expect_something", column, severity, outcome, total, 100, reason, counts)
