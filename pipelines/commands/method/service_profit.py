"""service-profit: whether satisfied employees and satisfied customers go together by unit, at once or later."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from audit.errors import SourceError
from audit.wording import say
from pipelines import analyses
from pipelines.analyses.service_profit import told as words
from pipelines.analyses.service_profit.found import Chain, Link, ServiceProfit
from pipelines.commands.assessing import latest
from pipelines.commands.method import csv_file
from pipelines.commands.method.run_survey import answered
from pipelines.commands.terminal import at_work
from pipelines.methods.interval import Array
from pipelines.methods.lagged import Lagged, lagged

about = say("Do satisfied employees and satisfied customers go together, by unit and some quarters later?")
COLUMNS = ("unit", "period", "employees", "customers")
HEADS = ["link", "lag", "pairs", "count as", "r", "low", "high", "p", "spearman", "within", "between"]


def add_options(parser: argparse.ArgumentParser) -> None:
    columns = "columns unit, period (in an order that sorts, as in 2026-Q1), employees and customers"
    parser.add_argument("--csv", metavar="FILE", help=f"{columns}; without it the last run's figures")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    warning = words.warning().en
    if asked.csv:
        leading, following = _of_file(asked.csv)
        found = _lags(lagged(leading, following))
        return {"links": [{"leading": "employees", "following": "customers", **found}], "because": warning}
    part = _of_run(asked).chain
    if part.result is None:
        return answered(part)
    chain = part.result
    told = {"dimension": chain.dimension, "units": chain.units, "without_customers": chain.without_customers}
    return {**told, "links": [_link(chain, link) for link in chain.links], "because": warning}


def _link(chain: Chain, link: Link) -> dict[str, Any]:
    kpis = {"leading": link.leading, "following": link.following}
    if link.found.result is None:
        return kpis | answered(link.found)
    return kpis | {"sentence": words.sentence(chain, link).en} | _lags(link.found.result)


def _lags(found: Lagged) -> dict[str, Any]:
    return {"lags": [asdict(lag) | {"because": lag.because and lag.because.en} for lag in found.lags]}


def _of_run(asked: argparse.Namespace) -> ServiceProfit:
    with at_work(asked) as (workspace, _):
        run = latest(workspace)
        found: ServiceProfit | None = analyses.of_run("service_profit", workspace.runs / run.id)
    if found is None:
        raise SourceError(f"the run {run.id} did not look at units; make a new one with 'python -m pipelines run'")
    return found


def _of_file(path: str) -> tuple[Array, Array]:
    """Units × periods; the periods are those of the file, in their order, and none is thought of between them."""
    rows = csv_file.read(path, COLUMNS)
    units, periods = (sorted({row.text(name) for row in rows}) for name in ("unit", "period"))
    made = [np.full((len(units), len(periods)), np.nan) for _ in range(2)]
    seen: set[tuple[int, int]] = set()
    for row in rows:
        place = units.index(row.text("unit")), periods.index(row.text("period"))
        if place in seen:
            name = f"'{row.text('unit')}' in '{row.text('period')}'"
            raise SourceError(f"{row.file}:{row.line}: {name} stands there twice; write one line for each")
        seen.add(place)
        for table, column in zip(made, COLUMNS[2:], strict=True):
            value = row.number(column)
            table[place] = np.nan if value is None else value
    return made[0], made[1]


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield HEADS
    for link in answer.get("links", ()):
        name = f"{link['leading']} → {link['following']}"
        if "lags" not in link:
            yield [name, None, link["because"], *[None] * 8]
        for lag in link.get("lags", ()):
            yield [name, lag["lag"], lag["pairs"], *_figures(lag)]


def _figures(lag: Mapping[str, Any]) -> list[object]:
    if lag["pearson"] is None:
        return [lag["because"], *[None] * 7]
    pearson = [lag["pearson"][key] for key in ("n", "value", "low", "high")]
    rest = [lag[name] and lag[name]["value"] for name in ("spearman", "within", "between")]
    return [*pearson, lag["adjusted"], *rest]
