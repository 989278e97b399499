"""Which evidence will have grown old by a day to come, if nothing new arrives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from audit.evidence import Evidence, Outcome
from audit.expiry import good_until
from audit.rule import Computed, Rule
from pipelines import definitions
from pipelines.assess import with_criterion
from pipelines.measuring.lineage import read_by
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Expiry:
    clause: str
    requirement: str
    evidence: Evidence
    good_until: dt.date


def expiries(workspace: Workspace, run: Run) -> list[Expiry]:
    """Evidence that is met now and grows old, the first to do so first."""
    rules = {rule.id: rule for _, _, rule in workspace.checklist(run.edition, run.packs).rules()}
    own = results.criteria(workspace, run.id)
    found = []
    for clause in run.clauses:
        for requirement in clause.requirements:
            for evidence in requirement.evidence:
                if evidence.outcome == Outcome.MET and evidence.id in rules:
                    rule = with_criterion(rules[evidence.id], own)
                    day = good_until(rule, evidence, _lasts(run, rule, evidence))
                    found += [Expiry(clause.clause, requirement.id, evidence, day)] if day else []
    return sorted(found, key=lambda one: (one.good_until, one.evidence.id))


def _lasts(run: Run, rule: Rule, evidence: Evidence) -> dt.date | None:
    """A figure that is itself an age lasts until it reaches its limit, any other while its sources are fresh."""
    if not isinstance(rule, Computed):
        return None
    figure, limit = evidence.measurement, rule.accept.at_most
    if definitions.kpis()[rule.computed].measures_age and figure and figure.value is not None and limit:
        return figure.ends + dt.timedelta(days=int(limit.value - figure.value))
    return fresh_until(run, rule.computed)


def fresh_until(run: Run, kpi: str) -> dt.date | None:
    """The last day on which none of the sources that a figure reads is stale."""
    days = []
    for name in read_by(kpi):
        contract, newest = definitions.sources()[name], run.newest.get(name)
        if newest and contract.stale_after:
            days.append(newest + dt.timedelta(days=contract.stale_after.value))
    return min(days, default=None)
