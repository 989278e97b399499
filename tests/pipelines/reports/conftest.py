"""The demo story's workspace, made once for the reports."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from pipelines.demo import make_demo


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()) and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("reports"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For reading only."""
    folder = tmp_path_factory.mktemp("reports") / "demo"
    make_demo(folder, "decline", lambda: dt.datetime(2026, 11, 2, 8, 0, tzinfo=dt.UTC))
    return folder


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(demo, tmp_path / "demo")
