"""The answer to a finding: what was done at once, why it could happen, and where else it could be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from audit.finding.finding import Cause, Finding
from audit.records.finding import findings, follow_up
from audit.records.finding.follow_up import BRANCHES
from pages.components import draft, session
from pages.components.finding import finding_words as words
from pages.components.words import _, language

WHYS = 5
METHODS = ("whys", "fishbone")


@st.fragment
def response_form(finding: Finding) -> None:
    form = f"respond {finding.id}"
    names = ("correction", "on", "across", *(f"why {n}" for n in range(WHYS)), *(f"bone {name}" for name in BRANCHES))
    fields = {name: draft.field(form, f"{form} {name}") for name in names}
    fields["method"] = draft.field(form, f"{form} method {language()}")
    noting = draft.noting(form, fields)
    with draft.form(form):
        st.markdown(f"**{_('Respond')}**")
        seen = draft.restore(form, fields, finding.revision, {"method": METHODS})
        correction = st.text_area(
            _("Correction: what was done at once"), finding.correction, key=fields["correction"], height=68, **noting
        )
        on = st.date_input(
            _("Corrected on"), value=finding.corrected_on, max_value=dt.date.today(), key=fields["on"],
            format="YYYY-MM-DD", **noting,
        )  # fmt: skip
        method = st.segmented_control(
            _("How the cause was found"), METHODS, default=finding.cause_method or METHODS[0],
            format_func=words.method, key=fields["method"], required=True, **noting,
        )  # fmt: skip
        cause = _whys(finding, fields, noting) if method == "whys" else _bones(finding, fields, noting)
        across = st.text_area(
            _("Where else could it be?"), finding.look_across, key=fields["across"], height=68, **noting
        )
        if draft.send(
            form,
            draft.button(form, _("Keep the response"), "respond"),
            lambda key: follow_up.respond(
                session.records(), finding.id, seen or finding.revision, session.person(), correction, on, method,
                cause, across, key,
            ),
            lambda: [(_("Correction"), findings.find(session.records(), finding.id).correction, correction)],
        ):  # fmt: skip
            st.rerun()


def _whys(finding: Finding, keys: Mapping[str, str], noting: dict[str, Any]) -> list[Cause]:
    given = [cause.text for cause in finding.cause] if finding.cause_method == "whys" else []
    told = []
    for at in range(WHYS):
        label = _("Why did it happen?") if at == 0 else _("And why is that?")
        value = given[at] if at < len(given) else ""
        text = st.text_input(f"{at + 1}. {label}", value, key=keys[f"why {at}"], **noting)
        told.append(Cause(text or ""))  # nothing where the draft is of a fishbone
    return told


def _bones(finding: Finding, keys: Mapping[str, str], noting: dict[str, Any]) -> list[Cause]:
    told = []
    for name in BRANCHES:
        given = "\n".join(cause.text for cause in finding.cause if cause.branch == name)
        lines = st.text_area(
            words.branch(name),
            given,
            key=keys[f"bone {name}"],
            height=68,
            placeholder=_("a cause on each line"),
            **noting,
        )
        told += [Cause(line, name) for line in (lines or "").splitlines()]
    return told
