"""Complaints that came back although the earlier one was closed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import session
from pages.components.complaints.words import named
from pages.components.table import code, table
from pages.components.tags import small
from pages.components.words import _, plain, shown
from pipelines.complaints.found import Complaints, Repeat
from pipelines.reports.cell import safe_csv

FIRST = 10


def repeats(found: Complaints) -> None:
    st.header(_("Which came back"), anchor=False)
    if not found.repeats:
        st.markdown(_("No customer complained again about the same category within 180 days of its closure."))
        return
    returned = sum(each.returned for each in found.repeats)
    st.markdown(
        _(
            "{count} complaints came back within 180 days after the same customer’s complaint about the same category "
            "was closed; they belong to {customers} customers.",
            count=returned,
            customers=len({each.customer for each in found.repeats}),
        )
    )
    if not session.may("see data"):
        return
    rows = [_row(each) for each in found.repeats[:FIRST]]
    header = [_("Customer (pseudonym)"), _("Category"), _("Came back"), _("Last time"), _("Still open")]
    table(header, rows, _("Which came back"))
    if len(found.repeats) > FIRST:
        shown_of = _("{shown} of {count} are shown; the file has them all.", shown=FIRST, count=len(found.repeats))
        st.markdown(small(shown_of))
    every = pd.DataFrame([vars(each) for each in found.repeats])
    st.download_button(
        _("Download the repeats (CSV)"), safe_csv(every), "complaints-repeats.csv", "text/csv", on_click="ignore"
    )


def _row(each: Repeat) -> list[str]:
    still_open = _("yes") if each.open else _("no")
    return [code(each.customer), plain(named(each.category)), str(each.returned), shown(each.last_on), still_open]
