"""Where a finding stands among the clauses of a run."""

from __future__ import annotations

from collections.abc import Iterable

from audit.evidence import ClauseAssessment
from audit.finding.finding import Finding


def clause_in(clauses: Iterable[ClauseAssessment], finding: Finding) -> str:
    """Where its requirement is asked, which another edition may have moved; else the clause it was raised against."""
    asked = {requirement.id: clause.clause for clause in clauses for requirement in clause.requirements}
    return asked.get(finding.requirement_id, finding.clause)
