"""A workspace of its own for each test, and the one in which Canary is a customer among others."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from canary import fill

from audit.records import Records
from pipelines.workspace import SetUp, Workspace, make_workspace, open_workspace


@pytest.fixture(autouse=True)
def key_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAUSELIGHT_KEY_FILE", raising=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "own", SetUp(organisation="A test", as_of=dt.date(2026, 3, 31)))


@pytest.fixture
def records(workspace: Workspace) -> Iterator[Records]:
    with workspace.open_records() as opened:
        yield opened


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once and copied; nobody writes into it."""
    folder = tmp_path_factory.mktemp("canary") / "own"
    fill(make_workspace(folder, SetUp(organisation="A test", as_of=dt.date(2026, 3, 31))))
    return folder


@pytest.fixture
def inhabited(filled: Path, tmp_path: Path) -> Workspace:
    return open_workspace(shutil.copytree(filled, tmp_path / "inhabited"))
