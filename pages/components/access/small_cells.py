"""Figures as they may be shown: without the small groups where whoever looks may not look into the data itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from audit import withheld
from audit.evidence import ClauseAssessment, Evidence
from audit.measurement import Measurement
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.runs.small_cells import Places, is_in, places
from pipelines.workspace import Workspace, open_workspace


def run_without_small(workspace: Workspace, run: Run, least: int) -> Run:
    return replace(run, clauses=_clauses(workspace.folder.resolve(), run.id, least))


def evidence_without_small(workspace: Workspace, run: Run, every: Sequence[Evidence], least: int) -> list[Evidence]:
    return [withheld.evidence(each, hides(workspace, run, least), least) for each in every]


def hides(workspace: Workspace, run: Run, least: int) -> withheld.Hides:
    """A group's figure, and one that stands beside its own of the period before, which a sentence compares it with."""

    def of(figure: Measurement) -> bool:
        ends = (figure.ends, figure.starts - dt.timedelta(days=1))
        hidden_in = _hidden_of(workspace.folder.resolve(), run.id, figure.kpi, figure.grain, least)
        return any(is_in(hidden_in, figure.kpi, figure.grain, end, figure.by, figure.group) for end in ends)

    return of


@lru_cache(maxsize=8)
def _clauses(folder: Path, run_id: str, least: int) -> tuple[ClauseAssessment, ...]:
    workspace = open_workspace(folder)
    run = results.find(workspace, run_id)
    return tuple(withheld.clause(each, hides(workspace, run, least), least) for each in run.clauses)


@lru_cache(maxsize=256)
def _hidden_of(folder: Path, run_id: str, kpi: str, grain: str, least: int) -> Places:
    return places(results.measurements(open_workspace(folder), run_id, kpi=kpi, grain=grain), least)
