"""What the report of methods tells, chapter by chapter: each is a question, answered in sections.

The report leaves the house, so figures of small groups are not in it (`small_cells` of the workspace).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.records import Records
from audit.text import Text
from audit.wording import say
from pipelines import analyses
from pipelines.analyses.section import Section
from pipelines.reports.told import complaints, objectives, scorecards, signals, soundness, value
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Chapter:
    title: Text
    sections: tuple[Section, ...]


def chapters(workspace: Workspace, run: Run, records: Records) -> list[Chapter]:
    """In the order in which a reader asks; one that has nothing to tell says why."""
    folder, least = workspace.runs / run.id, workspace.set_up.small_cells
    every: list[tuple[Text, Sequence[Section]]] = [
        (say("Is the survey sound?"), soundness.sections(folder, least)),
        (say("What the methods of the run found"), analyses.sections(folder, least)),
        (say("Complaints"), complaints.sections(folder, least)),
        (say("Which figures are changing?"), signals.sections(workspace, run, records)),
        (say("Are objectives attained?"), objectives.sections(workspace, run, records)),
        (say("What do the scorecards come to?"), scorecards.sections(workspace, run, records)),
        (say("What is keeping customers worth?"), value.sections(workspace, run, records)),
    ]
    return [Chapter(title, tuple(sections)) for title, sections in every if sections]
