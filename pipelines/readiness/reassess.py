"""Looks at the figures of a run again, through another checklist or with other grounds."""

from __future__ import annotations

from audit.checklist import Checklist
from pipelines import definitions
from pipelines.assess import Assessor
from pipelines.runs import results
from pipelines.runs.run_folder import Run, grounds_of
from pipelines.workspace import Workspace


def assessor(workspace: Workspace, run: Run, checklist: Checklist | None = None) -> Assessor:
    """All that the verdicts of the run rest on, to be asked again. Without a checklist the run's own."""
    asked = checklist or workspace.checklist(run.edition, run.packs)
    grounds = grounds_of(workspace.runs / run.id)
    return Assessor(asked, definitions.kpis(), results.measurements(workspace, run.id), grounds, run.ends, run.as_of)
