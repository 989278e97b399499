"""One management review: what was put before it, what was said, and the form for what it decides."""

from __future__ import annotations

import streamlit as st

from audit.records.reviewing.reviews import NO_RUN, Input, Review
from audit.review import input_word
from pages.components import tags
from pages.components.reviewing.decision_forms import decide_form
from pages.components.reviewing.review_form import note_form
from pages.components.words import _, plain, said


def review_detail(review: Review, decided: bool) -> None:
    st.header(_("Review of {day}", day=review.held_on), anchor=False)
    told = _(
        "Period {first} to {last}. Took part: {attendees}. {looked_at} Kept by {actor}, revision {revision}.",
        first=review.period_from, last=review.period_to, attendees=review.attendees, looked_at=_looked_at(review),
        actor=review.actor, revision=review.revision,
    )  # fmt: skip
    st.markdown(tags.muted(plain(told)))
    with st.expander(_("What was put before the review, and what was said"), expanded=not decided):
        st.markdown("\n\n".join(map(_input, review.inputs)))
    with st.expander(_("Change the notes"), key=f"notes {review.id}"):
        note_form(review)
    if not decided:
        st.markdown(_("This review has decided nothing yet. A review without a decision leaves its inputs unanswered."))
    decide_form(review)


def _looked_at(review: Review) -> str:
    return _("Held before the first run.") if review.run == NO_RUN else _("Looked at run {run}.", run=review.run)


def _input(each: Input) -> str:
    """Stacked, because a table of sentences cannot be read on a telephone."""
    facts = [plain(said(text)) for text in each.known] or [tags.muted(_("nothing is on record"))]
    told = [f"**{said(input_word(each.input))}** {tags.small(each.input)}", *facts]
    return "  \n".join(told + ([f"> “{plain(each.note)}”"] if each.note else []))
