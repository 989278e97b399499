"""Proving on a page that nothing was altered, and recording that somebody looked through the trail."""

from __future__ import annotations

import streamlit as st

from audit.records import Records
from audit.records.trail import trail_reviews
from audit.records.trail.trail import Damage
from audit.records.trail.trail_reviews import TrailReview
from pages.components import draft, session
from pages.components.progress import bar
from pages.components.table import code, table
from pages.components.tags import muted, small, tag
from pages.components.words import _, language, plain
from pipelines.upkeep import integrity

FOUND = "trail_checked"
FORM = "review trail"
MOST = 100


def check(records: Records, newest: int) -> None:
    st.header(_("Prove that nothing was altered"), anchor=False)
    words = _(
        "Follows the trail from entry to entry, holds it against the anchor beside the database, builds the present "
        "state anew from it, and hashes every document, signature and run."
    )
    st.markdown(muted(words))
    if st.button(_("Verify"), key="verify_trail"):
        with bar(_("Verifying")) as progress:
            st.session_state[FOUND] = newest, integrity.damage(session.workspace(), records, progress)
    if FOUND in st.session_state:
        _result(*st.session_state[FOUND])


def review_form(records: Records) -> None:
    st.header(_("Record that the trail was reviewed"), anchor=False)
    every = trail_reviews.every(records)
    first = every[-1].last + 1 if every else 1
    checked = st.session_state.get(FOUND)
    if checked is None:
        st.markdown(muted(_("Verify first: the review records what the check found.")))
    else:
        until, found = checked
        words = _(
            "Entries {first} to {last}; the check found {count} alterations.",
            first=min(first, until),
            last=until,
            count=len(found),
        )
        fields = {"note": draft.field(FORM, "trail_note")}
        with draft.form(FORM):
            draft.restore(FORM, fields, None)
            st.markdown(words)
            note = st.text_input(_("What you looked for and what you found"), key=fields["note"],
                                 **draft.noting(FORM, fields))  # fmt: skip
            if draft.send(
                FORM,
                draft.button(FORM, _("Record the review"), "review trail"),
                lambda key: trail_reviews.keep(records, until, len(found), note, session.person(), key),
            ):
                st.session_state.pop(FOUND)
                st.rerun()
    _reviews(every)


def _result(until: int, found: list[Damage]) -> None:
    if not found:
        words = _(
            "Nothing was altered: {count} entries, every document, signature and run is as it was kept.", count=until
        )
        st.success(words)
        return
    st.error(_("{count} alterations were found. Keep everything as it is, and bring back a backup.", count=len(found)))
    told = [one.said(language()) for one in found[:MOST]]
    rows = [[code(one["where"], 120), plain(one["what"])] for one in told]
    table([_("Where"), _("What")], rows, _("What was altered"))
    if len(found) > MOST:
        st.markdown(
            small(_("The first {count} are shown; the command line lists all: python -m pipelines verify", count=MOST))
        )


def _reviews(every: list[TrailReview]) -> None:
    if not every:
        st.markdown(muted(_("The trail has not been reviewed yet.")))
        return
    rows = [
        [f"{one.first}–{one.last}", f"{one.at:%Y-%m-%d %H:%M}", plain(one.actor), _found(one), plain(one.note)]
        for one in reversed(every)
    ]
    table([_("Entries"), _("When (UTC)"), _("Who"), _("Check"), _("Note")], rows, _("Reviews of the trail"))


def _found(one: TrailReview) -> str:
    if not one.damage:
        return tag("●", _("nothing altered"))
    return tag("✕", _("{count} altered", count=one.damage))
