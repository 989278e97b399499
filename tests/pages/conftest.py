"""The demo story's workspace, made once, and the program opened on it as a reader would."""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from tests.demo_workspaces import Demos

APP = Path(__file__).resolve().parent.parent.parent / "app.py"
Open = Callable[..., AppTest]


ASKED = APP.parent / "checklists" / "iso-9001-2015"


@pytest.fixture(scope="session")
def demo(demos: Demos, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For reading only."""
    return demos.copy("decline", tmp_path_factory.mktemp("pages") / "demo")


@pytest.fixture(scope="session")
def clause_count() -> int:
    """How many files of clauses there are; the pages read them through the program, this does not."""
    return len(list(ASKED.glob("[0-9]*.yaml")))


@pytest.fixture(scope="session")
def requirement_count() -> int:
    """By the lines that begin a requirement."""
    return sum(len(re.findall(r"^  - id: ", file.read_text("utf-8"), re.M)) for file in ASKED.glob("[0-9]*.yaml"))


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(demo, tmp_path / "demo")


@pytest.fixture(scope="session")
def scanned_once() -> Iterator[None]:
    """Each app looks through all installed packages for parts of pages; the packages stay the same."""
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture
def running(scanned_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest forgets between two runs that `st.navigation` was called; a server remembers it, and so does this."""
    begin = PagesManager.__init__

    def remembered(self: PagesManager, *args: Any, **more: Any) -> None:
        begin(self, *args, **more)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", remembered)


@pytest.fixture
def opened(running: None, monkeypatch: pytest.MonkeyPatch) -> Open:
    """opened(folder, "clause", clause="9.1.2") is that page after its first run, through app.py."""

    def open_page(folder: Path, page: str = "overview", **query: str) -> AppTest:
        monkeypatch.setenv("CLAUSELIGHT_WORKSPACE", str(folder))
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.query_params.update(query)
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception
        return app

    return open_page


@pytest.fixture
def words() -> Callable[[AppTest], str]:
    """Everything that stands on a page as text."""

    def told(app: AppTest) -> str:
        parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.error, *app.warning, *app.success]
        return "\n".join(str(part.value) for part in parts)

    return told
