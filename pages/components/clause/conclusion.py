"""The auditor's verdict on a requirement: a form beside the evidence, and what was concluded before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from audit.errors import RecordError
from audit.evidence import RequirementAssessment, Verdict
from audit.records.auditing import decisions
from audit.records.auditing.decisions import Decision
from audit.wording import say
from pages.components import draft, session, tags
from pages.components.auditing.opened import looked_at
from pages.components.words import _, language, plain, shown
from pipelines.runs.run_folder import Run


@st.fragment
def conclusion(requirement: RequirementAssessment, run: Run, current: Decision | None) -> None:
    former = decisions.history(session.records(), requirement.id)
    form = f"conclude {requirement.id}"
    fields = {
        # the browser remembers a choice by its label, which is another one in the other language
        "verdict": draft.field(form, f"verdict {requirement.id} {language()}"),
        "reason": f"reason {requirement.id} {draft.turn(form)}",
    }
    with draft.form(form):
        st.markdown(_("**Your conclusion** on {requirement}", requirement=requirement.id))
        st.markdown(" ".join([tags.muted(_("Proposed")), tags.verdict(requirement.proposed)]))
        seen = draft.restore(form, fields, len(former), {"verdict": list(Verdict)})
        chosen = _verdict(current, fields["verdict"], draft.noting(form, fields))
        reason = st.text_area(
            _("Your reason"),
            key=fields["reason"],
            height=68,
            placeholder=_("Needed where you depart from the proposal"),
            **draft.noting(form, fields),
        )
        pressed = draft.button(form, _("Record conclusion"), "conclude")
        actor = plain(session.person().name)
        st.markdown(tags.small(_("Signs as {actor}. The proposal is kept beside it.", actor=actor)))
        if draft.send(
            form,
            pressed,
            lambda key: _concluded(requirement, run, chosen, reason, key, seen),
            lambda: _both(former[0], chosen, reason),
        ):
            st.rerun()
    if former:
        _history(former)


def _verdict(current: Decision | None, key: str, noting: dict[str, Any]) -> Verdict | None:
    options = list(Verdict)
    at = options.index(current.concluded) if current else None  # nothing is chosen for the auditor
    return st.radio(_("Verdict"), options, index=at, format_func=tags.verdict, key=key, **noting)


def _concluded(
    requirement: RequirementAssessment, run: Run, chosen: Verdict | None, reason: str, key: str, seen: int | None
) -> Decision:
    if chosen is None:
        raise RecordError(say("Choose a verdict first."))
    if not reason.strip() and (chosen != requirement.proposed or chosen == Verdict.NOT_APPLICABLE):
        raise RecordError(say("This departs from the proposal, or excludes the requirement: write the reason for it."))
    proposed, by = requirement.proposed, session.person()
    return decisions.conclude(
        session.records(), requirement.id, run.id, proposed, chosen, by, reason.strip(), looked_at(), key, seen
    )


def _both(theirs: Decision, chosen: Verdict | None, reason: str) -> draft.Both:
    own = tags.verdict_words(chosen)[1] if chosen else ""
    return [
        (_("Verdict"), tags.verdict_words(theirs.concluded)[1], own),
        (_("Your reason"), theirs.reason, reason),
    ]


def _history(former: Sequence[Decision]) -> None:
    st.subheader(_("History"), anchor=False)
    for decision in former:
        line = f"{tags.muted(shown(decision.at.date()))} {tags.verdict(decision.concluded)} {plain(decision.actor)}"
        reason = f"  \n“{plain(decision.reason)}”" if decision.reason else ""
        proposed = tags.verdict_words(decision.proposed)[1]
        then = tags.small(_("proposed then: {verdict}; run {run}", verdict=proposed, run=plain(decision.run)))
        then += f" {tags.small(plain(decision.audit))}" if decision.audit else ""
        st.markdown(f"{line}{reason}  \n{then}")
