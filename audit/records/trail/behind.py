"""Records that have lost their newest entries: the anchor beside them knows of more than they hold."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, func, inspect, select

from audit.errors import RecordError
from audit.records.read_only import read_only_engine
from audit.records.tables import EntryRow
from audit.records.trail.anchor import Anchor
from audit.text import Text
from audit.wording import say

ASIDE = "recovery"


def behind(engine: Engine, file: Path | None, anchor: Anchor | None) -> Text | None:
    """
    Why such records are only shown; None where nothing is missing. What is left of a file is copied aside before
    anybody can write to it. Raises RecordError where nothing at all is left.
    """
    # the anchor first: what it names is committed already
    seen = anchor.last() if anchor else 0
    if not seen or anchor is None:
        return None
    head = _head(file, engine)
    if head >= seen:
        return None
    if file and file.is_file():
        _copy(file, file.parent / ASIDE, f"{head}-of-{seen}")
    if head == 0:
        raise RecordError(
            say(
                "the records are missing or empty, and {anchor} has seen entry {seen}; bring {records} back, or "
                "restore a backup into a new folder",
                anchor=anchor.path.name,
                seen=seen,
                records=file.name if file else say("the database"),
            )
        )
    return say(
        "head {head}, expected {seen}: the newest entries are missing; bring the file of the records and its -wal file "
        "back as they were, or restore a backup",
        head=head,
        seen=seen,
    )


def _head(file: Path | None, engine: Engine) -> int:
    """Looked at without the right to write: SQLite throws away what it cannot read of a log."""
    if file is None:
        return _last(engine)
    if not file.is_file() or not file.stat().st_size:
        return 0
    looking = read_only_engine(file)
    try:
        return _last(looking)
    finally:
        looking.dispose()


def _last(engine: Engine) -> int:
    with engine.connect() as connection:
        if not inspect(connection).has_table(EntryRow.__tablename__):
            return 0
        return connection.scalar(select(func.max(EntryRow.seq))) or 0


def _copy(file: Path, aside: Path, name: str) -> None:
    """Once for each such state, so that looking again and again takes no more room."""
    with suppress(OSError):  # without room or right to do so, they are shown all the same
        aside.mkdir(exist_ok=True)
        for part in (file, file.with_name(f"{file.name}-wal")):
            copy = aside / f"{name}-{part.name}"
            if part.is_file() and not copy.exists():
                shutil.copyfile(part, copy)
