"""Holds KPIs and models to the SQL that gives the same on DuckDB and Apache Spark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from audit.errors import DefinitionError
from audit.measurement import Kpi
from audit.source import Source
from pipelines import yaml_file
from pipelines.measuring.facts import sql_columns
from pipelines.portable import choosing, days, reckoning, structure, texts
from pipelines.portable.decimals import digits
from pipelines.portable.instead import instead
from pipelines.portable.objection import Rule

ALLOWED: dict[type[exp.Expr], Rule] = structure.RULES | choosing.RULES | reckoning.RULES | days.RULES | texts.RULES
LONGEST = 60
"""Characters of a construct that are shown."""
Columns = dict[str, str]
"""Column -> its type."""


class Subset:
    """Knows the columns of every source and model, and the mistakes of the models."""

    def __init__(self, sources: Mapping[str, Source], models: Path) -> None:
        self.tables: dict[str, Columns] = {name: sql_columns(source) for name, source in sources.items()}
        self.mistakes: list[DefinitionError] = []
        for path in sorted(models.glob("*.sql")):
            try:
                self._learn(path)
            except (SqlglotError, DefinitionError):
                continue  # DuckDB cannot read it either, and that is named already

    def held(self, path: Path, kpi: Kpi) -> Kpi:
        """The KPI. Raises DefinitionError at its first construct that is not portable."""
        text = yaml_file.text_of(path)
        fact = self.tables.get(kpi.source, {}) | {"period_start": "date", "period_end": "date"}
        tree = typed(kpi.query, self.tables | {kpi.source: fact})
        for mistake in mistakes(tree, text, text.find(kpi.query), yaml_file.shown(path)):
            raise mistake
        return kpi

    def _learn(self, path: Path) -> None:
        text = yaml_file.text_of(path)
        tree = typed(text, self.tables)
        self.mistakes += mistakes(tree, text, 0, yaml_file.shown(path))
        self.tables[path.stem] = {one.alias_or_name: _type(one.unalias()) for one in tree.selects}


def typed(query: str, tables: Mapping[str, Columns]) -> exp.Query:
    """The query's tree in which every expression knows its type."""
    tree = sqlglot.parse_one(query, read="duckdb")
    read = {table.name for table in tree.find_all(exp.Table)} & tables.keys()
    schema: dict[str, object] = {name: tables[name] for name in read}
    known = qualify(
        tree, schema=schema, dialect="duckdb", quote_identifiers=False, expand_alias_refs=False, expand_stars=False,
        validate_qualify_columns=False, isolate_tables=False,
    )  # fmt: skip
    annotated = annotate_types(known, schema=schema, dialect="duckdb")
    assert isinstance(annotated, exp.Query)
    return annotated


def mistakes(tree: exp.Expr, text: str, begins: int, file: str) -> Iterator[DefinitionError]:
    """What of it is not portable, each at its place in the text, where the query begins at a character."""
    for node in tree.walk():
        rule = ALLOWED.get(type(node))
        objection = rule(node) if rule else instead(node)
        if objection:
            above = text[: begins + _place(node)].split("\n")
            yield DefinitionError(f"'{_shown(node)}' {objection}", file, len(above), len(above[-1]) + 1)


def _place(node: exp.Expr) -> int:
    """Where the construct begins, as far as the parser kept it: else where what surrounds it does."""
    found = [place for one in node.walk() if (place := one.meta.get("start")) is not None]
    if found or node.parent is None:
        return min(found, default=0)
    return _place(node.parent)


def _shown(node: exp.Expr) -> str:
    bare = node.copy()
    for column in bare.find_all(exp.Column):
        column.set("table", None)
    written = " ".join(bare.sql("duckdb", comments=False).split())
    return written if len(written) <= LONGEST else written[: LONGEST - 1] + "…"


def _type(node: exp.Expr) -> str:
    exact = digits(node)
    if exact:
        return f"decimal({exact.before + exact.behind}, {exact.behind})"
    return node.type.sql("duckdb") if node.type else "unknown"
