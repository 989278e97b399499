"""
Whose turn it is in a workspace: those who add to it work beside each other, and who takes something out of it is alone.

The lock goes with the process, however that ends. Whoever finds nobody at work sweeps up what a killed process left.
"""

from __future__ import annotations

import functools
import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Concatenate, ParamSpec, TypeVar

from audit.errors import RecordError
from audit.wording import say
from pipelines.publishing.in_progress import LONGEST
from pipelines.upkeep import leftovers
from pipelines.workspace import Workspace

FILE = "at-work.lock"
WAIT = 60.0
"""Seconds that one waits for the others."""
PAUSE = 0.05
WINDOWS = os.name == "nt"
"""It has no lock that several can hold: there nobody waits, and what was not touched for a day is held for left."""
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def beside_others(
    task: Callable[Concatenate[Workspace, Asked], Answer],
) -> Callable[Concatenate[Workspace, Asked], Answer]:
    """A task that adds to the workspace; it waits for who is alone there."""

    @functools.wraps(task)
    def done(workspace: Workspace, /, *given: Asked.args, **named: Asked.kwargs) -> Answer:
        with together(workspace):
            return task(workspace, *given, **named)

    return done


@contextmanager
def together(workspace: Workspace) -> Iterator[None]:
    """Raises RecordError where an erasure takes longer than one waits."""
    lock = _shared(workspace)
    if lock is None:
        yield
        return
    with lock:
        if lock.writable() and _taken(lock, alone=True):
            _sweep(workspace)
        if not _waited(lock, alone=False):
            raise RecordError(
                say("somebody is erased from this workspace just now; nothing was changed: try again later")
            )
        yield


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Raises RecordError where others are at work for longer than one waits, or where nobody may write."""
    try:
        lock = (workspace.folder / FILE).open("a")
    except OSError as error:
        told = say("the workspace cannot be written to ({reason}); nothing was changed", reason=error.strerror)
        raise RecordError(told) from error
    with lock:
        if not _waited(lock, alone=True):
            raise RecordError(say("others load, measure or erase just now; nothing was changed: try again later"))
        _sweep(workspace)
        yield


def _shared(workspace: Workspace) -> IO[str] | None:
    """Somebody else's can be held too. None where there is none: then nothing can be written, and others say why."""
    for mode in ("a", "r"):
        try:
            return (workspace.folder / FILE).open(mode)
        except OSError:
            continue
    return None


def _sweep(workspace: Workspace) -> None:
    before = math.inf
    if WINDOWS:
        lock = workspace.folder / FILE
        os.utime(lock)  # what time it is, the disk says
        before = lock.stat().st_mtime - LONGEST
    leftovers.sweep(workspace, before)


def _waited(lock: IO[str], alone: bool) -> bool:
    until = time.monotonic() + WAIT
    while not (taken := _taken(lock, alone)) and time.monotonic() < until:
        time.sleep(PAUSE)
    return taken


def _taken(lock: IO[str], alone: bool) -> bool:
    if WINDOWS:
        return True
    import fcntl

    try:
        fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
