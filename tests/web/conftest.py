"""A team's workspace and the real program in front of it, asked over its websocket, without a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_server import Served, SignIn, free_port, serving
from crew import make_team
from visit import Tab

from pipelines.workspace import Workspace

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of one file share their servers."""
    for item in items:
        if str(item.path).startswith(f"{HERE}{os.sep}"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_team(tmp_path_factory.mktemp("web") / "team")


@pytest.fixture(scope="module")
def sign_in() -> SignIn:
    """The provider is not there: these tests make the cookie that it would lead to."""
    return SignIn(f"http://localhost:{free_port()}", "https://id.example.org")


@pytest.fixture(scope="module")
def served(team: Workspace, sign_in: SignIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("served") / "log"
    with serving(team.folder, log, port=int(sign_in.public.rpartition(":")[2]), sign_in=sign_in) as running:
        yield running


@pytest.fixture
def tabs(served: Served) -> Iterator[list[Tab]]:
    """Closed at the end."""
    made: list[Tab] = []
    yield made
    for tab in made:
        tab.close()
