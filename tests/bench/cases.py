"""Everything that is measured, in the order of a round, and what is compared with what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tests.bench import bare, by_hand, measuring, measuring_by_hand, ours, pandas_gx, same_folder, suite
from tests.bench.job import Case

MILLION = 1_000_000
THREE = ("survey", "orders", "complaints")


@dataclass(frozen=True)
class Measured:
    title: str
    ready: Case
    files: tuple[str, ...] = ("survey",)
    most: int = 10**12
    """Rows above which it is left out, for the reason `why_not`."""
    why_not: str = ""
    after: str = ""
    """The case that must have run before in the same round, because it leaves the workspace that is used."""
    alone: bool = True
    """The process does nothing else than this work, so that its own time and memory say something."""


TOO_LARGE = "above one million rows GX on pandas takes minutes and many gigabytes in each round"
ONCE = "its peer is left out above one million rows"
CASES = {
    "load": Measured("Clauselight: load, 25 expectations, publish", ours.load("survey")),
    "again": Measured("Clauselight: the same folder again, nothing new", same_folder.again, after="load", alone=False),
    "month": Measured("Clauselight: one more month into it", ours.load("month"), ("month",), after="load"),
    "bare": Measured("DuckDB: bare typed CSV into one Parquet file", bare.copy("survey")),
    "hand": Measured("pandas, 25 checks written by hand, Parquet by month", by_hand.load),
    "gx": Measured("pandas, 25 expectations by GX, Parquet by month", pandas_gx.load, ("survey",), MILLION, TOO_LARGE),
    "three": Measured("Clauselight: all three files", ours.load(*THREE, workspace="three"), THREE),
    "bare_three": Measured("DuckDB: all three files, bare", bare.copy(*THREE), THREE),
    "dirty": Measured("Clauselight: load of the dirty file", ours.load("dirty", workspace="dirty"), ("dirty",)),
    "suite": Measured(
        "Clauselight: the suite over staged dirty rows", suite.compiled, ("dirty",), MILLION, ONCE, alone=False
    ),
    "suite_gx": Measured(
        "GX on pandas: the suite over the same rows", suite.gx, ("dirty",), MILLION, TOO_LARGE, alone=False
    ),
    "measure": Measured("Clauselight: all KPIs, periods and groups", measuring.measured(keep="all"), ()),
    "measure_page": Measured(
        f"Clauselight: the series of every KPI as a page reads it, {measuring.OPENED} times",
        measuring.page,
        (),
        after="measure",
    ),
    "measure_small_page": Measured("the same over 10,000 answers", measuring.small_page, (), alone=False),
    "measure_ten": Measured(
        "Clauselight: ten KPIs of every kind", measuring.measured(*measuring.CHOSEN, keep="chosen"), ()
    ),
    "measure_hand": Measured("pandas: the same ten, written by hand", measuring_by_hand.measured, ()),
    "measure_equal": Measured("every cell of the two compared", measuring.equal, (), after="measure_hand", alone=False),
}


@dataclass(frozen=True)
class Compared:
    title: str
    over: str
    under: str
    figure: Literal["wall", "cpu", "peak"] = "wall"
    target: float | None = None
    at: int = 10 * MILLION
    """The size for which the target is set."""
    unit: Literal["times", "%"] = "times"
    at_least: bool = False


COMPARED = [
    Compared("load + 25 expectations + publish / bare CSV into Parquet", "load", "bare", target=1.6),
    Compared("the same, CPU", "load", "bare", "cpu"),
    Compared("the suite: GX on pandas / ours, CPU, dirty rows", "suite_gx", "suite", "cpu", 25, MILLION, at_least=True),
    Compared("one more month / the load of all earlier months", "month", "load", target=0.06, unit="%"),
    Compared("the same folder again / the load", "again", "load", target=0.01, unit="%"),
    Compared("pandas + GX / load", "gx", "load"),
    Compared("pandas by hand / load", "hand", "load"),
    Compared("all three files / the three by bare DuckDB", "three", "bare_three"),
    Compared("load of the dirty file / of the clean one", "dirty", "load"),
    Compared("ten KPIs: pandas by hand / ours, CPU", "measure_hand", "measure_ten", "cpu", 5, at_least=True),
    Compared("a page's reading / that over 10,000 answers, CPU", "measure_page", "measure_small_page", "cpu", 1.1),
    Compared("peak of pandas by hand / of ours", "measure_hand", "measure_ten", "peak"),
]
PEAK_TARGETS = {"load": ("the load", 1.0e9), "measure": ("measuring", 1.5e9)}
"""Bytes that may be held at once at ten million rows."""
