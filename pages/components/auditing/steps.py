"""Moving an audit on: begin, report, back to the audit, close; with what stands in the way said first."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from audit.auditing.audit_state import State
from audit.records.auditing import audit_steps, audits, decisions
from audit.records.auditing.audits import Audit
from pages.components import draft, session, tags
from pages.components.auditing.audit_form import DONE
from pages.components.words import _, plain
from pipelines.auditing import next_audit
from pipelines.runs import results

FEW = 8


def steps(audit: Audit) -> None:
    if audit.state == State.PLANNED:
        _begin(audit)
    elif audit.state == State.IN_PROGRESS:
        _progress(audit)
        _report(audit)
    elif audit.state == State.REPORTING:
        _close(audit, _progress(audit))


def done_of(audit: Audit) -> int:
    concluded = decisions.current(session.records(), audit.id)
    return sum(id in concluded for id in audit.asked)


def _begin(audit: Audit) -> None:
    records, workspace = session.records(), session.workspace()
    other = audits.opened(records)
    if other:
        told = _("{audit} is open; one audit is open at a time. Close it first.", audit=plain(other.title))
        st.markdown(tags.muted(told))
    st.markdown(
        _(
            "From its beginning on, conclusions and answers belong to this audit and all begin anew; its criteria, "
            "scope and objectives stay as they are."
        )
    )
    run = results.latest(workspace)

    def begin(key: str) -> Audit:
        changed = next_audit.changed(workspace, records, audit, audit.previous, run)
        asked = next_audit.asked(workspace, audit)
        return audit_steps.begin(
            records, audit.id, asked, session.person(), run.id if run else "", changed, audit.revision, key
        )

    _step(audit, "begin", _("Begin the audit"), "conduct audit", begin, _("The audit has begun."), bool(other))


def _progress(audit: Audit) -> list[str]:
    """How far it is; gives the requirements without a conclusion."""
    concluded = decisions.current(session.records(), audit.id)
    still = [id for id in audit.asked if id not in concluded]
    count, done = len(audit.asked), len(audit.asked) - len(still)
    st.progress(
        done / count if count else 0.0, text=_("{done} of {count} requirements concluded", done=done, count=count)
    )
    if still:
        more = _(" and {more} more", more=len(still) - FEW) if len(still) > FEW else ""
        st.markdown(tags.muted(_("Without a conclusion: {ids}", ids=plain(", ".join(still[:FEW])) + more)))
    return still


def _report(audit: Audit) -> None:
    run = results.latest(session.workspace())
    _step(
        audit, "report", _("Go on to reporting"), "conduct audit",
        lambda key: audit_steps.report(
            session.records(), audit.id, session.person(), run.id if run else "", audit.revision, key
        ),
        _("The audit is being reported. Its team and plan stay as they are."),
    )  # fmt: skip


def _close(audit: Audit, still: list[str]) -> None:
    run = results.latest(session.workspace())
    name = f"close audit {audit.id}"
    fields = {"reason": draft.field(name, f"audit reason {audit.id}")}
    with draft.form(name):
        seen = draft.restore(name, fields, audit.revision)
        label = _("Reason, where requirements stay without a conclusion or the audit goes on")
        reason = st.text_area(label, key=fields["reason"], height=68, **draft.noting(name, fields))
        if still:
            st.markdown(tags.muted(_("To close it without these conclusions, write the reason.")))
        with st.container(horizontal=True):
            closing = draft.button(name, _("Close the audit"), "close audit")
            back = draft.button(name, _("Back to the audit"), "conduct audit", other=True)
        records, who, of_run = session.records(), session.person(), run.id if run else ""
        told = _("The audit goes on.") if back else _("The audit is closed. It stays as it is.")

        def keep(key: str) -> Audit:
            if back:
                return audit_steps.resume(records, audit.id, who, reason, seen, key)
            return audit_steps.close(records, audit.id, who, reason, of_run, seen, key)

        _send(name, closing or back, keep, told, lambda: [(_("Reason"), "", reason)])


def _step(
    audit: Audit, step: str, label: str, action: str, keep: Callable[[str], object], told: str, closed: bool = False
) -> None:
    name = f"{step} {audit.id} {audit.revision}"
    off = closed or bool(session.closed(action))
    _send(name, st.button(label, type="primary", key=name, disabled=off), keep, told)


def _send(
    name: str, pressed: bool, keep: Callable[[str], object], told: str, both: Callable[[], draft.Both] = list
) -> None:
    if draft.send(name, pressed, keep, both):
        st.session_state[DONE] = told
        st.rerun()
