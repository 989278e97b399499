"""Brings the tables of the records up to date, with Alembic, when they are opened."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from audit.address import without_password
from audit.errors import RecordError
from audit.wording import say

SCRIPTS = Path(__file__).parent / "migrations"
ALONE = Lock()
"""Alembic keeps the step under way in a variable of the whole program, so two threads must not be at it together."""


def migrate(engine: Engine) -> None:
    """
    All steps in one transaction, after a copy of a file as it was. Raises RecordError for records of a newer program,
    which stay as they are.
    """
    known = revisions()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == known[0]:
        return
    if current is not None and current not in known:
        raise RecordError(
            say(
                "the records at {place} were made by a newer program (their tables are '{theirs}', this program knows "
                "'{ours}'); nothing was changed: install the newer program",
                place=without_password(str(engine.url)),
                theirs=current,
                ours=known[0],
            )
        )
    if current and engine.dialect.name == "sqlite" and engine.url.database:  # none where it can only be read
        _copy(Path(engine.url.database), known[0])
    with engine.execution_options(writes="all").begin() as connection:
        upgrade(connection, known[0])


def _copy(file: Path, revision: str) -> None:
    """Beside it, by the database's own way of copying; whoever is killed over it leaves no half of one."""
    copy = file.with_name(f"{file.name}.before-{revision}")
    handle, half = tempfile.mkstemp(dir=file.parent, prefix=f".{copy.name}-", suffix=".tmp")
    os.close(handle)
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(half)) as target:
            source.backup(target, pages=1000)
        with open(half, "r+b") as written:
            os.fsync(written.fileno())
        os.replace(half, copy)
    except sqlite3.Error as error:
        raise OSError(f"no copy of {file.name} could be made: {error}") from error
    finally:
        for left in (half, f"{half}-wal", f"{half}-shm"):
            Path(left).unlink(missing_ok=True)


def upgrade(connection: Connection, revision: str) -> None:
    """From what is there, or from nothing, to this revision; nobody else's transaction must be under way."""
    with ALONE:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@cache
def revisions() -> list[str]:
    """Newest first. Read once: the files do not change while the program runs, and reading takes 40 ms."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config
