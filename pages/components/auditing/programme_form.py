"""The audit programme: what it holds, and the form in which it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import streamlit as st

from audit.auditing.plan_lines import read_planned, written_planned
from audit.errors import AuditError
from audit.records.auditing import programmes
from audit.records.auditing.programmes import NewProgramme, Programme
from pages.components import draft, session
from pages.components.auditing.audit_form import DONE
from pages.components.states import in_words
from pages.components.table import table
from pages.components.words import _, plain, shown

FIELDS = (
    "title",
    "responsible",
    "period_from",
    "period_to",
    "objectives",
    "risks",
    "opportunities",
    "planned",
    "reason",
)


def programme_table(each: Programme) -> None:
    days = [shown(day) for day in (each.period_from, each.period_to) if day]
    rows = [
        [_("Objectives"), plain(each.objectives) or "–"],
        [_("Period"), " – ".join(days) or "–"],
        [_("Risks"), plain(each.risks) or "–"],
        [_("Opportunities"), plain(each.opportunities) or "–"],
        [_("Responsible"), plain(each.responsible) or "–"],
    ]
    table([" ", "  "], rows, _("Audit programme"))
    if each.planned:
        planned = sorted(each.planned, key=lambda one: (one.month is None, one.month))
        rows = [[_month(one.month), plain(one.title), plain(one.scope) or "–"] for one in planned]
        table([_("Month"), _("Planned audit"), _("Scope")], rows, _("Planned audits"))


def programme_form(every: Sequence[Programme]) -> None:
    known = {each.id: each for each in every}
    options = [*known, ""]
    chosen = st.selectbox(
        _("Audit programme"), options, 0, key="programme_chosen",
        format_func=lambda id: f"{id} {known[id].title}" if id else _("A new programme"),
    )  # fmt: skip
    each = known.get(chosen)
    if each:
        programme_table(each)
    name = f"programme {chosen}"
    fields = {field: draft.field(name, f"{name} {field}") for field in FIELDS}
    with draft.form(name):
        seen = draft.restore(name, fields, each.revision if each else None)
        new = _written(name, fields, each or NewProgramme("", responsible=session.person().name))
        reason = _text(name, fields, "reason", _("What was changed and why"), "") if each else ""
        pressed = draft.button(name, _("Keep the programme"), "programme")
        if draft.send(
            name,
            pressed and new is not None,
            lambda key: _kept(each, new, reason, seen, key),
            lambda: [(_("Title"), each.title if each else "", new.title if new else "")],
        ):
            st.session_state[DONE] = _("The programme is kept.")
            st.rerun()


def _written(name: str, fields: dict[str, str], begun: NewProgramme) -> NewProgramme | None:
    grid = st.grid(4, min_column_width=200)
    with grid.cell():
        title = _text(name, fields, "title", _("Title"), begun.title)
    with grid.cell():
        responsible = _text(name, fields, "responsible", _("Responsible"), begun.responsible)
    with grid.cell():
        first = _day(name, fields, "period_from", _("From"), begun.period_from)
    with grid.cell():
        last = _day(name, fields, "period_to", _("To"), begun.period_to)
    objectives = _area(name, fields, "objectives", _("Objectives"), begun.objectives)
    risks = _area(name, fields, "risks", _("Risks: what could keep the programme from its objectives"), begun.risks)
    chances = _area(name, fields, "opportunities", _("Opportunities"), begun.opportunities)
    label = _("Planned audits: a line for each, as in 2027-03 | Surveys and complaints | 8.2, 9.1.2, 10.2")
    planned = _area(name, fields, "planned", label, written_planned(begun.planned), 110)
    try:
        return NewProgramme(
            title, objectives, first, last, risks, chances, responsible,
            read_planned(planned),
        )  # fmt: skip
    except AuditError as error:
        st.error(in_words(error))
        return None


def _kept(each: Programme | None, new: NewProgramme | None, reason: str, seen: int | None, key: str) -> object:
    assert new is not None
    records, who = session.records(), session.person()
    if each is None:
        return programmes.create(records, new, who, key)
    return programmes.revise(records, each.id, who, reason, seen, key, **vars(new))


def _text(name: str, fields: dict[str, str], field: str, label: str, begun: str) -> str:
    typed: str = st.text_input(label, begun, key=fields[field], **draft.noting(name, fields))
    return typed


def _area(name: str, fields: dict[str, str], field: str, label: str, begun: str, height: int = 68) -> str:
    typed: str = st.text_area(label, begun, key=fields[field], height=height, **draft.noting(name, fields))
    return typed


def _day(name: str, fields: dict[str, str], field: str, label: str, begun: dt.date | None) -> dt.date | None:
    more: dict[str, Any] = draft.noting(name, fields)
    return st.date_input(label, begun, key=fields[field], format="YYYY-MM-DD", **more) or None


def _month(day: dt.date | None) -> str:
    return f"{day:%Y-%m}" if day else "–"
