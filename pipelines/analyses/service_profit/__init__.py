"""The service-profit chain by unit: from satisfied employees to satisfied customers, and on to those who stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.part import part
from pipelines.analyses.section import Section
from pipelines.analyses.service_profit import told
from pipelines.analyses.service_profit.found import Chain, Figure, Link, ServiceProfit
from pipelines.measuring.lineage import Read
from pipelines.measuring.trust import Doubt
from pipelines.methods.interval import Array
from pipelines.methods.keywords import alike
from pipelines.methods.lagged import lagged
from pipelines.methods.refused import Refused

FILE = "service_profit.json"
FOUND = TypeAdapter(ServiceProfit)
EMPLOYEES, CUSTOMERS = "employee_satisfaction", "csat_top_2_box"
LINKS = ((EMPLOYEES, CUSTOMERS), (CUSTOMERS, "repurchase_rate"), (CUSTOMERS, "retention_rate"))
DIMENSIONS = ("region", "segment", "product", "channel")
READ: Read = {
    "employee_survey": frozenset({"unit", "satisfaction", "answered_on"}),
    "survey_responses": frozenset({"satisfaction", "answered_on"}),
}
Table = tuple[tuple[Figure | None, ...], ...]


def look(asked: Asked) -> ServiceProfit:
    """From the figures that the run measured, so that each has one definition."""
    return ServiceProfit(asked.part(READ, lambda: chain(asked.measured, asked.workspace.set_up.units), asked.period))


def sections(found: ServiceProfit) -> Sequence[Section]:
    return told.sections(found)


def chain(measured: pd.DataFrame, dimension: str | None = None) -> Chain:
    """Raises Refused where no group of customers is called like a unit."""
    quarters = _whole(measured[measured["grain"] == "quarter"])
    units = _groups(quarters, EMPLOYEES, "unit")
    by = dimension or _named_alike(quarters, units)
    groups = _groups(quarters, CUSTOMERS, by)
    known = {alike(group): group for group in groups}
    paired = [(unit, known[alike(unit)]) for unit in units if alike(unit) in known]
    if not paired:
        raise _strangers(units, by)
    periods = tuple(sorted(set(quarters.loc[quarters["by"] == "", "period"])))
    places = [("unit", [unit for unit, _ in paired]), (by, [group for _, group in paired])]
    figures = {kpi: _table(quarters, kpi, *places[kpi != EMPLOYEES], periods) for kpi in _kpis(quarters, by)}
    links = tuple(_link(figures, *link) for link in LINKS if set(link) <= figures.keys())
    matched = {group for _, group in paired}
    lonely = (tuple(u for u in units if alike(u) not in known), tuple(g for g in groups if g not in matched))
    return Chain(by, tuple(unit for unit, _ in paired), *lonely, periods, figures, links)


def _whole(quarters: pd.DataFrame) -> pd.DataFrame:
    """Without those that the audit period cuts: in half a quarter fewer customers can have bought again."""
    starts, ends = pd.to_datetime(quarters["starts"]), pd.to_datetime(quarters["ends"])
    return quarters[(starts.dt.is_quarter_start) & (ends.dt.is_quarter_end)]


def _named_alike(quarters: pd.DataFrame, units: Sequence[str]) -> str:
    """The dimension with the most groups that are called like a unit."""
    names = set(map(alike, units))
    common = {by: len(names & set(map(alike, _groups(quarters, CUSTOMERS, by)))) for by in DIMENSIONS}
    return max(DIMENSIONS, key=lambda by: common[by])


def _strangers(units: Sequence[str], by: str) -> Refused:
    if not units:
        return Refused(say("no unit of the employee survey has enough answers in a quarter"))
    return Refused(
        say(
            "no unit of the employee survey ({units}) is called like a {by} of the customers who answered; give both "
            "the same names, or write another dimension into workspace.yaml, as in 'units: region'",
            units=", ".join(units[:5]),
            by=told.dimension(by),
        )
    )


def _groups(quarters: pd.DataFrame, kpi: str, by: str) -> list[str]:
    """Those with a figure in any quarter; a name that stands twice but for its capitals is taken once."""
    rows = quarters[(quarters["kpi"] == kpi) & (quarters["by"] == by) & (quarters["group"] != "")]
    names = Counter(alike(str(each).strip()) for each in set(rows["group"]))
    return [group for group in sorted(set(rows["group"])) if names[alike(str(group).strip())] == 1]


def _kpis(quarters: pd.DataFrame, by: str) -> Iterable[str]:
    known = set(quarters.loc[quarters["by"] == by, "kpi"])
    return [EMPLOYEES, *dict.fromkeys(kpi for link in LINKS for kpi in link if kpi != EMPLOYEES and kpi in known)]


def _table(quarters: pd.DataFrame, kpi: str, by: str, groups: Sequence[str], periods: Sequence[str]) -> Table:
    rows = quarters[(quarters["kpi"] == kpi) & (quarters["by"] == by)]
    sound = rows[rows["value"].notna() & rows["not_evaluated_en"].isna()]
    keys = zip(sound["group"], sound["period"], strict=True)
    known = {key: Figure(float(v), int(n)) for key, v, n in zip(keys, sound["value"], sound["n"], strict=True)}
    return tuple(tuple(known.get((group, period)) for period in periods) for group in groups)


def _link(figures: dict[str, Table], leading: str, following: str) -> Link:
    return Link(leading, following, part(Doubt(), lambda: lagged(_array(figures[leading]), _array(figures[following]))))


def _array(table: Table) -> Array:
    return np.array([[np.nan if each is None else each.value for each in row] for row in table], dtype=float)
