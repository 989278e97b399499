"""effectiveness: whether the figures show that an action worked."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from audit.errors import DefinitionError, SourceError
from audit.finding.finding import Action
from audit.records import Records
from audit.records.finding import actions
from pipelines.commands.assessing import latest
from pipelines.commands.terminal import at_work, print_table, tell
from pipelines.effects.effectiveness import judge
from pipelines.methods.difference import Difference
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace


def effectiveness(asked: argparse.Namespace) -> int:
    """Exit 1 where an action that was done shows that things got worse."""
    with at_work(asked) as (workspace, records):
        run = latest(workspace)
        chosen = [_one(records, asked.action)] if asked.action else actions.every(records)
        aimed = [each for each in chosen if each.kpi and each.status != "cancelled"]
        rows = [{"run": run.id, **_named(action), **_judged(workspace, run, action)} for action in aimed]
    heads = ["action", "kpi", "group", "done_on", "expected_on", "proposed", "because"]
    tell(asked, rows, lambda: print_table(heads, [[row[name] for name in heads] for row in rows]))
    return int(any(row["proposed"] == "worse" for row in rows))


def _one(records: Records, id: str) -> Action:
    action = actions.find(records, id)
    if not action.kpi:
        raise SourceError(f"action '{id}' names no KPI that it should move; name one on the page Findings and actions")
    return action


def _named(action: Action) -> dict[str, object]:
    return {
        "action": action.id,
        "what": action.what,
        "kpi": action.kpi,
        "by": action.by,
        "group": action.group,
        "done_on": action.done_on,
        "expected_on": action.expected_on,
    }


def _judged(workspace: Workspace, run: Run, action: Action) -> dict[str, object]:
    """An action whose KPI is no longer there must not hide what became of the others."""
    try:
        effect = judge(workspace, run, action)
    except DefinitionError as error:
        return {"proposed": "cannot be judged", "change": None, "beyond_others": None, "because": str(error)}
    return {
        "proposed": effect.proposed,
        "change": _figures(effect.change),
        "beyond_others": _figures(effect.beyond),
        "because": effect.sentence.en,
    }


def _figures(change: Difference | None) -> dict[str, float] | None:
    return {name: round(value, 6) for name, value in asdict(change).items()} if change else None
