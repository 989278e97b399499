"""Findings where the fact is: on the clause page, beside its verdict, at each requirement and its evidence."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.evidence import ClauseAssessment, Evidence, Grade, Outcome, RequirementAssessment
from audit.finding.finding import Followed
from audit.finding.finding_draft import draft
from pages.components import session, tags
from pages.components.finding import finding_words as words
from pages.components.finding.counts import by_clause
from pages.components.finding.raise_form import raise_form
from pages.components.words import _, plain
from pipelines.runs.run_folder import Run


def of_clause(clause: str, run: Run) -> list[Followed]:
    return by_clause(run.clauses).get(clause, [])


def open_tags(every: Sequence[Followed]) -> str:
    """Beside a verdict: a clause with an open nonconformity never looks as if nothing were left."""
    told = []
    for grade in (Grade.MAJOR, Grade.MINOR):
        count = _open(every, grade)
        if count:
            mark, word = tags.grade_words(grade)
            told.append(tags.tag(mark, _("{grade}: {count} open", count=count, grade=word)))
    return " ".join(told)


def still_open(every: Sequence[Followed]) -> str:
    """Behind the answer of a page, where a major nonconformity is open."""
    count = _open(every, Grade.MAJOR)
    if not count:
        return ""
    one = _("; 1 major nonconformity is open")
    return one if count == 1 else _("; {count} major nonconformities are open", count=count)


def at_evidence(requirement: RequirementAssessment, evidence: Evidence, every: Sequence[Followed], run: Run) -> None:
    """Prefilled from evidence that is not met."""
    if evidence.outcome == Outcome.NOT_MET:
        raise_form(draft(_clause(requirement, run), requirement, evidence), run, every)


def at_requirement(requirement: RequirementAssessment, every: Sequence[Followed], run: Run) -> None:
    """What was found on it so far, and the way to a further finding."""
    for each in every:
        if each.finding.requirement_id == requirement.id:
            _line(each)
    raise_form(draft(_clause(requirement, run), requirement, None), run, every)


def _line(each: Followed) -> None:
    finding = each.finding
    closed = f" {tags.muted(_('Closed'))}" if finding.closed else ""
    st.markdown(f"{words.grade(finding)}{closed} {plain(words.said_shortly(finding))}")
    session.link("findings", f"{finding.id} →", finding=finding.id)


def _clause(requirement: RequirementAssessment, run: Run) -> ClauseAssessment:
    return next(clause for clause in run.clauses if requirement in clause.requirements)


def _open(every: Sequence[Followed], grade: Grade) -> int:
    return sum(each.finding.grade == grade and not each.finding.closed for each in every)
