"""Setting a scorecard, or changing one: what it judges, its indicators with weights and levels, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from audit.records.targets import scorecards
from audit.records.targets.scorecards import scorecard_of
from audit.targets import level_lines
from audit.targets.objective import GRAINS
from audit.targets.scorecard import BANDS, Scorecard
from pages.components import draft, session, tags
from pages.components.chart.period import grain_name
from pages.components.scorecard.indicator_fields import NAMES, chosen_kpis, indicator_fields
from pages.components.words import _, language
from pipelines.runs.run_folder import Run
from pipelines.targets.objective_fit import first_month
from pipelines.targets.scorecard_fit import refuse_misfit

MOST = 12
PLAIN = ("title", "department", "owner", "grain", "why", "every", "missing", "bands", "count")


@st.fragment
def scorecard_form(run: Run | None, card: Scorecard | None = None) -> None:
    form = f"scorecard {card.id}" if card else "set scorecard"
    fields = {name: draft.field(form, f"{form} {name}") for name in (*PLAIN, "reason", *_every_row())}
    with draft.form(form, border=card is None):
        seen = draft.restore(form, fields, card.revision if card else None, {"grain": _grains(), **chosen_kpis(MOST)})
        shown = _shown(fields, card)
        noting = draft.noting(form, shown)
        if card is None:
            st.markdown(f"**{_('Set a scorecard')}**")
        written = _fields(fields, noting, card, run)
        reason = st.text_input(_("Your reason"), key=fields["reason"], **noting) if card else ""
        label = _("Keep the change") if card else _("Keep the scorecard")
        if draft.send(
            form,
            draft.button(form, label, scorecards.ACTION),
            lambda key: _keep(written, card, run, seen, reason, key),
            lambda: _both(card, written),
        ):
            st.rerun()


def _both(card: Scorecard | None, written: Mapping[str, Any]) -> draft.Both:
    """Theirs as it stands now; a fragment still holds what the page was drawn with. A new one has none."""
    theirs = scorecards.find(session.records(), card.id) if card else None
    return (
        [(_("Title"), theirs.title, written["title"]), (_("Owner"), theirs.owner, written["owner"])] if theirs else []
    )


def _every_row() -> list[str]:
    return [f"{name} {at}" for at in range(MOST) for name in NAMES]


def _shown(fields: dict[str, str], card: Scorecard | None) -> dict[str, str]:
    """Only what stands on the screen is noted: a field that does not has nothing to say."""
    count = _count(fields, card)
    gone = {f"{name} {at}" for at in range(count, MOST) for name in NAMES} | (set() if card else {"reason"})
    return {name: widget for name, widget in fields.items() if name not in gone}


def _count(fields: dict[str, str], card: Scorecard | None) -> int:
    return int(st.session_state.get(fields["count"]) or (len(card.indicators) if card else 2))


def _fields(fields: dict[str, str], noting: dict[str, Any], card: Scorecard | None, run: Run | None) -> dict[str, Any]:
    """What stands in them, as a scorecard is written."""
    title = st.text_input(_("Title"), card.title if card else "", key=fields["title"], **noting)
    with st.container(horizontal=True):
        department = st.text_input(
            _("Department"), card.department if card else "", key=fields["department"], width=260, **noting
        )
        owner = st.text_input(_("Owner"), card.owner if card else "", key=fields["owner"], width=260, **noting)
        grain = st.selectbox(
            _("Period"), _grains(), _grains().index(card.grain) if card and card.grain in _grains() else 0,
            format_func=grain_name, key=fields["grain"], width=220, **noting,
        )  # fmt: skip
    count = st.number_input(
        _("How many indicators"), 1, MOST, len(card.indicators) if card else 2, key=fields["count"], width=220, **noting
    )
    st.markdown(tags.small(_levels_words()))
    indicators = [
        indicator_fields(at, fields, noting, card.indicators[at] if card and at < len(card.indicators) else None, run)
        for at in range(int(count or 1))
    ]
    return {"title": title, "department": department, "owner": owner, "grain": grain, "indicators": indicators,
            **_about_the_whole(fields, noting, card)}  # fmt: skip


def _about_the_whole(fields: dict[str, str], noting: dict[str, Any], card: Scorecard | None) -> dict[str, Any]:
    bands = level_lines.written_bands(card.bands if card else BANDS, language())
    with st.container(horizontal=True):
        words = st.text_area(
            _("Words of the whole score"), bands, key=fields["bands"], height=122, width=320,
            help=_("From how many points on which word counts."), **noting,
        )  # fmt: skip
        missing = st.number_input(
            _("Weight that may be missing, %"), 0, 99, card.most_missing if card else 25, key=fields["missing"],
            width=240, **noting,
        )  # fmt: skip
        every = st.number_input(
            _("Reviewed every … months"), 1, 60, card.reviewed_every if card else 6, key=fields["every"], width=220,
            **noting,
        )  # fmt: skip
    why = st.text_area(_("Why this scorecard"), card.why if card else "", key=fields["why"], **noting)
    return {"bands": words, "most_missing": missing, "reviewed_every": every, "why": why}


def _levels_words() -> str:
    return _(
        "Levels: one line each, from worst to best. The first has no limit, as in “failing 0”; each further one says "
        "its points and what it reaches, as in “satisfying 70 from 80 %”. Words: failing, basic, satisfying, "
        "exceeding, memorable. Weights need not sum to 100."
    )


def _grains() -> list[str]:
    """The usual one first; a fiscal year that is the calendar year needs no name of its own."""
    calendar = first_month(session.workspace()) == 1
    return ["quarter", *(grain for grain in GRAINS if grain != "quarter" and not (calendar and grain == "fiscal_year"))]


def _keep(
    written: dict[str, Any], card: Scorecard | None, run: Run | None, seen: int | None, reason: str, key: str
) -> Scorecard:
    rows = [{**each, "levels": level_lines.read(each["levels"] or "")} for each in written["indicators"]]
    values = {**written, "indicators": rows, "bands": level_lines.read(written["bands"] or "")}
    made = scorecard_of(values)
    refuse_misfit(session.workspace(), run, made)
    if card is None:
        return scorecards.set_scorecard(session.records(), made, session.person(), key)
    changes = {name: getattr(made, name) for name in values}
    return scorecards.revise(session.records(), card.id, seen, session.person(), reason, key, **changes)
