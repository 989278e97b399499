"""Whether a figure may be believed: what the loads, the gates and the age of the rows that it rests on say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import duckdb

from audit.load import Load, wanting
from audit.quantity import Quantity
from audit.source import Source
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.measuring.lineage import Read, read_by
from pipelines.measuring.periods import Period
from pipelines.measuring.soundness import Standing, flaws, inside


@dataclass(frozen=True)
class Doubt:
    """Why a figure is not evaluated, or the warning that travels with it."""

    not_evaluated: Text | None = None
    warning: Text | None = None


class Trust:
    """The state of every source at the versions of a run: whose rows stand in its table, and how new they are."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        at: Iterable[str],
        loads: Iterable[Load],
        last: dt.date = dt.date.max,
    ) -> None:
        """Rows dated after the `last` day of the run say nothing about how new the data is."""
        self.loads = {load.id: load for load in loads}
        sources = [definitions.sources()[name] for name in at]
        read = {source.name: _read(connection, source, last) for source in sources}
        self.rows = {name: {(load, month): count for load, month, count, _ in groups} for name, groups in read.items()}
        self.newest = {name: max((day for *_, day in groups if day), default=None) for name, groups in read.items()}
        # KPIs ask the same of a source over and over
        self._needed_by, self._lost, self._by_load = cache(self._needs), cache(self._lost_of), cache(self._loads_within)
        self._of_source = cache(self._gravest_of_source)

    def doubt(self, kpi_name: str, period: Period) -> Doubt:
        """The first reason for silence among the sources that the KPI reads, else the gravest warning."""
        if definitions.kpis()[kpi_name].rows == "dated up to its end":
            period = replace(period, starts=dt.date.min)  # such a figure rests on all that came before
        return self._gravest_of(self._needed_by(kpi_name), period, definitions.kpis()[kpi_name].measures_age)

    def doubt_about(self, read: Read, period: Period) -> Doubt:
        """The same for columns that a method reads."""
        return self._gravest_of(self._needed(read), period)

    def _gravest_of(self, needed: Read, period: Period, ages: bool = False) -> Doubt:
        return _gravest(self._of_source(name, columns, period, ages) for name, columns in needed.items())

    def _gravest_of_source(self, name: str, columns: frozenset[str], period: Period, ages: bool) -> Doubt:
        return _gravest(self._reasons(definitions.sources()[name], columns, period, ages))

    def _reasons(self, source: Source, columns: frozenset[str], period: Period, ages: bool) -> Iterator[Doubt]:
        yield Doubt(self._absent(source, columns))
        yield Doubt(self._interrupted(source))
        yield Doubt(self._stopped(source, period))
        yield Doubt(None if ages else self._stale(source, period))
        for flaw in flaws(self._standing(source, columns, period)):
            grave = flaw.share > source.tolerance.value
            yield Doubt(not_evaluated=flaw.told) if grave else Doubt(warning=flaw.told)

    def _needs(self, kpi_name: str) -> Read:
        return self._needed(self._expected(kpi_name))

    def _expected(self, kpi_name: str) -> Read:
        """Without the sources that a KPI can do without, as long as anything is loaded for it at all."""
        read = read_by(kpi_name)
        spared = set(definitions.kpis()[kpi_name].may_lack) if any(self.rows.get(name) for name in read) else set()
        return {name: columns for name, columns in read.items() if name not in spared or self.rows.get(name)}

    def _needed(self, read: Read) -> Read:
        """Without the columns whose absence means something by the contract."""
        known = definitions.sources()
        kept = {
            name: frozenset(c for c in columns if self._delivered(name, c) or not known[name].columns[c].absent_means)
            for name, columns in read.items()
        }
        return {name: columns for name, columns in kept.items() if columns or not read[name]}

    def _delivered(self, source: str, column: str) -> bool:
        return any(column in load.delivered for load in self._live(source))

    def _live(self, source: str) -> list[Load]:
        return [self.loads[name] for name in {load for load, _ in self.rows.get(source, {})} if name in self.loads]

    def _standing(self, source: Source, columns: frozenset[str], period: Period) -> Standing:
        return Standing(source, columns, self._by_load(source.name, period), self._lost(source.name))

    def _loads_within(self, source: str, period: Period) -> list[tuple[Load, dict[str, int]]]:
        rows: dict[str, dict[str, int]] = defaultdict(dict)
        for (load, month), count in self.rows.get(source, {}).items():
            if load in self.loads and inside(month, period):
                rows[load][month] = count
        return [(self.loads[load], months) for load, months in rows.items()]

    def _lost_of(self, source: str) -> int:
        """They have no month that could be trusted, so they count in every period; a file tried twice counts once."""
        own = [load for load in self.loads.values() if load.source == source]
        lost: dict[str, int] = {}
        for load in own:
            if not load.loaded:
                later = sum(other.loaded for other in own if other.published and other.received_at > load.received_at)
                left = max(0, load.rejected - later)
                lost[load.sha256] = min(left, lost.get(load.sha256, left))
        return sum(lost.values())

    def _absent(self, source: Source, columns: frozenset[str]) -> Text | None:
        if not self.rows.get(source.name):
            return say("nothing is loaded of {source}; load a file on the Data page", source=source.title)
        for column in sorted(columns):
            if not self._delivered(source.name, column):
                return say(
                    "no file of {source} had the column {column}; map it and load again",
                    source=source.title,
                    column=column,
                )
        return None

    def _interrupted(self, source: Source) -> Text | None:
        """Rows that were published by a load that was killed before it could be recorded."""
        if all(load in self.loads for load, _ in self.rows.get(source.name, {})):
            return None
        return say(
            "a load of {source} was interrupted before it was recorded; load its file again", source=source.title
        )

    def _stopped(self, source: Source, period: Period) -> Text | None:
        """A load that the gate stopped, and that no later files made good."""
        for load in self.loads.values():
            if load.source != source.name or not load.stopped:
                continue
            if any(inside(month, period) for month in wanting(load, self.loads.values())):
                return say(
                    "the gate stopped the file {file} of {source}: {reason}",
                    file=load.file,
                    source=source.title,
                    reason=next(result.reason for result in load.gate if result.stops).within_a_sentence(),
                )
        return None

    def _stale(self, source: Source, period: Period) -> Text | None:
        newest = self.newest.get(source.name)
        if source.stale_after is None or newest is None or (period.ends - newest).days <= source.stale_after.value:
            return None
        return say(
            "the newest row of {source} is of {newest}, {age} before the end of the period; at most {most} is promised",
            source=source.title,
            newest=newest,
            age=Quantity((period.ends - newest).days, "days"),
            most=source.stale_after,
        )


def _gravest(reasons: Iterable[Doubt]) -> Doubt:
    gravest = Doubt()
    for doubt in reasons:
        if doubt.not_evaluated:
            return doubt
        gravest = gravest if gravest.warning else doubt
    return gravest


def _read(
    connection: duckdb.DuckDBPyConnection, source: Source, last: dt.date
) -> list[tuple[str, str, int, dt.date | None]]:
    """
    Load, month, rows that stand in the table now, and their newest day up to the last; an undated source has the month
    "" and no day.
    """
    day, month = (f"cast({source.dated_by} as date)", "strftime(month, '%Y-%m')") if source.dated_by else ("null", "''")
    return connection.execute(
        f"""
        select _load, {month}, rows, newest
        from (select _load, date_trunc('month', day) as month, count(*) as rows, max(day) filter (day <= ?) as newest
              from (select _load, cast({day} as date) as day from {source.name}) group by all)""",
        [last],
    ).fetchall()
