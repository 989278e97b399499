"""Everything that is asked of a survey, for the audit period and for the latest twelve months."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import duckdb
import pandas as pd

from pipelines.measuring.periods import Period, rolling, window
from pipelines.measuring.trust import Trust
from pipelines.survey_soundness import answers
from pipelines.survey_soundness.batteries import lined, overall, scales
from pipelines.survey_soundness.figures import figures
from pipelines.survey_soundness.found import Soundness, Survey
from pipelines.survey_soundness.left_open import left_open
from pipelines.survey_soundness.matched import matched
from pipelines.survey_soundness.points import points
from pipelines.survey_soundness.reach import counted
from pipelines.survey_soundness.responses import response, waits
from pipelines.survey_soundness.weighting import weights
from pipelines.survey_soundness.who import who

MONTHS = 12


def soundness(
    connection: duckdb.DuckDBPyConnection, trust: Trust, measured: pd.DataFrame, first: dt.date, last: dt.date
) -> Soundness:
    """`measured` are the run's measurements."""
    audited = Period("audit_period", f"{first} to {last}", first, last)
    latest = Period(rolling(MONTHS), f"{last:%Y-%m}", *window(MONTHS, last))
    with matched(connection, trust):
        return Soundness(tuple(survey(connection, trust, measured, period) for period in (audited, latest)))


def survey(connection: duckdb.DuckDBPyConnection, trust: Trust, measured: pd.DataFrame, period: Period) -> Survey:
    with counted(connection, period), answers.drawn(connection, trust, period) as asked:
        compared, rate = who(connection, trust, period), response(connection, measured, period)
        found = Survey(
            period.grain,
            period.label,
            period.starts,
            period.ends,
            rate,
            compared,
            waits(connection, trust, period, rate),
            left_open(asked),
            lined(asked),
            overall(asked),
            scales(asked),
            figures(connection, trust, measured, period),
            weights(connection, trust, period, compared),
            asked.one_in,
        )
    return replace(found, points=points(found))
