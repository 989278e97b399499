"""The records that a page works on: the ones that are open already, until their workspace is another one or closed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from audit.records import Records
from pages.components import session
from pipelines.workspace import SetUp, Workspace, make_workspace


@pytest.fixture
def ours(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path / "ours", SetUp(organisation="A test"))
    made.open_records().close()
    return made


@pytest.fixture
def opened() -> Iterator[Any]:
    """opened(workspace): what a page gets; closed at the end."""
    with ExitStack() as kept:

        def records(of: Workspace) -> Records:
            found = session.records(of)
            kept.callback(found.close)
            return found

        yield records


def test_they_are_opened_once(ours: Workspace, opened: Any) -> None:
    assert opened(ours) is opened(ours)


def test_of_another_workspace_they_are_others(tmp_path: Path, opened: Any) -> None:
    """Also where neither has a file of its own to be told by, as with records on a server."""
    ours, theirs = (make_workspace(tmp_path / name, SetUp(organisation=name)) for name in ("ours", "theirs"))
    assert opened(ours).engine.url != opened(theirs).engine.url


def test_they_are_opened_anew_when_the_folder_may_not_be_written_to_and_when_it_may_again(
    ours: Workspace, opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, before = os.access, opened(ours)
    with monkeypatch.context() as patch:  # as the system answers; root, who may run the tests, may write everywhere
        patch.setattr(os, "access", lambda path, mode, **more: mode != os.W_OK and asked(path, mode, **more))
        closed = opened(ours)
        assert closed is not before and closed.read_only
    assert before.read_only is None and opened(ours).read_only is None


def test_they_are_opened_anew_when_their_file_is_another_one(ours: Workspace, opened: Any) -> None:
    file = ours.records_file
    assert file
    before = opened(ours)
    shutil.copy(file, file.with_name("copy"))
    os.replace(file.with_name("copy"), file)
    assert opened(ours) is not before
