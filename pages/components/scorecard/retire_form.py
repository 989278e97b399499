"""The end of a scorecard."""

from __future__ import annotations

import streamlit as st

from audit.records.targets import scorecards
from audit.targets.scorecard import Scorecard
from pages.components import draft, session
from pages.components.retire_form import retire_form
from pages.components.words import _


@st.fragment
def retire_card(card: Scorecard) -> None:
    told = _(
        "Periods that end after its last day are scored no more. What it came to before stays, and so does who set it."
    )
    retire_form(
        f"scorecard retire {card.id}", card, told, _("Retire the scorecard"), scorecards.ACTION, scorecards.retire,
        lambda: _both(card),
    )  # fmt: skip


def _both(card: Scorecard) -> draft.Both:
    return [(_("Title"), scorecards.find(session.records(), card.id).title, "")]
