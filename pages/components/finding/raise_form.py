"""Raise a finding where the fact is: prefilled from the requirement, or from evidence that is not met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from audit.finding.finding import Extent, Finding, Followed, Reference
from audit.finding.finding_draft import FindingDraft
from audit.finding.grading import Answers
from audit.finding.repeats import repeats
from audit.records.finding import findings
from audit.records.finding.findings import NewFinding
from pages.components import draft, session, tags
from pages.components.auditing.opened import looked_at
from pages.components.finding.finding_words import found_before, kind
from pages.components.finding.from_rows import chosen_for
from pages.components.finding.guide import field_keys, guide, options
from pages.components.words import _, plain, said
from pipelines.runs.run_folder import Run

RAISED = "finding_raised"
KINDS = ("complaint", "row", "document", "other")
TEXTS = ("statement", "criterion", "word", "more_kind", "more_key", "consequence", "owner")
COUNTS = ("found", "sampled", "population")


def raise_form(asked: FindingDraft, run: Run, earlier: Sequence[Followed]) -> None:
    """Behind one press: most evidence needs no finding. `earlier` are the findings of the clause."""
    of = asked.evidence.id if asked.evidence else asked.requirement_id
    if told := st.session_state.pop(f"{RAISED} {of}", ""):
        st.success(_("{id} is raised.", id=told))
        session.link("findings", _("Open {id}", id=told) + " →", finding=told)
    with st.expander(_("Raise a finding: {of}", of=of), key=f"raise {of}"):
        _form(asked, run, of, earlier)


@st.fragment
def _form(asked: FindingDraft, run: Run, of: str, earlier: Sequence[Followed]) -> None:
    form = f"raise {of}"
    may_grade = session.may("grade")
    names = (*TEXTS, *COUNTS, "due")
    fields = {name: draft.field(form, f"{form} {name}") for name in names}
    guided = {name: draft.field(form, key) for name, key in field_keys(form).items()}
    every = {**fields, **guided}
    noting = draft.noting(form, every)
    with draft.form(form, border=False):
        draft.restore(form, every, None, {"more_kind": KINDS, **options()})
        if asked.grade:
            st.markdown(" ".join([tags.muted(_("Proposed by the checklist")), tags.grade(asked.grade)]))
        before = repeats(asked.requirement_id, asked.references, looked_at(), dt.date.today(), earlier)
        for repeat in before:
            found_before(repeat)
        written = _written(asked, fields, noting)
        answers, grade, reason = Answers(True, True) if asked.evidence else Answers(True), None, ""
        if may_grade:
            st.markdown(f"**{_('Grade')}** {tags.small(_('now, or later on the page of the finding'))}")
            found = guide(guided, noting, answers, repeats=before)
            answers, grade, reason = found.answers, found.grade, found.reason
        if draft.send(
            form,
            draft.button(form, _("Raise the finding"), "raise"),
            lambda key: _done(of, findings.raise_finding(
                session.records(),
                NewFinding(
                    asked.requirement_id, asked.clause, audit=looked_at(), run=run.id, answers=answers, grade=grade,
                    grade_reason=reason, **written,
                ),
                session.person(),
                key,
            )),
        ):  # fmt: skip
            st.rerun()


def _written(asked: FindingDraft, keys: Mapping[str, str], noting: dict[str, Any]) -> dict[str, Any]:
    """The fields of a person, filled with what the evidence proposes."""
    statement = st.text_area(
        _("What was found, with identifiers, and why it matters"),
        said(asked.statement) if asked.statement else "",
        key=keys["statement"],
        height=100,
        **noting,
    )
    criterion = st.text_area(
        _("The criterion that is not met"), said(asked.criterion), key=keys["criterion"], height=68, **noting
    )
    evidence = [*_own(asked, keys, noting), *_chosen(asked), *_more(keys, noting)]
    extent = _extent(asked.extent, keys, noting)
    consequence = st.text_input(_("Consequence for customers or the system"), key=keys["consequence"], **noting)
    responsible, until = st.columns(2)
    owner = responsible.text_input(_("Owner of the response"), key=keys["owner"], **noting)
    due = until.date_input(_("Response due"), value=None, key=keys["due"], format="YYYY-MM-DD", **noting)
    return {
        "statement": statement, "criterion": criterion, "evidence": tuple(evidence), "extent": extent,
        "consequence": consequence, "owner": owner, "due_on": due,
    }  # fmt: skip


def _own(asked: FindingDraft, keys: Mapping[str, str], noting: dict[str, Any]) -> list[Reference]:
    if asked.evidence is None:
        return []
    label = _("What {evidence} shows, in a word", evidence=asked.evidence.id)
    word = st.text_input(label, key=keys["word"], **noting)
    return [Reference("evidence", asked.evidence.id, word)]


def _chosen(asked: FindingDraft) -> list[Reference]:
    """Rows that were chosen behind the figure above."""
    chosen = chosen_for(asked.requirement_id)
    if chosen:
        told = ", ".join(plain(each.key) for each in chosen)
        st.markdown(f"{tags.muted(_('With the rows chosen above'))} {told}")
    return chosen


def _more(keys: Mapping[str, str], noting: dict[str, Any]) -> list[Reference]:
    """A complaint or a row by its key: never its words, which may be a customer's."""
    which, key = st.columns([1, 2])
    chosen = which.selectbox(_("Further evidence"), KINDS, format_func=kind, key=keys["more_kind"], **noting)
    told = key.text_input(
        _("Known by"), key=keys["more_key"], placeholder=_("its key, as in C-1042; several with commas"), **noting
    )
    return [Reference(chosen, each.strip()) for each in told.replace("，", ",").split(",") if each.strip()]


def _extent(proposed: Extent, keys: Mapping[str, str], noting: dict[str, Any]) -> Extent:
    labels = {"found": _("Found"), "sampled": _("Looked at"), "population": _("There are")}
    told = {}
    for column, (name, label) in zip(st.columns(3), labels.items(), strict=True):
        told[name] = column.number_input(
            label, min_value=0, value=getattr(proposed, name), step=1, key=keys[name], **noting
        )
    return Extent(**told)


def _done(of: str, raised: Finding) -> None:
    st.session_state[f"{RAISED} {of}"] = raised.id
