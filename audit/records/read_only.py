"""Records that can be read and not written: where the folder may not be written to, or its disk is read-only."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, NullPool, create_engine

from audit.records.engine import know_letters
from audit.text import Text
from audit.wording import say


def why(*paths: Path) -> Text | None:
    """Why one of these cannot be written to; None where all that exist can."""
    for path in paths:
        if path.exists() and not os.access(path, os.W_OK):
            if os.name != "nt" and os.statvfs(path).f_flag & os.ST_RDONLY:
                return say("its disk is read-only")
            return say("you may not write to {name}", name=path.resolve().name)
    return None


def read_only_engine(file: Path) -> Engine:
    """Every look opens the file anew, because others may be allowed to write to it."""
    return create_engine("sqlite://", creator=lambda: _connection(file), poolclass=NullPool)


def _connection(file: Path) -> sqlite3.Connection:
    # without a log nobody is at work, and then SQLite needs to be told that it need not make one for itself
    at_work = file.with_name(file.name + "-wal").exists()
    address = f"file:{quote(str(file.resolve()))}?mode=ro{'' if at_work else '&immutable=1'}"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    connection.isolation_level = None
    connection.execute("pragma busy_timeout = 15000")
    know_letters(connection)
    return connection
