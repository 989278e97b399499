"""The loyalty ladder: how many stand on each step, and who rose and fell."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from audit.pairs import SIGN
from audit.small_cells import WHOLE, Key, hidden
from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.complaints.bars import bars
from pages.components.customers.words import few, told
from pages.components.table import table
from pages.components.tags import small
from pages.components.words import _, plain, said, shown
from pipelines.analyses.customer_base import words
from pipelines.analyses.customer_base.found import Climbed, CustomerBase
from pipelines.methods.ladder import Place, Rung

PLACES: tuple[Place, ...] = (
    "advocate", "supporter", "repeat", "first purchase", "potential", "suspect", "lapsed", "left", "not a customer yet",
)  # fmt: skip


def ladder(found: CustomerBase) -> None:
    st.header(_("Loyalty ladder"), anchor=False)
    if not told(found.ladder) or found.ladder.result is None:
        return
    one = found.ladder.result
    gone = _hidden(one)
    sentence = said(words.ladder(one))
    st.markdown(plain(sentence))
    steps = [rung for place in PLACES for rung in one.ladder.rungs if rung.step == place]
    drawn = [rung for rung in steps if ("now", rung.step) not in gone]
    climbed = [0.0 if rung.step == "lapsed" else rung.share for rung in drawn]
    beside = [rung.share if rung.step == "lapsed" else 0.0 for rung in drawn]
    names = [_name(rung.step) for rung in drawn]
    parts = [(_("share"), climbed, "accent"), (_("share"), beside, "bars")]
    charts.draw(bars(names, parts, [_label(rung, gone) for rung in drawn], " %"), key="ladder", alt=sentence)
    st.markdown(small(_("The highest step is on top; lapsed stand beside the ladder. n = {n}.", n=one.ladder.n)))
    _behind(one, steps, gone)
    _moves(one, gone)
    _rules(one)


def _name(place: Place) -> str:
    return said(words.STEP_WORDS[place])


def _label(rung: Rung, gone: frozenset[Key]) -> str:
    if rung.share_before is None or ("before", rung.step) in gone:
        return f"{rung.share:.0f} %"
    return _("{share} %, before {before} %", share=f"{rung.share:.0f}", before=f"{rung.share_before:.0f}")


def _hidden(one: Climbed) -> frozenset[Key]:
    """Steps and moves of so few customers that whoever looks may not see them."""
    sizes: dict[Key, int] = {WHOLE: one.ladder.n}
    sizes |= {("now", rung.step): rung.count for rung in one.ladder.rungs}
    if not one.ladder.moves:
        return hidden(sizes, session.least_shown())
    whole, now, before = 0, dict[str, int](), dict[str, int]()
    for since, to, n in one.ladder.moves:
        whole, now[to], before[since] = whole + n, now.get(to, 0) + n, before.get(since, 0) + n
    pair = f"before{SIGN}now"
    sizes = {WHOLE: whole} | {("now", to): n for to, n in now.items()} | {("before", to): n for to, n in before.items()}
    sizes |= {(pair, f"{since}{SIGN}{to}"): n for since, to, n in one.ladder.moves}
    return hidden(sizes, session.least_shown())


def _behind(one: Climbed, steps: list[Rung], gone: frozenset[Key]) -> None:
    untold = {step for step, _because in one.untold}
    rows, figures = [], []
    for rung in steps:
        seen, seen_before = ("now", rung.step) not in gone, ("before", rung.step) not in gone
        share = plain(said(words.bounded(rung.share, rung.low, rung.high)))
        before = "–" if rung.share_before is None else f"{rung.share_before:.1f} %"
        count = [_("cannot be told")] * 2 if rung.step in untold else [f"{rung.count:,}", share]
        rows.append([_name(rung.step), *(count if seen else [few()] * 2), before if seen_before else few()])
        if seen and seen_before and rung.step not in untold:
            figures.append(vars(rung))
    header = [_("Step"), _("Customers"), _("Share (95 % interval)"), _("12 months before")]
    behind("ladder", header, rows, pd.DataFrame(figures))


def _moves(one: Climbed, gone: frozenset[Key]) -> None:
    st.subheader(_("Who rose and who fell"), anchor=False)
    if one.not_compared:
        st.markdown(plain(said(one.not_compared)))
        return
    counts = {(since, to): n for since, to, n in one.ladder.moves}
    since = [place for place in PLACES if any(pair[0] == place for pair in counts)]
    to = [place for place in PLACES if any(pair[1] == place for pair in counts)]
    words_of = _("{day}, then ↓ · now →", day=shown(one.before))
    rows = [[f"**{_name(a)}**", *(_move(counts.get((a, b), 0), a, b, gone) for b in to)] for a in since]
    table([words_of, *map(_name, to)], rows, _("Who rose and who fell"))


def _move(count: int, since: Place, to: Place, gone: frozenset[Key]) -> str:
    """With an arrow for the direction; who stays has none."""
    if (f"before{SIGN}now", f"{since}{SIGN}{to}") in gone:
        return few()
    if not count:
        return "–"
    heights = {place: at for at, place in enumerate(reversed(PLACES[:7]))} | {"lapsed": -1}
    if since not in heights or to not in heights or since == to:
        return f"{count:,}"
    return f"{'↑' if heights[to] > heights[since] else '↓'} {count:,}"


def _rules(one: Climbed) -> None:
    with st.expander(_("What puts a customer on a step")):
        rows = [[plain(said(name)), plain(said(rule))] for name, rule in reversed(words.rules(one))]
        table([_("Step"), _("Rule")], rows, _("What puts a customer on a step"))
        st.markdown(small(_("The months are your own: silent_after_months in workspace.yaml.")))
