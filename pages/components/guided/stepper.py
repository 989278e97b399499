"""Where one is on the way in, with a way back that loses nothing, and the way to the next step."""

from __future__ import annotations

import streamlit as st

from pages.components import tags
from pages.components.guided.draft import STEPS, Draft, Step, begin_anew
from pages.components.table import code
from pages.components.words import _


def names() -> dict[Step, str]:
    return {
        "file": _("File"),
        "preview": _("Preview"),
        "columns": _("Columns"),
        "formats": _("Formats"),
        "trial": _("Dry run"),
        "done": _("Result"),
    }


def stepper(draft: Draft | None) -> None:
    """The steps; those that were reached can be opened again, until the file is in."""
    at = STEPS.index(draft.step) if draft else 0
    reached = STEPS.index(draft.furthest) if draft and draft.step != "done" else -1
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for number, step in enumerate(STEPS):
            label = f"{number + 1} {names()[step]}"
            if number == at:
                st.markdown(f":blue-badge[**{label}**]", width="content")
            elif draft and 0 < number <= reached and not _passed_over(draft, step):
                st.button(label, key=f"step_{step}", type="tertiary", on_click=draft.go, args=(step,))
            else:
                st.markdown(tags.muted(label), width="content")
    if draft:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{code(draft.file, 60)} {tags.small(size(len(draft.content)))}", width="content")
            st.button(_("Start again with another file"), key="begin_anew", type="tertiary", on_click=begin_anew)


def _passed_over(draft: Draft, step: Step) -> bool:
    """Nothing comes behind the preview before it is said what the file holds."""
    if draft.source is None:
        return step != "preview"
    return step in ("columns", "formats") and (draft.pivoted or not draft.columns)


def onward(draft: Draft, back: Step | None, step: Step, label: str, waiting: str = "") -> None:
    """The buttons under a step. `waiting` says what is still to be answered before one can go on."""
    if waiting:
        st.markdown(f":orange-badge[◷ {_('still open')}] {waiting}")
    with st.container(horizontal=True):
        if back:
            st.button(_("Back"), key="step_back", on_click=draft.go, args=(back,))
        st.button(
            label, key="step_on", type="primary", disabled=bool(waiting), on_click=draft.go, args=(step,)
        )  # fmt: skip


def size(count: int) -> str:
    return _("{count} KB", count=max(1, count // 1000)) if count < 10_000_000 else f"{count // 1_000_000} MB"
