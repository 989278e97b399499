"""The demo story's workspace, made once for the reports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.demo_workspaces import Demos


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()) and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("reports"))


@pytest.fixture(scope="session")
def demo(demos: Demos, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For reading only."""
    return demos.copy("decline", tmp_path_factory.mktemp("reports") / "demo")


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(demo, tmp_path / "demo")
