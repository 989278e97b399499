"""Each objective: attained or not in its last full period, and where the current one is heading."""

from __future__ import annotations

from audit.records import Records
from audit.records.targets import objectives as kept
from audit.targets.attainment import met_word, sure_word
from audit.targets.objective import in_force
from audit.text import Text
from audit.wording import say
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.runs.small_cells import without_small
from pipelines.targets.objectives import Judged, judged, named
from pipelines.targets.outlook import outlook_word
from pipelines.workspace import Workspace


def sections(workspace: Workspace, run: Run, records: Records) -> list[Section]:
    least = workspace.set_up.small_cells
    every = judged(
        workspace, run, in_force(kept.every(records), run.ends),
        lambda kpi, grain: without_small(results.measurements(workspace, run.id, kpi, grain), least),
    )  # fmt: skip
    title, method = say("Quality objectives"), _method()
    if not every:
        return [nothing(title, say("No quality objective is on record here."), method)]
    return [Section(title, _sentence(every), method, _heads(), tuple(map(_row, every)))]


def _sentence(every: list[Judged]) -> Text:
    last = [each.latest.met if each.latest else "not evaluated" for each in every]
    return say(
        "In their last full periods {attained} of {all} objectives were attained, {missed} were not, and {silent} "
        "could not be evaluated.",
        attained=last.count("attained"), all=len(every), missed=last.count("not attained"),
        silent=last.count("not evaluated"),
    )  # fmt: skip


def _heads() -> tuple[Text, ...]:
    return (say("Objective"), say("Measure"), say("Period"), say("Target"), say("Attained"), say("How sure"),
            say("Because"), say("Where the current period is heading"))  # fmt: skip


def _row(judged: Judged) -> tuple[Cell, ...]:
    latest, forecast = judged.latest, judged.forecast
    heading = (
        say("{met}, because {because}", met=outlook_word(forecast.outlook), because=forecast.because)
        if forecast
        else None
    )
    first = (judged.objective.title, named(judged))
    if latest is None:
        return (*first, None, None, met_word("not evaluated"), None, judged.silent, heading)
    return (
        *first, latest.period, latest.target.words, met_word(latest.met), sure_word(latest.attainment.sure),
        latest.because, heading,
    )  # fmt: skip


def _method() -> Text:
    return say(
        "A figure is held against the target in force at the end of its period, with regard to its 95 % interval. The "
        "forecast is a local level over the months (Harvey 1989) with an 80 % interval: a trend is not prolonged. Of "
        "groups with few records no figure is told."
    )
