"""run, kpis, clauses: figures and verdicts."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

import pandas as pd

from audit.errors import DefinitionError, SourceError
from audit.quantity import number
from audit.records.auditing import decisions
from pipelines import definitions, yaml_file
from pipelines.commands.terminal import at_work, print_table, progress_bar, tell
from pipelines.measuring.engine import TITLES
from pipelines.measuring.groups import groupings
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

KEYS = ["kpi", "unit", "grain", "period", "by", "group", "value", "n", "low", "high", "not_evaluated", "warning"]


def run(asked: argparse.Namespace) -> int:
    from pipelines.run import run as made

    with at_work(asked) as (workspace, records), progress_bar("run") as moved:
        found = made(workspace, records, asked.starts, asked.ends, asked.as_of, moved, asked.engine)
    document = {
        "run": found.id,
        "from": found.starts,
        "to": found.ends,
        "as_of": found.as_of,
        "versions": found.versions,
        "engine": found.engine,
        "known_later": list(found.known_later),
    }
    tell(asked, document, lambda: _print_run(found))
    return 0


def _print_run(found: Run) -> None:
    by = TITLES[found.engine]
    print_table(["run", "from", "to", "as of", "computed by"], [[found.id, found.starts, found.ends, found.as_of, by]])
    if found.known_later:
        print(f"loaded after the audit date, and counted as it stands now: {', '.join(found.known_later)}")


def kpis(asked: argparse.Namespace) -> int:
    known = list(definitions.kpis())
    if asked.kpi and asked.kpi not in known:
        near = yaml_file.nearest(asked.kpi, known)
        raise DefinitionError(f"there is no KPI '{asked.kpi}'{near}; known are: {', '.join(known)}")
    dimensions = sorted({name for kpi in definitions.kpis().values() for name in groupings(kpi)})
    if asked.by and asked.by not in dimensions:
        near = yaml_file.nearest(asked.by, dimensions)
        raise DefinitionError(f"nothing is measured by '{asked.by}'{near}; write one of: {', '.join(dimensions)}")
    with at_work(asked) as (workspace, _):
        found = results.measurements(workspace, latest(workspace).id, asked.kpi, asked.grain, asked.by)
    found = found.rename(columns={"not_evaluated_en": "not_evaluated", "warning_en": "warning"})
    rows = [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in found[KEYS].to_dict("records")
    ]
    tell(asked, rows, lambda: print_table(KEYS[:-1], map(_readable, rows)))
    return 0


def _readable(row: Mapping[str, Any]) -> list[object]:
    """With as many decimals as the unit has on pages."""
    figures = {name: row[name] for name in ("value", "low", "high") if row[name] is not None}
    return [number(figures[name], row["unit"], aligned=True) if name in figures else row[name] for name in KEYS[:-1]]


def clauses(asked: argparse.Namespace) -> int:
    with at_work(asked) as (workspace, records):
        found, concluded = latest(workspace), decisions.current(records)
    rows = [
        {
            "clause": clause.clause,
            "requirement": requirement.id,
            "proposed": str(requirement.proposed),
            "concluded": str(concluded[requirement.id].concluded) if requirement.id in concluded else None,
            "evidence": [
                {"id": e.id, "outcome": str(e.outcome), "because": e.because.en, "grade": e.grade and str(e.grade)}
                for e in requirement.evidence
            ],
        }
        for clause in found.clauses
        for requirement in clause.requirements
    ]
    headings = ["clause", "requirement", "proposed", "concluded"]
    tell(asked, rows, lambda: print_table(headings, [[row[name] for name in headings] for row in rows]))
    return 0


def latest(workspace: Workspace) -> Run:
    found = results.latest(workspace)
    if found is None:
        raise SourceError("there is no run yet; make one with 'python -m pipelines run'")
    return found
