"""Setting an objective: what should be reached of which figure, from when, who answers for it, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from audit.measurement import Kpi
from audit.records.targets import objectives
from audit.records.targets.objectives import objective_of
from audit.targets.objective import GRAINS, Objective
from pages.components import draft, session, tags
from pages.components.chart.period import grain_name
from pages.components.objective.target_fields import NAMES, target_fields, unit_words
from pages.components.trends.trend_words import dimension, group
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.runs.run_folder import Run
from pipelines.targets.objective_fit import first_month, groups, refuse_misfit

FORM = "set objective"
WHOLE = ""
JOINT = "\n"
"""Between a dimension and a group; no name holds it."""


@st.fragment
def set_form(run: Run | None) -> None:
    fields = {
        name: draft.field(FORM, f"objective {name}")
        for name in ("title", "kpi", "group", "grain", *NAMES, "owner", "why")
    }
    noting = draft.noting(FORM, fields)
    known = definitions.kpis()
    titled = sorted(known, key=lambda name: said(known[name].title).lower())
    with draft.form(FORM):
        st.markdown(f"**{_('Set an objective')}**")
        draft.restore(FORM, fields, None, {"kpi": titled, "grain": _grains()})
        title = st.text_input(_("Title"), key=fields["title"], **noting)
        chosen = st.selectbox(
            _("Measure"), titled, _first(titled), format_func=lambda name: said(known[name].title), key=fields["kpi"],
            **noting,
        )  # fmt: skip
        kpi = known[chosen]
        with st.container(horizontal=True):
            meant = _group(kpi, run, fields["group"], noting)
            grain = st.selectbox(
                _("Period"), _grains(), format_func=grain_name, key=fields["grain"], width=220, **noting
            )
        st.markdown(tags.small(plain(unit_words(kpi))))
        step = target_fields(kpi, fields, noting, None, _begins())
        owner = st.text_input(_("Owner"), key=fields["owner"], **noting)
        why = st.text_area(_("Why this objective"), key=fields["why"], **noting)
        by, _joint, name = meant.partition(JOINT)
        written = {"title": title, "kpi": chosen, "by": by, "group": name, "grain": grain, "targets": [step],
                   "owner": owner, "why": why}  # fmt: skip
        if draft.send(
            FORM, draft.button(FORM, _("Keep the objective"), objectives.ACTION), lambda key: _keep(written, run, key)
        ):
            st.rerun()


def _first(titled: list[str]) -> int:
    """What customers think, before what is easy to count."""
    return titled.index("csat_top_2_box") if "csat_top_2_box" in titled else 0


def _grains() -> list[str]:
    """The usual one first; a fiscal year that is the calendar year needs no name of its own."""
    calendar = first_month(session.workspace()) == 1
    others = [grain for grain in GRAINS if grain != "quarter" and not (calendar and grain == "fiscal_year")]
    return ["quarter", *others]


def _begins() -> dt.date:
    """The first day of this year: a target that begins within a period counts for the whole of it."""
    return dt.date.today().replace(month=1, day=1)


def _group(kpi: Kpi, run: Run | None, field: str, noting: dict[str, Any]) -> str:
    found = groups(session.workspace(), run, kpi.name) if run else {}
    options = [WHOLE, *(f"{by}{JOINT}{name}" for by, names in found.items() for name in names)]
    return str(st.selectbox(_("For"), options, format_func=_group_word, key=field, width=260, **noting))


def _group_word(option: str) -> str:
    by, _joint, name = option.partition(JOINT)
    return f"{dimension(by)}: {group(name)}" if by else _("Whole")


def _keep(written: dict[str, Any], run: Run | None, key: str) -> Objective:
    made = objective_of(written)
    refuse_misfit(session.workspace(), run, made)
    return objectives.set_objective(session.records(), made, session.person(), key)
