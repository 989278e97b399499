"""Does an objective fit the figure that it is about? Its name, unit, direction and group, against what there is."""

from __future__ import annotations

from collections.abc import Iterator

from audit.errors import RecordError
from audit.measurement import Kpi
from audit.objective import Objective, Target, spelled
from pipelines import definitions, results, yaml_file
from pipelines.run_folder import Run
from pipelines.workspace import Workspace

Loc = tuple[str | int, ...]
Misfit = tuple[Loc, str]
"""Where in the objective, and what is wrong there with what to write instead."""


def misfits(workspace: Workspace, run: Run | None, objective: Objective) -> Iterator[Misfit]:
    """All of them. Without a run nobody knows which groups there are, so any is taken."""
    known = definitions.kpis()
    if objective.kpi not in known:
        yield ("kpi",), f"there is no KPI '{objective.kpi}'{yaml_file.nearest(objective.kpi, list(known))}"
        return
    kpi = known[objective.kpi]
    for at, target in enumerate(objective.targets):
        yield from ((("targets", at, *loc), message) for loc, message in _of_target(target, kpi))
    if run:
        yield from misfit_group(workspace, run, (objective.kpi, objective.by, objective.group))
    if objective.grain == "fiscal_year" and first_month(workspace) == 1:
        yield ("grain",), "the fiscal year is the calendar year here; write 'year'"


def refuse_misfit(workspace: Workspace, run: Run | None, objective: Objective) -> None:
    """Raises RecordError at the first."""
    for loc, message in misfits(workspace, run, objective):
        raise RecordError(f"{'.'.join(str(part) for part in loc)}: {message}")


def groups(workspace: Workspace, run: Run, kpi: str) -> dict[str, list[str]]:
    """Dimension or pair -> the groups that the run measured."""
    found = results.measurements(workspace, run.id, kpi, "month")
    found = found[(found["by"] != "") & (found["group"] != "")]
    return {str(by): sorted(set(rows["group"])) for by, rows in found.groupby("by")}


def first_month(workspace: Workspace) -> int:
    """Of the fiscal year."""
    return workspace.set_up.fiscal_year_begins


def _of_target(target: Target, kpi: Kpi) -> Iterator[Misfit]:
    for name in ("at_least", "at_most", "warn_at", "stretch"):
        value = getattr(target, name)
        if value and value.unit != kpi.unit:
            yield (name,), f"'{spelled(value)}' is in {value.unit}; write it in {kpi.unit}, as {kpi.name} is measured"
    wrong = {"higher": "at_most", "lower": "at_least"}.get(kpi.better, "")
    if wrong and getattr(target, wrong):
        right = "at_least" if wrong == "at_most" else "at_most"
        yield (wrong,), f"of {kpi.name} the {kpi.better} figure is the better one; write {right} in place of {wrong}"


def misfit_group(workspace: Workspace, run: Run, about: tuple[str, str, str]) -> Iterator[Misfit]:
    """`about` is a KPI, a dimension and a group; the whole, whose dimension is "", fits always."""
    kpi, by, group = about
    known = groups(workspace, run, kpi) if by else {}
    if by and by not in known:
        listed = ", ".join(known) or "nothing: leave it out, with the group"
        yield ("by",), f"{kpi} is not measured by '{by}'{yaml_file.nearest(by, list(known))}; write one of: {listed}"
    elif by and group not in known[by]:
        yield ("group",), f"nothing is measured of the {by} '{group}'{yaml_file.nearest(group, known[by])}"
