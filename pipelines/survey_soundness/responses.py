"""Invitations and returned questionnaires: the response rate by its name, and early against late answers."""

from __future__ import annotations

import duckdb
import pandas as pd

from audit.measurement import Measurement
from pipelines.analyses.part import Part, part
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.methods.early_late import EarlyLate, early_late
from pipelines.survey_soundness.found import ResponseRate
from pipelines.survey_soundness.matched import MATCHED
from pipelines.survey_soundness.measured import of_kpi
from pipelines.survey_soundness.reach import within


def response(connection: duckdb.DuckDBPyConnection, measured: pd.DataFrame, period: Period) -> Part[ResponseRate]:
    return of_kpi(measured, "survey_response_rate", period, lambda figure: _rate(connection, period, figure))


def _rate(connection: duckdb.DuckDBPyConnection, period: Period, figure: Measurement) -> ResponseRate:
    assert figure.value is not None and figure.low is not None and figure.high is not None
    invited, answered = figure.n, round(figure.value * figure.n / 100)
    finished = f"select count(distinct invitation) from {MATCHED} where finished and {within(period, 'invited_on')}"
    lost = f"select count(*) from {MATCHED} where invited_on is null and {within(period, 'answered_on')}"
    # nobody knows where no invitation says either way
    known = "case when count(bounced) > 0 then count(*) filter (where bounced) end"
    bounced = f"select {known} from survey_invitations where {within(period, 'invited_on')}"
    row = connection.execute(f"select ({finished}), ({lost}), ({bounced})").fetchone()
    assert row is not None
    bounds = figure.value, figure.low, figure.high
    return ResponseRate(invited, answered, *bounds, row[0], 100 * row[0] / invited, row[2], row[1])


def waits(
    connection: duckdb.DuckDBPyConnection, trust: Trust, period: Period, rate: Part[ResponseRate]
) -> Part[EarlyLate]:
    """The days between invitation and answer as in the KPI late_early_difference."""

    def compared() -> EarlyLate:
        rows = connection.execute(
            "select date_diff('day', invited_on, answered_on), count(*) filter (where satisfaction >= 4), "
            f"count(satisfaction) from {MATCHED} "
            f"where invited_on is not null and {within(period, 'answered_on')} group by 1"
        ).fetchall()
        return early_late({days: (good, n) for days, good, n in rows}, rate.result.value if rate.result else None)

    return part(trust.doubt("late_early_difference", period), compared)
