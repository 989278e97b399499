"""readiness, gaps, bridge, what-if: what an audit would find, and what would change it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from math import isfinite, nan

from audit.errors import DefinitionError, SourceError
from audit.readiness import effort_word, priority_word
from audit.rule import Interview, Observation
from audit.score import Score, formula, score
from pipelines import definitions, yaml_file
from pipelines.commands.assessing import latest
from pipelines.commands.terminal import at_work, print_table, tell
from pipelines.readiness.bridge import bridge as bridged
from pipelines.readiness.bridge import until
from pipelines.readiness.forecast import expiries
from pipelines.readiness.gap_analysis import concluded, planned
from pipelines.readiness.what_if import Levers, possible
from pipelines.readiness.what_if import what_if as supposed

SHARES = ("met", "not_met", "not_evaluated", "not_applicable")


def readiness(asked: argparse.Namespace) -> int:
    """The share that is shown, clause by clause and overall, and what will have grown old by a day."""
    with at_work(asked) as (workspace, records):
        run, verdicts = latest(workspace), concluded(records)
        found = score([r for clause in run.clauses for r in clause.requirements], verdicts)
        each = {clause.clause: _shares(score(clause.requirements, verdicts)) for clause in run.clauses}
        on = asked.on or run.as_of
        old = [one for one in expiries(workspace, run) if one.good_until < on]
    rows = [
        {
            "clause": one.clause,
            "evidence": one.evidence.id,
            "good_until": one.good_until,
            "shows": one.evidence.shows.en,
        }
        for one in old
    ]
    document = {
        "run": run.id,
        "ready": found is not None and found.ready,
        "score": _shares(found),
        "clauses": [{"clause": name, **shares} for name, shares in each.items()],
        "formula": formula().en,
        "on": on,
        "stale": rows,
    }
    heads = ["clause", "evidence", "good_until", "shows"]

    def show() -> None:
        whole = {**each, "all": _shares(found)}
        print_table(["clause", *SHARES], [[name, *map(_percent, shares.values())] for name, shares in whole.items()])
        print_table(heads, [[row[name] for name in heads] for row in rows])

    tell(asked, document, show)
    return 0


def _shares(found: Score | None) -> dict[str, float | None]:
    return {name: round(getattr(found, name), 6) if found else None for name in SHARES}


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def gaps(asked: argparse.Namespace) -> int:
    with at_work(asked) as (workspace, records):
        rows = [
            {
                "clause": each.gap.clause,
                "requirement": each.gap.requirement.id,
                "asks": each.gap.requirement.asks.en,
                "missing": [{"id": e.id, "outcome": str(e.outcome), "because": e.because.en} for e in each.gap.missing],
                "priority": priority_word(each.gap.priority).en,
                "why": each.gap.why.en,
                "effort": effort_word(each.effort).en,
                "owner": each.owner,
                "due_on": each.due_on,
            }
            for each in planned(records, latest(workspace))
        ]
    heads = ["clause", "requirement", "priority", "effort", "owner", "due_on", "why"]
    tell(asked, rows, lambda: print_table(heads, [[row[name] for name in heads] for row in rows]))
    return 0


def bridge(asked: argparse.Namespace) -> int:
    with at_work(asked) as (workspace, _):
        run, own = latest(workspace), workspace.set_up.transition_until
        found = bridged(workspace, run)
    if found is None:
        raise SourceError(f"no edition follows {run.edition} yet")
    rows = [
        {
            "clause": step.clause,
            "former_clause": step.former_clause,
            "requirement": step.requirement.id,
            "asks": step.requirement.asks.en,
            "change": step.altered.change,
            "confidence": step.altered.confidence,
            "before": step.before and str(step.before),
            "after": str(step.after),
            "missing": [{"id": e.id, "because": e.because.en} for e in step.missing],
            "read_again": [{"id": e.id, "shows": e.shows.en} for e in step.read_again],
        }
        for step in found.steps
    ]
    document = {
        "from": found.earlier.id,
        "to": found.later.id,
        "transition_until": str(until(found, own) or ""),
        "transition_said_by": "the organisation" if own else "reports; confirm with your certification body",
        "notice": found.later.notice.en,
        "unchanged": found.unchanged,
        "steps": rows,
    }
    heads = ["clause", "requirement", "change", "confidence", "before", "after"]
    tell(asked, document, lambda: print_table(heads, [[row[name] for name in heads] for row in rows]))
    return 0


def what_if(asked: argparse.Namespace) -> int:
    with at_work(asked) as (workspace, records):
        run = latest(workspace)
        checklist = workspace.checklist(run.edition, run.packs)
        heard = [rule.id for _, _, rule in checklist.rules() if isinstance(rule, Interview | Observation)]
        levers = Levers(
            figures=dict(_figure(text) for text in asked.set),
            documents=frozenset(_known(name, checklist.documents, "kind of document") for name in asked.approve),
            answers=frozenset(_known(name, heard, "interview or observation") for name in asked.heard),
        )
        found = supposed(workspace, run, levers, concluded(records))
    rows = [{"requirement": c.requirement, "now": str(c.now), "then": str(c.then)} for c in found.changes]
    document = {"run": run.id, "met": found.score and found.score.met, "changes": rows}
    heads = ["requirement", "now", "then"]
    tell(asked, document, lambda: print_table(heads, [[row[name] for name in heads] for row in rows]))
    return 0


def _figure(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    _known(name, definitions.kpis(), "KPI")
    try:
        figure = float(value)
    except ValueError:
        figure = nan
    if not isfinite(figure):
        unit = definitions.kpis()[name].unit
        raise SourceError(f"'{text}' names no value; write it as {name}=25, in {unit}")
    low, high = possible(definitions.kpis()[name])
    if (low is not None and figure < low) or (high is not None and figure > high):
        ends = f"at least {low:g}" if high is None else f"from {low:g} to {high:g}"
        raise SourceError(f"'{text}' cannot be: {name} is {ends} in {definitions.kpis()[name].unit}")
    return name, figure


def _known(name: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if name not in names:
        raise DefinitionError(f"there is no {what} '{name}'{yaml_file.nearest(name, names)}")
    return name
