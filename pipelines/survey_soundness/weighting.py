"""What the figures would be if the answers were spread over the groups as the customers are."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import duckdb
import numpy as np

from audit.wording import say
from pipelines.analyses.part import Part, part
from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.methods.raking import Weights, rake, weighted_mean, weighted_share
from pipelines.methods.refused import Refused
from pipelines.methods.representativeness import Representativeness
from pipelines.survey_soundness.found import Cell, Weighting
from pipelines.survey_soundness.reach import ANSWERED, REACH
from pipelines.survey_soundness.who import BY_COLUMN

DIMENSIONS = ("segment", "region")
MOST_CELLS = 500
READ: Read = {"survey_responses": frozenset({"response_id", "answered_on", "customer_id", "satisfaction"})}


def weights(
    connection: duckdb.DuckDBPyConnection, trust: Trust, period: Period, who: Mapping[str, Part[Representativeness]]
) -> Part[Weighting]:
    """By the groups whose sizes among the customers are known."""
    margins = {name: who[name].result for name in DIMENSIONS}
    known = {name: found for name, found in margins.items() if found}
    if not known:
        return Part(None, next(found.because for name in DIMENSIONS if (found := who[name]).because))
    return part(trust.doubt_about(READ, period), lambda: _weighted(connection, known))


def _weighted(connection: duckdb.DuckDBPyConnection, known: Mapping[str, Representativeness]) -> Weighting:
    if prod(len(found.groups) for found in known.values()) > MOST_CELLS:
        raise Refused(say("the groups combine into more than {most} cells; take fewer groups", most=MOST_CELLS))
    rows = connection.execute(_query(list(known))).fetchall()
    cells = [tuple(row[:-4]) for row in rows]
    n, good, total, squares = ([int(row[at]) for row in rows] for at in (-4, -3, -2, -1))
    margins = [{group.name: group.population for group in found.groups} for found in known.values()]
    found = rake(cells, n, margins)
    plain = _plain(found)
    return Weighting(
        tuple(known),
        tuple(Cell(cell, count, weight) for cell, count, weight in zip(cells, n, found.weights, strict=True)),
        found,
        weighted_share(good, n, found),
        weighted_share(good, n, plain),
        weighted_mean(total, squares, n, found),
        weighted_mean(total, squares, n, plain),
        _all(connection) - sum(n),
    )


def _plain(found: Weights) -> Weights:
    """The same answers, each counted once."""
    return Weights(tuple(np.ones(len(found.weights)).tolist()), 0, 0, 0.0, found.n, 1.0, float(found.n))


def _query(dimensions: list[str]) -> str:
    """One row for each cell of present customers who answered."""
    groups = ", ".join(BY_COLUMN.format(name) for name in dimensions)
    places = ", ".join(str(at) for at in range(1, len(dimensions) + 1))
    sums = "sum(c.scored), sum(c.good), sum(c.total), sum(c.squares)"
    return f"select {groups}, {sums} from {REACH} as c where c.scored > 0 group by {places} order by {places}"


def _all(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(f"select coalesce(sum(scored), 0) from {ANSWERED}").fetchone()
    return int(row[0]) if row else 0
