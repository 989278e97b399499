"""What a section says where its analysis found nothing, and the warning that travels with what it found."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.components import session, tags
from pages.components.soundness.words import told as evaluated
from pages.components.words import _, plain, said
from pipelines.analyses.part import Part


def told(part: Part[Any]) -> bool:
    """Whether there is a result; where there is none the page says why, and where data is loaded."""
    if evaluated(part):
        return True
    session.link("data", _("Load data") + " →", view="load")
    return False


def warned(part: Part[Any]) -> None:
    if part.warning:
        st.markdown(f"{tags.tag('◷', _('Warning'))} {plain(said(part.warning))}")
