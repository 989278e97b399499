"""The review of effectiveness: what data propose beside what a person concludes, and what was reviewed before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from audit.errors import RecordError
from audit.finding.effect import EVALUATED
from audit.finding.finding import Action, Followed, Review
from audit.records.finding import effectiveness
from audit.records.finding.effectiveness import JUDGED
from audit.wording import say
from pages.components import draft, session, tags
from pages.components.finding import finding_words as words
from pages.components.finding.effect import effect
from pages.components.words import _, language, plain, said, shown
from pipelines.runs import results


class FromData(NamedTuple):
    proposed: str = ""
    sentence: str = ""
    run: str = ""


@st.fragment
def review_form(each: Followed) -> None:
    """Of one action, or of all that the finding led to."""
    form = f"review {each.finding.id}"
    done = [action.id for action in each.actions if action.status == "done"]
    subjects = [each.finding.id, *done]
    fields = {name: draft.field(form, f"{form} {name}") for name in ("subject", "sentence", "why")}
    fields["judged"] = draft.field(form, f"{form} judged {language()}")
    noting = draft.noting(form, fields)
    with draft.form(form):
        st.markdown(f"**{_('Review the effectiveness')}**")
        draft.restore(form, fields, None, {"subject": subjects, "judged": JUDGED})
        subject = st.selectbox(
            _("What is reviewed"), subjects, key=fields["subject"],
            format_func=lambda id: _("the whole finding") if id == each.finding.id else id, **noting,
        )  # fmt: skip
        data = _from_data(next((action for action in each.actions if action.id == subject), None))
        sentence = st.text_area(
            _("What was seen since, from which records"),
            key=fields["sentence"],
            height=68,
            placeholder=_("Left empty, the sentence above is kept") if data.sentence else None,
            **noting,
        )
        judged = st.radio(_("Conclusion"), JUDGED, index=None, format_func=words.judged, key=fields["judged"], **noting)
        why = st.text_input(
            _("Your reason"), key=fields["why"], placeholder=_("Needed where you depart from the proposal"), **noting
        )
        st.markdown(tags.small(_("Whoever owns the finding or an action, answered or acted cannot review it.")))
        if draft.send(
            form,
            draft.button(form, _("Keep the review"), "review effectiveness"),
            lambda key: _review(subject, data, judged, sentence, why, key),
        ):
            st.rerun()


def reviews(each: Followed) -> None:
    """Newest first, of the finding and of each action."""
    every: list[Review] = []
    for subject in (each.finding.id, *(action.id for action in each.actions)):
        every += effectiveness.of(session.records(), subject)
    _lines(sorted(every, key=lambda review: -review.seq))


def _lines(every: Sequence[Review]) -> None:
    if not every:
        st.markdown(tags.muted(_("Nobody has reviewed it yet.")))
    for review in every:
        apart = "" if review.independent else f" {tags.tag('◷', _('not independent'))}"
        told = f"{tags.muted(shown(review.at.date()))} {words.judged(review.concluded)}{apart} {plain(review.by.name)}"
        reason = f" {tags.small(plain(review.reason))}" if review.reason else ""
        st.markdown(f"{told} {tags.muted(review.subject)}  \n“{plain(review.sentence)}”{reason}")


def _from_data(action: Action | None) -> FromData:
    """What the last run says of an action that names a KPI; it is shown before anybody concludes."""
    run = results.latest(session.workspace())
    if action is None or not action.kpi or run is None:
        return FromData()
    found = effect(action, f"reviewed {action.id}")
    proposed = found.proposed if found and found.proposed in EVALUATED else ""
    return FromData(proposed, said(found.sentence) if found else "", run.id)


def _review(subject: str, data: FromData, judged: str | None, sentence: str, why: str, key: str) -> Review:
    if judged is None:
        raise RecordError(say("Choose a conclusion first."))
    return effectiveness.review(
        session.records(), subject, data.proposed, judged, sentence or data.sentence, data.run, session.person(), why,
        key,
    )  # fmt: skip
