"""
Records on a disk that runs full: `python full_records.py FOLDER [disk]` prints what was found as JSON, size by size.
Without `disk` no file may grow beyond a size, which needs no rights. With it a disk of memory is mounted at FOLDER,
which nobody else sees under `unshare --mount`, and somebody else leaves so many bytes of it.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from forking import Tell, fork
from killed_writers import KINDS, wrong
from kinds import AUDIT
from places import places

from audit.errors import RecordError
from audit.records.trail import trail
from pipelines.workspace import Workspace, open_workspace

GROWN = [0, 100, 1_000, 4_096, 8_192, 16_384, 20_000, 30_000, 40_000, 49_000, 52_000, 60_000, 80_000, 100_000, 150_000,
         200_000, 300_000, 500_000, 1_000_000, 2_000_000]  # fmt: skip
LEFT = [0, 4_096, 8_192, 12_288, 16_384, 20_480, 32_768, 40_960, 49_152, 53_248, 61_440, 73_728, 81_920, 102_400,
        122_880, 163_840, 204_800, 307_200, 512_000, 1_024_000]  # fmt: skip
SIZE = "24m"
FILLER = "filler"
MOST = 45
TRIES = 6
"""Failures in a row after which a person gives up."""


def write(workspace: Workspace, tell: Tell, full: Callable[[], None]) -> None:
    """Decisions, uploads and sign-offs: what was acknowledged, or the line that was shown instead."""
    with workspace.open_records() as records:
        full()
        failed = 0
        for number, kind in enumerate(islice(cycle(KINDS), MOST)):
            try:
                tell(kind(workspace, records, "Ann", f"full-{number}", AUDIT))
            except RecordError as error:
                tell({"line": str(error)})
                failed += 1
            if failed == TRIES:
                break
        assert trail.entries(records), "what is there can be read all the time"


def opening(workspace: Workspace, tell: Tell, full: Callable[[], None]) -> None:
    full()
    try:
        workspace.open_records().close()
    except RecordError as error:
        tell({"line": str(error)})


def judged(workspace: Workspace, told: list[dict[str, Any]], tell: Tell) -> None:
    """Once there is room again."""
    kept, lines = [each for each in told if "kind" in each], [each["line"] for each in told if "line" in each]
    with workspace.open_records() as records:
        tell(wrong(workspace, records, kept, len(lines)))
        more = [kind(workspace, records, "Ann", "afterwards", AUDIT) for kind in KINDS]
        # a change whose line in the anchor found no room is kept, and said to be
        tell(wrong(workspace, records, kept + more, len(lines)))
        tell(records.read_only is None)


def tried(
    template: Path, folder: Path, size: int, full: Callable[[], None], room: Callable[[], None]
) -> dict[str, Any]:
    workspace = open_workspace(shutil.copytree(template, folder))
    writer = fork(lambda tell: write(workspace, tell, full))
    ends = [writer.end()]
    opener = fork(lambda tell: opening(workspace, tell, full))
    ends.append(opener.end())
    room()
    judge = fork(lambda tell: judged(workspace, writer.told, tell))
    ends.append(judge.end())
    shutil.rmtree(folder)
    found = Counter(each.get("kind", "line") for each in writer.told)
    lines = sorted({each["line"] for each in writer.told + opener.told if "line" in each})
    return {"size": size, "ends": ends, "found": found, "lines": lines, "judged": judge.told}


def limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def fill(disk: Path, left: int) -> None:
    with (disk / FILLER).open("ab", buffering=0) as filler:
        while (free := shutil.disk_usage(disk).free) > left:
            filler.write(b"x" * min(free - left, 1_000_000))


def main(base: Path, real: bool) -> list[dict[str, Any]]:
    with places("sqlite", base) as new:
        template = new().folder
        if not real:
            return [tried(template, base / str(size), size, lambda size=size: limit(size), int) for size in GROWN]
        disk = base / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(disk)], check=True)
        return [
            tried(template, disk / str(size), size, lambda size=size: fill(disk, size), (disk / FILLER).unlink)
            for size in LEFT
        ]


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), "disk" in sys.argv[2:])))
