"""Do satisfied employees go with satisfied customers, and those with customers who stay? By unit, at once or later."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chosen import buttons, choice, chosen
from pages.components.service_profit.lags import lags
from pages.components.service_profit.scatter import scatter
from pages.components.soundness.words import told
from pages.components.tags import small, tag
from pages.components.words import _, figure, plain, said
from pipelines import definitions
from pipelines.analyses.service_profit.found import Chain, Link, Pair, ServiceProfit
from pipelines.analyses.service_profit.told import after, bounded, method, named, sentence, warning
from pipelines.methods.lagged import Lag, Lagged


def service_profit(found: ServiceProfit) -> None:
    st.header(_("Do satisfied employees go with satisfied customers?"), anchor=False)
    if not told(found.chain) or found.chain.result is None:
        session.link("data", _("Load data") + " →", view="load")
        return
    chain = found.chain.result
    known = [str(at) for at in range(len(chain.links))]
    at = chosen("link", known, known[0])
    choice("link", _("Which link of the chain"), known, lambda each: said(named(chain.links[int(each)])))
    link = chain.links[int(at)]
    if told(link.found) and link.found.result:
        _link(chain, link, link.found.result)
    _apart(chain)
    st.markdown(small(plain(said(method()))))


def _link(chain: Chain, link: Link, found: Lagged) -> None:
    st.markdown(plain(said(sentence(chain, link))))
    st.markdown(f"{tag('▣', _('Beware'))} {plain(said(warning()))}")
    known = [str(each.lag) for each in found.lags]
    asked = chosen("lag", known, str(found.strongest.lag))
    buttons("lag", _("How much later the second is looked at"), known, lambda each: said(after(int(each))))
    lag = next(each for each in found.lags if str(each.lag) == asked)
    _picture(chain, link, lag)
    lags(found, link)


def _picture(chain: Chain, link: Link, lag: Lag) -> None:
    if lag.pearson is None:
        st.markdown(plain(said(lag.because)) if lag.because else "–")
        return
    least = session.least_shown()
    pairs = [pair for pair in chain.pairs(link, lag.lag) if min(pair.leading.n, pair.following.n) >= least]
    words = _(
        "{pairs} pairs of {units} units {when}: r = {r}.",
        pairs=lag.pairs, units=lag.units, when=said(after(lag.lag)), r=said(bounded(lag.pearson)),
    )  # fmt: skip
    st.markdown(plain(words))
    if pairs:
        charts.draw(scatter(pairs, link), key="service_profit", alt=f"{said(sentence(chain, link))} {words}")
        st.markdown(small(_("One mark for each unit and quarter; a shape and a colour for each unit.")))
        _behind(link, pairs)


def _behind(link: Link, pairs: list[Pair]) -> None:
    kpis = definitions.kpis()
    leading, following = kpis[link.leading], kpis[link.following]
    header = [_("Unit"), _("Quarter"), plain(said(leading.title)), "n", _("Quarter"), plain(said(following.title)), "n"]
    header = [name if header.index(name) == at else f"{name} 2" for at, name in enumerate(header)]
    rows = [
        [
            plain(pair.unit), pair.period, figure(pair.leading.value, leading.unit), f"{pair.leading.n:,}",
            pair.later, figure(pair.following.value, following.unit), f"{pair.following.n:,}",
        ]
        for pair in pairs
    ]  # fmt: skip
    table = pd.DataFrame(
        [
            {
                "unit": pair.unit, "quarter": pair.period, link.leading: pair.leading.value, "n": pair.leading.n,
                "later quarter": pair.later, link.following: pair.following.value, "later n": pair.following.n,
            }
            for pair in pairs
        ]
    )  # fmt: skip
    behind("service-profit", header, rows, table)


def _apart(chain: Chain) -> None:
    """Names that stand on one side alone."""
    told_of = []
    if chain.without_customers:
        names = _(", ").join(chain.without_customers)
        told_of.append(_("Units without customers of that name: {names}.", names=names))
    if chain.without_employees:
        names = _(", ").join(chain.without_employees)
        told_of.append(_("Customers without a unit of that name: {names}.", names=names))
    if told_of:
        st.markdown(small(plain(" ".join(told_of))))
