"""How mature each clause is, 1 to 5: what the evidence supports beside what an assessor says."""

from __future__ import annotations

import streamlit as st

from audit.errors import RecordError
from audit.records.auditing import maturity as ratings
from audit.wording import say
from pages.components import draft, session, tags
from pages.components.table import table
from pages.components.words import _, language, plain, said
from pipelines.readiness.gap_analysis import LEVELS, levels, maturity
from pipelines.runs.run_folder import Run

KEPT = "maturity_kept"


def maturity_levels(run: Run) -> None:
    if st.session_state.pop(KEPT, False):
        st.success(_("The level is kept."))
    rated = ratings.current(session.records())
    found = levels(run, {clause: rating.level for clause, rating in rated.items()})
    st.markdown(
        tags.muted(
            _(
                "The program proposes 1 to 4 from the evidence: 1 nothing is met, 2 some is, 3 what is written is in "
                "order, 4 all is met, data included. Level 5 is for an assessor alone. A dash: nothing "
                "could be evaluated."
            )
        )
    )
    rows = []
    for clause in run.clauses:
        proposed, given = found[clause.clause]
        reason = f"“{plain(rated[clause.clause].reason)}” {plain(rated[clause.clause].actor)}" if given else "–"
        rows.append([f"**{clause.clause}** {plain(said(clause.title))}", _steps(proposed), _steps(given), reason])
    _rate(run)
    table([_("Clause"), _("Proposed level"), _("Assessed"), _("Reason")], rows, _("Maturity of each clause"))


def _steps(level: int | None) -> str:
    if level is None:
        return "–"
    return f"{'▮' * level}{'▯' * (5 - level)} **{level}** {plain(said(maturity().levels[level].title))}"


def _rate(run: Run) -> None:
    with st.expander(_("Assess a clause")):
        _form(run)


def _form(run: Run) -> None:
    titles = {clause.clause: said(clause.title) for clause in run.clauses}
    clause = st.selectbox(
        _("Clause"), list(titles), format_func=lambda name: f"{name} {titles[name]}", key="rate_clause"
    )
    _level(clause)


@st.fragment
def _level(clause: str) -> None:
    anchors, form = maturity().anchor(clause), f"rate {clause}"
    fields = {
        "level": draft.field(form, f"rate level {clause} {language()}"),
        "reason": draft.field(form, f"rate reason {clause}"),
    }
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, ratings.times(session.records(), clause), {"level": LEVELS})
        level = st.radio(
            _("What do you see?"), LEVELS, index=None, format_func=lambda step: f"{step}  {said(anchors[step])}",
            key=fields["level"], **noting,
        )  # fmt: skip
        reason = st.text_area(_("What was seen that fits"), height=68, key=fields["reason"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the level"), "rate"),
            lambda key: _rated(clause, level, reason, key, seen),
            lambda: _both(clause, level, reason),
        ):
            st.session_state[KEPT] = True
            st.rerun()


def _rated(clause: str, level: int | None, reason: str, key: str, seen: int | None) -> None:
    if level is None:
        raise RecordError(say("Choose a level first."))
    ratings.rate(session.records(), clause, level, session.person(), reason, key=key, seen=seen)


def _both(clause: str, level: int | None, reason: str) -> draft.Both:
    theirs = ratings.current(session.records())[clause]
    return [(_("Level"), str(theirs.level), str(level or "")), (_("Reason"), theirs.reason, reason)]
