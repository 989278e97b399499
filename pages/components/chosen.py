"""A choice that stands in the URL as a code, so that a link works in every language and Back undoes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

LONGEST = 100
"""Signs of a text in the URL."""


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
        on_change=keep,
        args=(name,),
        label_visibility=seen,
        wrap=True,
    )


def choice(
    name: str,
    words: str,
    options: Sequence[str],
    spelled: Callable[[str], str],
    width: int | Literal["stretch"] = "stretch",
) -> None:
    st.selectbox(words, options, format_func=spelled, key=name, on_change=keep, args=(name,), width=width)


def written(name: str) -> str:
    """What the URL holds as free text; call it before its field is drawn, which keeps what is being typed."""
    asked = st.query_params.get(name, "")[:LONGEST]
    if st.session_state.get(name) != asked:
        st.session_state[name] = asked
    return asked


def keep(name: str) -> None:
    """An empty text leaves no trace in the URL."""
    value = st.session_state[name]
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
