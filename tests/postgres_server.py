"""A PostgreSQL server of the tests' own, in a temporary folder, that ends with them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from glob import glob
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from audit.records import open_records

NUMBER = count()
OTHERS = ("postgres", "nobody")
ROOM = 2_000_000_000
"""Bytes."""


def binaries() -> Path | None:
    """Debian keeps them out of the path; the newest version counts."""
    found = shutil.which("initdb")
    places = [found] if found else sorted(glob("/usr/lib/postgresql/*/bin/initdb"))
    return Path(places[-1]).parent if places else None


class Server:
    def __init__(self, port: int) -> None:
        self.port = port
        self.admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://clauselight@127.0.0.1:{self.port}/{database}"

    def database(self, like: str = "template1") -> str:
        """The URL of a new one, empty unless it is made like another one, which takes a tenth of the time."""
        name = f"records_{next(NUMBER)}"
        with self.admin.connect() as connection:
            copied = "strategy file_copy" if self.admin.dialect.server_version_info >= (15,) else ""
            connection.execute(text(f"create database {name} template {like} {copied}"))
        return self.url(name)

    @cached_property
    def migrated(self) -> str:
        """The name of a database with the tables of today and nothing in them."""
        made = self.database()
        open_records(made).close()
        return made.rpartition("/")[2]

    def drop(self, url: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(f"drop database {url.rpartition('/')[2]} with (force)"))


@contextmanager
def server() -> Iterator[Server]:
    """PostgreSQL refuses to run as root, so root lends it another account."""
    at = binaries()
    assert at, "PostgreSQL is not installed"
    account = next(name for name in OTHERS if shutil.which("id") and _is_account(name)) if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=_memory()))
    if account:
        shutil.chown(folder, account)
    port = _free_port()
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c max_connections=200"
    options += " -c fsync=off -c full_page_writes=off -c autovacuum=off"  # it never outlives its machine

    lent = dict(user=account, group=account, extra_groups=[]) if account == "postgres" else dict(user=account)
    asked: dict[str, Any] = lent if account else {}

    def run(program: str, *arguments: str) -> None:
        command = [str(at / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **asked)

    # however the tests end, killed ones too, their end of the pipe closes, and the server goes with its folder
    ending = f"read _; '{at}/pg_ctl' -D '{folder}/data' -m immediate stop >/dev/null 2>&1; rm -rf '{folder}'"
    last = subprocess.Popen(["sh", "-c", ending], stdin=subprocess.PIPE, start_new_session=True, cwd="/", **asked)
    try:
        run("initdb", "-U", "clauselight", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        served = Server(port)
        yield served
        served.admin.dispose()
    finally:
        last.communicate()


def _memory() -> str | None:
    """Where there is room in it: every test has a database of its own, and a busy disk takes half a second for each."""
    shared = Path("/dev/shm")
    return str(shared) if shared.is_dir() and shutil.disk_usage(shared).free > ROOM else None


def _is_account(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True).returncode == 0


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
