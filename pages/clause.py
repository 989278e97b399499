"""One clause: what is proposed beside what the auditor concludes, and the way from requirement to rows and file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from audit.auditing.since import Changed
from audit.checklist import Requirement
from audit.evidence import ClauseAssessment, Outcome, RequirementAssessment
from audit.finding.finding import Followed
from audit.records.auditing import answers, decisions
from audit.records.auditing.decisions import Decision
from audit.sentence import role_word
from pages.components import session, tags
from pages.components.auditing import opened
from pages.components.clause import judged_by
from pages.components.clause.answer_form import answer_form
from pages.components.clause.checklist_reader import background
from pages.components.clause.clauses import Standing, standing
from pages.components.clause.conclusion import conclusion
from pages.components.clause.criterion import criterion
from pages.components.clause.evidence_detail import evidence_detail
from pages.components.clause.evidence_rows import evidence_rows
from pages.components.finding import in_place
from pages.components.frame import page
from pages.components.progress import run_again, told
from pages.components.words import _, language, plain, said
from pipelines.runs import results
from pipelines.runs.run_folder import Run

FIRST_SHOWN = (Outcome.NOT_MET, Outcome.NOT_EVALUATED, Outcome.MET, Outcome.NOT_APPLICABLE)


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    decided = decisions.current(session.records(workspace))
    audit = opened.look()
    clause = _chosen(run)
    each, raised = standing(clause, decided), in_place.of_clause(clause.clause, run)
    with page(_answer(each) + in_place.still_open(raised), clause.clause, above=[("overview", _("Overview"))]):
        _neighbours(run, clause)
        opened.banner(audit, run)
        _verdicts(each, run, in_place.open_tags(raised))
        _changed_since(run)
        _parts(clause)
        asked = _asked(run)
        selected = _selected(clause)
        _background(run, clause.clause)
        before, marks = opened.previous(audit), opened.marks(audit, clause)
        for requirement in clause.requirements:
            _requirement(requirement, asked.get(requirement.id), selected, run, decided, raised, before, marks)


def _chosen(run: Run) -> ClauseAssessment:
    wanted = st.query_params.get("clause", "")
    known = {clause.clause: clause for clause in run.clauses}
    if wanted and wanted not in known:
        st.warning(_("There is no clause {clause} in this run; here is the first one.", clause=plain(wanted)))
    return known.get(wanted, run.clauses[0])


def _selected(clause: ClauseAssessment) -> str:
    """The evidence in the URL, else the first that needs a look."""
    every = [evidence for requirement in clause.requirements for evidence in requirement.evidence]
    wanted = st.query_params.get("evidence", "")
    if wanted in {evidence.id for evidence in every}:
        return wanted
    ranked = sorted(every, key=lambda evidence: FIRST_SHOWN.index(evidence.outcome))
    return ranked[0].id if ranked else ""


def _answer(each: Standing) -> str:
    name = f"{each.clause.clause} {said(each.clause.title)}"
    if each.concluded:
        word = tags.verdict_words(each.concluded)[1]
        return _("{clause}: {verdict}, as concluded by the auditor", clause=name, verdict=_lower(word))
    word = tags.verdict_words(each.clause.proposed)[1]
    return _("{clause}: {verdict}, as proposed", clause=name, verdict=_lower(word))


def _lower(word: str) -> str:
    return word[:1].lower() + word[1:]


def _asked(run: Run) -> dict[str, Requirement]:
    return {
        r.id: r for clause in session.workspace().checklist(run.edition, run.packs).clauses for r in clause.requirements
    }


def _neighbours(run: Run, clause: ClauseAssessment) -> None:
    names = [each.clause for each in run.clauses]
    place = names.index(clause.clause)
    with st.container(horizontal=True):
        if place > 0:
            session.link("clause", _("‹ Previous: {clause}", clause=names[place - 1]), clause=names[place - 1])
        if place + 1 < len(names):
            session.link("clause", _("Next: {clause} ›", clause=names[place + 1]), clause=names[place + 1])


def _verdicts(each: Standing, run: Run, open_findings: str) -> None:
    with st.container(border=True):
        proposed, concluded = st.columns(2)
        grade = [tags.grade(each.clause.grade)] if each.clause.grade else []
        proposed.markdown(" ".join([tags.muted(_("Proposed")), tags.verdict(each.clause.proposed), *grade]))
        proposed.markdown(plain(said(each.clause.because)))
        proposed.markdown(tags.small(_("Run {run}, data as of {date}", run=run.id, date=run.as_of)))
        verdict = tags.verdict(each.concluded) if each.concluded else tags.awaiting()
        concluded.markdown(" ".join([tags.muted(_("Concluded")), verdict, open_findings]))
        concluded.markdown(tags.muted(_standing(each)))


def _parts(clause: ClauseAssessment) -> None:
    """The requirements, as the ways down to them."""
    if len(clause.requirements) > 1:
        ways = [f"[{r.id}](#{_anchor(r.id)})\N{NO-BREAK SPACE}{tags.verdict(r.proposed)}" for r in clause.requirements]
        st.markdown("   ".join(ways))


def _anchor(requirement: str) -> str:
    return f"asks-{requirement.replace('.', '-')}"


def _standing(each: Standing) -> str:
    done, count = len(each.decisions), len(each.clause.requirements)
    if each.proposal_changed:
        return _("The proposal has changed since it was concluded. Look at it again below.")
    if each.open:
        return _(
            "{done} of {count} requirements are concluded. The proposal stays a proposal until an auditor signs each.",
            done=done,
            count=count,
        )
    return _("All requirements are concluded; the grounds stand below each.")


def _changed_since(run: Run) -> None:
    """Answers that the run does not know yet: the way to one that does."""
    known = {(each.evidence_id, each.item): each for each in results.answers(session.workspace(), run.id)}
    now = answers.current(session.records())
    newer = [key for key, each in now.items() if known.get(key) != each]
    earlier = known.keys() - now.keys()
    if earlier:
        words = _(
            "{count} answers of an earlier audit still count in this run; run again to begin anew.", count=len(earlier)
        )
        run_again(words, urgent=True)
    elif newer:
        run_again(_("{count} answers came after this run; it does not count them yet.", count=len(newer)), urgent=True)
    else:
        told()


def _facts(asked: Requirement) -> None:
    """Beside the question: who can answer it, how sure its wording is, and what to ask of whom."""
    facts = [tags.muted(judged_by.kinds(asked))]
    facts += [tags.small(_("pack {pack}", pack=plain(asked.pack)))] if asked.pack else []
    st.markdown(" ".join([*facts, *map(judged_by.stated, (asked.altered, asked.stated))]).strip())
    if asked.ask_people:
        with st.expander(_("Ask people: {count} questions", count=len(asked.ask_people))):
            lines = [f"- {tags.muted(said(role_word(q.to)))} {plain(said(q))}" for q in asked.ask_people]
            st.markdown("\n".join(lines))


def _background(run: Run, number: str) -> None:
    for clause in session.workspace().checklist(run.edition, run.packs).clauses:
        if clause.clause == number:
            with st.expander(_("Documented information, typical evidence, what auditors often find")):
                background(clause, language())


def _requirement(
    requirement: RequirementAssessment,
    asked: Requirement | None,
    selected: str,
    run: Run,
    decided: Mapping[str, Decision],
    raised: Sequence[Followed],
    before: Mapping[str, Decision],
    marks: Mapping[str, Sequence[Changed]],
) -> None:
    st.header(f"{requirement.id} {plain(said(requirement.asks))}", anchor=_anchor(requirement.id))
    open_ = selected in {evidence.id for evidence in requirement.evidence}
    grid = st.grid(3, min_column_width=385, gap="medium")
    with grid.cell(column_span=2):
        if asked:
            _facts(asked)
        evidence_rows(requirement.evidence, selected)
        for evidence in requirement.evidence:
            if evidence.id == selected:
                evidence_detail(evidence, run)
                answer_form(evidence, run)
                in_place.at_evidence(requirement, evidence, raised, run)
                criterion(evidence.id)
    with grid.cell():
        opened.beside(requirement.id, before, marks)
        _conclusion(requirement, run, decided.get(requirement.id), open_ or not requirement.evidence)
        in_place.at_requirement(requirement, raised, run)


def _conclusion(requirement: RequirementAssessment, run: Run, current: Decision | None, open_: bool) -> None:
    """The form stands open beside the evidence that is looked at, and folded elsewhere: one thing at a time."""
    if open_:
        conclusion(requirement, run, current)
        return
    standing = tags.verdict(current.concluded) if current else tags.awaiting()
    with st.expander(f"{_('Your conclusion')} {standing}"):
        conclusion(requirement, run, current)


main()
