"""A choice that stands in the URL as a code, so that a link works in every language and Back undoes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st


def chosen(name: str, options: Sequence[str], default: str) -> str:
    """What the URL says under this name, or the default where it says nothing or something unknown.

    Call it before the widget of the same name is drawn: the widget then shows this value.
    """
    asked = st.query_params.get(name, default)
    value = asked if asked in options else default
    st.session_state[name] = value
    return value


def buttons(
    name: str, words: str, options: Sequence[str], spelled: Callable[[str], str], labelled: bool = True
) -> None:
    """A row of buttons, one of which is always chosen. Without a label, only a screen reader hears `words`."""
    seen: Literal["visible", "collapsed"] = "visible" if labelled else "collapsed"
    st.segmented_control(
        words,
        options,
        format_func=spelled,
        required=True,
        key=name,
        on_change=_keep,
        args=(name,),
        label_visibility=seen,
        wrap=True,
    )


def choice(name: str, words: str, options: Sequence[str], spelled: Callable[[str], str]) -> None:
    st.selectbox(words, options, format_func=spelled, key=name, on_change=_keep, args=(name,))


def _keep(name: str) -> None:
    st.query_params[name] = st.session_state[name]
