"""trail: what the records say was done, oldest first."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from audit.records.trail import excerpt
from audit.records.trail.entry import Entry
from audit.records.trail.excerpt import Wanted
from pipelines.commands.terminal import at_work, print_table, tell


def trail(asked: argparse.Namespace) -> int:
    wanted = Wanted(asked.who, asked.action, asked.object, asked.starts, asked.ends, asked.text)
    with at_work(asked) as (_workspace, records):
        found = list(excerpt.every(records, wanted))
    headings = ["no", "when (UTC)", "who", "action", "object", "why"]
    tell(asked, [asdict(entry) for entry in found], lambda: print_table(headings, map(_row, found)))
    return 0


def _row(entry: Entry) -> list[object]:
    on = f"{entry.object} {entry.object_id}"
    return [entry.seq, f"{entry.time:%Y-%m-%d %H:%M:%S}", entry.actor, entry.action, on, entry.reason or "-"]
