"""A small workspace whose records lie in a file or on a server, and backups of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from audit.records import Records, open_records, portable
from audit.records.migrate import revisions
from pipelines.backup.write import Taken, backup
from pipelines.upkeep.set_up import replaced
from pipelines.workspace import Workspace, open_workspace

Take = Callable[..., Taken]


def silent(share: float, words: object) -> None:
    assert 0 <= share <= 1.000001


@pytest.fixture(params=["sqlite", "postgresql"])
def at_work(request: pytest.FixtureRequest, own: Any, tmp_path: Path) -> Iterator[tuple[Workspace, Records]]:
    """The same rows on each of the two databases."""
    folder: Path = own.folder
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        url = server.database()
        moved(folder, url)
    with open_workspace(folder).open_records() as records:
        yield open_workspace(folder), records
    if request.param == "postgresql":
        server.drop(url)


def moved(folder: Path, url: str) -> None:
    """From the file onto the server, by the way that a restore takes."""
    with open_records(f"sqlite:///{folder / 'records.sqlite'}") as records, records.read() as session:
        rows = {name: list(portable.lines(session, name)) for name in portable.tables()}
    portable.load(url, revisions()[0], rows.__getitem__)
    (folder / "records.sqlite").unlink()
    written = folder / "workspace.yaml"
    written.write_text(replaced(written.read_text("utf-8"), "records", url), "utf-8")


@pytest.fixture
def take(at_work: tuple[Workspace, Records], tmp_path: Path) -> Take:
    """A backup into a file beside, as Ann takes it."""

    def taken(to: Path | None = None, with_key: bool = False) -> Taken:
        workspace, records = at_work
        return backup(workspace, records, to or tmp_path / "b.clauselight", "Ann", with_key, silent)

    return taken


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every table by another way than the program's: bare SQL, values as text."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {}
        for name in portable.tables():
            every = connection.execute(text(f"select * from {name}")).mappings()
            found[name] = sorted(tuple((key, _same(value)) for key, value in sorted(row.items())) for row in every)
    engine.dispose()
    return found


def _same(value: Any) -> str:
    """As both databases would spell it."""
    if isinstance(value, list | dict):
        value = json.dumps(value)
    if isinstance(value, dt.datetime):
        value = value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if value in (True, False):
        value = int(value)
    return "" if value in (None, "null") else str(value)
