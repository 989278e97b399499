"""One finding with all that follows from it, and beside it what comes next."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from audit.finding.finding import Action, Finding, Followed, Stage
from audit.finding.grading import question
from audit.records.finding import findings
from pages.components import session, tags
from pages.components.finding import finding_words as words
from pages.components.finding.action_forms import action_forms, plan_form
from pages.components.finding.cause_picture import cause_picture
from pages.components.finding.closing_form import closing
from pages.components.finding.effect import effect
from pages.components.finding.grade_form import assign_form, grade_form, restate_form
from pages.components.finding.response_form import response_form
from pages.components.finding.review_form import review_form, reviews
from pages.components.table import table
from pages.components.words import _, plain, said, shown
from pipelines import definitions


def one_finding(each: Followed, today: dt.date) -> None:
    finding = each.finding
    grid = st.grid(3, min_column_width=385, gap="medium")
    with grid.cell(column_span=2):
        _standing(each, today)
        _found(finding)
        _grade(finding)
        st.header(_("Response"), anchor=False)
        _response(finding)
        st.header(_("Corrective actions"), anchor=False)
        _actions(each, today)
        st.header(_("Effectiveness"), anchor=False)
        reviews(each)
    with grid.cell():
        _next(each)
    _history(finding)


def _standing(each: Followed, today: dt.date) -> None:
    finding = each.finding
    told = [words.grade(finding), tags.muted(words.stage(each.stage)), words.late(each.late(today))]
    if finding.independent is False:
        told.append(tags.tag("◷", _("not independent")))
    st.markdown(" ".join(filter(None, told)))
    facts = [
        _("raised by {who} on {day}", who=plain(finding.raised_by), day=finding.raised_on),
        _("owner {who}", who=plain(finding.owner)) if finding.owner else _("no owner yet"),
        _("audit {id}", id=plain(finding.audit)) if finding.audit else _("outside of an audit"),
    ]
    st.markdown(tags.muted(" · ".join(facts)))
    words.open_clause(finding)


def _found(finding: Finding) -> None:
    st.markdown(f"**{plain(finding.statement) or _('No statement is written yet.')}**")
    st.markdown(f"{tags.muted(_('Criterion'))} {plain(finding.criterion) or '–'}")
    if finding.evidence:
        st.markdown("\n".join(f"- {words.reference(each)}" for each in finding.evidence))
    if extent := words.extent(finding.extent):
        st.markdown(f"{tags.muted(_('Extent'))} {extent}")
    if finding.consequence:
        st.markdown(f"{tags.muted(_('Consequence'))} {plain(finding.consequence)}")
    for repeat in finding.repeats:
        words.found_before(repeat)


def _grade(finding: Finding) -> None:
    """How the grade came about."""
    if finding.grade is None:
        return
    proposed = tags.grade(finding.proposed) if finding.proposed else tags.muted(_("not answered to the end"))
    reason = f" “{plain(finding.grade_reason)}”" if finding.grade_reason else ""
    st.markdown(f"{tags.muted(_('The answers lead to'))} {proposed}{reason}")
    given = finding.answers.given()
    with st.expander(_("How it was graded")):
        told = [[plain(said(question(name))), _("yes") if holds else _("no")] for name, holds in given.items()]
        if told:
            table([_("Question"), _("Answer")], told, _("How it was graded"))
        else:
            st.markdown(tags.muted(_("No question was answered; the reason stands above.")))


def _response(finding: Finding) -> None:
    if finding.status == "open" and not finding.correction:
        st.markdown(tags.muted(_("Nobody has responded yet.")))
        return
    day = f" {tags.small(shown(finding.corrected_on))}" if finding.corrected_on else ""
    st.markdown(f"{tags.muted(_('Correction'))} {plain(finding.correction)}{day}")
    st.subheader(_("Cause"), anchor=False)
    cause_picture(finding)
    st.markdown(f"{tags.muted(_('Where else'))} {plain(finding.look_across) or '–'}")


def _actions(each: Followed, today: dt.date) -> None:
    if not each.actions:
        st.markdown(tags.muted(_("No action is planned yet.")))
    for action in each.actions:
        with st.container(border=True, gap="xsmall", key=f"action {action.id}"):
            _action(action, today)
            if not each.finding.closed:
                action_forms(action)


def _action(action: Action, today: dt.date) -> None:
    st.markdown(f"**{action.id}** {words.status(action)} {words.late(action.late(today))} {plain(action.what)}".strip())
    told = [plain(action.owner)]
    if action.due_on:
        told.append(_("due {day}", day=action.due_on))
    if action.done_on:
        told.append(_("done {day}", day=action.done_on))
    st.markdown(tags.small(" · ".join(told)))
    if action.kpi:
        kpi = definitions.kpis().get(action.kpi)
        name = plain(said(kpi.title) if kpi else action.kpi)
        part = f" {plain(f'({action.by}: {action.group})')}" if action.by else ""
        day = _("from {day}", day=action.expected_on) if action.expected_on else ""
        st.markdown(f"{tags.muted(_('Should move'))} {name}{part} {day}".rstrip())
    if action.kpi and action.status == "done":
        effect(action, f"effect {action.id}")
    for reference in action.evidence:
        st.markdown(f"{tags.muted(_('Shown by'))} {words.reference(reference)}")
    if action.reason:
        st.markdown(f"“{plain(action.reason)}”")


def _next(each: Followed) -> None:
    """What comes next stands open; everything else is folded."""
    finding = each.finding
    closing(each)
    if finding.closed:
        return
    if finding.grade is None:
        grade_form(finding)
    elif each.stage == Stage.REVIEWING:
        review_form(each)
    elif finding.nonconformity and not finding.correction:
        response_form(finding)
    elif finding.nonconformity and not each.actions:
        plan_form(finding)
    _others(each)


def _others(each: Followed) -> None:
    finding = each.finding
    shown_ = finding.grade is None, each.stage == Stage.REVIEWING
    with st.expander(_("Owner and day of the response"), key=f"assigning {finding.id}"):
        assign_form(finding)
    if finding.grade is not None and (finding.correction or each.stage == Stage.REVIEWING or not finding.nonconformity):
        with st.expander(_("Respond again") if finding.correction else _("Respond"), key=f"responding {finding.id}"):
            response_form(finding)
    if each.actions or not finding.nonconformity:
        with st.expander(_("Plan a further action"), key=f"planning {finding.id}"):
            plan_form(finding)
    if not shown_[0]:
        with st.expander(_("Grade it otherwise"), key=f"grading {finding.id}"):
            grade_form(finding)
    with st.expander(_("State it otherwise"), key=f"restating {finding.id}"):
        restate_form(finding)


def _history(finding: Finding) -> None:
    with st.expander(_("History"), key=f"history {finding.id}"):
        rows = [
            [
                str(each.revision),
                f"{shown(each.at.date())} {tags.small(plain(each.actor))}",
                words.grade(each),
                {"open": _("Open"), "responded": _("Responded"), "closed": _("Closed")}[each.status],
                plain(each.owner) or "–",
                plain(each.statement),
                plain(each.reason) or "–",
            ]
            for each in findings.revisions(session.records(), finding.id)
        ]
        heads = [_("Revision"), _("When and who"), _("Grade"), _("Status"), _("Owner"), _("Statement"), _("Reason")]
        table(heads, rows, _("History"))
