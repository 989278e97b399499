"""Key customers and those at risk: what is expected of them, and whether the model that says so foretells."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import session, tags
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.not_found import warned
from pages.components.soundness.dots import Dot, dots
from pages.components.soundness.words import told
from pages.components.table import code, table
from pages.components.tags import small
from pages.components.words import _, plain, said, shown
from pipelines.analyses.lifetime_value.found import AtRisk, AtRiskCustomer, KeyCustomers, LifetimeValue
from pipelines.analyses.lifetime_value.sections import (
    at_risk_sentence,
    buying_method,
    buying_sentence,
    check_heads,
    check_method,
    check_sentence,
    coming_sentence,
    key_sentence,
)
from pipelines.methods.purchase_check import Foretold, PurchaseCheck
from pipelines.reports.cell import safe_csv

FIRST = 10


def worth(found: LifetimeValue) -> None:
    st.header(_("Key customers, and customers at risk"), anchor=False)
    if not told(found.buying):
        return
    assert found.buying.result
    st.markdown(plain(said(buying_sentence(found.buying.result, found.coming.result))))
    warned(found.buying)
    if told(found.coming) and found.coming.result:
        st.markdown(plain(said(coming_sentence(found.coming.result))))
    if told(found.key) and found.key.result:
        _key(found.key.result)
    if told(found.at_risk) and found.at_risk.result:
        _at_risk(found.at_risk.result)
    if told(found.check) and found.check.result:
        _check(found.check.result)
    st.markdown(small(plain(said(buying_method()))))


def _key(found: KeyCustomers) -> None:
    if found.named.customers < session.least_shown():
        st.markdown(tags.muted(_("Too few customers to be shown to everybody.")))
        return
    st.markdown(plain(said(key_sentence(found))))
    rows = [
        [name, f"{group.customers:,}", f"{group.active:,.0f}", f"{group.expected:,.0f}", f"{group.share:.1f} %"]
        for name, group in ((_("called key"), found.named), (_("fifth of whom most is expected"), found.top))
    ]
    header = [
        _("Group"), _("Customers"), _("Still buying, by the model"), _("Revenue expected in 12 months"),
        _("Share of all"),
    ]  # fmt: skip
    figures = pd.DataFrame([{"group": "key"} | vars(found.named), {"group": "highest fifth"} | vars(found.top)])
    behind("key-customers", header, rows, figures)


def _at_risk(found: AtRisk) -> None:
    if 0 < found.customers < session.least_shown():
        st.markdown(tags.muted(_("Too few customers to be shown to everybody.")))
        return
    st.markdown(plain(said(at_risk_sentence(found))))
    if not found.most or not session.may("see data"):
        return
    header = [
        _("Customer (pseudonym)"), _("Key"), _("Purchases"), _("Last one"), _("Still buying, by the model"),
        _("At stake in 12 months"),
    ]  # fmt: skip
    table(header, [_row(each) for each in found.most[:FIRST]], _("Customers at risk"))
    if found.customers > FIRST:
        count = min(found.customers, len(found.most))
        words = _("{shown} of {count} are shown; the file has {file}.", shown=FIRST, count=found.customers, file=count)
        st.markdown(small(words))
    every = pd.DataFrame([vars(each) for each in found.most])
    st.download_button(
        _("Download the customers at risk (CSV)"), safe_csv(every), "customers-at-risk.csv", "text/csv",
        on_click="ignore", key="csv customers at risk",
    )  # fmt: skip


def _row(each: AtRiskCustomer) -> list[str]:
    stake = f"{each.if_alive - each.expected:,.0f}"
    return [code(each.customer), _("yes") if each.key else "–", str(each.purchases), shown(each.last_on),
            f"{each.alive:.0f} %", stake]  # fmt: skip


def _check(found: PurchaseCheck) -> None:
    sentence = said(check_sentence(found))
    st.markdown(plain(sentence))
    least = session.least_shown()
    rows = [row for row in found.rows if row.customers >= least]
    if rows:
        charts.draw(dots([_dot(row) for row in rows]), key="foretold", alt=sentence)
        st.markdown(small(_("Dot: purchases made by each, with the 95 % interval. Ring: foretold.")))
    cells = [
        [
            _before(row),
            f"{row.customers:,}",
            f"{row.predicted:.2f}",
            f"{row.actual:.2f}",
            f"{row.low:.2f}",
            f"{row.high:.2f}",
        ]
        for row in rows
    ]
    behind("foretold", [said(head) for head in check_heads()], cells, pd.DataFrame([vars(row) for row in rows]))
    st.markdown(small(plain(said(check_method()))))


def _dot(row: Foretold) -> Dot:
    told = _("{before} before: {actual} made, {predicted} foretold, n = {n}", before=_before(row),
             actual=f"{row.actual:.2f}", predicted=f"{row.predicted:.2f}", n=row.customers)  # fmt: skip
    return Dot(_before(row), row.actual, row.low, row.high, f"{row.actual:.2f}", row.predicted, told)


def _before(row: Foretold) -> str:
    words = _("{count} or more", count=row.before) if row.or_more else _("{count} purchases again", count=row.before)
    return words
