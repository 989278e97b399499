"""Who chose what the organisation is audited against, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from audit.access.person import Who
from audit.records.database import Records
from audit.records.statement import stated
from audit.records.tables.set_ups import SetUpRow
from audit.wording import say


@contextmanager
def kept(records: Records, edition: str, packs: Sequence[str], who: Who, reason: str) -> Iterator[None]:
    """The file is written while this is open: where that fails, the trail tells of no change."""
    why = stated(reason, say("the reason for changing the edition or the packs"), say("why the organisation chose it"))
    with records.change(who, "set", why) as change:
        change.keep(SetUpRow(edition=edition, packs=list(packs)))
        yield
