"""Customers of whom nothing was heard or sold for months: how many, which, and what they brought before."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.complaints.bars import bars
from pages.components.customers.words import few, group, told, withheld
from pages.components.table import code, table
from pages.components.tags import small
from pages.components.words import _, plain, said, shown
from pipelines.analyses.customer_base import words
from pipelines.analyses.customer_base.found import CustomerBase, Quiet, Silent
from pipelines.reports.cell import safe_csv
from pipelines.survey_soundness.naming import group_text

FIRST = 10


def silent(found: CustomerBase) -> None:
    st.header(_("Silent customers"), anchor=False)
    if not told(found.silent) or found.silent.result is None:
        return
    one = found.silent.result
    sentence = said(words.silent(one))
    st.markdown(plain(sentence))
    _ageing(one, sentence)
    _groups(one)
    if session.may("see data"):
        _one_by_one(one)
    session.link("measure", _("The figure over time") + " →", kpi="silent_customers")


def _ageing(one: Silent, sentence: str) -> None:
    gone = withheld("band", {str(band.least): band.count for band in one.bands})
    bands = [band for band in one.bands if str(band.least) not in gone]
    names = [said(words.band(band.least, band.most)) for band in bands]
    labels = [f"{band.share:.0f} % · {band.count:,}" for band in bands]
    parts = [
        (_("share"), [band.share if band.least < one.months else 0.0 for band in bands], "bars"),
        (_("share"), [band.share if band.least >= one.months else 0.0 for band in bands], "accent"),
    ]
    charts.draw(bars(names, parts, labels, " %"), key="silent", alt=sentence)
    n = sum(band.count for band in one.bands)
    st.markdown(small(_("Months since the last sign of life of all {n} present customers, new ones included.", n=n)))
    rows = [
        [name, f"{b.count:,}", plain(said(words.bounded(b.share, b.low, b.high)))]
        for name, b in zip(names, bands, strict=True)
    ]
    header = [_("Last sign of life"), _("Customers"), _("Share (95 % interval)")]
    behind("customers-last-sign", header, rows, pd.DataFrame([vars(band) for band in bands]))


def _groups(one: Silent) -> None:
    header = [_("Segment"), _("Silent"), _("Customers"), _("Share (95 % interval)")]
    table(header, [_row(each, group(each.group), gone) for each, gone in _seen(one.segments)], _("By segment"))
    if told(one.sizes) and one.sizes.result:
        header[0] = _("By revenue of the year before")
        rows = [_row(each, said(group_text("revenue", each.group)), gone) for each, gone in _seen(one.sizes.result)]
        table(header, rows, header[0])


def _seen(groups: tuple[Quiet, ...]) -> list[tuple[Quiet, bool]]:
    gone = withheld("group", {each.group: each.n for each in groups})
    return [(each, each.group in gone) for each in groups]


def _row(each: Quiet, name: str, gone: bool) -> list[str]:
    if gone:
        return [name, few(), "–", "–"]
    return [name, f"{each.count:,}", f"{each.n:,}", plain(said(words.bounded(each.share, each.low, each.high)))]


def _one_by_one(one: Silent) -> None:
    if not one.customers:
        return
    st.subheader(_("Those who brought most first"), anchor=False)
    header = [
        _("Customer (pseudonym)"),
        _("Segment"),
        _("Last sign of life"),
        _("Share of revenue"),
        _("Load and line"),
    ]
    rows = [
        [code(c.customer), group(c.segment), shown(c.last_sign), _share(c.revenue_share), code(f"{c.load}:{c.line}")]
        for c in one.customers[:FIRST]
    ]
    table(header, rows, _("Those who brought most first"))
    if one.whole.count > FIRST:
        told_of = _("{shown} of {count} are shown; the file has them all.", shown=FIRST, count=one.whole.count)
        at_most = _("{shown} of {count} are shown; the file has {most}.", shown=FIRST, count=one.whole.count,
                    most=len(one.customers))  # fmt: skip
        st.markdown(small(told_of if one.whole.count == len(one.customers) else at_most))
    label = _("Download the silent customers (CSV)")
    every = safe_csv(pd.DataFrame([vars(each) for each in one.customers]))
    st.download_button(label, every, "customers-silent.csv", "text/csv", on_click="ignore")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} %"
