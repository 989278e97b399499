"""How exact the figures of the survey are, where the customers are a limited number."""

from __future__ import annotations

import duckdb
import pandas as pd

from audit.measurement import Measurement
from audit.wording import say
from pipelines.analyses.part import Part
from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.methods.refused import Refused
from pipelines.methods.sample_size import correction
from pipelines.survey_soundness.found import Figure
from pipelines.survey_soundness.measured import of_kpi
from pipelines.survey_soundness.reach import REACH

ANSWERS = {"csat_top_2_box": "scored", "mean_satisfaction": "scored", "nps": "recommends"}
"""KPI -> what counts the answers that it rests on."""
REGISTER: Read = {"customers": frozenset({"customer_id", "customer_since", "left_on"})}


def figures(
    connection: duckdb.DuckDBPyConnection, trust: Trust, measured: pd.DataFrame, period: Period
) -> dict[str, Part[Figure]]:
    known = trust.doubt_about(REGISTER, period).not_evaluated is None
    reached = {name: _reached(connection, name) if known else None for name in set(ANSWERS.values())}
    return {
        name: of_kpi(measured, name, period, lambda found, of=answers: _figure(found, reached[of]))  # type: ignore[misc]
        for name, answers in ANSWERS.items()
    }


def _figure(found: Measurement, reached: tuple[int, int] | None) -> Figure:
    if found.value is None or found.low is None or found.high is None:
        raise Refused(say("the answers do not vary, so how far chance reaches cannot be told"))
    customers, population = reached or (None, None)
    factor = correction(customers, population) if customers is not None and population else 1.0
    half = (found.high - found.low) / 2 * factor
    bounds = found.value, found.n, found.low, found.high
    return Figure(found.kpi, found.unit, *bounds, half, factor, customers, population)


def _reached(connection: duckdb.DuckDBPyConnection, answers: str) -> tuple[int, int]:
    row = connection.execute(f"select count(*) filter (where {answers} > 0), count(*) from {REACH}").fetchone()
    return row or (0, 0)
