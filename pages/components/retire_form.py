"""The end of an objective or a scorecard: asked twice, with a last day and a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import streamlit as st

from audit.errors import RecordError
from audit.targets.objective import Objective
from audit.targets.scorecard import Scorecard
from audit.wording import say
from pages.components import draft, session, tags
from pages.components.words import _


def retire_form(
    form: str, of: Objective | Scorecard, told: str, button: str, action: str, retire: Callable[..., object],
    both: Callable[[], draft.Both],
) -> None:  # fmt: skip
    """
    `told` says what becomes of its periods, `action` is what the person must be allowed to do, and `both` gives the
    texts after a Stale.
    """
    fields = {name: draft.field(form, f"{form} {name}") for name in ("on", "reason", "sure")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, of.revision)
        st.markdown(tags.muted(told))
        on: Any = st.date_input(_("Last day"), dt.date.today(), key=fields["on"], format="YYYY-MM-DD", **noting)
        reason = st.text_input(_("Your reason"), key=fields["reason"], **noting)
        sure = st.checkbox(_("Yes, retire {id}", id=of.id), key=fields["sure"], **noting)

        def kept(key: str) -> object:
            if not sure:
                raise RecordError(say("nothing was retired; tick the box above if you mean it"))
            return retire(session.records(), of.id, seen, session.person(), on, reason, key)

        if draft.send(
            form,
            draft.button(form, button, action),
            kept,
            lambda: [*both(), (_("Your reason"), "", reason)],
        ):
            st.rerun()
