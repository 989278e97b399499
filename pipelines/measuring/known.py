"""What was known on a day: the loads that had been received by then, and the versions of the tables that they gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit.load import Load
from audit.records import Records, loads
from pipelines.measuring import facts
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Known:
    loads: Sequence[Load]
    """Those that count."""
    versions: dict[str, int]
    """Source -> version of its table."""
    later: tuple[str, ...] = ()
    """Sources that hold loads which count although they were received after the audit date."""


def known_now(workspace: Workspace, records: Records, audit_date: dt.date) -> Known:
    """All that there is, a load that was killed before it was recorded included."""
    versions, every = facts.versions(workspace), loads.every(records)
    late = {load.source for load in every if load.published and load.received_at >= _end(audit_date)}
    return Known(every, versions, tuple(sorted(late)))


def known_on(workspace: Workspace, records: Records, day: dt.date) -> Known:
    """
    What a run on that day (in UTC) would have found. A source of which nothing at all had been received is taken as it
    stands now: history that was loaded afterwards could not be audited otherwise.
    """
    now, newest, then = loads.every(records), facts.versions(workspace), loads.every(records, before=_end(day))
    later = {load.source for load in now} - {load.source for load in then}
    tries = {(load.id, load.received_at) for load in then}
    grown = {load.source for load in now if load.published and (load.id, load.received_at) not in tries} - later
    given = {load.source: load.version for load in sorted(then, key=_version) if load.version is not None}
    versions = {name: given.get(name) if name in grown else version for name, version in newest.items()}
    at = {name: version for name, version in versions.items() if version is not None}
    # of two loads at once, the one that published first can be the one that was received last
    within = [load for load in now if load.source in later or 0 <= _version(load) <= at.get(load.source, -1)]
    counted = {load.id: load for load in [*then, *within]}
    return Known(list(counted.values()), at, tuple(sorted(later & at.keys())))


def _end(day: dt.date) -> dt.datetime:
    """The first moment after the day."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)


def _version(load: Load) -> int:
    return -1 if load.version is None else load.version
