"""How the two databases are spoken to, so that a change has its turn, and what it is told when that does not come."""

from __future__ import annotations

import sqlite3
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from audit.address import without_password
from audit.errors import RecordError
from audit.text import Text
from audit.wording import say

WAIT = 15_000
"""Milliseconds that a change waits for another one to finish."""
STALLED = 60_000
"""Milliseconds after which PostgreSQL undoes a change of which nothing is heard any more, so that others can go on."""
LOOK = 2
"""Milliseconds between two looks whether it is one's turn, in a file."""
LOCK = 20159001
"""Any number, the same for every process: PostgreSQL's advisory lock."""
GIVEN_UP = {"connect_timeout": 10, "keepalives_idle": 30, "tcp_user_timeout": 30_000}
"""When a PostgreSQL that does not answer is given up, as libpq names it; the URL may say otherwise."""


def engine_of(url: str) -> Engine:
    place = place_of(url)
    try:
        if place.get_backend_name() == "sqlite" and place.database in (None, "", ":memory:"):
            told = without_password(url)
            raise RecordError(
                say("'{url}' would lose the records at the end; write sqlite:///records.sqlite", url=told)
            )
        engine = create_engine(place, **_connecting(place))
    except (SQLAlchemyError, ImportError) as error:
        raise _no_place(url, said(error)) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", begin)
    return engine


def place_of(url: str) -> URL:
    """Raises RecordError where it cannot be taken apart; the mistake itself may hold a part of the password."""
    try:
        return make_url(url)
    except ArgumentError as error:
        raise _no_place(url, said(error)) from None
    except ValueError:
        raise _no_place(url, say("its port is no number")) from None


def _no_place(url: str, error: Text | str) -> RecordError:
    told = without_password(url)
    return RecordError(
        say("'{url}' is no place for records ({error}); write sqlite:///records.sqlite", url=told, error=error)
    )


def _connecting(place: URL) -> dict[str, Any]:
    """Many wait for their turn to write, each with a connection, and must not keep others from reading."""
    asked: dict[str, Any] = {"pool_size": 10, "max_overflow": 30, "pool_timeout": WAIT / 1000}
    if place.get_backend_name() == "postgresql":
        # the server may have been started anew since the connection was last used
        asked["pool_pre_ping"] = True
        asked["connect_args"] = {name: value for name, value in GIVEN_UP.items() if name not in place.query}
    return asked


def _prepare_sqlite(connection: Any, record: object) -> None:
    # the driver must not begin transactions by itself, or they would begin without the lock
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {WAIT}", "journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()
    know_letters(connection)


def know_letters(connection: Any) -> None:
    """SQLite's own `lower` knows the 26 letters of English alone."""
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: Any) -> Any:
    """Letter by letter, as PostgreSQL does it: `str.lower` makes another sigma at the end of a word than within it."""
    return value.casefold() if isinstance(value, str) else value


def begin(connection: Connection) -> None:
    """A change takes the lock first, so that nobody else can follow the same entry of the trail."""
    writes = connection.get_execution_options().get("writes")
    if connection.dialect.name == "sqlite":
        if writes:
            _begin_in_turn(connection)
        else:
            connection.exec_driver_sql("begin")
    elif connection.dialect.name == "postgresql" and writes:
        # the first two are what PostgreSQL does by default, unless a server was told otherwise
        connection.exec_driver_sql(
            "set transaction isolation level read committed; set local synchronous_commit = on; "
            f"set local lock_timeout = {WAIT}; set local idle_in_transaction_session_timeout = {STALLED}"
        )
        if writes == "all":
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({LOCK})")


def _begin_in_turn(connection: Connection) -> None:
    """SQLite itself looks more and more seldom, so that whoever comes later passes whoever has waited longest."""
    raw: Any = connection.connection.driver_connection
    until = monotonic() + WAIT / 1000
    raw.execute("pragma busy_timeout = 0")
    try:
        while True:
            try:
                raw.execute("begin immediate")
                return
            except sqlite3.OperationalError as error:
                if not _waited_in_vain(error) or monotonic() > until:
                    connection.exec_driver_sql("begin immediate")  # says so in SQLAlchemy's way
                    return
            sleep(LOOK / 1000)
    finally:
        raw.execute(f"pragma busy_timeout = {WAIT}")


def said(error: BaseException) -> Text | str:
    if isinstance(error, DBAPIError) and _waited_in_vain(error.orig):
        return say("another change did not finish within {seconds} seconds", seconds=f"{WAIT / 1000:g}")
    if isinstance(error, DBAPIError) and (refused := _refused_by_disk(error.orig)):
        return refused
    told = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return told.splitlines()[0] if told else type(error).__name__


def _refused_by_disk(error: BaseException | None) -> Text | None:
    """SQLite says "disk I/O error" of a file that may not grow, PostgreSQL names the file that it could not extend."""
    of_sqlite, of_postgres = getattr(error, "sqlite_errorname", None) or "", getattr(error, "sqlstate", None)
    if of_sqlite == "SQLITE_FULL" or of_postgres == "53100":
        return say("the disk is full")
    return say("the disk is full, or broken") if of_sqlite.startswith("SQLITE_IOERR") else None


def _waited_in_vain(error: BaseException | None) -> bool:
    of_sqlite, of_postgres = getattr(error, "sqlite_errorname", None) or "", getattr(error, "sqlstate", None)
    return of_sqlite.startswith("SQLITE_BUSY") or of_postgres == "55P03"
