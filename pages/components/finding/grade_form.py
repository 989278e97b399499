"""Grading a finding, stating it otherwise, and giving it to somebody."""

from __future__ import annotations

import streamlit as st

from audit.errors import RecordError
from audit.evidence import Grade
from audit.finding.finding import Finding
from audit.records.finding import findings
from audit.wording import say
from pages.components import draft, session
from pages.components.finding.guide import field_keys, guide, options
from pages.components.words import _


@st.fragment
def grade_form(finding: Finding) -> None:
    form = f"grade {finding.id}"
    fields = {name: draft.field(form, key) for name, key in field_keys(form).items()}
    noting = draft.noting(form, fields)
    with draft.form(form):
        st.markdown(f"**{_('Grade it')}**")
        seen = draft.restore(form, fields, finding.revision, options())
        told = guide(fields, noting, finding.answers, finding.grade, finding.grade_reason, finding.repeats)
        if draft.send(
            form,
            draft.button(form, _("Keep the grade"), "grade"),
            lambda key: findings.grade(
                session.records(), finding.id, seen or finding.revision, session.person(), _chosen(told.grade),
                told.answers, told.reason, key,
            ),
            lambda: [(_("Grade"), str(_theirs(finding).grade or ""), str(told.grade or ""))],
        ):  # fmt: skip
            st.rerun()


def _theirs(finding: Finding) -> Finding:
    """As it stands now; a fragment still holds what the page was drawn with."""
    return findings.find(session.records(), finding.id)


def _chosen(grade: Grade | None) -> Grade:
    if grade is None:
        raise RecordError(say("Choose a grade first."))
    return grade


@st.fragment
def restate_form(finding: Finding) -> None:
    form = f"restate {finding.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("statement", "criterion", "consequence", "why")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, finding.revision)
        statement = st.text_area(
            _("What was found, with identifiers, and why it matters"), finding.statement, key=fields["statement"],
            height=100, **noting,
        )  # fmt: skip
        criterion = st.text_area(
            _("The criterion that is not met"), finding.criterion, key=fields["criterion"], height=68, **noting
        )
        consequence = st.text_input(
            _("Consequence for customers or the system"), finding.consequence, key=fields["consequence"], **noting
        )
        why = st.text_input(_("Your reason"), key=fields["why"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the words"), "restate"),
            lambda key: findings.restate(
                session.records(), finding.id, seen or finding.revision, session.person(), statement, criterion,
                consequence, finding.evidence, finding.extent, why, key,
            ),
            lambda: [(_("Statement"), _theirs(finding).statement, statement)],
        ):  # fmt: skip
            st.rerun()


@st.fragment
def assign_form(finding: Finding) -> None:
    form = f"assign {finding.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("owner", "due")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, finding.revision)
        owner = st.text_input(_("Owner of the response"), finding.owner, key=fields["owner"], **noting)
        due = st.date_input(_("Response due"), value=finding.due_on, key=fields["due"], format="YYYY-MM-DD", **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep owner and day"), "assign"),
            lambda key: findings.assign(
                session.records(), finding.id, seen or finding.revision, session.person(), owner, due, key
            ),
            lambda: [(_("Owner"), _theirs(finding).owner, owner)],
        ):  # fmt: skip
            st.rerun()
