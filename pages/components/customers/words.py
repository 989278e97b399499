"""Words and states that the sections on customers share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from audit.evidence import Outcome
from audit.small_cells import WHOLE, hidden
from pages.components import session, tags
from pages.components.words import _, plain, said
from pipelines.analyses.part import Part


def told(part: Part[Any]) -> bool:
    """Whether there is a result; where there is none, the page says why and leads to the data."""
    if part.result is None and part.because:
        st.markdown(f"{tags.outcome(Outcome.NOT_EVALUATED)} {plain(said(part.because))}")
    if part.warning:
        st.markdown(f"{tags.tag('◷', _('Warning'))} {plain(said(part.warning))}")
    return part.result is not None


def withheld(by: str, sizes: Mapping[str, int]) -> set[str]:
    """The groups that are too small to be shown to whoever looks, and those from which they could be worked out."""
    every = {WHOLE: sum(sizes.values())} | {(by, name): n for name, n in sizes.items()}
    return {name for key, name in hidden(every, session.least_shown()) if key == by}


def few() -> str:
    return _("too few to show")


def months(count: int) -> str:
    return _("{months} months", months=count)


def group(name: str) -> str:
    return plain(name) or _("not stated")
