"""Shares of groups as dots on their intervals, as far as this person may see them, with the table behind."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from audit.small_cells import hidden
from audit.withheld import words as withheld
from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chosen import buttons, chosen
from pages.components.commitments.words import bounded
from pages.components.soundness.dots import Dot, dots
from pages.components.words import _, plain, said
from pipelines.analyses.commitments.found import Group
from pipelines.analyses.commitments.naming import dimension, group_name

MOST = 15


def groups(name: str, every: Sequence[Group], counted: str) -> None:
    """`name` is that of the choice in the address; `counted` heads the column of all records."""
    known = list(dict.fromkeys(group.by for group in every))
    if not known:
        return
    by = chosen(name, known, known[0])
    buttons(name, _("Grouped by"), known, lambda one: said(dimension(one)))  # type: ignore[arg-type]
    of = [group for group in every if group.by == by]
    seen = _open(of)
    rows = [_dot(group) for group in seen if group.held.of][:MOST]
    if rows:
        least = _("Least often: {name}, {share}.", name=rows[0].name, share=rows[0].told)
        st.markdown(plain(least))
        charts.draw(
            dots(rows, " %"), key=f"chart {name}", alt=f"{least} {'; '.join(f'{row.name}: {row.told}' for row in rows)}"
        )
    header = [said(dimension(of[0].by)), _("In order"), counted, _("Share (95 % interval)")]
    cells = [_row(group, group in seen) for group in of]
    figures = pd.DataFrame([{"group": group.name} | vars(group.held) for group in seen])
    behind(f"commitments-{by}", header, cells, figures)


def _open(of: Sequence[Group]) -> list[Group]:
    sizes = {(group.by, group.name): group.held.of for group in of}
    gone = hidden(sizes | {("", ""): sum(sizes.values())}, session.least_shown())
    return [group for group in of if (group.by, group.name) not in gone]


def _dot(group: Group) -> Dot:
    held = group.held
    share, low, high = (float(each or 0.0) for each in (held.share, held.low, held.high))
    told = _("{share}, n = {n}", share=bounded(held), n=held.of)
    return Dot(said(group_name(group)), share, low, high, f"{share:.1f} %", told=told)


def _row(group: Group, is_open: bool) -> list[str]:
    if not is_open:
        return [plain(said(group_name(group))), "–", "–", plain(said(withheld(session.least_shown())))]
    return [plain(said(group_name(group))), f"{group.held.good:,}", f"{group.held.of:,}", plain(bounded(group.held))]
