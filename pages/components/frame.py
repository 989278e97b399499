"""What stands around every screen: crumb, language, a title that answers, and the notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from pages.components import session, tags
from pages.components.access import sign_in
from pages.components.access.role_words import role_word
from pages.components.words import _, language_switch, plain

Crumb = tuple[str, str]
"""Page and label of a page further up."""


@contextmanager
def page(title: str, crumb: str, above: Sequence[Crumb] = ()) -> Iterator[None]:
    """
    The frame of a screen. `title` is its answer as a sentence, `crumb` its name, `above` where one came from: all plain
    text, in which nothing is Markdown.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, label in above:
            session.link(name, plain(label))
            st.markdown(tags.muted("›"), width="content")
        st.markdown(tags.muted(plain(crumb)), width="content")
        st.space("stretch")
        _whoever_sits_here()
        language_switch()
    if closed := session.closed():
        words = _(
            "This workspace is read-only: {reason}. Everything can be looked at as it stands; nothing can be changed.",
            reason=plain(closed),
        )
        st.warning(words)
    st.title(plain(title), anchor=False)
    yield
    notice()


def _whoever_sits_here() -> None:
    who = f"{plain(session.workspace().set_up.organisation)} · {plain(session.person().name)}"
    if not sign_in.configured():
        nobody_vouches = _("Nobody signs in on this computer, so nobody vouches for this name.")
        st.markdown(f"{tags.small(who)} {tags.unverified()}", width="content", help=nobody_vouches)
        return
    found = session.records().authority(session.person())
    st.markdown(tags.small(f"{who} · {role_word(found.role)}" if found else who), width="content")
    st.button(_("Sign out"), type="tertiary", on_click=session.sign_out, key="sign_out")


def notice() -> None:
    st.space("small")
    text = _(
        "A preparation aid: it proposes, an auditor concludes. Requirements are in our own words; "
        "the text of the standard is sold by ISO (iso.org) and its members."
    )
    st.markdown(f":gray[:small[{text}]]")
