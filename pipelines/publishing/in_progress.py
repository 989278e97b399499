"""Where the rows of a load wait until they are published; what a killed load left behind is swept away."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

LOCK, UNNAMED, MOVED = "lock", "lock.new", "moved"
LONGEST = 24 * 60 * 60
"""Seconds after which a load is held for dead where the system cannot say whether it lives."""


@contextmanager
def waiting_room(parent: Path, load: str) -> Iterator[Path]:
    """A folder for one load, on the disk of the tables. It goes with the `with` statement, or with the next load."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{load}-", dir=parent))
    lock = _locked(folder)
    try:
        sweep(parent, folder.stat().st_mtime - LONGEST)
        yield folder
    finally:
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def _locked(folder: Path) -> IO[str]:
    """It gets its name once it is held: another load that looks meanwhile finds no lock, and no free one."""
    unnamed = folder / UNNAMED
    lock = unnamed.open("w")
    if _lock(lock) is not None:  # else nobody asks for it, and Windows does not rename a file that is open
        os.rename(unnamed, folder / LOCK)
    return lock


def announce(folder: Path, files: Sequence[Path]) -> None:
    """These files are about to be moved into a table, where no version names them before the commit."""
    with (folder / MOVED).open("w", encoding="utf-8") as note:
        note.write("\n".join(map(str, files)))
        note.flush()
        os.fsync(note.fileno())


def sweep(parent: Path, before: float) -> None:
    """
    The rooms of the dead go, with what they had moved into a table or written there. Where nobody can say whether
    one lives, it is dead when it was last touched before this moment (seconds since 1970).
    """
    for folder in parent.iterdir() if parent.is_dir() else ():
        with suppress(FileNotFoundError):  # its load has just ended, or another one sweeps too
            if folder.is_dir() and _is_dead(folder, before):
                _clear(folder)


def _clear(folder: Path) -> None:
    note = folder / MOVED
    named = note.read_text(encoding="utf-8").split("\n") if note.is_file() else []
    remove_uncommitted(file for one in filter(None, named) for file in (Path(one), *_beside(Path(one))))
    shutil.rmtree(folder, ignore_errors=True)


def _beside(moved: Path) -> Iterator[Path]:
    """Rows that stay where others are replaced, in files named after one that was moved; see `standing`."""
    return table_of(moved).rglob(f"{moved.stem}-*.parquet")


def remove_uncommitted(files: Iterable[Path]) -> None:
    """Whatever was raised or killed, a file that some commit names is the table's."""
    for file in files:
        commits = table_of(file).glob("_delta_log/*.json")
        if not any(file.name in commit.read_text(encoding="utf-8") for commit in commits):
            file.unlink(missing_ok=True)


def table_of(file: Path) -> Path:
    return file.parent.parent if file.parent.name.startswith("month=") else file.parent


def _is_dead(folder: Path, before: float) -> bool:
    """Its lock is free, or, where a system has no such locks or none was made yet, it is old."""
    try:
        with (folder / LOCK).open("r+") as lock:
            free = _lock(lock)
    except OSError:
        free = None
    return folder.stat().st_mtime < before if free is None else free


def _lock(lock: IO[str]) -> bool | None:
    """Whether the lock is ours now; None where nobody can say. It goes with the process, however that ends."""
    if os.name == "nt":
        return None
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
