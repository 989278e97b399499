"""What evidence that is not met proposes for a finding: its grade, the criterion, and a first wording to correct."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from audit.evidence import ClauseAssessment, Evidence, Grade, Outcome, RequirementAssessment
from audit.finding.finding import Extent, Reference
from audit.text import Text
from audit.wording import say


@dataclass(frozen=True)
class FindingDraft:
    clause: str
    requirement_id: str
    criterion: Text
    statement: Text | None
    evidence: Evidence | None
    extent: Extent = Extent()

    @property
    def grade(self) -> Grade | None:
        """As the checklist proposes it."""
        return self.evidence.grade if self.evidence else None

    @property
    def references(self) -> tuple[Reference, ...]:
        return (Reference("evidence", self.evidence.id),) if self.evidence else ()


def draft(clause: ClauseAssessment, requirement: RequirementAssessment, evidence: Evidence | None) -> FindingDraft:
    """Without evidence, of the requirement alone: the statement is left to whoever raises it."""
    asked = say("{id}: {asks}", id=requirement.id, asks=requirement.asks)
    if evidence is None:
        return FindingDraft(clause.clause, requirement.id, asked, None, None)
    criterion = say("{asked} Your criterion: {criterion}", asked=asked, criterion=evidence.criterion)
    return FindingDraft(clause.clause, requirement.id, criterion, evidence.because, evidence, _extent(evidence))


def proposed(clauses: Sequence[ClauseAssessment], known: Container[str]) -> Iterator[FindingDraft]:
    """One for each piece of evidence that is not met and not known to have a finding, in the order of the clauses."""
    for clause in clauses:
        for requirement in clause.requirements:
            for evidence in requirement.evidence:
                if evidence.outcome == Outcome.NOT_MET and evidence.id not in known:
                    yield draft(clause, requirement, evidence)


def _extent(evidence: Evidence) -> Extent:
    """Of a sample; of a figure only how many records it rests on."""
    if evidence.drawn:
        judged = {answer.item: answer.outcome for answer in evidence.answers if answer.item in evidence.drawn.items}
        missed = sum(outcome == Outcome.NOT_MET for outcome in judged.values())
        return Extent(missed, len(judged), evidence.drawn.population)
    return Extent(sampled=evidence.measurement.n) if evidence.measurement else Extent()
