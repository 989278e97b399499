"""The words of a screen, in the language that its reader chose."""

from __future__ import annotations

import re
from typing import Any, cast

import streamlit as st

from audit.quantity import Quantity, Unit, number
from audit.text import LANGUAGES, Language, Text
from audit.wording import show, spoken

NAMES: dict[str, str] = {"en": "EN", "zh": "中文"}
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$:!])")
LIST = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]*$|\s)")
ADDRESS = re.compile(r"https?(?=\\:)|www(?=\.)|@", re.IGNORECASE)
"""Where Markdown would make a link of a bare address, escaped or not; an invisible sign keeps it text."""


def language() -> Language:
    return cast(Language, st.session_state.get("language", "en"))


def _(message: str, /, **values: Any) -> str:
    """One message in the reader's language; `{name}` is filled from `values`, each in the reader's way."""
    return spoken(message, language(), **values)


def said(text: Text) -> str:
    return text.said(language())


def shown(value: Any) -> str:
    """A date, a number, a Quantity or a Text, as the reader expects it."""
    return show(value, language())


def plain(text: str) -> str:
    """Text that came from a file or a person, safe inside Markdown: no links, no pictures, no formulas."""
    unbroken = text.replace("\n", " ").replace(" %", "\N{NO-BREAK SPACE}%").lstrip()
    escaped = MARKDOWN.sub(r"\\\1", unbroken)
    return ADDRESS.sub("\\g<0>\N{WORD JOINER}", LIST.sub(r"\1\\\2", escaped))


def figure(value: float | None, unit: Unit, low: float | None = None, high: float | None = None) -> str:
    """ "78.4 % (77.3–79.5)", or a dash where there is no value."""
    if value is None or value != value:
        return "–"
    whole = Quantity(value, unit)
    if low is None or high is None or low != low or high != high:
        return shown(whole)
    return f"{whole.said(language(), aligned=True)} ({number(low, unit, True)}–{number(high, unit, True)})"


def keep_language() -> None:
    """Call once per run, before any word: the URL says the language, else the session, else the browser."""
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES:
        st.session_state["language"] = asked
    elif "language" not in st.session_state:
        st.session_state["language"] = "zh" if (st.context.locale or "").startswith("zh") else "en"
    if asked != language():
        st.query_params["lang"] = language()


def language_switch() -> None:
    st.session_state["language_switch"] = language()
    st.segmented_control(
        _("Language"),
        LANGUAGES,
        format_func=NAMES.__getitem__,
        required=True,
        key="language_switch",
        label_visibility="collapsed",
        on_change=_switched,
    )


def _switched() -> None:
    st.session_state["language"] = st.query_params["lang"] = st.session_state["language_switch"]
