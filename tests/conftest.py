"""In CI a skipped test is a failed test: nothing there may be left out in silence."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import postgres_server
import pytest
from _pytest.nodeid import coerce_node_id
from hypothesis import settings

from tests.demo_workspaces import Demos

HOUSE = Path(__file__).resolve().parent.parent
REAL_DATA = Path(os.environ.get("CLAUSELIGHT_REAL_DATA", HOUSE.parent / "shared" / "data"))
IN_CI = os.environ.get("CI") == "true"
# Properties are judged by what they find, not by how busy the machine is.
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes do not name a test: an archive holds the time at which it was made, and each worker makes its own."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)  # after pytest-xdist
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pytest-xdist 3.8 writes a test's group where pytest 9.2 no longer reads it; without this nothing is grouped."""
    for item in items:
        if grouped := vars(item).get("_nodeid"):
            item._id = coerce_node_id(grouped)


def pytest_collection_finish() -> None:
    """What stands when the tests begin stays to the end: no collection of garbage need look at it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    gc.unfreeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[Any]:
    """The real data sets are not part of the project; where their folder is missing their tests may be skipped."""
    report = yield
    excused = item.get_closest_marker("real_data") is not None and not REAL_DATA.is_dir()
    if report.skipped and IN_CI and not excused and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr[2] if report.longrepr else ''}"
    return report


@pytest.fixture(scope="session")
def real_data() -> Path:
    if not REAL_DATA.is_dir():
        pytest.skip("the real data sets are not beside the project (set CLAUSELIGHT_REAL_DATA to their folder)")
    return REAL_DATA


@pytest.fixture(scope="session")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Demos:
    """demos.copy("decline", folder) is a story's workspace, of the test's own."""
    return Demos(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Server]:
    """A real server, started once for all tests of this process."""
    if postgres_server.binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with postgres_server.server() as running:
        yield running
