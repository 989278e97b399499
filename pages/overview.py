"""Which clauses conform, what that rests on, and where to look first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from audit.evidence import Outcome, Verdict
from audit.finding.finding import Followed
from audit.load import Load
from audit.records import loads
from audit.records.auditing import decisions
from audit.records.auditing.audits import Audit
from audit.score import score
from pages.components import session, tags
from pages.components.auditing import opened
from pages.components.clause.clauses import Standing, attention, standing
from pages.components.clause.ribbon import Cell, ribbon
from pages.components.clause.score_bar import score_bar
from pages.components.finding import counts
from pages.components.finding.in_place import open_tags
from pages.components.frame import page
from pages.components.trends.measures import measures
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.measuring.engine import TITLES
from pipelines.readiness.gap_analysis import concluded
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

MOST_CARDS = 4
Raised = Mapping[str, Sequence[Followed]]


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    records = session.records(workspace)
    decided = decisions.current(records)
    audit = opened.look()
    clauses = [standing(clause, decided) for clause in run.clauses]
    with page(_answer(clauses), _("Overview")):
        _basis(workspace, run, loads.every(records), clauses)
        opened.banner(audit, run)
        raised = counts.by_clause(run.clauses)
        _ribbon(clauses, raised)
        _readiness(workspace, run)
        counts.counts(raised)
        grid = st.grid(2, min_column_width=440, gap="medium")
        with grid.cell():
            _attention(attention(clauses), raised)
        with grid.cell():
            measures(workspace, run)
        _table(clauses, raised, audit)


def _answer(clauses: Sequence[Standing]) -> str:
    """The title: how many clauses do not conform, and how many conclusions are open."""
    failing = sum(each.clause.proposed == Verdict.DOES_NOT_CONFORM for each in clauses)
    still = sum(each.open for each in clauses)
    if failing == 0:
        first = _("No nonconformity is proposed in {count} clauses", count=len(clauses))
    elif failing == 1:
        first = _("1 of {count} clauses does not conform as proposed", count=len(clauses))
    else:
        first = _("{failing} of {count} clauses do not conform as proposed", failing=failing, count=len(clauses))
    if still == 0:
        return _("{sentence}; every conclusion is recorded", sentence=first)
    if still == 1:
        return _("{sentence}; 1 conclusion is still open", sentence=first)
    return _("{sentence}; {count} conclusions are still open", sentence=first, count=still)


def _basis(workspace: Workspace, run: Run, every: Sequence[Load], clauses: Sequence[Standing]) -> None:
    known = results.loads(workspace, run.id)
    gate = [result for load in known for result in load.gate]
    passed = sum(result.outcome == "passed" for result in gate)
    parts = [
        _("Data as of {date}", date=run.as_of),
        _("data from {starts} to {ends}", starts=run.starts, ends=run.ends),
        _("{rows} rows from {files} files", rows=sum(run.rows.values()), files=sum(load.published for load in known)),
        _("{passed} of {count} gate expectations passed", passed=passed, count=len(gate)),
        _("figures computed by {engine}", engine=TITLES[run.engine]),
    ]
    marks = []
    stopped = sum(load.stopped for load in known)
    if stopped:
        one = _("1 file stopped at the gate")
        marks.append(tags.tag("✕", one if stopped == 1 else _("{count} files stopped at the gate", count=stopped)))
    silent = sum(each.count(Outcome.NOT_EVALUATED) for each in clauses)
    if silent == 1:
        marks.append(tags.tag("◇", _("1 piece of evidence not evaluated")))
    elif silent:
        marks.append(tags.tag("◇", _("{count} pieces of evidence not evaluated", count=silent)))
    if _newer(run, every):
        marks.append(tags.tag("◷", _("data came in after this run")))
    st.markdown(" ".join([tags.muted(" · ".join(parts)), *marks]))
    if run.known_later:
        told = _("Loaded after the audit date, and counted as it stands now: {names}", names=_names(run.known_later))
        st.markdown(tags.small(told))


def _names(sources: Sequence[str]) -> str:
    known = definitions.sources()
    return _(", ").join(plain(said(known[name].title) if name in known else name) for name in sources)


def _newer(run: Run, every: Sequence[Load]) -> bool:
    return any(load.published and (load.version or 0) > run.versions.get(load.source, -1) for load in every)


def _ribbon(clauses: Sequence[Standing], raised: Raised) -> None:
    ribbon(
        [
            Cell(c.clause.clause, said(c.clause.title), c.clause.proposed, c.concluded, counts.mark(_of(c, raised)))
            for c in clauses
        ]
    )
    told = _("as proposed; dotted: awaiting auditor; behind an arrow: concluded")
    st.markdown(" ".join([*map(tags.verdict, Verdict), tags.small(told)]))


def _readiness(workspace: Workspace, run: Run) -> None:
    """How much of what is asked is shown, and the way to what is missing."""
    asked = [requirement for clause in run.clauses for requirement in clause.requirements]
    if found := score(asked, concluded(session.records(workspace))):
        with st.container(key="readiness", gap="xsmall"):
            score_bar(found)
            session.link("gap_analysis", _("What is missing, and what to do first") + " →")


def _of(each: Standing, raised: Raised) -> Sequence[Followed]:
    return raised.get(each.clause.clause, ())


def _attention(clauses: Sequence[Standing], raised: Raised) -> None:
    st.header(_("Needs attention first"), anchor=False)
    if not clauses:
        st.markdown(_("Nothing: every clause conforms as proposed, or has been concluded."))
    for each in clauses[:MOST_CARDS]:
        _card(each, open_tags(_of(each, raised)))
    more = len(clauses) - MOST_CARDS
    if more > 0:
        st.markdown(tags.muted(_("and {more} more in the table below", more=more)))


def _card(each: Standing, open_findings: str) -> None:
    clause = each.clause
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{clause.clause} {plain(said(clause.title))}**", width="content")
            st.space("stretch")
            session.link("clause", _verb(each), clause=clause.clause)
        concluded = tags.verdict(each.concluded) if each.concluded else tags.awaiting()
        grade = [tags.grade(clause.grade)] if clause.grade else []
        proposed = [tags.muted(_("Proposed")), tags.verdict(clause.proposed), *grade]
        st.markdown(" ".join([*proposed, tags.muted(_("Concluded")), concluded, open_findings]))
        st.markdown(plain(said(clause.because)))
        for decision in each.decisions:
            if decision.departs:
                told = f"{decision.requirement_id}: “{plain(decision.reason)}” {plain(decision.actor)}"
                st.markdown(tags.muted(told))


def _verb(each: Standing) -> str:
    if not each.open:
        return _("Check") + " →"
    return (_("Find out why") if each.clause.proposed == Verdict.UNDETERMINED else _("Conclude")) + " →"


def _table(clauses: Sequence[Standing], raised: Raised, audit: Audit | None) -> None:
    st.header(_("All clauses"), anchor=False)
    rows = [_row(each, open_tags(_of(each, raised))) for each in clauses]
    if before := opened.previous(audit):
        rows = [row | opened.cell(audit, each.clause, before) for row, each in zip(rows, clauses, strict=True)]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, alt=_("All clauses"))


def _row(each: Standing, open_findings: str) -> dict[str, str]:
    silent = each.count(Outcome.NOT_EVALUATED)
    met = _("{met} of {count}", met=each.count(Outcome.MET), count=len(each.evidence))
    concluded = tags.verdict(each.concluded) if each.concluded else tags.awaiting()
    return {
        _("Clause"): f"**{each.clause.clause}** {plain(said(each.clause.title))}",
        _("Proposed"): tags.verdict(each.clause.proposed),
        _("Concluded"): f"{concluded} {open_findings}".strip(),
        _("Why"): plain(said(each.clause.because)),
        _("Evidence met"): f"{met} :violet[◇ {silent}]" if silent else met,
    }


main()
