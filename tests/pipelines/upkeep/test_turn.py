"""Who may be in a workspace at the same time, and what is said to those who may not."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from unprivileged import closed, python

from audit.errors import RecordError
from pipelines.upkeep import turn
from pipelines.upkeep.turn import alone, together
from pipelines.workspace import SetUp, Workspace, make_workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(turn, "WAIT", 0.2)
    return make_workspace(tmp_path / "house", SetUp(organisation="A test"))


def entered(way: AbstractContextManager[None]) -> str:
    try:
        with way:
            return ""
    except RecordError as error:
        return str(error)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (together, together, ""),
        (together, alone, "others load, measure or erase just now; nothing was changed: try again later"),
        (alone, together, "somebody is erased from this workspace just now; nothing was changed: try again later"),
        (alone, alone, "others load, measure or erase just now; nothing was changed: try again later"),
    ],
)
def test_who_adds_works_beside_others_and_who_erases_alone(
    workspace: Workspace, first: object, second: object, told: str
) -> None:
    with first(workspace):  # type: ignore[operator]
        assert entered(second(workspace)) == told  # type: ignore[operator]
    assert entered(second(workspace)) == ""  # type: ignore[operator]


def test_the_last_of_several_lets_the_erasure_in(workspace: Workspace) -> None:
    with ExitStack() as others:
        for _ in range(5):
            others.enter_context(together(workspace))
        assert entered(alone(workspace))
    assert entered(alone(workspace)) == ""


def test_one_waits_as_long_as_it_takes(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "WAIT", 30.0)
    came: list[str] = []
    with together(workspace):
        thread = threading.Thread(target=lambda: came.append(entered(alone(workspace))))
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
    thread.join(30)
    assert came == [""]


def test_two_workspaces_have_nothing_to_do_with_each_other(workspace: Workspace, tmp_path: Path) -> None:
    other = make_workspace(tmp_path / "other", SetUp(organisation="Another"))
    with alone(workspace):
        assert entered(alone(other)) == ""


def test_whoever_raises_lets_the_others_in(workspace: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), alone(workspace):
        raise ZeroDivisionError
    assert entered(alone(workspace)) == ""


CODE = """
from pathlib import Path
from pipelines.upkeep import turn
from pipelines.workspace import open_workspace
turn.WAIT = 0.2
try:
    with getattr(turn, sys.argv[2])(open_workspace(Path(sys.argv[1]))):
        print("in")
except Exception as error:
    print(error)
"""


def test_the_lock_of_somebody_else_counts_and_is_not_written_to(workspace: Workspace) -> None:
    with closed(workspace.folder), ExitStack() as held:
        assert python(CODE, str(workspace.folder), "together").stdout == "in\n", "there is no lock, and none is made"
        assert "cannot be written to (Permission denied)" in python(CODE, str(workspace.folder), "alone").stdout
        workspace.folder.chmod(0o755)
        held.enter_context(alone(workspace))
        (workspace.folder / turn.FILE).chmod(0o444)
        assert "somebody is erased" in python(CODE, str(workspace.folder), "together").stdout
