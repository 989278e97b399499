"""The gaps of a run with what is planned for each, and how mature each clause is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from audit.errors import DefinitionError
from audit.evidence import ClauseAssessment, Evidence, Grade, Outcome, Verdict
from audit.readiness import Effort, Gap, gaps
from audit.records import Records
from audit.records.auditing import decisions, gap_plans
from audit.records.auditing.decisions import Decision
from audit.records.auditing.gap_plans import GapPlan
from audit.text import Text, Written
from audit.wording import say
from pipelines import yaml_file
from pipelines.checklists.editions import CHECKLISTS
from pipelines.runs.run_folder import Run

LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Planned:
    gap: Gap
    plan: GapPlan | None
    decision: Decision | None = None
    """What an auditor concluded of it."""

    @property
    def effort(self) -> Effort:
        return self.plan.effort if self.plan else self.gap.effort

    @property
    def owner(self) -> str:
        return self.plan.owner if self.plan else ""

    @property
    def due_on(self) -> dt.date | None:
        return self.plan.due_on if self.plan else None


def planned(records: Records, run: Run) -> list[Planned]:
    """The most pressing first."""
    plans, decided = gap_plans.current(records), decisions.current(records)
    found = gaps(run.clauses, {id: decision.concluded for id, decision in decided.items()})
    return [Planned(gap, plans.get(gap.requirement.id), decided.get(gap.requirement.id)) for gap in found]


def concluded(records: Records) -> dict[str, Verdict]:
    """Requirement -> what an auditor concluded."""
    return {id: decision.concluded for id, decision in decisions.current(records).items()}


class Level(Written):
    title: Text


class Maturity(Written):
    """What maturity.yaml says."""

    levels: dict[int, Level]
    anchors: dict[str, dict[int, Text]] = Field(min_length=1)
    """Clause or chapter -> what an assessor sees at each level."""

    def anchor(self, clause: str) -> dict[int, Text]:
        """Of the clause, else of the nearest one above it."""
        parts = clause.split(".")
        for length in range(len(parts), 0, -1):
            if ".".join(parts[:length]) in self.anchors:
                return self.anchors[".".join(parts[:length])]
        raise DefinitionError(
            say(
                "maturity.yaml has no anchors for clause {clause}; write them for chapter {chapter}",
                clause=clause, chapter=parts[0],
            )
        )  # fmt: skip


@cache
def maturity() -> Maturity:
    return yaml_file.read(CHECKLISTS / "maturity.yaml").as_model(Maturity)


def proposed_level(clause: ClauseAssessment) -> int | None:
    """
    What the evidence supports: 1 nothing of it is met, 2 some is, 3 all that is written is in order and no
    nonconformity is open, 4 all of it is met, data included. None where nothing could be evaluated. Level 5 is for an
    assessor alone: no evidence of one period shows that an organisation keeps getting better.
    """
    evidence = [found for requirement in clause.requirements for found in requirement.evidence]
    applicable = [found for found in evidence if found.outcome != Outcome.NOT_APPLICABLE]
    met = [found for found in applicable if found.outcome == Outcome.MET]
    if all(found.outcome == Outcome.NOT_EVALUATED for found in applicable):
        return None
    if not met:
        return 1
    if len(met) == len(applicable):
        return 4
    documents = [found for found in applicable if found.kind == "document"]
    written = all(found.outcome == Outcome.MET for found in documents)
    return 3 if written and documents and not any(map(_nonconforming, applicable)) else 2


def _nonconforming(found: Evidence) -> bool:
    return found.outcome == Outcome.NOT_MET and found.grade in (Grade.MAJOR, Grade.MINOR, None)


def levels(run: Run, rated: Mapping[str, int]) -> dict[str, tuple[int | None, int | None]]:
    """Clause -> the level proposed, and the one that an assessor gave."""
    return {clause.clause: (proposed_level(clause), rated.get(clause.clause)) for clause in run.clauses}
