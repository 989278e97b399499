"""The fields of an audit's form: what is written in each, which of them are open, and the doubts that they raise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from audit.auditing.audit_state import CHANGEABLE, State
from audit.auditing.independence import doubts
from audit.auditing.plan_lines import read_plan, read_team, written_plan, written_team
from audit.errors import AuditError
from audit.records.auditing import programmes
from audit.records.auditing.audits import NewAudit
from pages.components import draft, session
from pages.components.auditing import audit_words
from pages.components.clause.audited_against import edition_name
from pages.components.states import in_words
from pages.components.words import _
from pipelines.checklists import editions


@dataclass(frozen=True)
class Form:
    """One filling: what it begins with, and which of its fields are open."""

    name: str
    begun: NewAudit
    changeable: frozenset[str]
    fields: dict[str, str]

    def key(self, field: str) -> dict[str, Any]:
        fixed = field not in self.changeable
        return {"key": self.fields[field], "disabled": fixed, **draft.noting(self.name, self.fields)}


def form_of(name: str, begun: NewAudit, changeable: frozenset[str]) -> Form:
    fields = {field: draft.field(name, f"{name} {field}") for field in (*sorted(CHANGEABLE[State.PLANNED]), "reason")}
    return Form(name, begun, changeable, fields)


def options() -> dict[str, Sequence[str]]:
    layers = session.workspace().layers
    known = ["", *(each.id for each in programmes.every(session.records()))]
    return {"edition": editions.named(layers), "programme": known}


def written(form: Form) -> NewAudit | None:
    """What stands in the form; None where it cannot be read, which is said below it."""
    begun = form.begun
    grid = st.grid(3, min_column_width=260)
    with grid.cell(column_span=2):
        title = st.text_input(_("Title"), begun.title, **form.key("title"))
    with grid.cell():
        lead = st.text_input(_("Lead auditor"), begun.lead, **form.key("lead"))
    with grid.cell():
        first = st.date_input(_("From"), begun.period_from, format="YYYY-MM-DD", **form.key("period_from"))
    with grid.cell():
        last = st.date_input(_("To"), begun.period_to, format="YYYY-MM-DD", **form.key("period_to"))
    with grid.cell():
        programme = _programme(form)
    edition, packs = _criteria(form)
    objectives = st.text_area(_("Objectives"), begun.objectives, height=68, **form.key("objectives"))
    scope = st.text_area(_("Scope"), begun.scope, height=68, **form.key("scope"))
    team = st.text_area(
        _("Team: a line for each, as in Ann Lee | lead auditor course 2025 | 8.2, complaint handling"),
        written_team(begun.auditors), height=90, **form.key("auditors"),
        help=_("Name | what shows the competence | processes and clauses that the auditor owns or works in"),
    )  # fmt: skip
    plan = st.text_area(
        _("Plan: a line for each, as in 2026-11-03 | 9.1.2, surveys | Ann Lee | head of sales"),
        written_plan(begun.plan), height=140, **form.key("plan"),
        help=_("Day | clauses or processes | auditor | who is interviewed"),
    )  # fmt: skip
    new = replace(begun, title=title, lead=lead, period_from=first or None, period_to=last or None,
                  programme=programme, edition=edition, packs=packs, objectives=objectives, scope=scope)  # fmt: skip
    return _with_team(new, team, plan)


def _with_team(new: NewAudit, team: str, plan: str) -> NewAudit | None:
    try:
        new = replace(new, auditors=read_team(team), plan=read_plan(plan))
    except AuditError as error:
        st.error(in_words(error))
        return None
    if found := audit_words.doubts(doubts(new.lead, new.auditors, new.plan)):
        st.markdown(found)
    return new


def _programme(form: Form) -> str:
    known = {each.id: each for each in programmes.every(session.records())}
    at = list(known).index(form.begun.programme) + 1 if form.begun.programme in known else 0
    chosen: str = st.selectbox(
        _("Audit programme"), ["", *known], at, **form.key("programme"),
        format_func=lambda id: f"{id} {known[id].title}" if id in known else _("none"),
    )  # fmt: skip
    return chosen


def _criteria(form: Form) -> tuple[str, tuple[str, ...]]:
    layers = session.workspace().layers
    names, packs = editions.named(layers), editions.packs_named(layers)
    grid = st.grid(3, min_column_width=260)
    with grid.cell():
        at = names.index(form.begun.edition) if form.begun.edition in names else 0
        edition = st.selectbox(_("Edition"), names, at, format_func=edition_name, **form.key("edition"))
    with grid.cell(column_span=2):
        begun = [pack for pack in form.begun.packs if pack in packs]
        chosen = st.multiselect(_("Packs"), packs, begun, placeholder=_("none"), **form.key("packs"))
    return edition, tuple(sorted(chosen))
