"""Answers to single questions in a period, and which of them are looked at questionnaire by questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Doubt, Trust
from pipelines.survey_soundness.reach import within

DRAWN = "clauselight_drawn"
MOST = 200_000
"""Questionnaires that are looked at one by one; of more, every so many-th is drawn by the hash of its identifier."""
SCORED = "score is not null and not coalesce(not_applicable, false)"
READ: Read = {
    "survey_answers": frozenset(
        {
            "response_id",
            "question",
            "answered_on",
            "score",
            "scale_lowest",
            "scale_highest",
            "not_applicable",
            "asks_for",
        }
    )
}


@dataclass(frozen=True)
class Answers:
    connection: duckdb.DuckDBPyConnection
    trust: Trust
    period: Period
    one_in: int

    @property
    def dated(self) -> str:
        return within(self.period, "answered_on")

    @property
    def drawn(self) -> str:
        return f"{self.dated} and response_id in (select response_id from {DRAWN})" if self.one_in > 1 else self.dated

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    def doubt(self, read: Read = READ) -> Doubt:
        return self.trust.doubt_about(read, self.period)


@contextmanager
def drawn(connection: duckdb.DuckDBPyConnection, trust: Trust, period: Period, most: int = MOST) -> Iterator[Answers]:
    every = Answers(connection, trust, period, 1)
    each = f"select distinct response_id from survey_answers where {every.dated}"
    connection.execute(f"create or replace temp table {DRAWN} as {each}")
    one_in = max(1, -(-every.rows(f"select count(*) from {DRAWN}")[0][0] // most))
    connection.execute(f"delete from {DRAWN} where md5_number_lower(response_id) % {one_in} <> 0")
    yield replace(every, one_in=one_in)
    connection.execute(f"drop table {DRAWN}")
