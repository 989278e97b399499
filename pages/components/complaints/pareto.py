"""What complaints are about: the few groups that most of them belong to."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chosen import buttons, chosen
from pages.components.complaints.bars import bars
from pages.components.complaints.words import about_word, named
from pages.components.tags import small
from pages.components.words import _, plain
from pipelines.complaints.found import TOGETHER, Complaints, Pareto, Share

MOST = 12


def pareto(found: Complaints) -> None:
    st.header(_("What they are about"), anchor=False)
    known = {each.by: each for each in found.paretos}
    if not known:
        st.markdown(_("No file says what the complaints of the period are about; map category, product or channel."))
        return
    by = chosen("about", list(known), next(iter(known)))
    buttons("about", _("Grouped by"), list(known), about_word)
    one = known[by].without_small(session.least_shown())
    sentence = _sentence(one)
    st.markdown(plain(sentence))
    drawn = one.groups[:MOST]
    names = [escape(named(each.group)) for each in drawn]
    inside = [each.share if at < one.vital else 0.0 for at, each in enumerate(drawn)]
    beyond = [0.0 if at < one.vital else each.share for at, each in enumerate(drawn)]
    parts = [(_("share"), inside, "accent"), (_("share"), beyond, "bars")]
    charts.draw(bars(names, parts, [_label(each) for each in drawn], " %"), key="pareto", alt=sentence)
    told = _(
        "Dark: the groups that together hold at least 80 %. That few causes make most trouble is a rule of thumb; "
        "what it comes to here is measured."
    )
    st.markdown(small(told))
    _figures(one)


def _sentence(one: Pareto) -> str:
    top = one.groups[0]
    if top.group == TOGETHER:
        return _("{count} complaints came in; no group has enough of them to be shown.", count=one.total)
    return _(
        "{count} complaints came in; {vital} of {groups} groups hold {share} % of them. "
        "The largest is {name} with {top} % ({low} to {high}).",
        count=one.total,
        vital=one.vital,
        groups=len(one.groups),
        share=f"{one.groups[one.vital - 1].running:.0f}",
        name=named(top.group),
        top=f"{top.share:.0f}",
        low=f"{top.low:.0f}",
        high=f"{top.high:.0f}",
    )


def _label(each: Share) -> str:
    return f"{each.share:.0f} % · {each.count:,}"


def _interval(each: Share) -> str:
    """Groups together have none: it would be no group's."""
    share = f"{each.share:.1f} %"
    return share if each.group == TOGETHER else f"{share} ({each.low:.1f}–{each.high:.1f})"


def _figures(one: Pareto) -> None:
    header = [about_word(one.by), _("Complaints"), _("Share (95 % interval)"), _("Together from the top")]
    rows = [
        [
            plain(named(each.group)),
            f"{each.count:,}",
            _interval(each),
            f"{each.running:.1f} %",
        ]
        for each in one.groups
    ]
    behind(f"complaints-by-{one.by}", header, rows, pd.DataFrame([vars(each) for each in one.groups]))
