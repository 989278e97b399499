"""The end of a scorecard: asked twice, with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from audit.errors import RecordError
from audit.records.targets import scorecards
from audit.targets.scorecard import Scorecard
from audit.wording import say
from pages.components import draft, session, tags
from pages.components.words import _


@st.fragment
def retire_form(card: Scorecard) -> None:
    form = f"scorecard retire {card.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("on", "reason", "sure")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, card.revision)
        told = _(
            "Periods that end after its last day are scored no more. What it came to before stays, and so does who set "
            "it."
        )
        st.markdown(tags.muted(told))
        on: Any = st.date_input(_("Last day"), dt.date.today(), key=fields["on"], format="YYYY-MM-DD", **noting)
        reason = st.text_input(_("Your reason"), key=fields["reason"], **noting)
        sure = st.checkbox(_("Yes, retire {id}", id=card.id), key=fields["sure"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Retire the scorecard"), scorecards.ACTION),
            lambda key: _retired(card, seen, on, reason, sure, key),
            lambda: [
                (_("Title"), scorecards.find(session.records(), card.id).title, ""),
                (_("Your reason"), "", reason),
            ],
        ):
            st.rerun()


def _retired(card: Scorecard, seen: int | None, on: dt.date, reason: str, sure: bool, key: str) -> Scorecard:
    if not sure:
        raise RecordError(say("nothing was retired; tick the box above if you mean it"))
    return scorecards.retire(session.records(), card.id, seen, session.person(), on, reason, key)
