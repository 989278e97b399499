"""The needs that lack a step, one by one: overdue ones first, then by rank, with their words from the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd
import streamlit as st

from audit.records import loads
from pages.components import session
from pages.components.chosen import choice, chosen
from pages.components.needs.words import or_dash, said_by_word, written
from pages.components.register.register_words import origin
from pages.components.table import table
from pages.components.tags import muted, small, tag
from pages.components.words import _, plain, said, shown
from pipelines.analyses.needs.found import Need, Register
from pipelines.analyses.needs.steps import STEPS
from pipelines.analyses.needs.words import RANKED, STEP_WORDS
from pipelines.registers.register import Row, standing, version_of
from pipelines.reports.cell import safe_csv
from pipelines.workspace import Workspace

FIRST = 25
ALL, OVERDUE = "all", "overdue"
WHO = (ALL, "customer", "organisation")


def ranked(workspace: Workspace, register: Register) -> None:
    """For whoever may look into the data."""
    if not session.may("see data"):
        st.markdown(muted(_("The needs one by one are shown to those who may see the data.")))
        return
    found = _filtered(register.needs)
    if not found:
        st.markdown(_("No need of this kind lacks a step."))
    else:
        _table(workspace, found)
        _file(found, register)
    session.link("registers", _("Edit the register of needs") + " →", register="customer_needs")


def _filtered(needs: Sequence[Need]) -> list[Need]:
    steps = (ALL, OVERDUE, *STEPS)
    lacks, who = chosen("lacks", steps, ALL), chosen("who", WHO, ALL)
    grid = st.grid(2, min_column_width=220, gap="small")
    with grid.cell():
        choice("lacks", _("What they lack"), steps, _lacks_word)
    with grid.cell():
        choice("who", _("Who says so"), WHO, lambda name: _("anybody") if name == ALL else said_by_word(name))
    return [
        need
        for need in needs
        if lacks in (ALL, need.waits_for) or (lacks == OVERDUE and need.overdue)
        if who in (ALL, need.said_by)
    ]


def _lacks_word(name: str) -> str:
    return {ALL: _("any step"), OVERDUE: _("overdue ones")}.get(name) or said(STEP_WORDS[name])


def _table(workspace: Workspace, found: Sequence[Need]) -> None:
    seen = found[:FIRST]
    rows = standing(workspace, "customer_needs", version_of(workspace, "customer_needs"), [need.id for need in seen])
    known = {load.id: load for load in loads.every(session.records(workspace))}
    header = [
        _("Rank"), _("Need"), _("Importance × urgency × effect"), _("Class by Kano"), _("Lacks next"), _("Owner"),
        _("Due"), _("Came from"),
    ]  # fmt: skip
    cells = [[*_row(need, rows.get(need.id)), plain(origin(known.get(need.load), need.line))] for need in seen]
    table(header, cells, _("The needs that lack a step"))
    st.markdown(small(plain(said(RANKED))))


def _row(need: Need, row: Row | None) -> list[str]:
    about = f"{plain(str(row['need']))} " if row else ""
    figures = f"{need.importance} × {need.urgency} × {need.effect} = **{need.score}**" if need.score else ""
    due = shown(need.due_on) if need.due_on else ""
    late = f" {tag('◷', _('{days} days overdue', days=need.overdue))}" if need.overdue else ""
    return [
        or_dash(str(need.rank or "")),
        f"{about}{small(plain(f'{need.id} · {said_by_word(need.said_by)}'))}",
        or_dash(figures),
        or_dash(written(need.kano_class) if need.kano_class else ""),
        plain(said(STEP_WORDS[need.waits_for])),
        or_dash(plain(str(row["owner"])) if row and row["owner"] else ""),
        or_dash(due + late),
    ]


def _file(found: Sequence[Need], register: Register) -> None:
    if len(found) > FIRST or len(register.needs) < register.incomplete:
        words = _(
            "{shown} of {count} are shown; the file has the first {most} of all that lack a step.",
            shown=min(FIRST, len(found)), count=len(found), most=len(register.needs),
        )  # fmt: skip
        st.markdown(small(words))
    every = safe_csv(pd.DataFrame([asdict(need) for need in found]))
    st.download_button(_("Download the needs (CSV)"), every, "needs.csv", "text/csv", on_click="ignore")
