"""What people decided, to a YAML file and from one: shown first, then asked, and kept whole or not at all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from audit.errors import DefinitionError, SourceError
from pipelines import whole
from pipelines.commands.terminal import actor, at_work, print_table, say, tell
from pipelines.targets.decided_file import Planned

Command = Callable[[argparse.Namespace], int]


@dataclass(frozen=True)
class Kind:
    name: str
    """Of one, as in "objective"."""
    kept: ModuleType
    """Its records: ACTION, every, keep_all."""
    file: ModuleType
    """How a file tells them: text_of, mistakes, read, planned."""


def exchange(kind: Kind, asked: argparse.Namespace, otherwise: Command) -> int:
    if asked.file_from and asked.to:
        raise SourceError("write to a file with --to, or read one with --from, and not both")
    if asked.file_from:
        return _read(kind, asked)
    return _write(kind, asked) if asked.to else otherwise(asked)


def _write(kind: Kind, asked: argparse.Namespace) -> int:
    to = Path(asked.to)
    if not to.parent.is_dir():
        raise SourceError(f"{to}: the folder {to.parent} does not exist; make it first or name another")
    with at_work(asked) as (workspace, records):
        every = kind.kept.every(records)
        text = kind.file.text_of(workspace.set_up.organisation, every)
    whole.write(to, text, lasting=False)
    document = {"file": str(to), f"{kind.name}s": len(every)}
    tell(asked, document, lambda: print_table(list(document), [list(document.values())]))
    return 0


def _read(kind: Kind, asked: argparse.Namespace) -> int:
    """Exit 2 where the file has a mistake, or nobody agreed: then nothing was changed."""
    path = Path(asked.file_from)
    with at_work(asked) as (workspace, records):
        by = records.require(actor(), kind.kept.ACTION)
        if wrong := kind.file.mistakes(workspace, path):
            return _refuse(asked, wrong)
        plan = kind.file.planned(records, kind.file.read(workspace, path))
        changes = [each.decided for each in plan if each.what != "unchanged"]
        if not asked.json:
            print_table(["what", kind.name, "title", "changed"], [list(_row(kind, each).values()) for each in plan])
        agreed = bool(changes) and (asked.yes or _agreed(len(changes)))
        if agreed:
            kind.kept.keep_all(records, changes, by, asked.reason or f"read from {path.name}")
    if asked.json:
        tell(asked, {"kept": agreed, "planned": [_row(kind, each) for each in plan]}, lambda: None)
    if changes and not agreed:
        say("nothing was changed; add --yes to keep this")
        return 2
    if not asked.json:
        print(f"{len(changes)} kept" if changes else "nothing to change")
    return 0


def _row(kind: Kind, each: Planned[Any]) -> dict[str, object]:
    one = each.decided
    return {"what": each.what, kind.name: one.id, "title": one.title, "changed": ", ".join(each.changed)}


def _agreed(count: int) -> bool:
    return sys.stdin.isatty() and input(f"Keep these {count}? Type 'yes' to go on: ").strip() == "yes"


def _refuse(asked: argparse.Namespace, wrong: Sequence[DefinitionError]) -> int:
    for mistake in wrong:
        say(str(mistake))
    say("nothing was changed")
    rows = [{"file": m.file, "line": m.line, "column": m.column, "message": m.message} for m in wrong]
    if asked.json:
        tell(asked, {"kept": False, "mistakes": rows}, lambda: None)
    return 2
