"""Whether a KPI's query can be used: it parses, it binds to the tables, and it gives what its header promises."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from audit.errors import DefinitionError
from audit.measurement import Kpi
from audit.source import Source
from pipelines import definitions, yaml_file
from pipelines.connection import connected
from pipelines.measuring.facts import sql_columns
from pipelines.measuring.grouping import grouped
from pipelines.measuring.periods import periods
from pipelines.methods.interval import METHODS

TRIAL = dt.date(2026, 1, 1)
REFUSED = ("with_", "joins", "group", "having", "qualify", "order", "limit", "offset", "distinct", "sample")
"""Parts of a query that would fall in silence over every period and group at once."""
CLOCK_AND_DICE = (exp.CurrentDate, exp.CurrentTime, exp.CurrentTimestamp, exp.Rand, exp.Uuid)


@contextmanager
def tables(
    sources: Mapping[str, Source], models: Path, mistakes: list[DefinitionError]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Every source as an empty table and every model as a view, to try queries on."""
    with connected() as connection:
        for name, source in sources.items():
            listed = ", ".join(f"{column} {type_}" for column, type_ in sql_columns(source).items())
            connection.execute(f"create table {name} ({listed})")
        for path in sorted(models.glob("*.sql")):
            try:
                connection.execute(f"create view {path.stem} as {yaml_file.text_of(path)}")
            except duckdb.Error as error:
                mistakes.append(_bound(error, path, 0))
            except DefinitionError as error:
                mistakes.append(error)
        yield connection


def usable(path: Path, connection: duckdb.DuckDBPyConnection) -> Kpi:
    """The KPI of a file. Raises DefinitionError at the first mistake in its header or its query."""
    kpi = definitions.kpi(path)
    before = yaml_file.text_of(path).partition(kpi.query or "---*/")[0].count("\n")
    objection = (
        _shape(_parsed(kpi, path, before), kpi) or _types(kpi, path, before, connection) or _lacking(kpi, connection)
    )
    if objection:
        raise DefinitionError(objection, yaml_file.shown(path), before + 1, 1)
    return kpi


def _parsed(kpi: Kpi, path: Path, before: int) -> exp.Expr:
    try:
        return sqlglot.parse_one(kpi.query, read="duckdb")
    except (ParseError, TokenError) as error:
        first = error.errors[0] if isinstance(error, ParseError) and error.errors else {}
        line, column = int(first.get("line") or 1), int(first.get("col") or 1)
        message = f"not readable as SQL: {first.get('description') or 'not readable'}"
        raise DefinitionError(message, yaml_file.shown(path), before + line, column) from None


def _types(kpi: Kpi, path: Path, before: int, connection: duckdb.DuckDBPyConnection) -> str | None:
    query = grouped(kpi, list(kpi.by), periods(TRIAL, TRIAL, set())).sql("duckdb")
    try:
        types = {name: kind for name, kind, *_ in connection.execute(f"describe {query}").fetchall()}
    except duckdb.Error as error:
        raise _bound(error, path, before) from None
    wrong = [name for name in _wanted(kpi) if types[name] in ("VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP")]
    return f"'{wrong[0]}' is no number but {types[wrong[0]].lower()}" if wrong else None


def _lacking(kpi: Kpi, connection: duckdb.DuckDBPyConnection) -> str | None:
    known = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    wrong = [name for name in kpi.may_lack if name not in known]
    return f"may_lack names '{wrong[0]}', which is no source; write names of pipelines/sources" if wrong else None


def _shape(tree: exp.Expr, kpi: Kpi) -> str | None:
    if not isinstance(tree, exp.Select) or len(list(tree.find_all(exp.Select))) > 1:
        return "a KPI is one select; put joins, unions and sub-queries into pipelines/models"
    part = next((part for part in REFUSED if tree.args.get(part)), None)
    if part:
        return f"a KPI has only select, from and where, no '{part.strip('_')}'; put the rest into pipelines/models"
    if _asks_the_clock(tree):
        return "a figure must not depend on the clock or on chance; use period_start and period_end"
    table = tree.args["from_"].this if tree.args.get("from_") else None
    if not isinstance(table, exp.Table) or table.name != kpi.source or table.args.get("sample"):
        return f"the query must read from '{kpi.source}', as the header says"
    if (kpi.rows == "standing at its start") != bool(kpi.until):
        return "'until' names the column with the date on which a row ends; it goes with 'rows: standing at its start'"
    names = [projection.alias for projection in tree.selects]
    missing = [name for name in _wanted(kpi) if name not in names]
    return f"the query gives no '{missing[0]}'; name a column so with 'as {missing[0]}'" if missing else None


def _wanted(kpi: Kpi) -> list[str]:
    return ["value", "n", *(METHODS[kpi.interval][1] if kpi.interval else ())]


def _asks_the_clock(tree: exp.Select) -> bool:
    named = {function.name.lower() for function in tree.find_all(exp.Anonymous)}
    return tree.find(*CLOCK_AND_DICE) is not None or bool(named & {"now", "get_current_timestamp", "random"})


def _bound(error: duckdb.Error, path: Path, before: int) -> DefinitionError:
    """DuckDB's sentence, at the first place of the word that it quotes: its own lines are of the grown query."""
    message = str(error).split("\n\nLINE")[0].split("\n")[0]
    text = yaml_file.text_of(path)
    for word in reversed(re.findall(r'"(\w+)"|name (\w+) does', message)):
        wanted = re.compile(rf"\b{word[0] or word[1]}\b")
        found = wanted.search(text, text.find("---*/")) or wanted.search(text)
        if found:
            above = text[: found.start()].split("\n")
            return DefinitionError(message, yaml_file.shown(path), len(above), len(above[-1]) + 1)
    return DefinitionError(message, yaml_file.shown(path), before + 1, 1)
