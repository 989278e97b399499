"""
Writers of records that are killed at any moment: `python killed_writers.py DATABASE TRIALS [SEED]` prints what was
found as JSON. DATABASE is sqlite or postgresql. Every 25 trials go on in one workspace, as after a restart.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from itertools import count, cycle
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from forking import Tell, fork
from kinds import AUDIT, Acknowledged, decide, sign, upload
from places import NewPlace, places

from audit.records import Records
from audit.records.trail import trail
from pipelines.upkeep import integrity, leftovers
from pipelines.workspace import Workspace

KINDS = (decide, upload, sign)
IN_ONE_PLACE = 25
BEFORE = Counter({("audit", AUDIT): 3})
"""What is in a new place."""
Told = list[Acknowledged]


def write(workspace: Workspace, trial: int, tell: Tell) -> None:
    """Tells what it has kept, as soon as it is told that it was kept; goes on until it is killed."""
    with workspace.open_records() as records:
        tell("open")
        for number, kind in zip(count(), cycle(KINDS[trial % 3 :] + KINDS[: trial % 3]), strict=False):
            tell(kind(workspace, records, "Ann", f"{trial}-{number}", AUDIT))


def trial(workspace: Workspace, number: int, dice: random.Random) -> Told:
    """Killed some time after a change was kept, or, of five, one while opening and one while keeping the first."""
    child = fork(lambda tell: write(workspace, number, tell))
    child.listen(min(number % 5, 2))
    time.sleep(dice.uniform(0.010, 0.200))
    os.kill(child.pid, signal.SIGKILL)
    assert child.end() == -signal.SIGKILL, "the writer failed before it was killed"
    return child.told[1:]


def wrong(workspace: Workspace, records: Records, told: Told, ended: int) -> list[str]:
    """What is lost, torn, or out of the chain; each killed writer may have kept one thing more than it told."""
    kept = Counter((entry.object, entry.object_id) for entry in trail.entries(records))
    acknowledged = Counter((each["kind"], id) for each in told for id in each["ids"])
    found = [f"acknowledged and lost: {lost}" for lost in acknowledged - kept]
    blobs = [each["sha256"] for each in told if "sha256" in each]
    found += [f"torn: the content {sha256} is not there" for sha256 in blobs if not workspace.store.has(sha256)]
    if (more := sum((kept - acknowledged - BEFORE).values())) > ended:
        found.append(f"{more} are kept that were not acknowledged, by {ended} writers")
    return found + [str(damage) for damage in integrity.damage(workspace, records)]


def unfinished(workspace: Workspace) -> list[str]:
    return [path.name for path in workspace.store.folder.rglob("*.tmp")]


def in_one_place(new: NewPlace, numbers: range, dice: random.Random, total: Counter[str]) -> list[str]:
    workspace, told, found = new(), Told(), list[str]()
    for ended, number in enumerate(numbers, 1):
        latest = trial(workspace, number, dice)
        told += latest
        total.update(["trials", *(["at work"] if latest else []), *(each["kind"] for each in latest)])
        begun = time.monotonic()
        with workspace.open_records() as records:
            total["slow to open"] += time.monotonic() - begun > 2
            found += [f"trial {number}: {each}" for each in wrong(workspace, records, told, ended)]
        total["left behind"] += len(unfinished(workspace))
        leftovers.sweep(workspace)
        found += [f"trial {number}: {name} was not swept" for name in unfinished(workspace)]
    return found


def trials(database: str, amount: int, seed: int) -> dict[str, Any]:
    dice, total, found, begun = random.Random(seed), Counter[str](), list[str](), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="killed-") as base, places(database, Path(base)) as new:
        for first in range(0, amount, IN_ONE_PLACE):
            found += in_one_place(new, range(first, min(first + IN_ONE_PLACE, amount)), dice, total)
    return {"wrong": found, "seconds": round(time.monotonic() - begun, 1), **total}


if __name__ == "__main__":
    database, amount, *seed = sys.argv[1:]
    print(json.dumps(trials(database, int(amount), int(seed[0]) if seed else 5), indent=1))
