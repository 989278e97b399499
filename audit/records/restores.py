"""Notes in the trail that an older state of the records was restored, and what is lost by it."""

from __future__ import annotations

import datetime as dt

from audit.access.person import Who
from audit.records.database import Records
from audit.records.statement import sha256_name, stated
from audit.records.tables.restores import RestoreRow
from audit.records.trail.entry import Entry
from audit.wording import say


def keep(records: Records, backup: str, made_at: dt.datetime, head: int, seen: int, who: Who, reason: str) -> Entry:
    """`backup` is the SHA-256 of its list of contents; entries `head` + 1 to `seen` existed once."""
    why = stated(reason, say("the reason"), say("why an older state is restored"))
    row = RestoreRow(backup=sha256_name(backup), made_at=made_at, head=head, seen=seen)
    with records.change(who, "restore", why) as change:
        return change.keep(row)
