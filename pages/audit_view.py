"""One audit to be read: its plan, the verdict on each clause, its findings and documents. All that a guest sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from audit.access.roles import Role, may
from audit.assessment import clause_conclusion, clause_verdict
from audit.auditing.audit_state import State
from audit.checklist import Checklist, Clause
from audit.errors import AuditError
from audit.evidence import Verdict
from audit.records.auditing import audits, decisions
from audit.records.auditing.audits import Audit
from audit.records.auditing.decisions import Decision
from audit.records.document import documents
from audit.records.finding import findings
from pages.components import session, tags
from pages.components.auditing import audit_words, detail
from pages.components.document.document_words import dates, status
from pages.components.frame import page
from pages.components.states import NothingYet
from pages.components.table import table
from pages.components.words import _, plain, said
from pipelines.runs import results


def main() -> None:
    audit = _allowed()
    workspace = session.workspace()
    checklist = workspace.checklist(audit.edition, audit.packs)
    with page(_answer(audit), _("Audit report"), _above()):
        st.markdown(audit_words.way(audit.state))
        detail.facts(audit)
        detail.plan(audit)
        _verdicts(audit, checklist)
        _findings(audit)
        _documents(checklist)


def _allowed() -> Audit:
    """The audit that this person may see, and no other. Raises NothingYet; it never says which others there are."""
    authority = session.records().authority(session.person())
    if authority is None or not may(authority.role, "see audit"):
        raise NothingYet(
            _("There is no audit for you to see"),
            _("An audit can be looked at by people who have a role here."),
            _("Ask whoever invited you."),
        )
    guest = authority.role == Role.GUEST_AUDITOR
    asked = st.query_params.get("audit", "")
    if guest and asked not in ("", authority.audit):
        raise NothingYet(
            _("This audit is not yours to see"),
            _("As a guest auditor you see the one audit that you were invited to."),
            _("Ask whoever invited you."),
        )
    return _found(authority.audit if guest else asked, guest)


def _found(id: str, guest: bool) -> Audit:
    records = session.records()
    try:
        if id or guest:
            return audits.find(records, id)
        if last := (audits.opened(records) or next(reversed(audits.every(records)), None)):
            return last
    except AuditError:
        pass
    raise NothingYet(
        _("There is no such audit"),
        _("An audit is planned on the Audits page, and can then be looked at here."),
        _("Ask whoever invited you.") if guest else _("Plan one first:"),
        page="" if guest else "audits",
        link=_("Audits"),
    )


def _above() -> list[tuple[str, str]]:
    return [("audits", _("Audits"))] if session.may("see results") else []


def _answer(audit: Audit) -> str:
    if audit.state == State.PLANNED:
        return _("{audit} is planned and has not begun", audit=audit.title)
    concluded = decisions.current(session.records(), audit.id)
    failing = sum(each.concluded == Verdict.DOES_NOT_CONFORM for each in concluded.values())
    return _(
        "{audit}: {done} of {count} requirements are concluded, {failing} of them do not conform",
        audit=audit.title, done=len(concluded), count=len(audit.asked), failing=failing,
    )  # fmt: skip


def _verdicts(audit: Audit, checklist: Checklist) -> None:
    st.header(_("Verdict on each clause"), anchor=False)
    concluded = decisions.current(session.records(), audit.id)
    proposed = _proposed(audit, concluded)
    rows = [_row(clause, proposed, concluded) for clause in checklist.clauses]
    table([_("Clause"), _("Proposed"), _("Concluded"), _("Departures")], rows, _("Verdict on each clause"))


def _proposed(audit: Audit, concluded: Mapping[str, Decision]) -> dict[str, Verdict]:
    """What was proposed when it was concluded; for the rest, what the audit's run proposes."""
    workspace = session.workspace()
    try:
        run = results.find(workspace, audit.run) if audit.run else results.latest(workspace)
    except AuditError:
        run = None
    found = {each.id: each.proposed for clause in run.clauses for each in clause.requirements} if run else {}
    return found | {id: decision.proposed for id, decision in concluded.items()}


def _row(clause: Clause, proposed: Mapping[str, Verdict], concluded: Mapping[str, Decision]) -> list[str]:
    ids = [requirement.id for requirement in clause.requirements]
    drawn = clause_conclusion([concluded[id].concluded if id in concluded else None for id in ids])
    verdicts = [proposed[id] for id in ids if id in proposed]
    departing = [concluded[id] for id in ids if id in concluded and concluded[id].departs]
    return [
        f"**{clause.clause}** {plain(said(clause.title))}",
        tags.verdict(clause_verdict(verdicts)) if verdicts else "–",
        tags.verdict(drawn),
        "  \n".join(f"{each.requirement_id} “{plain(each.reason)}”" for each in departing) or "–",
    ]


def _findings(audit: Audit) -> None:
    st.header(_("Findings"), anchor=False)
    own = [each for each in findings.every(session.records()) if each.audit == audit.id]
    if not own:
        st.markdown(tags.muted(_("No finding has been raised in this audit.")))
        return
    rows = [
        [
            plain(each.id),
            plain(each.requirement_id or each.clause),
            tags.grade(each.grade) if each.grade else _("not graded yet"),
            plain(each.statement) or "–",
        ]
        for each in own
    ]
    table([_("Finding"), _("Requirement"), _("Grade"), _("Statement")], rows, _("Findings"))


def _documents(checklist: Checklist) -> None:
    """Those that its criteria ask for; the files themselves are not handed out here."""
    st.header(_("Documents"), anchor=False)
    asked = checklist.asked_documents()
    kept = [each for each in documents.register_of(session.records()) if each.document.kind in asked]
    if not kept:
        st.markdown(tags.muted(_("No document that the criteria ask for is registered.")))
        return
    rows: Sequence[list[str]] = [
        [
            plain(each.document.id),
            plain(each.document.title),
            plain(said(asked[each.document.kind].title)),
            str(each.revision),
            status(each.document.status),
            dates(each.document),
        ]
        for each in kept
    ]
    header = [_("Document"), _("Title"), _("Kind"), _("Revision"), _("Status"), _("Dates")]
    table(header, rows, _("Documents"))


main()
