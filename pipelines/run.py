"""One run: every figure measured and every clause assessed, for one audit period and one audit date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from audit.errors import RecordError, SourceError
from audit.evidence import Drawn
from audit.records import Records, loads
from audit.records.auditing import answers
from audit.records.document import documents
from audit.records.targets import criteria
from audit.rule import Computed, Rule, Sample
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.assess import Assessor, Grounds, with_criteria
from pipelines.auditing.drawing import draws
from pipelines.checking.check_checklists import refuse_unusable
from pipelines.checklists import editions
from pipelines.measure import measure
from pipelines.measuring import facts
from pipelines.measuring.engine import Engine, cells_by
from pipelines.measuring.known import Known, known_now, known_on
from pipelines.measuring.lineage import read_by
from pipelines.measuring.periods import periods
from pipelines.measuring.trust import Trust
from pipelines.runs import run_folder
from pipelines.runs.beside import beside
from pipelines.runs.run_folder import Run
from pipelines.upkeep.read_only import refuse_read_only
from pipelines.upkeep.room import reason, refuse_full_disk
from pipelines.upkeep.turn import beside_others
from pipelines.workspace import Workspace

Progress = Callable[[float, Text], None]


@beside_others
def run(
    workspace: Workspace,
    records: Records,
    starts: dt.date | None = None,
    ends: dt.date | None = None,
    as_of: dt.date | None = None,
    progress: Progress = lambda share, words: None,
    engine: Engine = "duckdb",
) -> Run:
    """Measure and assess. The same facts, records, dates and definitions give the same run, which is not made twice.

    `as_of` is the audit date, and the last day unless `ends` says otherwise: the data is measured as it was known on
    that day. Without it the workspace's own audit date counts, and all that is known now.
    """
    refuse_read_only(workspace)
    refuse_full_disk(workspace)
    audit_date = as_of or ends or workspace.set_up.as_of or records.clock().date()
    last = _last_day(ends, audit_date)
    known = known_on(workspace, records, as_of) if as_of else known_now(workspace, records, audit_date)
    if not known.versions:
        raise SourceError(say("there is nothing to measure: {reason}", reason=_nothing(records, as_of)))
    refuse_unusable(workspace.layers)
    own = {name: criterion.limits for name, criterion in criteria.current(records).items()}
    asked = with_criteria(every_rule(workspace), own)
    measured = _measured(workspace, known, asked, starts, last, progress, engine)
    progress(0.9, say("Assessing the clauses"))
    answered = list(answers.current(records).values())
    grounds = Grounds(documents.current(records), own, answered, measured.drawn)
    made = _made(workspace, known, measured, grounds, last, audit_date, engine)
    kept = run_folder.Kept(known.loads, grounds, facts.sums(workspace, known.versions), measured.beside)
    try:
        return run_folder.keep(workspace.runs, made, measured.found, kept)
    except OSError as error:
        raise RecordError(
            say("the run cannot be kept ({reason}); nothing was changed, the former runs stay", reason=reason(error))
        ) from error


@dataclass(frozen=True)
class _Measured:
    first: dt.date
    found: pd.DataFrame
    drawn: Mapping[str, Drawn]
    beside: dict[str, bytes]
    trust: Trust


def _measured(
    workspace: Workspace,
    known: Known,
    asked: Sequence[Rule],
    starts: dt.date | None,
    last: dt.date,
    progress: Progress,
    engine: Engine,
) -> _Measured:
    """Everything that is read from the facts."""
    at = known.versions
    with facts.opened(workspace, at) as connection:
        first = _first(starts or workspace.set_up.begins or _first_day(connection, at, last), last)
        windows = {int(rule.accept.over.value) for rule in asked if isinstance(rule, Computed)}
        spans = periods(first, last, windows, workspace.set_up.fiscal_year_begins)
        trust, by = Trust(connection, at, known.loads, last), cells_by(engine, connection, workspace, at)
        found = measure(connection, trust, spans, lambda s, w: progress(0.9 * s, w), by=by)
        drawn = draws(connection, [rule for rule in asked if isinstance(rule, Sample)], at, last)
        return _Measured(first, found, drawn, beside(connection, trust, workspace, found, first, last), trust)


def _made(
    workspace: Workspace,
    known: Known,
    measured: _Measured,
    grounds: Grounds,
    last: dt.date,
    audit_date: dt.date,
    engine: Engine,
) -> Run:
    checklist, trust = workspace.checklist(), measured.trust
    assessor = Assessor(checklist, definitions.kpis(), measured.found, grounds, last, audit_date)
    return Run(
        id="",
        organisation=workspace.set_up.organisation,
        edition=workspace.set_up.edition,
        packs=workspace.set_up.packs,
        starts=measured.first,
        ends=last,
        as_of=audit_date,
        versions=known.versions,
        newest={name: day for name, day in trust.newest.items() if day},
        rows={name: sum(counts.values()) for name, counts in trust.rows.items()},
        known_later=known.later,
        engine=engine,
        clauses=assessor.clauses(),
    )


def _last_day(ends: dt.date | None, audit_date: dt.date) -> dt.date:
    last = ends or audit_date
    if last > audit_date:
        raise SourceError(
            say(
                "the audit period ends on {last}, after the audit date {day}; choose a later --as-of",
                last=last.isoformat(), day=audit_date.isoformat(),
            )
        )  # fmt: skip
    return last


def _first(first: dt.date, last: dt.date) -> dt.date:
    if first > last:
        raise SourceError(
            say(
                "the audit period begins on {first}, after its end on {last}; choose an earlier --from",
                first=first.isoformat(), last=last.isoformat(),
            )
        )  # fmt: skip
    return first


def every_rule(workspace: Workspace) -> list[Rule]:
    """Of all editions, so that a run can be looked at through each of them. The run's own says it where two differ."""
    own_last = sorted(editions.named(workspace.layers), key=lambda edition: edition == workspace.set_up.edition)
    every = [workspace.checklist(edition) for edition in own_last]
    return list({rule.id: rule for checklist in every for _, _, rule in checklist.rules()}.values())


def _nothing(records: Records, as_of: dt.date | None) -> Text:
    if as_of and any(load.published for load in loads.every(records)):
        return say("no file was published by {day}; choose a later --as-of", day=as_of.isoformat())
    return say("no file has been loaded yet; load one first")


def _first_day(connection: duckdb.DuckDBPyConnection, at: dict[str, int], last: dt.date) -> dt.date:
    """The first day of the month of the earliest dated row among the sources that figures are made of."""
    days = []
    for name in {source for kpi in definitions.kpis() for source in read_by(kpi)} & at.keys():
        dated_by = definitions.sources()[name].dated_by
        if dated_by:
            row = connection.execute(f"select cast(min({dated_by}) as date) from {name}").fetchone()
            days += [row[0]] if row and row[0] else []
    return min(days, default=last).replace(day=1)
