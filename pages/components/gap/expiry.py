"""Which evidence will have grown old on the day of the audit to come."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from audit.quantity import Quantity
from pages.components import session, tags
from pages.components.clause import judged_by
from pages.components.table import table
from pages.components.words import _, plain, said, shown
from pipelines.readiness.forecast import expiries
from pipelines.runs.run_folder import Run


def expiry(run: Run) -> None:
    day = st.date_input(_("Day of the audit"), value=run.as_of + dt.timedelta(days=90), key="audit_day",
                        format="YYYY-MM-DD")  # fmt: skip
    found = expiries(session.workspace(), run)
    if not isinstance(day, dt.date) or not found:
        st.info(_("No evidence of this run grows old."))
        return
    old = [one for one in found if one.good_until < day]
    words = _("{old} of {count} pieces of evidence that are met now will have grown old by {day} if nothing new comes.",
              old=len(old), count=len(found), day=day)  # fmt: skip
    st.markdown(plain(words))
    rows = [
        [
            f"**{one.evidence.id}** {plain(said(one.evidence.shows))}",
            judged_by.kind(one.evidence.kind),
            shown(one.good_until),
            tags.tag("◷", _("too old by then")) if one.good_until < day else tags.muted(_in(one.good_until, run.as_of)),
        ]
        for one in found
    ]
    table(
        [_("Evidence"), _("What would show it"), _("Good until"), ""],
        rows,
        _("Evidence by the day until which it is good"),
    )


def _in(day: dt.date, from_: dt.date) -> str:
    return _("in {days}", days=Quantity((day - from_).days, "days"))
