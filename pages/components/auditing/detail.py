"""One audit in full: criteria, team with doubts, plan, what has changed since the previous one, and its revisions."""

from __future__ import annotations

import streamlit as st

from audit.auditing.independence import KINDS
from audit.auditing.plan import PlanItem
from audit.auditing.since import sentence
from audit.records.auditing import audits
from audit.records.auditing.audits import Audit
from pages.components import session, tags
from pages.components.auditing import audit_words
from pages.components.table import table
from pages.components.words import _, plain, said, shown


def facts(audit: Audit) -> None:
    rows = [
        [_("Objectives"), plain(audit.objectives) or "–"],
        [_("Scope"), plain(audit.scope) or "–"],
        [_("Criteria"), audit_words.criteria(audit)],
        [_("Period"), audit_words.period(audit)],
        [_("Lead auditor"), plain(audit.lead) or "–"],
    ]
    if audit.previous:
        rows.append([_("Opened from"), plain(audit.previous)])
    if audit.left_open:
        left = f"{plain(', '.join(audit.left_open))}  \n“{plain(audit.reason)}” {tags.small(plain(audit.actor))}"
        rows.append([_("Closed without a conclusion on"), left])
    table([" ", "  "], rows, _("What the audit is about"))


def team(audit: Audit) -> None:
    st.header(_("Team"), anchor=False)
    if audit.auditors:
        rows = [
            [
                plain(each.name),
                plain(each.competence) or tags.tag("◷", _("not stated")),
                plain(", ".join(each.works_in)) or "–",
            ]
            for each in audit.auditors
        ]
        table([_("Auditor"), _("What shows the competence"), _("Owns or works in")], rows, _("Team"))
    else:
        st.markdown(tags.muted(_("Nobody is named yet.")))
    if audit.doubts:
        st.markdown(audit_words.doubts(sorted(audit.doubts, key=lambda doubt: KINDS.index(doubt.kind))))


def plan(audit: Audit) -> None:
    st.header(_("Audit plan"), anchor=False)
    if not audit.plan:
        st.markdown(tags.muted(_("Nothing is planned yet: write the plan below, a line for each interview or visit.")))
        return
    rows = [_row(item) for item in sorted(audit.plan, key=lambda item: (item.day is None, item.day))]
    table([_("Day"), _("What"), _("Auditor"), _("Interviewed")], rows, _("Audit plan"))


def changed(audit: Audit) -> None:
    if not audit.previous:
        return
    st.header(_("Changed since {audit}", audit=plain(audit.previous)), anchor=False)
    if audit.changed:
        st.markdown("\n".join(f"- {plain(said(sentence(each)))}" for each in audit.changed))
    else:
        st.markdown(tags.muted(_("Nothing: requirements, proposed verdicts, criteria and documents are the same.")))


def revisions(audit: Audit) -> None:
    every = audits.revisions(session.records(), audit.id)
    with st.expander(_("History: {count} revisions", count=len(every))):
        rows = [
            [str(each.revision), audit_words.state(each.state), f"{shown(each.at)} {tags.small(plain(each.actor))}",
             plain(each.reason) or "–"]
            for each in every
        ]  # fmt: skip
        table([_("Revision"), _("State"), _("When and who"), _("Reason")], rows, _("History"))


def _row(item: PlanItem) -> list[str]:
    day = shown(item.day) if item.day else "–"
    return [day, plain(item.what), plain(item.auditor) or "–", plain(item.interviewed) or "–"]
