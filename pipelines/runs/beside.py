"""What a run finds out beside figures and verdicts, each in a file of its own in the run's folder."""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd

from pipelines import analyses
from pipelines.analyses.asked import Asked
from pipelines.complaints import found as complaints
from pipelines.complaints.look import look
from pipelines.measuring.periods import Period, rolling, window
from pipelines.measuring.trust import Trust
from pipelines.survey_soundness import found as soundness
from pipelines.survey_soundness.survey import soundness as of_survey
from pipelines.workspace import Workspace

MONTHS = 12


def beside(
    connection: duckdb.DuckDBPyConnection,
    trust: Trust,
    workspace: Workspace,
    measured: pd.DataFrame,
    starts: dt.date,
    ends: dt.date,
) -> dict[str, bytes]:
    """Name of the file -> its content. Pages read them; runs of before know fewer."""
    audited = Period("audit_period", f"{starts} to {ends}", starts, ends)
    latest = Period(rolling(MONTHS), f"{ends:%Y-%m}", *window(MONTHS, ends))
    asked = Asked(connection, trust, workspace, audited, latest, measured)
    return {
        complaints.FILE: complaints.FOUND.dump_json(look(connection, trust, starts, ends), indent=1),
        soundness.FILE: soundness.SOUNDNESS.dump_json(of_survey(connection, trust, measured, starts, ends), indent=1),
        **analyses.files(asked),
    }
