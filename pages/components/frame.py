"""What stands around every screen: crumb, language, a title that answers, and the notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from pages.components import session, tags
from pages.components.words import _, language_switch, plain

Crumb = tuple[str, str]
"""Page and label of a page further up."""


@contextmanager
def page(title: str, crumb: str, above: Sequence[Crumb] = ()) -> Iterator[None]:
    """The frame of a screen. `title` is its answer as a sentence, `crumb` its name, `above` where one came from."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, label in above:
            session.link(name, label)
            st.markdown(tags.muted("›"), width="content")
        st.markdown(tags.muted(crumb), width="content")
        st.space("stretch")
        organisation = session.workspace().set_up.organisation
        st.markdown(tags.small(f"{plain(organisation)} · {plain(session.actor())}"), width="content")
        language_switch()
    if closed := session.closed():
        words = _(
            "This workspace is read-only: {reason}. Everything can be looked at as it stands; nothing can be changed.",
            reason=plain(closed),
        )
        st.warning(words)
    st.title(title, anchor=False)
    yield
    notice()


def notice() -> None:
    st.space("small")
    text = _(
        "A preparation aid: it proposes, an auditor concludes. Requirements are in our own words; "
        "the text of the standard is sold by ISO (iso.org) and its members."
    )
    st.markdown(f":gray[:small[{text}]]")
