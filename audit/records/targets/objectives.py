"""The organisation's objectives: who set which target, from when, and why. Each change is a revision of its own."""

from __future__ import annotations

from typing import Any

from audit.access.person import Who
from audit.records.database import Records
from audit.records.tables.objectives import ObjectiveRow
from audit.records.targets.declared import Register
from audit.targets.objective import Objective, Target

ACTION = "set objective"
CHANGEABLE = ("title", "kpi", "by", "group", "grain", "targets", "owner", "why", "retired_on")


def written(objective: Objective) -> dict[str, Any]:
    """What the table holds of it, by column."""
    told = objective.model_dump(mode="json", include=set(CHANGEABLE))
    steps = [{name: value for name, value in step.items() if value is not None} for step in told["targets"]]
    return {**told, "targets": steps, "retired_on": objective.retired_on}


KEPT = Register(Objective, ObjectiveRow, "objective", "OBJ", ACTION, CHANGEABLE, written)
set_objective, revise, retire, keep_all = KEPT.begin, KEPT.revise, KEPT.retire, KEPT.keep_all
every, find, revisions, objective_of = KEPT.every, KEPT.find, KEPT.revisions, KEPT.of


def step(
    records: Records, id: str, seen: int | None, who: Who, target: Target, reason: str, key: str | None = None
) -> Objective:
    """Another target from a day on; it takes the place of a step that begins on the same day."""

    def with_target(former: Objective) -> dict[str, Any]:
        others = (each for each in former.targets if each.since != target.since)
        return {"targets": tuple(sorted((*others, target), key=lambda each: each.since))}

    return KEPT.changed(records, id, seen, who, reason, key, with_target)
