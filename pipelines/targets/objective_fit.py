"""Does an objective fit the figure that it is about? Its name, unit, direction and group, against what there is."""

from __future__ import annotations

from collections.abc import Iterator

from audit.errors import RecordError
from audit.measurement import Kpi
from audit.quantity import Quantity
from audit.targets.objective import Objective, Target, spelled
from audit.text import Text
from audit.wording import say
from pipelines import definitions, yaml_file
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

Loc = tuple[str | int, ...]
Misfit = tuple[Loc, Text]
"""Where in the objective, and what is wrong there with what to write instead."""


def misfits(workspace: Workspace, run: Run | None, objective: Objective) -> Iterator[Misfit]:
    """All of them. Without a run nobody knows which groups there are, so any is taken."""
    known = definitions.kpis()
    if objective.kpi not in known:
        near = yaml_file.near(objective.kpi, list(known))
        yield ("kpi",), say("there is no KPI '{kpi}'{near}", kpi=objective.kpi, near=near)
        return
    kpi = known[objective.kpi]
    for at, target in enumerate(objective.targets):
        yield from ((("targets", at, *loc), message) for loc, message in _of_target(target, kpi))
    if run:
        yield from misfit_group(workspace, run, (objective.kpi, objective.by, objective.group))
    if objective.grain == "fiscal_year" and first_month(workspace) == 1:
        yield ("grain",), say("the fiscal year is the calendar year here; write 'year'")


def refuse_misfit(workspace: Workspace, run: Run | None, objective: Objective) -> None:
    """Raises RecordError at the first."""
    for loc, message in misfits(workspace, run, objective):
        raise RecordError(say("{where}: {mistake}", where=".".join(str(part) for part in loc), mistake=message))


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
            yield (name,), of_another_unit(value, kpi)
    if kpi.better == "higher" and target.at_most:
        yield (
            ("at_most",),
            say("of {kpi} the higher figure is the better one; write at_least in place of at_most", kpi=kpi.name),
        )
    if kpi.better == "lower" and target.at_least:
        yield (
            ("at_least",),
            say("of {kpi} the lower figure is the better one; write at_most in place of at_least", kpi=kpi.name),
        )


def of_another_unit(value: Quantity, kpi: Kpi) -> Text:
    return say(
        "'{value}' is in {wrong}; write it in {unit}, as {kpi} is measured",
        value=spelled(value), wrong=value.unit, unit=kpi.unit, kpi=kpi.name,
    )  # fmt: skip


def misfit_group(workspace: Workspace, run: Run, about: tuple[str, str, str]) -> Iterator[Misfit]:
    """`about` is a KPI, a dimension and a group; the whole, whose dimension is "", fits always."""
    kpi, by, group = about
    known = groups(workspace, run, kpi) if by else {}
    if by and by not in known:
        yield ("by",), say(
            "{kpi} is not measured by '{by}'{near}; write one of: {known}", kpi=kpi, by=by,
            near=yaml_file.near(by, list(known)),
            known=", ".join(known) or say("nothing: leave it out, with the group"),
        )  # fmt: skip
    elif by and group not in known[by]:
        near = yaml_file.near(group, known[by])
        yield ("group",), say("nothing is measured of the {by} '{group}'{near}", by=by, group=group, near=near)
