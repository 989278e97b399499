"""objectives: targets against values, and the objectives themselves to a file and from one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from audit.errors import DefinitionError, SourceError
from audit.objective import Target, spelled
from audit.records import objectives as kept
from pipelines import objective_file
from pipelines.commands.assessing import latest
from pipelines.commands.terminal import actor, at_work, print_table, say, tell
from pipelines.objective_file import Planned
from pipelines.objectives import Judged, ObjectivePeriod, judged
from pipelines.outlook import Forecast

HEADS = ["objective", "title", "period", "target", "value", "n", "met", "sure"]
PLAN = ["what", "objective", "title", "changed"]


def objectives(asked: argparse.Namespace) -> int:
    """Exit 0 also where an objective was not attained: that is a figure, not a failure."""
    if asked.file_from and asked.to:
        raise SourceError("write to a file with --to, or read one with --from, and not both")
    if asked.file_from:
        return _read(asked)
    return _write(asked) if asked.to else _judge(asked)


def _judge(asked: argparse.Namespace) -> int:
    with at_work(asked) as (workspace, records):
        every = kept.every(records)
        found = judged(workspace, latest(workspace), every) if every else []
    rows = [row for each in found for row in _rows(each)]
    tell(asked, rows, lambda: _print(rows, found))
    return 0


def _print(rows: Sequence[dict[str, object]], found: Sequence[Judged]) -> None:
    print_table(HEADS, [[row[name] for name in HEADS] for row in rows])
    for each in found:
        if each.silent:
            print(f"{each.objective.id}: {each.silent.en}")
        if each.forecast:
            print(f"{each.objective.id}: {each.forecast.outlook}, {each.forecast.because.en}")


def _rows(judged: Judged) -> list[dict[str, object]]:
    """One for each period; the forecast stands beside the one that is under way."""
    return [_row(judged, each, judged.forecast if each is judged.current else None) for each in judged.periods]


def _row(judged: Judged, period: ObjectivePeriod, forecast: Forecast | None) -> dict[str, object]:
    objective, figure, reached = judged.objective, period.measurement, period.attainment
    return {
        "objective": objective.id,
        "title": objective.title,
        "kpi": objective.kpi,
        "by": objective.by,
        "group": objective.group,
        "grain": objective.grain,
        "period": period.period,
        "starts": period.starts,
        "ends": period.ends,
        "target": _target(period.target),
        "at_least": _value(period.target, "at_least"),
        "at_most": _value(period.target, "at_most"),
        "value": figure and figure.value,
        "n": figure.n if figure else 0,
        "low": figure and figure.low,
        "high": figure and figure.high,
        "met": reached.met,
        "sure": reached.sure or None,
        "warned": reached.warned,
        "stretched": reached.stretched,
        "because": period.because.en,
        "owner": objective.owner,
        "retired_on": objective.retired_on,
        "forecast": forecast and _forecast(forecast),
    }


def _target(target: Target) -> str:
    sides = (("at least", target.at_least), ("at most", target.at_most))
    return ", ".join(f"{word} {spelled(value)}" for word, value in sides if value)


def _value(target: Target, side: str) -> float | None:
    found = getattr(target, side)
    return found.value if found else None


def _forecast(forecast: Forecast) -> dict[str, object]:
    return {
        "outlook": forecast.outlook,
        "value": forecast.value,
        "low": forecast.low,
        "high": forecast.high,
        "months": forecast.months,
        "because": forecast.because.en,
    }


def _write(asked: argparse.Namespace) -> int:
    to = Path(asked.to)
    if not to.parent.is_dir():
        raise SourceError(f"{to}: the folder {to.parent} does not exist; make it first or name another")
    with at_work(asked) as (workspace, records):
        every = kept.every(records)
        text = objective_file.text_of(workspace.set_up.organisation, every)
    beside = to.with_name(f".{to.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, to)
    document = {"file": str(to), "objectives": len(every)}
    tell(asked, document, lambda: print_table(list(document), [list(document.values())]))
    return 0


def _read(asked: argparse.Namespace) -> int:
    """Exit 2 where the file has a mistake, or nobody agreed: then nothing was changed."""
    path = Path(asked.file_from)
    with at_work(asked) as (workspace, records):
        by = records.require(actor(), kept.ACTION)
        if wrong := objective_file.mistakes(workspace, path):
            return _refuse(asked, wrong)
        plan = objective_file.planned(records, objective_file.read(workspace, path))
        changes = [each.objective for each in plan if each.what != "unchanged"]
        if not asked.json:
            print_table(PLAN, [list(row.values()) for row in map(_planned, plan)])
        agreed = bool(changes) and (asked.yes or _agreed(len(changes)))
        if agreed:
            kept.keep_all(records, changes, by, asked.reason or f"read from {path.name}")
    if asked.json:
        tell(asked, {"kept": agreed, "planned": [_planned(each) for each in plan]}, lambda: None)
    if changes and not agreed:
        say("nothing was changed; add --yes to keep this")
        return 2
    if not asked.json:
        print(f"{len(changes)} kept" if changes else "nothing to change")
    return 0


def _planned(each: Planned) -> dict[str, object]:
    named = each.objective
    return {"what": each.what, "objective": named.id, "title": named.title, "changed": ", ".join(each.changed)}


def _agreed(count: int) -> bool:
    return sys.stdin.isatty() and input(f"Keep these {count}? Type 'yes' to go on: ").strip() == "yes"


def _refuse(asked: argparse.Namespace, wrong: Sequence[DefinitionError]) -> int:
    for mistake in wrong:
        say(str(mistake))
    say("nothing was changed")
    rows = [{"file": m.file, "line": m.line, "column": m.column, "message": m.message} for m in wrong]
    if asked.json:
        tell(asked, {"kept": False, "mistakes": rows}, lambda: None)
    return 2
