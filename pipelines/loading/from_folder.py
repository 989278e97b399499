"""A folder that others put files into: what in it is new or changed, and what need not even be read again."""

# A look at a folder without anything new must cost next to nothing: only the standard library is imported here.
from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from audit.errors import SourceError
from pipelines import whole
from pipelines.loading.stamp import Stamp, stamp

UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", ".lock", "~")
"""What programs put at the end of a name while they write the file."""
HIDDEN = (".", "~$")
"""What a hidden name begins with; ~$ is Excel's, beside a workbook that somebody has open."""
SETTLED = 10.0
"""Seconds after which a file that nobody has written to is taken to be whole."""
PAUSE = 2.0
"""Seconds between two looks at a file that was written to just now."""
MAPPINGS = Path(__file__).resolve().parents[1] / "mappings"
LONGEST_LINE = 200
"""Bytes at the end of the trail's anchor in which at least one whole hash stands."""

NO_STAMP: Stamp = (-1, 0, 0, 0)
"""That of no file."""


@dataclass(frozen=True)
class Found:
    path: Path
    stamp: Stamp
    load: str = ""
    """The load that it became when it looked just like this; "" for a new or a changed file."""
    was: str | None = None
    """The load that the file of this name was at the last look, "" for a new name; None where no look is remembered."""


class Memory:
    """
    What became of the files of one folder, for one source and name of a mapping. Only a shortcut: where it is lost, or
    the workspace was set back to an earlier state, the files are read again, and the records know them.
    """

    def __init__(self, workspace: Path, folder: Path, source: str, mapping: str | None) -> None:
        told = json.dumps([str(folder.resolve()), source, mapping])
        self.path = workspace / "folders" / f"{hashlib.sha256(told.encode()).hexdigest()[:16]}.json"
        self.anchor = workspace / "trail-anchor.jsonl"
        self.mapping = _sums(workspace, mapping)

    def read(self) -> dict[str, Found] | None:
        """By name; None where there is nothing that could be relied upon. Without stamps where the mapping changed."""
        try:
            written = json.loads(self.path.read_bytes())
            if self._trail(written["trail"][0]) != written["trail"]:
                return None
            same = written["mapping"] == self.mapping
            return {
                name: Found(Path(name), tuple(stamp) if same else NO_STAMP, load)
                for name, stamp, load in written["files"]
            }
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def keep(self, files: Iterable[Found]) -> None:
        """Where it cannot be written, the next look costs more, and nothing else."""
        with suppress(OSError):
            listed = [[file.path.name, file.stamp, file.load] for file in files if file.load]
            self.path.parent.mkdir(exist_ok=True)
            trail = self._trail(self.anchor.stat().st_size)
            written = {"trail": trail, "mapping": self.mapping, "files": listed}
            whole.write(self.path, json.dumps(written, ensure_ascii=False), lasting=False)

    def _trail(self, size: int) -> list[int | str]:
        """The last line of the trail's anchor when it was this long: it stands there still if the trail has gone on."""
        with self.anchor.open("rb") as file:
            begins = file.seek(max(0, size - LONGEST_LINE))
            return [size, file.read(size - begins).decode("utf-8", "replace")]


def look(folder: Path, memory: Memory) -> list[Found]:
    """
    The files of the folder in the order of their names, without hidden and unfinished ones and folders.
    Raises SourceError where there is no such folder.
    """
    known = memory.read()
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if _wanted(entry.name) and entry.is_file())
    except OSError as error:
        from audit.wording import say

        why = error.strerror.lower() if error.strerror else say("cannot be read")
        raise SourceError(
            say("{folder}: {why}; name a folder that exists after --from-folder", folder=folder, why=why)
        ) from None
    stamps = {name: stamp(folder / name) for name in names}
    return [_found(folder / name, now, known) for name, now in stamps.items() if now is not None]


def _found(path: Path, now: Stamp, known: dict[str, Found] | None) -> Found:
    if known is None:
        return Found(path, now)
    last = known.get(path.name, Found(path, now))
    return Found(path, now, last.load if last.stamp == now else "", last.load)


def growing(files: Iterable[Found], now: float, pause: float = PAUSE) -> set[str]:
    """
    Names of the files that somebody is still writing: they were changed in the last ten seconds before `now`
    (seconds since 1970), and once more while this function waited.
    """
    fresh = [file for file in files if now - file.stamp[1] / 1e9 < SETTLED]
    if fresh:
        time.sleep(pause)
    return {file.path.name for file in fresh if stamp(file.path) != file.stamp}


def _wanted(name: str) -> bool:
    return not name.startswith(HIDDEN) and not name.lower().endswith(UNFINISHED)


def _sums(workspace: Path, mapping: str | None) -> list[str]:
    """What every mapping says that could be meant by this name: where one of them changes, so may its files' rows."""
    if mapping is None:
        return []
    meant = [Path(mapping), workspace / "mappings" / f"{mapping}.yaml", MAPPINGS / f"{mapping}.yaml"]
    return [hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for path in meant]
