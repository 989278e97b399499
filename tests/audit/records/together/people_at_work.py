"""
People who write at once while others read: `python people_at_work.py DATABASE PEOPLE WRITES READS` prints what
was found as JSON. Four processes have an equal share of the people, one thread each, and two more do the reading.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from forking import Ready, Tell, together
from kinds import AUDIT, PAIR, answer, decide, find, set_limit, set_pair, upload
from places import places
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from audit.records import Records, engine
from audit.records.auditing import decisions
from audit.records.document import documents
from audit.records.tables import RECORDS, EntryRow
from audit.records.tables.judging import CriterionRow
from audit.records.trail import trail
from pipelines.upkeep import integrity
from pipelines.workspace import Workspace

KINDS = (decide, answer, set_limit, set_pair, upload, find)
WRITERS, READERS = 4, 2
engine.WAIT = 120_000  # however busy the machine is, nobody is sent away
AT_FIRST = 3
"""Entries in a new place."""
ROWS = " + ".join(f"(select count(*) from {kind.__tablename__})" for kind in RECORDS)


def write(workspace: Workspace, people: list[str], writes: int, tell: Tell, ready: Ready) -> None:
    def one(who: str) -> None:
        dice = random.Random(who)
        for number in range(writes):
            kind, begun = dice.choice(KINDS), time.perf_counter()
            told = kind(workspace, records, who, f"{who}-{number}", AUDIT)
            tell(told | {"took": time.perf_counter() - begun})

    with workspace.open_records() as records, ThreadPoolExecutor(len(people)) as pool:
        ready()
        list(pool.map(one, people))


def in_step(session: Session, before: int) -> tuple[int, str]:
    """Within one state every entry has its row, the newest follows the one before, and no change is seen by half."""
    entries, newest = session.execute(select(func.count(), func.max(EntryRow.seq)).select_from(EntryRow)).one()
    rows = session.scalar(text(f"select {ROWS}"))
    last = session.scalars(select(EntryRow).order_by(EntryRow.seq.desc()).limit(2)).all()
    halves = [session.scalar(select(func.count()).where(CriterionRow.evidence_id.startswith(half))) for half in PAIR]
    if not entries == newest == rows:
        return entries, f"{entries} entries, the newest is {newest}, {rows} rows"
    if last[0].previous != last[1].hash:
        return entries, f"entry {newest} does not follow the one before"
    if halves[0] != halves[1]:
        return entries, f"half of a change: {halves}"
    return entries, "" if entries >= before else f"{entries} entries, and {before} were read before"


def as_shown(records: Records) -> str:
    """What pages read: every conclusion and document is the one that its own author wrote."""
    for id, decision in decisions.current(records, AUDIT).items():
        if decision.reason != f"Why {id}" or not id.startswith(f"{decision.actor}-"):
            return f"the conclusion on {id} is by {decision.actor}: {decision.reason}"
    for each in documents.register_of(records):
        if not each.document.title.startswith(f"{each.actor}-") or each.revision != 1:
            return f"document {each.document.id} of {each.actor} is '{each.document.title}'"
    return ""


def read(workspace: Workspace, reads: int, tell: Tell, ready: Ready) -> None:
    with workspace.open_records() as records:
        ready()
        before = 0
        while before <= AT_FIRST:  # until the first one has written
            with records.read() as session:
                before, _ = in_step(session, 0)
        for number in range(reads):
            with records.read() as session:
                before, wrong = in_step(session, before)
            wrong = wrong or (as_shown(records) if number % 50 == 0 else "")
            tell({"entries": before, "wrong": wrong})


def judged(workspace: Workspace, told: list[Any]) -> dict[str, Any]:
    """Whether the trail holds what was acknowledged, all of it and nothing else."""
    acknowledged = Counter((each["kind"], id) for each in told for id in each["ids"])
    with workspace.open_records() as records:
        entries = trail.entries(records)
        kept = Counter((entry.object, entry.object_id) for entry in entries) - Counter({("audit", AUDIT): AT_FIRST})
        damage = [str(each) for each in integrity.damage(workspace, records)]
    anchored = (workspace.folder / "trail-anchor.jsonl").read_text().splitlines()
    return {
        "lost": sorted(acknowledged - kept), "not acknowledged": sorted(kept - acknowledged), "damage": damage,
        "acknowledged": acknowledged.total(), "entries": kept.total(),
        "numbers": len({entry.seq for entry in entries}) - AT_FIRST, "anchored": len(anchored) - 1 - AT_FIRST,
        "kinds": Counter(each["kind"] for each in told),
    }  # fmt: skip


def at_work(database: str, people: int, writes: int, reads: int) -> dict[str, Any]:
    names = [f"person{number:02}" for number in range(people)]
    with tempfile.TemporaryDirectory(prefix="people-") as base, places(database, Path(base)) as new:
        workspace = new()
        shares = [names[at::WRITERS] for at in range(WRITERS) if names[at::WRITERS]]
        writing = [partial(write, workspace, share, writes) for share in shares]
        reading = [partial(read, workspace, reads // READERS)] * READERS
        begun = time.monotonic()
        done = together([*writing, *reading])
        seconds = time.monotonic() - begun
        written = [word for child in done[: len(writing)] for word in child.told[1:]]
        looks = [word for child in done[len(writing) :] for word in child.told[1:]]
        took = sorted(each["took"] for each in written)
        found = judged(workspace, written)
    return found | {
        "reads": len(looks), "wrong reads": [each["wrong"] for each in looks if each["wrong"]],
        "reads while writing": sum(each["entries"] < AT_FIRST + found["entries"] for each in looks),
        "seconds": round(seconds, 1), "p50": took[len(took) // 2], "p99": took[len(took) * 99 // 100],
        "slowest": took[-1],
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(at_work(sys.argv[1], *map(int, sys.argv[2:5])), indent=1))
