"""Recording a management review: the day, the period, who took part, and notes on each input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from audit.errors import RecordError
from audit.records.reviewing import reviews
from audit.records.reviewing.reviews import Input, NewReview, Review
from audit.review import input_word
from audit.text import Text
from audit.wording import say
from pages.components import draft, session, tags
from pages.components.words import _, plain, said
from pipelines.auditing.review_inputs import known
from pipelines.runs.run_folder import Run

Known = Mapping[str, Sequence[Text]]


@st.fragment
def hold_form(run: Run) -> None:
    """What the program knows is frozen with the review, from this run and the records as they stand."""
    form = "hold review"
    facts = known(session.workspace(), run, session.records())
    names = ["on", "from", "to", "attendees", *facts]
    fields = {name: draft.field(form, f"{form} {name}") for name in names}
    with draft.form(form):
        st.markdown(f"**{_('Record a management review')}**")
        draft.restore(form, fields, None)
        days = _days(run, fields, draft.noting(form, fields))
        attendees = st.text_input(
            _("Who took part, by name or function"), key=fields["attendees"], **draft.noting(form, fields)
        )
        notes = _notes(facts, {}, fields, draft.noting(form, fields))
        st.markdown(tags.small(_("Figures and verdicts are frozen from run {run}.", run=plain(run.id))))
        if draft.send(
            form,
            draft.button(form, _("Keep the review"), "review"),
            lambda key: reviews.hold(
                session.records(), _new(run, days, attendees, facts, notes), session.person(), key
            ),
        ):
            st.session_state["review kept"] = True
            st.rerun()


@st.fragment
def note_form(review: Review) -> None:
    form = f"note {review.id}"
    former = {each.input: each.note for each in review.inputs}
    fields = {name: draft.field(form, f"{form} {name}") for name in [*former, "why"]}
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, review.revision)
        noting = draft.noting(form, fields)
        notes = _notes(dict.fromkeys(former, ()), former, fields, noting)
        why = st.text_input(_("What was changed and why"), key=fields["why"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the notes"), "review"),
            lambda key: reviews.note(
                session.records(), review.id, seen or review.revision, session.person(), why, notes, key
            ),
            lambda: _both(review, notes),
        ):
            st.rerun()


def _both(review: Review, notes: Mapping[str, str]) -> draft.Both:
    """Theirs as they stand now; a fragment still holds what the page was drawn with."""
    theirs = {each.input: each.note for each in reviews.find(session.records(), review.id).inputs}
    return [(said(input_word(input)), theirs[input], note) for input, note in notes.items()]


def _days(run: Run, fields: Mapping[str, str], noting: dict[str, Any]) -> tuple[Any, Any, Any]:
    today = dt.date.today()
    given = {"on": (_("Held on"), today), "from": (_("Period from"), run.starts), "to": (_("Period to"), run.ends)}
    found = []
    with st.container(horizontal=True):
        for name, (words, day) in given.items():
            found.append(st.date_input(words, day, key=fields[name], format="YYYY-MM-DD", width=170, **noting))
    return found[0], found[1], found[2]


def _notes(
    facts: Known, former: Mapping[str, str], fields: Mapping[str, str], noting: dict[str, Any]
) -> dict[str, str]:
    """One field for each input, under what the program knows of it."""
    found = {}
    for input, known_of_it in facts.items():
        st.markdown("  \n".join([f"**{said(input_word(input))}** {tags.small(input)}", *_facts(known_of_it)]))
        found[input] = st.text_input(
            _("Notes on: {input}", input=input_word(input)), former.get(input, ""), key=fields[input],
            label_visibility="collapsed", placeholder=_("What was said about it"), **noting,
        )  # fmt: skip
    return found


def _facts(texts: Sequence[Text]) -> list[str]:
    return [tags.muted(plain(said(text))) for text in texts]


def _new(run: Run, days: tuple[Any, Any, Any], attendees: str, facts: Known, notes: Mapping[str, str]) -> NewReview:
    held_on, first, last = days
    if held_on is None or first is None or last is None:
        raise RecordError(say("Choose the three days first."))
    inputs = tuple(Input(input, tuple(facts[input]), note) for input, note in notes.items())
    return NewReview(held_on, first, last, attendees, run.id, inputs)
