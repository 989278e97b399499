"""A workspace whose folder is taken away under a running program: its pages show, and keep, what is there now."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.records.targets import criteria
from audit.records.trail import trail
from pages.components import session
from pipelines.workspace import SetUp, Workspace, make_workspace, open_workspace

Open = Callable[..., AppTest]


def made(folder: Path, by: str) -> Workspace:
    workspace = make_workspace(folder, SetUp(organisation="A test"))
    with workspace.open_records() as records:
        criteria.set_criterion(records, "9.1.2-a-1", {"at_least": "30 %"}, by, f"As {by} decides")
    return workspace


def actors(folder: Path) -> list[str]:
    """What stands on the disk."""
    with open_workspace(folder).open_records() as records:
        assert trail.verify(records) == []
        return [entry.actor for entry in trail.entries(records)]


def by_whom(app: AppTest) -> list[str]:
    """What stands in the table of the trail."""
    (shown,) = [table.value for table in app.table if "No." in table.value]
    return [cell.split("**")[1] for cell in shown["Who"]]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return made(tmp_path / "house", "Ann").folder


def replaced(house: Path) -> None:
    shutil.rmtree(house)
    made(house, "Bob")


def test_the_records_are_opened_once_as_long_as_they_are_the_same_file(house: Path) -> None:
    of = open_workspace(house)
    first = session.records(of)
    criteria.set_criterion(first, "9.1.2-a-2", {"at_least": "1 %"}, "Ann", "More")
    assert session.records(of) is first


def test_what_is_kept_after_the_folder_was_replaced_lies_on_the_disk(house: Path) -> None:
    of = open_workspace(house)
    former = session.records(of)
    replaced(house)
    criteria.set_criterion(session.records(of), "9.1.2-a-2", {"at_least": "1 %"}, "Cem", "After it")
    assert session.records(of) is not former
    assert actors(house) == ["Bob", "Cem"]


def test_the_next_page_shows_the_new_folder(opened: Open, house: Path) -> None:
    app = opened(house, "trail")
    assert by_whom(app) == ["Ann"]
    replaced(house)
    app.run()
    assert not app.exception and not app.error
    assert by_whom(app) == ["Bob"]
