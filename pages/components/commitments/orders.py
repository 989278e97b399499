"""How orders went through their register: where the chain breaks, then the chain itself."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import pandas as pd
import streamlit as st

from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.commitments.groups import groups
from pages.components.commitments.listed import Loads, listed
from pages.components.commitments.words import bounded, clauses, told, ways_to_load
from pages.components.complaints.bars import bars
from pages.components.register.register_words import origin
from pages.components.table import code
from pages.components.tags import small, tag
from pages.components.words import _, plain, said, shown
from pipelines.analyses.commitments.found import Commitments, Entry, Orders
from pipelines.analyses.commitments.naming import break_word, kind_words
from pipelines.analyses.commitments.telling import Step, method_of_orders, steps, way_told

NARROW = 20
"""Letters of a name in one line, so that names leave room for the chart on a telephone."""


def orders(found: Commitments, loads: Loads) -> None:
    st.header(_("From the order to its acceptance"), anchor=False)
    way = found.orders.result
    if not told(found.orders) or way is None:
        ways_to_load("contract_reviews")
        return
    st.markdown(plain(said(way_told(way))))
    if way.entries and session.may("see data"):
        _one_by_one(way, loads)
    _chain(found)
    groups("orders_by", way.groups, _("Accepted"))
    st.markdown(small(plain(said(method_of_orders()))))
    clauses(["8.2.2", "8.2.3", "8.2.4"])


def _chain(found: Commitments) -> None:
    st.subheader(_("Step by step"), anchor=False)
    for missing in (found.confirmed, found.resolved, found.told):
        told(missing)
    taken = [step for step in steps(found) if step.share.of]
    if not taken:
        return
    names = [said(step.name) for step in taken]
    labels = [_("{taken} of {closed}", taken=step.share.good, closed=step.share.of) for step in taken]
    sentence = _("; ").join(f"{name}{_(': ')}{label}" for name, label in zip(names, labels, strict=True))
    lines = ["<br>".join(wrap(name, NARROW)) for name in names]
    charts.draw(bars(lines, _parts(taken), labels, " %"), key="order_steps", alt=sentence)
    st.markdown(small(plain(_worst(taken))))
    header = [_("Step"), _("Taken"), _("Of"), _("Share (95 % interval)")]
    shares = [step.share for step in taken]
    rows = [
        [plain(name), f"{one.good:,}", f"{one.of:,}", plain(bounded(one))]
        for name, one in zip(names, shares, strict=True)
    ]
    figures = [{"step": name} | vars(one) for name, one in zip(names, shares, strict=True)]
    behind("order-steps", header, rows, pd.DataFrame(figures))


def _worst(taken: Sequence[Step]) -> str:
    legend = _("Blue: done. Red: missing.")
    wanted = [step for step in taken if step.wanted and step.share.good < step.share.of]
    if not wanted:
        return legend
    worst = min(wanted, key=lambda step: step.share.share or 0.0)
    told = _("Missing most often: {step}, {taken} of {closed}.", step=worst.name, taken=worst.share.good,
             closed=worst.share.of)  # fmt: skip
    return f"{told} {legend}"


def _parts(taken: Sequence[Step]) -> list[tuple[str, list[float], str]]:
    """What is missing is drawn only where it is wanted of all."""
    shares = [step.share.share or 0.0 for step in taken]
    missing = [100 - share if step.wanted else 0.0 for step, share in zip(taken, shares, strict=True)]
    return [(_("share"), shares, "accent"), (_("missing"), missing, "red")]


def _one_by_one(way: Orders, loads: Loads) -> None:
    header = [_("Entry"), _("Order"), _("Kind"), _("Accepted"), _("Reviewed"), _("Where it came from")]
    title, rows = _("Accepted without prior review"), [_row(entry, loads) for entry in way.entries]
    listed(title, header, rows, way.entries, way.broken, "contract_reviews")


def _row(entry: Entry, loads: Loads) -> list[str]:
    kind = kind_words().get(entry.kind)
    reviewed = shown(entry.reviewed_on) if entry.reviewed_on else "–"
    return [
        code(entry.review_id),
        code(entry.order_id),
        said(kind) if kind else "–",
        shown(entry.accepted_on),
        f"{reviewed} {tag('✕' if entry.reviewed_on is None else '◷', said(break_word(entry.broken)))}",
        plain(origin(loads.get(entry.load), entry.line)),
    ]
