"""What an analysis is given to look into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from pipelines.analyses.part import Part, Result, part
from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Asked:
    connection: duckdb.DuckDBPyConnection
    trust: Trust
    workspace: Workspace
    period: Period
    """The audit period of the run; `latest` are the 12 months up to its end."""
    latest: Period
    measured: pd.DataFrame
    """The run's measurements."""

    def rows(self, query: str, **given: object) -> list[tuple[Any, ...]]:
        """`given` are the values of $name in the query."""
        return self.connection.execute(query, given).fetchall()

    def part(self, read: Read, work: Callable[[], Result], period: Period | None = None) -> Part[Result]:
        """`read` names the columns of each source that the work rests on: nothing is worked out where they failed."""
        return part(self.trust.doubt_about(read, period or self.latest), work)
