"""Where a finding stands among the clauses of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit.evidence import ClauseAssessment
from audit.finding.finding import Finding


def asked_in(clauses: Iterable[ClauseAssessment]) -> dict[str, str]:
    """Requirement -> the clause that asks for it."""
    return {requirement.id: clause.clause for clause in clauses for requirement in clause.requirements}


def clause_in(asked: Mapping[str, str], finding: Finding) -> str:
    """Where its requirement is asked, which another edition may have moved; else the clause it was raised against."""
    return asked.get(finding.requirement_id, finding.clause)
