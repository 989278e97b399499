"""A date format that a person spells, because none of the proposed ones is right."""

from __future__ import annotations

import streamlit as st

from audit.source import Column
from audit.text import Text
from pages.components import tags
from pages.components.guided import recode_question
from pages.components.guided.draft import Draft, seeded
from pages.components.table import code
from pages.components.words import _, plain, said
from pipelines.suggesting import spelled_format
from pipelines.suggesting.reading import Option, Values, option


def question(draft: Draft, name: str, column: Column, values: Values) -> None:
    if column.type not in ("date", "timestamp"):
        return
    spelled = draft.settled.get(("spelled", name), "")
    with st.expander(_("It is written in another way"), expanded=bool(spelled)):
        example = "DD.MM.YYYY" if column.type == "date" else "DD.MM.YYYY hh:mm:ss"
        st.text_input(
            _("Format"), key=seeded(f"spelled_{name}", spelled), placeholder=example, max_chars=60, width=320,
            on_change=_keep, args=(draft, name, column, values),
        )  # fmt: skip
        st.markdown(tags.muted(_("Year YYYY or YY, month MM, Mon or Month, day DD, hours hh, minutes mm, seconds ss, "
                                 "AM for AM and PM; everything else as it stands in the file.")))  # fmt: skip
        _told(draft, name, column, values, spelled)


def _told(draft: Draft, name: str, column: Column, values: Values, spelled: str) -> None:
    """What comes of the values, or why nothing does."""
    format = spelled_format.read(spelled) if spelled.strip() else None
    if isinstance(format, Text):
        st.markdown(f"{_not_used()} {plain(said(format))}")
    elif format:
        found = _option(draft, name, column, values, format)
        shown = ", ".join(f"{code(text, 30)} → {code(value, 30)}" for text, value in found.examples)
        none = _("no value is written so, as in {value}", value=code(found.stray, 30))
        st.markdown(shown or f"{_not_used()} {none}")


def _not_used() -> str:
    return f":red-badge[✕ {_('not used')}]"


def _option(draft: Draft, name: str, column: Column, values: Values, format: str) -> Option:
    return option(recode_question.left(draft, name, values), column, {"format": format})


def _keep(draft: Draft, name: str, column: Column, values: Values) -> None:
    """Only what reads some of the values is taken; without a format the proposals count again."""
    spelled = (st.session_state[f"spelled_{name}"] or "").strip()
    if spelled == draft.settled.get(("spelled", name), ""):
        return  # whoever goes on while the next step still appears sends all answers once more
    draft.settled["spelled", name] = spelled
    format = spelled_format.read(spelled) if spelled else None
    if format is None:
        draft.columns[name].pop("format", None)
        draft.settled.pop(("way", name), None)
    elif isinstance(format, str) and _option(draft, name, column, values, format).examples:
        draft.columns[name]["format"] = format
        draft.settled["way", name] = True
