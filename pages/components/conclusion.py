"""The auditor's verdict on a requirement: a form beside the evidence, and what was concluded before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.errors import RecordError
from audit.evidence import RequirementAssessment, Verdict
from audit.records import decisions
from audit.records.decisions import Decision
from pages.components import session, tags
from pages.components.words import _, language, plain, shown
from pipelines.run_folder import Run


def conclusion(requirement: RequirementAssessment, run: Run, current: Decision | None) -> None:
    former = decisions.history(session.records(), requirement.id)
    seen = st.session_state.get(f"seen {requirement.id}", len(former))
    st.session_state[f"seen {requirement.id}"] = len(former)
    with st.form(f"conclude {requirement.id}"):
        st.markdown(_("**Your conclusion** on {requirement}", requirement=requirement.id))
        st.markdown(" ".join([tags.muted(_("Proposed")), tags.verdict(requirement.proposed)]))
        options = list(Verdict)
        chosen = st.radio(
            _("Verdict"),
            options,
            index=options.index(current.concluded) if current else None,  # nothing is chosen for the auditor
            format_func=tags.verdict,
            # the browser remembers a choice by its label, which is another one in the other language
            key=f"verdict {requirement.id} {language()}",
        )
        reason = st.text_area(
            _("Your reason"),
            # a number of its own for each of the reader's decisions, so that the field is empty again after one
            key=f"reason {requirement.id} {st.session_state.get(f'own {requirement.id}', 0)}",
            height=68,
            placeholder=_("Needed where you depart from the proposal"),
        )
        sent = st.form_submit_button(_("Record conclusion"), type="primary", disabled=session.closed() is not None)
        st.markdown(tags.small(_("Signs as {actor}. The proposal is kept beside it.", actor=plain(session.actor()))))
    if sent and seen != len(former):
        st.error(
            _(
                "Somebody concluded this meanwhile: see the history below. Nothing of yours was kept yet; "
                "record it again if it still holds."
            )
        )
    elif sent:
        _record(requirement, run, chosen, reason)
    if former:
        _history(former)


def _record(requirement: RequirementAssessment, run: Run, chosen: Verdict | None, reason: str) -> None:
    if chosen is None:
        st.error(_("Choose a verdict first."))
        return
    if not reason.strip() and (chosen != requirement.proposed or chosen == Verdict.NOT_APPLICABLE):
        st.error(_("This departs from the proposal, or excludes the requirement: write the reason for it."))
        return
    try:
        decisions.conclude(
            session.records(), requirement.id, run.id, requirement.proposed, chosen, session.actor(), reason.strip()
        )
    except RecordError as error:
        st.error(plain(str(error)))
        return
    st.session_state[f"own {requirement.id}"] = st.session_state.get(f"own {requirement.id}", 0) + 1
    del st.session_state[f"seen {requirement.id}"]
    st.rerun()


def _history(former: Sequence[Decision]) -> None:
    st.subheader(_("History"), anchor=False)
    for decision in former:
        line = f"{tags.muted(shown(decision.at.date()))} {tags.verdict(decision.concluded)} {plain(decision.actor)}"
        reason = f"  \n“{plain(decision.reason)}”" if decision.reason else ""
        proposed = tags.verdict_words(decision.proposed)[1]
        then = tags.small(_("proposed then: {verdict}; run {run}", verdict=proposed, run=plain(decision.run)))
        st.markdown(f"{line}{reason}  \n{then}")
