"""The two tables of a register: one for new rows, and the rows that stand, each cell a widget of its column's type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import pandas as pd
import streamlit as st

from audit.load import Load
from audit.source import Column, Source, Type
from pages.components.register.kept_editor import kept_editor
from pages.components.register.register_words import head, option, origin
from pages.components.words import _, plain, said
from pipelines.registers.register import Register, Row, Value
from pipelines.staging.header import needed

BLANK = 3
"""Rows that wait to be typed into; more can be added below them."""
ORIGIN = "_from"
DTYPES = {
    "text": "object",
    "integer": "Int64",
    "number": "Float64",
    "date": "datetime64[us]",
    "timestamp": "datetime64[us]",
    "boolean": "object",
}


def new_rows(register: Register, proposed: Sequence[str], key: str) -> list[Row]:
    """What was typed. A row with nothing but its number is none."""
    source = register.source
    blank: list[Row] = [{name: None for name in source.columns} | {register.key: one} for one in proposed[:BLANK]]
    config = {name: _widget(name, column, source) for name, column in source.columns.items()}
    edited = kept_editor(key, frame(blank, source), config, "dynamic", _("New rows"))
    rows = [_bare_key(row, register.key) for row in rows_of(edited, source)]
    return [row for row in rows if any(row[name] is not None for name in source.columns if name != register.key)]


def standing_rows(register: Register, loads: Mapping[str, Load], key: str) -> list[Row]:
    """The rows of the register in the same order, with what was typed over them."""
    source = register.source
    rows = with_origin(frame(register.rows, source), register, loads)
    config = {
        name: _widget(name, column, source, frozen=name == register.key) for name, column in source.columns.items()
    }
    config[ORIGIN] = st.column_config.TextColumn(_("Came from"), disabled=True)
    return rows_of(kept_editor(key, rows, config, "fixed", said(source.title)), source)


def with_origin(rows: pd.DataFrame, register: Register, loads: Mapping[str, Load]) -> pd.DataFrame:
    return rows.assign(**{ORIGIN: [origin(loads.get(load), line) for load, line in register.origins]})


def frame(rows: Sequence[Row], source: Source) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=DTYPES[column.type])
            for name, column in source.columns.items()
        }
    )


def rows_of(edited: pd.DataFrame, source: Source) -> list[Row]:
    """Plain values again; a text without a letter is none."""
    columns = [[_value(cell, source.columns[name]) for cell in edited[name]] for name in source.columns]
    return [dict(zip(source.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _bare_key(row: Row, key: str) -> Row:
    """A typed number has no outer spaces; one that came with a file keeps them, or it would be another row."""
    return {**row, key: str(row[key]).strip()} if row[key] is not None else row


def _value(cell: Any, column: Column) -> Value:
    if cell is None or pd.isna(cell) or (isinstance(cell, str) and not cell.strip()):
        return None
    plain_values: dict[Type, Callable[[Any], Value]] = {
        "text": lambda text: str(text).encode("utf-8", "replace").decode(),  # half an emoji is no character
        "integer": int,
        "number": float,
        "date": lambda day: cast(Value, pd.Timestamp(day).date()),
        "timestamp": lambda moment: cast(Value, pd.Timestamp(moment).to_pydatetime()),
        "boolean": bool,
    }
    return plain_values[column.type](cell)


def _widget(name: str, column: Column, source: Source, frozen: bool = False) -> Any:
    """`frozen` is the number of a row that stands: changed, it would be another row."""
    is_key = name in source.key
    mark = " *" if name in needed(source) else ""
    common: dict[str, Any] = {
        "label": head(name, source) + mark,
        "help": f"{plain(said(column.meaning))} ({plain(name)})",
        "disabled": frozen,
        "pinned": is_key,
    }
    if column.one_of:
        return st.column_config.SelectboxColumn(
            **common, options=column.one_of, format_func=lambda word: option(str(word), column)
        )
    match column.type:
        case "date":
            return st.column_config.DateColumn(**common, format="YYYY-MM-DD")
        case "timestamp":
            return st.column_config.DatetimeColumn(**common, format="YYYY-MM-DD HH:mm:ss", step=1, width=170)
        case "boolean":
            return st.column_config.SelectboxColumn(
                **common, options=[True, False], format_func=lambda one: _("yes") if one else _("no")
            )
        case "integer" | "number":
            low, high = (column.scale.lowest, column.scale.highest) if column.scale else (None, None)
            step = 1 if column.type == "integer" else None
            return st.column_config.NumberColumn(**common, min_value=low, max_value=high, step=step)
    return st.column_config.TextColumn(**common)
