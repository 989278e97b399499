"""Both stories, made once for all tests beside this file."""

from __future__ import annotations

from pathlib import Path

import pytest
from story_tables import Tables

from data.demo.story import Story, make

STORIES = ("decline", "healthy")


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {name: tmp_path_factory.mktemp(name) for name in STORIES}


@pytest.fixture(scope="session")
def made(folders: dict[str, Path]) -> dict[str, Story]:
    return {name: make(name, folder) for name, folder in folders.items()}


@pytest.fixture(scope="session")
def tables(made: dict[str, Story], folders: dict[str, Path]) -> dict[str, Tables]:
    return {name: Tables.read(folder) for name, folder in folders.items()}


@pytest.fixture(scope="session", params=STORIES)
def either(request: pytest.FixtureRequest, tables: dict[str, Tables]) -> Tables:
    return tables[request.param]


@pytest.fixture(scope="session")
def healthy(tables: dict[str, Tables]) -> Tables:
    return tables["healthy"]


@pytest.fixture(scope="session")
def decline(tables: dict[str, Tables]) -> Tables:
    return tables["decline"]


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever tests beside need not make them too."""
    for item in items:
        if "made" in getattr(item, "fixturenames", ()) and item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("demo files"))
