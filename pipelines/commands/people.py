"""people: who may do what where people sign in; the first administrator is made here, and a way back in if need be."""

from __future__ import annotations

import argparse

from audit.records import Records
from audit.records.access import people as roles
from audit.records.access.people import Member
from pipelines.commands.terminal import actor, at_work, print_table, tell


def people(asked: argparse.Namespace) -> int:
    with at_work(asked) as (_, records):
        told = {"add": _add, "end": _end, "list": _everybody}[asked.what](records, asked)
    header = ["who", "name", "role", "audit", "until"]
    rows = [dict(zip(header, (each.id, each.name, each.role, each.audit, each.until), strict=True)) for each in told]
    tell(asked, rows, lambda: print_table(header, [[row[name] or "-" for name in header] for row in rows]))
    return 0


def _add(records: Records, asked: argparse.Namespace) -> list[Member]:
    """Somebody who has a role already gets this one in its place."""
    former = {each.id: each for each in roles.every(records)}.get(roles.identified(asked.who))
    name = asked.person or (former.name if former else asked.who)
    seen = former.revision if former else None
    return [roles.give(records, asked.who, name, asked.role, actor(), asked.reason, asked.audit, asked.until, seen)]


def _end(records: Records, asked: argparse.Namespace) -> list[Member]:
    return [roles.end(records, asked.who, actor(), asked.reason)]


def _everybody(records: Records, asked: argparse.Namespace) -> list[Member]:
    return roles.every(records)
