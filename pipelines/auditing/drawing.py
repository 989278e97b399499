"""Draws the records of a sample from the rows of its period, the same ones whenever the same question is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import duckdb

from audit.evidence import Drawn
from audit.rule import Sample
from audit.sample import size
from audit.source import Source
from pipelines import definitions
from pipelines.measuring.periods import window
from pipelines.sql import literal, name

BETWEEN = "/"
"""Between the parts of a key, as a reader sees it."""


def draws(
    connection: duckdb.DuckDBPyConnection, rules: Iterable[Sample], loaded: Iterable[str], ends: dt.date
) -> dict[str, Drawn]:
    """Evidence id -> its sample. A source that nothing was loaded into gives none."""
    known = set(loaded)
    return {rule.id: drawn(connection, rule, ends) for rule in rules if rule.sample in known}


def drawn(connection: duckdb.DuckDBPyConnection, rule: Sample, ends: dt.date) -> Drawn:
    """
    A simple random sample: the keys whose hashes come first, with the evidence's id as the seed. It can be drawn again,
    nobody can steer it, and rows that come in later change it only where their hashes come earlier.
    """
    contract = definitions.sources()[rule.sample]
    key = key_of(contract)
    starts, last = window(int(rule.accept.over.value), ends)
    day = f"cast({name(contract.dated_by)} as date)" if contract.dated_by else f"date '{last}'"
    dated = f"{day} between date '{starts}' and date '{last}'"
    population = connection.execute(f"select count(*) from {name(rule.sample)} where {dated}").fetchone()
    count = int(population[0]) if population else 0
    rows = connection.execute(
        f"select {key} as item from {name(rule.sample)} where {dated} "
        f"order by md5({literal(rule.id)} || '|' || {key}), item limit {size(count, rule.accept.draw)}"
    ).fetchall()
    return Drawn(count, tuple(item for (item,) in rows))


def key_of(contract: Source) -> str:
    """The key of a row as one text."""
    return f" || '{BETWEEN}' || ".join(f"cast({name(column)} as varchar)" for column in contract.key)
