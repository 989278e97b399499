"""A workspace without any row, its records, and rows typed by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.records import Records
from pipelines import definitions
from pipelines.registers.edit import Edit
from pipelines.registers.register import Row, version_of
from pipelines.registers.typed import Saved, save
from pipelines.workspace import SetUp, Workspace, make_workspace

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
Typed = Callable[..., Row]
Save = Callable[..., Saved]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "house", SetUp(organisation="Anybody Ltd"))


@pytest.fixture
def records(workspace: Workspace) -> Iterator[Records]:
    with workspace.open_records(lambda: NOW) as opened:
        yield opened


@pytest.fixture
def complaint() -> Typed:
    def typed(id: str, received: str = "2026-11-20 09:30:00", **values: Any) -> Row:
        given = {"complaint_id": id, "received_at": dt.datetime.fromisoformat(received)} | values
        columns = definitions.source("complaints").columns
        assert set(given) <= set(columns)
        return {name: given.get(name) for name in columns}

    return typed


@pytest.fixture
def saved(workspace: Workspace, records: Records) -> Save:
    """saved(new=[...], changed=[...]) over the register as it stands now, by Ana."""

    def keep(new: Any = (), changed: Any = (), by: str = "Ana", name: str = "complaints", **more: Any) -> Saved:
        version = more.pop("version") if "version" in more else version_of(workspace, name)
        edit = Edit(name, version, tuple(new), tuple(changed))
        return save(workspace, records, edit, by, more.pop("progress", lambda share, words: None))

    return keep
