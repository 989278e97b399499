"""What a file of a source must look like: its columns, what each means, and what its gate asks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from audit.quantity import number
from audit.source import Column, Expectation, Source
from pages.components.chosen import choice, chosen
from pages.components.table import code, table
from pages.components.tags import muted, small
from pages.components.words import _, language, plain, said
from pipelines import definitions
from pipelines.reports.cell import safe_csv


def contract(offered: Sequence[str]) -> None:
    """`offered` are the names of the sources, the likeliest first."""
    sources = definitions.sources()
    name = chosen("source", offered, offered[0])
    choice("source", _("Source"), offered, lambda name: said(sources[name].title))
    source = sources[name]
    _about(source)
    rows = [_row(name, column, source) for name, column in source.columns.items()]
    table([_("Column"), _("What it means"), _("Type"), _("Needed"), _("Allowed")], rows, _("Columns"))
    st.download_button(
        _("Download an empty file with these columns (CSV)"),
        safe_csv(pd.DataFrame(columns=list(source.columns))),
        f"{source.name}.csv",
        "text/csv",
        on_click="ignore",
    )
    _gate(source)


def _about(source: Source) -> None:
    st.markdown(plain(said(source.meaning)))
    facts = [_("kept by {owner}", owner=source.owner)]
    if source.stale_after:
        facts.append(_("promised at least every {age}", age=source.stale_after))
    facts.append(_("figures are not evaluated above {share} of unsound rows", share=source.tolerance))
    facts.append(_("a later row with the same {key} replaces the earlier one", key=", ".join(source.key)))
    st.markdown(muted(plain(" · ".join(facts))))


def _row(name: str, column: Column, source: Source) -> list[str]:
    other = column.meaning.said("en" if language() == "zh" else "zh")
    personal = f" :gray-badge[{_('personal')}]" if column.personal else ""
    return [
        code(name),
        f"{plain(said(column.meaning))}{personal} {small(plain(other))}",
        _type(column),
        _needed(name, column, source),
        _allowed(column) or "–",
    ]


def _type(column: Column) -> str:
    return {
        "text": _("text"),
        "integer": _("whole number"),
        "number": _("number"),
        "date": _("date, as in 2026-03-31"),
        "timestamp": _("date and time, as in 2026-03-31 14:05:00"),
        "boolean": _("true or false"),
    }[column.type]


def _needed(name: str, column: Column, source: Source) -> str:
    if name in source.key:
        return _("in every row; names the row")
    if column.required:
        return _("in every row")
    return plain(_("if absent: {meaning}", meaning=column.absent_means)) if column.absent_means else _("if known")


def _allowed(column: Column) -> str:
    if column.one_of:
        return ", ".join(code(word) for word in column.one_of)
    if column.scale:
        return f"{number(column.scale.lowest, 'score')}–{number(column.scale.highest, 'score')}"
    return plain(column.unit)


def _gate(source: Source) -> None:
    st.header(_("What the gate asks"), anchor=False)
    header = [_("Severity"), _("Column"), _("Expectation"), _("Why it is asked")]
    table(header, [_expectation(expectation) for expectation in source.gate], _("What the gate asks"))


def _expectation(expectation: Expectation) -> list[str]:
    severity = (
        _("critical: stops the publication")
        if expectation.severity == "critical"
        else _("warning: travels with the figures")
    )
    return [severity, code(expectation.column), code(expectation.type), plain(said(expectation.reason))]
