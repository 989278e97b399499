"""The open audit on the pages where verdicts are drawn: what was concluded before, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from audit.assessment import clause_conclusion
from audit.auditing.since import Changed, sentence
from audit.evidence import ClauseAssessment, RequirementAssessment
from audit.records.auditing import audits, decisions
from audit.records.auditing.audits import Audit
from audit.records.auditing.decisions import Decision
from pages.components import session, tags
from pages.components.auditing import audit_words
from pages.components.words import _, plain, said, shown
from pipelines.runs.run_folder import Run

LOOKED_AT = "audit looked at"


def look() -> Audit | None:
    """The audit that is open while this page is drawn. What is kept from the page belongs to it."""
    audit = audits.opened(session.records())
    st.session_state[LOOKED_AT] = audit.id if audit else ""
    return audit


def looked_at() -> str:
    """The audit that was open when the page was drawn: a form is not moved into one that was opened meanwhile."""
    return str(st.session_state.get(LOOKED_AT, ""))


def banner(audit: Audit | None, run: Run) -> None:
    """Which audit conclusions belong to now, and whether the run looks at what it asks."""
    if audit is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{audit_words.state(audit.state)} {audit_words.named(audit)}", width="content")
        if audit.changed:
            told = _("{count} changes since {previous}", count=len(audit.changed), previous=plain(audit.previous))
            st.markdown(tags.small(told), width="content")
        session.link("audits", _("Audit") + " →", audit=audit.id, view="audit")
    if (audit.edition, tuple(sorted(audit.packs))) != (run.edition, tuple(sorted(run.packs))):
        st.warning(
            _(
                "This run looks at other criteria than the open audit, which asks {criteria}: "
                "choose them on the Checklist page and run again.",
                criteria=audit_words.criteria(audit),
            )
        )
    if not _same_period(audit, run):
        st.warning(
            _(
                "The figures of this run are from {starts} to {ends}, and the period of the open audit is {period}: "
                "change the period of the audit, or run again with --from and --to.",
                starts=run.starts,
                ends=run.ends,
                period=audit_words.period(audit),
            )
        )


def _same_period(audit: Audit, run: Run) -> bool:
    """Where no day is written the audit asks for none."""
    return (audit.period_from or run.starts, audit.period_to or run.ends) == (run.starts, run.ends)


def previous(audit: Audit | None) -> dict[str, Decision]:
    """What the previous audit concluded on each requirement; nothing where there is none."""
    return decisions.current(session.records(), audit.previous) if audit and audit.previous else {}


def marks(audit: Audit | None, clause: ClauseAssessment) -> dict[str, list[Changed]]:
    """Requirement -> what is not as it was at the previous audit; a document counts where it is the evidence."""
    changed = audit.changed if audit else ()
    return {each.id: [one for one in changed if _bears(one, each)] for each in clause.requirements}


def _bears(changed: Changed, requirement: RequirementAssessment) -> bool:
    documents = {evidence.document.id for evidence in requirement.evidence if evidence.document}
    return changed.requirement == requirement.id or (changed.kind == "document" and changed.what in documents)


def cell(audit: Audit | None, clause: ClauseAssessment, before: Mapping[str, Decision]) -> dict[str, str]:
    """What the previous audit concluded on a clause, and how much has changed since, for a table of clauses."""
    drawn = [before[each.id].concluded if each.id in before else None for each in clause.requirements]
    concluded = clause_conclusion(drawn)
    count = sum(map(len, marks(audit, clause).values()))
    changed = [tags.tag("◷", _("{count} changed", count=count))] if count else []
    return {_("Previous audit"): " ".join([tags.verdict(concluded) if concluded else "–", *changed])}


def beside(requirement: str, before: Mapping[str, Decision], changed: Mapping[str, Sequence[Changed]]) -> None:
    """The previous conclusion on a requirement, and the marks of what has changed since."""
    if decision := before.get(requirement):
        told = [
            tags.muted(_("Previous audit")),
            tags.verdict(decision.concluded),
            tags.small(f"{shown(decision.at.date())} {plain(decision.actor)}"),
        ]
        reason = f"  \n“{plain(decision.reason)}”" if decision.reason else ""
        st.markdown(" ".join(told) + reason)
    for each in changed.get(requirement, ()):
        st.markdown(f"{tags.tag('◷', _('Changed'))} {plain(said(sentence(each)))}")
