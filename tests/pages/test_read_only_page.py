"""A workspace that cannot be written to: every page says so, still shows the last run, and offers no change."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from audit.records import loads
from audit.records.auditing import decisions
from pipelines.runs import results
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
RUN, CONCLUDE = "Run the assessment again", "Record conclusion"
PAGES = ["overview", "clause", "kpi_trends", "data", "registers", "documents", "evidence_pack"]


@pytest.fixture
def closed_demo(own_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As the system answers for a disk that is mounted read-only; root, who may run the tests, knows no other."""
    asked = os.access

    def answer(path: Any, mode: int, **more: Any) -> bool:
        return asked(path, mode, **more) and not (mode == os.W_OK and Path(path).is_relative_to(own_demo))

    monkeypatch.setattr(os, "access", answer)
    return own_demo


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_it_and_still_shows_the_last_run(
    opened: Open, closed_demo: Path, demo: Path, page: str
) -> None:
    app, usual = opened(closed_demo, page), opened(demo, page)
    assert [each.value for each in app.warning][:1] == [
        "This workspace is read-only: you may not write to demo. Everything can be looked at as it stands; "
        "nothing can be changed."
    ]
    assert not app.error
    assert app.title[0].value == usual.title[0].value


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_it_of_a_workspace_that_can_be_written_to(opened: Open, demo: Path, page: str) -> None:
    assert not [each for each in opened(demo, page).warning if "read-only" in each.value]


def test_it_is_said_in_chinese_too(opened: Open, closed_demo: Path) -> None:
    assert "只读" in opened(closed_demo, lang="zh").warning[0].value


@pytest.mark.parametrize(
    ("page", "button"),
    [("data", RUN), ("clause", CONCLUDE), ("documents", "Register")],
)
def test_what_would_write_cannot_be_pressed(
    opened: Open, closed_demo: Path, demo: Path, page: str, button: str
) -> None:
    query = {"clause": "9.1.2"} if page == "clause" else {}
    for folder, off in ((closed_demo, True), (demo, False)):
        found = [each for each in opened(folder, page, **query).button if each.label == button]
        assert found and all(each.disabled is off for each in found)


def changed(folder: Path) -> dict[Path, int]:
    """Without what SQLite's readers share in memory, which it would keep for itself if this disk were read-only."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if not path.name.endswith("-shm")}


def test_the_records_are_read_and_not_written(opened: Open, closed_demo: Path) -> None:
    before = changed(closed_demo)
    opened(closed_demo, "data", view="loads")
    assert changed(closed_demo) == before
    workspace = open_workspace(closed_demo)
    with workspace.open_records() as records:
        assert records.read_only and loads.every(records) and decisions.current(records) == {}
    assert results.latest(workspace)
