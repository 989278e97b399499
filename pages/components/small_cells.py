"""Figures as they may be shown: without the small groups where whoever looks may not look into the data itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from audit import withheld
from audit.evidence import ClauseAssessment, Evidence
from audit.measurement import Measurement
from audit.small_cells import Key, hidden
from pipelines import results
from pipelines.run_folder import Run
from pipelines.workspace import Workspace, open_workspace

FIGURES = ["value", "low", "high", "n"]
Places = Mapping[tuple[str, str, dt.date], frozenset[Key]]
"""KPI, grain and last day of a period -> the groups that are hidden in it."""


def without_small(frame: pd.DataFrame, least: int) -> pd.DataFrame:
    """`frame` has every grouping of its figures, as pipelines.results.measurements gives them."""
    places = _places(frame, least)
    gone = pd.Series([_is_in(places, *row) for row in _rows(frame)], index=frame.index, dtype=bool)
    shown = frame.astype({"n": "Int64"})
    shown.loc[gone, FIGURES] = pd.NA
    for language in ("en", "zh"):
        shown.loc[gone, f"not_evaluated_{language}"] = withheld.words(least).said(language)
        shown.loc[gone, f"warning_{language}"] = None
    return shown


def run_without_small(workspace: Workspace, run: Run, least: int) -> Run:
    return replace(run, clauses=_clauses(workspace.folder.resolve(), run.id, least))


def evidence_without_small(workspace: Workspace, run: Run, every: Sequence[Evidence], least: int) -> list[Evidence]:
    return [withheld.evidence(each, hides(workspace, run, least), least) for each in every]


def hides(workspace: Workspace, run: Run, least: int) -> withheld.Hides:
    """A group's figure, and one that stands beside its own of the period before, which a sentence compares it with."""

    def of(figure: Measurement) -> bool:
        ends = (figure.ends, figure.starts - dt.timedelta(days=1))
        places = _hidden_of(workspace.folder.resolve(), run.id, figure.kpi, figure.grain, least)
        return any(_is_in(places, figure.kpi, figure.grain, end, figure.by, figure.group) for end in ends)

    return of


@lru_cache(maxsize=8)
def _clauses(folder: Path, run_id: str, least: int) -> tuple[ClauseAssessment, ...]:
    workspace = open_workspace(folder)
    run = results.find(workspace, run_id)
    return tuple(withheld.clause(each, hides(workspace, run, least), least) for each in run.clauses)


@lru_cache(maxsize=256)
def _hidden_of(folder: Path, run_id: str, kpi: str, grain: str, least: int) -> Places:
    return _places(results.measurements(open_workspace(folder), run_id, kpi=kpi, grain=grain), least)


def _places(frame: pd.DataFrame, least: int) -> Places:
    sizes: dict[tuple[str, str, dt.date], dict[Key, int]] = {}
    for (kpi, grain, ends, by, group), n in zip(_rows(frame), frame["n"], strict=True):
        sizes.setdefault((kpi, grain, ends), {})[by, group] = int(n)
    return {place: hidden(found, least) for place, found in sizes.items()}


def _rows(frame: pd.DataFrame) -> zip[tuple[str, str, dt.date, str, str]]:
    ends = [day.date() if isinstance(day, dt.datetime) else day for day in frame["ends"]]
    return zip(frame["kpi"], frame["grain"], ends, frame["by"], frame["group"], strict=True)


def _is_in(places: Places, kpi: str, grain: str, ends: dt.date, by: str, group: str) -> bool:
    return (by, group) in places.get((kpi, grain, ends), frozenset())
