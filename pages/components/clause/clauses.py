"""The clauses of a run as a reader meets them: what was proposed beside what the auditor concluded so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit.assessment import clause_conclusion
from audit.evidence import ClauseAssessment, Evidence, Outcome, Verdict
from audit.records.auditing.decisions import Decision


@dataclass(frozen=True)
class Standing:
    clause: ClauseAssessment
    concluded: Verdict | None
    """Only once every requirement of the clause has been concluded."""
    decisions: tuple[Decision, ...]

    @property
    def open(self) -> bool:
        return self.concluded is None

    @property
    def differs(self) -> bool:
        return any(decision.departs for decision in self.decisions)

    @property
    def proposal_changed(self) -> bool:
        """The proposal is no longer the one that the auditor judged."""
        proposed = {requirement.id: requirement.proposed for requirement in self.clause.requirements}
        return any(proposed.get(decision.requirement_id) != decision.proposed for decision in self.decisions)

    @property
    def evidence(self) -> list[Evidence]:
        return [evidence for requirement in self.clause.requirements for evidence in requirement.evidence]

    def count(self, outcome: Outcome) -> int:
        return sum(evidence.outcome == outcome for evidence in self.evidence)


def standing(clause: ClauseAssessment, decided: Mapping[str, Decision]) -> Standing:
    drawn = [decided.get(requirement.id) for requirement in clause.requirements]
    found = tuple(decision for decision in drawn if decision)
    return Standing(clause, clause_conclusion([decision.concluded if decision else None for decision in drawn]), found)


def attention(clauses: list[Standing]) -> list[Standing]:
    """Those that need somebody, in this order: not conforming and open, changed since, departed from, undetermined."""
    ranked = [(_rank(each), place, each) for place, each in enumerate(clauses)]
    return [each for rank, _place, each in sorted(ranked, key=lambda entry: entry[:2]) if rank < 4]


def _rank(each: Standing) -> int:
    if each.open and each.clause.proposed == Verdict.DOES_NOT_CONFORM:
        return 0
    if each.proposal_changed:
        return 1
    if each.differs:
        return 2
    return 3 if each.open and each.clause.proposed == Verdict.UNDETERMINED else 4
