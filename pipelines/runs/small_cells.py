"""Figures as they may leave: without those of small groups, and of the groups that would give them away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from audit import withheld
from audit.small_cells import Key, hidden

FIGURES = ["value", "low", "high", "n"]
Places = Mapping[tuple[str, str, dt.date], frozenset[Key]]
"""KPI, grain and last day of a period -> the groups that are hidden in it."""


def without_small(frame: pd.DataFrame, least: int) -> pd.DataFrame:
    """`frame` has every grouping of its figures, as pipelines.runs.results.measurements gives them."""
    hidden_in = places(frame, least)
    gone = pd.Series([is_in(hidden_in, *row) for row in _rows(frame)], index=frame.index, dtype=bool)
    shown = frame.astype({"n": "Int64"})
    shown.loc[gone, FIGURES] = pd.NA
    for language in ("en", "zh"):
        shown.loc[gone, f"not_evaluated_{language}"] = withheld.words(least).said(language)
        shown.loc[gone, f"warning_{language}"] = None
    return shown


def places(frame: pd.DataFrame, least: int) -> Places:
    sizes: dict[tuple[str, str, dt.date], dict[Key, int]] = {}
    for (kpi, grain, ends, by, group), n in zip(_rows(frame), frame["n"], strict=True):
        sizes.setdefault((kpi, grain, ends), {})[by, group] = int(n)
    return {place: hidden(found, least) for place, found in sizes.items()}


def is_in(places: Places, kpi: str, grain: str, ends: dt.date, by: str, group: str) -> bool:
    return (by, group) in places.get((kpi, grain, ends), frozenset())


def _rows(frame: pd.DataFrame) -> zip[tuple[str, str, dt.date, str, str]]:
    ends = [day.date() if isinstance(day, dt.datetime) else day for day in frame["ends"]]
    return zip(frame["kpi"], frame["grain"], ends, frame["by"], frame["group"], strict=True)
