"""Changing an objective: another target from a day on, its words, or its end. Whoever may not is told who may."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from audit.records.targets import objectives
from audit.records.targets.objectives import objective_of
from audit.targets.objective import Objective
from pages.components import draft, session, tags
from pages.components.objective.target_fields import NAMES, target_fields, unit_words
from pages.components.retire_form import retire_form
from pages.components.words import _, plain
from pipelines.runs import results
from pipelines.targets.objective_fit import refuse_misfit
from pipelines.targets.objectives import Judged


def change_forms(judged: Judged) -> None:
    objective = judged.objective
    if not session.may(objectives.ACTION):
        st.markdown(tags.muted(_("Quality managers set, change and retire objectives.")))
        return
    if objective.retired_on:
        return
    if judged.kpi:
        with st.expander(_("Change the target from a day on"), key=f"step {objective.id}"):
            _step(judged)
    with st.expander(_("Change title, owner or reason"), key=f"words {objective.id}"):
        _words(objective)
    with st.expander(_("Retire it"), key=f"retire {objective.id}"):
        _retire(objective)


@st.fragment
def _step(judged: Judged) -> None:
    objective, kpi = judged.objective, judged.kpi
    assert kpi is not None
    form, last = f"objective step {objective.id}", objective.targets[-1]
    fields = {name: draft.field(form, f"{form} {name}") for name in (*NAMES, "reason")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, objective.revision)
        st.markdown(tags.small(plain(unit_words(kpi))))
        step = target_fields(kpi, fields, noting, last, dt.date.today().replace(day=1))
        reason = st.text_input(_("Your reason"), key=fields["reason"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the new target"), objectives.ACTION),
            lambda key: _keep_step(objective, step, seen, reason, key),
            lambda: [*_both(objective), (_("Your reason"), "", reason)],
        ):
            st.rerun()


def _keep_step(objective: Objective, step: dict[str, Any], seen: int | None, reason: str, key: str) -> Objective:
    alone = objective_of({**objective.model_dump(), "retired_on": None, "targets": [step]})
    refuse_misfit(session.workspace(), results.latest(session.workspace()), alone)
    return objectives.step(session.records(), objective.id, seen, session.person(), alone.targets[0], reason, key)


@st.fragment
def _words(objective: Objective) -> None:
    form = f"objective words {objective.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("title", "owner", "why", "reason")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, objective.revision)
        title = st.text_input(_("Title"), objective.title, key=fields["title"], **noting)
        owner = st.text_input(_("Owner"), objective.owner, key=fields["owner"], **noting)
        why = st.text_area(_("Why this objective"), objective.why, key=fields["why"], **noting)
        reason = st.text_input(_("Your reason"), key=fields["reason"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the change"), objectives.ACTION),
            lambda key: objectives.revise(
                session.records(), objective.id, seen, session.person(), reason, key, title=title, owner=owner, why=why
            ),
            lambda: _both(objective, title, owner),
        ):
            st.rerun()


@st.fragment
def _retire(objective: Objective) -> None:
    told = _(
        "Periods that end after its last day are judged no more. What was judged before stays, and so does who set it."
    )
    retire_form(
        f"objective retire {objective.id}", objective, told, _("Retire the objective"), objectives.ACTION,
        objectives.retire, lambda: _both(objective),
    )  # fmt: skip


def _both(objective: Objective, title: str = "", owner: str = "") -> draft.Both:
    """Theirs as it stands now; a fragment still holds what the page was drawn with."""
    theirs = objectives.find(session.records(), objective.id)
    return [(_("Title"), theirs.title, title), (_("Owner"), theirs.owner, owner)]
