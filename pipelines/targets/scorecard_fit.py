"""Does a scorecard fit the figures that it is about? Names, units, directions and groups, against what there is."""

from __future__ import annotations

from collections.abc import Iterator

from audit.errors import RecordError
from audit.measurement import Kpi
from audit.records.targets.declared import place
from audit.targets.scorecard import Indicator, Scorecard
from audit.text import Text
from audit.wording import say
from pipelines import definitions, yaml_file
from pipelines.runs.run_folder import Run
from pipelines.targets.objective_fit import Misfit, first_month, misfit_group, of_another_unit
from pipelines.workspace import Workspace


def misfits(workspace: Workspace, run: Run | None, scorecard: Scorecard) -> Iterator[Misfit]:
    """All of them. Without a run nobody knows which groups there are, so any is taken."""
    known = definitions.kpis()
    for at, indicator in enumerate(scorecard.indicators):
        if indicator.kpi not in known:
            near = yaml_file.near(indicator.kpi, list(known))
            yield ("indicators", at, "kpi"), say("there is no KPI '{kpi}'{near}", kpi=indicator.kpi, near=near)
            continue
        yield from ((("indicators", at, *loc), text) for loc, text in _of_kpi(indicator, known[indicator.kpi]))
        if run:
            found = misfit_group(workspace, run, indicator.about)
            yield from ((("indicators", at, *loc), text) for loc, text in found)
    if scorecard.grain == "fiscal_year" and first_month(workspace) == 1:
        yield ("grain",), say("the fiscal year is the calendar year here; write 'year'")


def refuse_misfit(workspace: Workspace, run: Run | None, scorecard: Scorecard) -> None:
    """Raises RecordError at the first."""
    for loc, message in misfits(workspace, run, scorecard):
        raise RecordError(say("{where}: {mistake}", where=place(loc), mistake=message))


def _of_kpi(indicator: Indicator, kpi: Kpi) -> Iterator[Misfit]:
    if kpi.better == "neither":
        yield ("kpi",), say("of {kpi} neither the higher nor the lower figure is better; choose another", kpi=kpi.name)
    elif indicator.runs_against(kpi.better):
        yield ("levels",), _against(kpi)
    for at, level in enumerate(indicator.levels):
        if level.reaches and level.reaches.unit != kpi.unit:
            yield ("levels", at, "reaches"), of_another_unit(level.reaches, kpi)


def _against(kpi: Kpi) -> Text:
    if kpi.better == "higher":
        return say("of {kpi} the higher figure is the better one; turn what the levels reach", kpi=kpi.name)
    return say("of {kpi} the lower figure is the better one; turn what the levels reach", kpi=kpi.name)
