"""How long the open complaints have waited, as a picture and one by one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.complaints.bars import bars
from pages.components.complaints.words import band_word, days, named
from pages.components.table import table
from pages.components.tags import small, tag
from pages.components.words import _, plain, shown
from pipelines.complaints.found import Complaints, OpenCase
from pipelines.reports.cell import safe_csv

FIRST = 10


def ageing(found: Complaints) -> None:
    st.header(_("How long the open ones have waited"), anchor=False)
    if not found.open:
        st.markdown(_("No complaint was open on {day}.", day=found.ends))
        return
    sentence = _sentence(found)
    st.markdown(plain(sentence))
    names = [band_word(band) for band in found.ageing]
    late = [band.overdue for band in found.ageing]
    rest = [band.count - band.overdue for band in found.ageing]
    parts = [(_("not overdue"), rest, "accent"), (_("overdue"), late, "red")]
    labels = [_label(band.count, band.overdue) for band in found.ageing]
    charts.draw(bars(names, parts, labels), key="ageing", alt=sentence)
    st.markdown(small(_("Days since receipt on {day}; red: past the day promised to the customer.", day=found.ends)))
    figures = pd.DataFrame([vars(band) for band in found.ageing])
    rows = [[name, str(b.count), str(b.overdue)] for name, b in zip(names, found.ageing, strict=True)]
    behind("complaints-ageing", [_("Waiting for"), _("Open complaints"), _("Overdue")], rows, figures)
    if session.may("see data"):
        _one_by_one(found)


def _sentence(found: Complaints) -> str:
    late, oldest = sum(band.overdue for band in found.ageing), found.oldest[0].days
    if not late:
        return _(
            "{open} were open on {day}, none of them past the promised day; the oldest had waited {days}.",
            open=found.open,
            day=found.ends,
            days=days(oldest),
        )
    return _(
        "{open} were open on {day}, {late} of them past the promised day; the oldest had waited {days}.",
        open=found.open,
        day=found.ends,
        late=late,
        days=days(oldest),
    )


def _label(count: int, overdue: int) -> str:
    return _("{count}, {late} overdue", count=count, late=overdue) if overdue else str(count)


def _one_by_one(found: Complaints) -> None:
    st.subheader(_("The oldest first"), anchor=False)
    header = [_("Complaint"), _("Received"), _("Waiting for"), _("Promised by"), _("About"), _("Receipt acknowledged")]
    table(header, [_row(case, found) for case in found.oldest[:FIRST]], _("The oldest first"))
    if len(found.oldest) > FIRST:
        told = _("{shown} of {count} are shown; the file has them all.", shown=FIRST, count=found.open)
        st.markdown(small(told))
    every = pd.DataFrame([vars(case) for case in found.oldest])
    st.download_button(
        _("Download the open complaints (CSV)"), safe_csv(every), "complaints-open.csv", "text/csv", on_click="ignore"
    )


def _row(case: OpenCase, found: Complaints) -> list[str]:
    late = case.due_on is not None and case.due_on < found.ends
    promised = shown(case.due_on) if case.due_on else _("no day promised")
    about = " · ".join(filter(None, [case.category, case.product, case.segment]))
    return [
        plain(case.id),
        shown(case.received_on),
        days(case.days),
        f"{promised} {tag('◷', _('overdue'))}" if late else promised,
        plain(named(about)),
        _("yes") if case.acknowledged else f"**{_('no')}**",
    ]
