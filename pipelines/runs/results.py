"""What a run found, as pages, reports and the command line read it; and the way from a figure back to its rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from audit.checklist import Checklist, by_number
from audit.errors import SourceError
from audit.evidence import Answer
from audit.load import Load
from audit.measurement import Measurement
from audit.rule import Computed
from audit.wording import say
from pipelines import definitions
from pipelines.auditing.drawing import key_of
from pipelines.measuring import facts
from pipelines.measuring.grouping import for_one, rows_of
from pipelines.measuring.lineage import read_by
from pipelines.measuring.periods import Period
from pipelines.runs.run_folder import CLAUSES, LOADS, RUN, Run, grounds_of
from pipelines.sql import name
from pipelines.workspace import Workspace


def latest(workspace: Workspace) -> Run | None:
    """The run that was made last; None before the first."""
    named = workspace.runs / "latest"
    return find(workspace, named.read_text(encoding="utf-8").strip()) if named.is_file() else None


def every(workspace: Workspace) -> list[str]:
    """The ids of all runs."""
    return sorted(path.parent.name for path in workspace.runs.glob("*/run.json"))


def find(workspace: Workspace, run_id: str) -> Run:
    known = every(workspace)
    if run_id not in known:
        listed = ", ".join(known) or say("none yet")
        raise SourceError(say("there is no run '{run}'; known are: {known}", run=run_id, known=listed))
    return _run(workspace.runs / run_id)


@lru_cache(maxsize=16)
def _run(folder: Path) -> Run:
    """A run never changes once written, so it is read once."""
    written = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    clauses = CLAUSES.validate_json((folder / "assessment.json").read_bytes())
    return Run(**{**vars(RUN.validate_python(written)), "clauses": clauses})


def measurements(
    workspace: Workspace, run_id: str, kpi: str | None = None, grain: str | None = None, by: str | None = None
) -> pd.DataFrame:
    """Columns of pipelines.measure.COLUMNS; `by` "" means the whole, None every grouping."""
    folder = workspace.runs / run_id
    found = _measurements(folder) if kpi is None else _of_kpi(folder, kpi)
    for column, wanted in (("grain", grain), ("by", by)):
        if wanted is not None:
            found = found[found[column] == wanted]
    return found.reset_index(drop=True)


@lru_cache(maxsize=4)
def _measurements(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder / "measurements.parquet")


@lru_cache(maxsize=128)
def _of_kpi(folder: Path, kpi: str) -> pd.DataFrame:
    """No other KPI is read for it, however many figures a run has."""
    return pd.read_parquet(folder / "measurements.parquet", filters=[("kpi", "==", kpi)])


def loads(workspace: Workspace, run_id: str) -> list[Load]:
    """The loads as the run knew them, with what their gates said."""
    return LOADS.validate_json((workspace.runs / run_id / "gate.json").read_bytes())


def criteria(workspace: Workspace, run_id: str) -> dict[str, dict[str, str]]:
    """Evidence id -> the organisation's own limits as the run used them."""
    found: dict[str, dict[str, str]] = json.loads(
        (workspace.runs / run_id / "criteria.json").read_text(encoding="utf-8")
    )
    return found


def answers(workspace: Workspace, run_id: str) -> Sequence[Answer]:
    """What people had recorded when the run was made."""
    return grounds_of(workspace.runs / run_id).answers


def query(figure: Measurement) -> str:
    """The query of one figure: it runs in a DuckDB shell that has the sources and models as views."""
    kpi = definitions.kpis()[figure.kpi]
    return for_one(kpi, _period(figure), figure.by, figure.group).sql("duckdb", pretty=True)


def rows(workspace: Workspace, run: Run, figure: Measurement, most: int = 100_000) -> pd.DataFrame:
    """The rows behind one figure, at the versions of the run, each with its load and the line of its file."""
    kpi = definitions.kpis()[figure.kpi]
    asked = rows_of(kpi, _period(figure), figure.by, figure.group).limit(most)
    with facts.opened(workspace, run.versions) as connection:
        found: pd.DataFrame = connection.execute(asked.sql("duckdb")).df()
    return found.sort_values(["_load", "_line"], ignore_index=True)


def record(workspace: Workspace, run: Run, source: str, item: str) -> pd.DataFrame:
    """The record that a sample drew, at the version of the run: its columns with what stands in each."""
    with facts.opened(workspace, {source: run.versions[source]}) as connection:
        found = connection.execute(
            f"select * from {name(source)} where {key_of(definitions.sources()[source])} = ?", [item]
        ).df()
    return found.drop(columns=["_load"]).astype(object).T.reset_index().set_axis(["", *map(str, found.index)], axis=1)


def rests_on(source: str, checklist: Checklist) -> list[str]:
    """Clauses with evidence that is computed from this source."""
    return sorted({clause for clause, kpi in _computed(checklist) if source in read_by(kpi)}, key=by_number)


def _computed(checklist: Checklist) -> Iterator[tuple[str, str]]:
    for clause, _, rule in checklist.rules():
        if isinstance(rule, Computed):
            yield clause.clause, rule.computed


def _period(figure: Measurement) -> Period:
    return Period(figure.grain, figure.period, figure.starts, figure.ends)
