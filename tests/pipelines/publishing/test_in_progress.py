"""The room of a load that lives is never swept away, whoever begins in the same moment; that of a dead one is."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pipelines.publishing import in_progress
from pipelines.publishing.in_progress import LONGEST, sweep, waiting_room

LOADS = 40
ROUNDS = 15
STEPS = [(in_progress, "_lock"), (in_progress.os, "rename"), (in_progress.tempfile, "mkdtemp")]
"""What a load does until its room is its own; another one begins before each, and after it."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")


def another(parent: Path) -> None:
    with waiting_room(parent, "another"):
        pass


@pytest.mark.parametrize(("where", "name"), STEPS)
@pytest.mark.parametrize("before", [True, False])
def test_a_load_that_begins_in_the_same_moment_takes_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, before: bool
) -> None:
    real, begun = getattr(where, name), list[int]()

    def call(*given: Any, **named: Any) -> Any:
        first = not begun
        begun.append(1)
        if first and before:
            another(tmp_path)
        done = real(*given, **named)
        if first and not before:
            another(tmp_path)
        return done

    monkeypatch.setattr(where, name, call)
    with waiting_room(tmp_path, "load") as room:
        assert room.is_dir() and (room / in_progress.LOCK).is_file()
        another(tmp_path)
        assert room.is_dir()
    assert list(tmp_path.iterdir()) == [] and len(begun) > 1


def load(parent: Path) -> bool:
    """Whether the room of each stayed to its end."""
    for number in range(ROUNDS):
        with waiting_room(parent, f"load-{number}") as room:
            (room / "rows").write_text("rows")
            sweep(parent, room.stat().st_mtime - LONGEST)
            if not (room / "rows").is_file():
                return False
    return True


@pytest.mark.parametrize(
    "at_once",
    [lambda: ThreadPoolExecutor(12), lambda: ProcessPoolExecutor(6, multiprocessing.get_context("fork"))],
    ids=["threads", "processes"],
)
def test_many_loads_at_once_keep_their_rooms(tmp_path: Path, at_once: Callable[[], Any]) -> None:
    with at_once() as pool:
        assert all(pool.map(load, [tmp_path] * LOADS))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [["lock"], ["lock", "rows"], ["lock.new"], []])
def test_the_room_of_a_dead_load_goes(tmp_path: Path, left: list[str]) -> None:
    """Where it was killed before it had its lock, once it is old."""
    room = tmp_path / "dead"
    room.mkdir()
    for name in left:
        (room / name).touch()
    sweep(tmp_path, room.stat().st_mtime - LONGEST)
    assert room.exists() == ("lock" not in left)
    sweep(tmp_path, room.stat().st_mtime + 1 if room.exists() else 0)
    assert not room.exists()
