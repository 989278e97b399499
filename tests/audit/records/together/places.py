"""New workspaces with an audit under way; their records are in a file, or on a server that the tests started."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from kinds import AUDIT, an_audit
from postgres_server import Server, server

from pipelines.workspace import SetUp, Workspace, make_workspace

NewPlace = Callable[[], Workspace]


@contextmanager
def places(database: str, base: Path) -> Iterator[NewPlace]:
    numbers = count()

    def new(served: Server | None) -> Workspace:
        records = served.database(like=served.migrated) if served else "sqlite:///records.sqlite"
        if served:
            served.admin.dispose()  # a fork must not find it open
        made = make_workspace(base / f"{database}-{next(numbers)}", SetUp(organisation="A test", records=records))
        with made.open_records() as records:
            assert an_audit(records).id == AUDIT
        return made

    if database == "sqlite":
        yield lambda: new(None)
        return
    with server() as served:
        yield lambda: new(served)
