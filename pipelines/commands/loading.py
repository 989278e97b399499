"""load, loads, rejects: files come in, and what came of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from audit.errors import AuditError, SourceError
from audit.load import Load
from audit.records import loads as kept
from pipelines import definitions
from pipelines.commands.terminal import actor, at_work, begin_workspace, print_table, progress_bar, say, tell
from pipelines.workspace import Workspace


def load(asked: argparse.Namespace) -> int:
    """Exit 0: all published; 1: the gate stopped a file; 2: a file or some of its lines were refused."""
    from pipelines import load as loading

    contract = definitions.source(asked.source)
    mapping = definitions.mapping(definitions.mapping_path(asked.mapping) if asked.mapping else None, contract.name)
    done: list[Load] = []
    refused: dict[str, str] = {}
    begin_workspace(asked)
    with at_work(asked) as (workspace, records):
        for name in asked.files:
            try:
                content = _content(Path(name))
                with progress_bar(Path(name).name) as moved:
                    done.append(loading.load(workspace, records, content, name, contract.name, mapping, actor(), moved))
            except AuditError as error:
                refused[name] = str(error)
        rejected = [_first_reject(workspace, found) for found in done if found.rejected]
    rows = [*map(_load, done), *(_refused(contract.name, name, why) for name, why in refused.items())]
    tell(asked, rows, lambda: _print(done) if done else None)
    stopped = [_stop(found) for found in done if any(result.stops for result in found.gate)]
    for line in (*refused.values(), *rejected, *stopped):
        say(line)
    return 2 if refused or rejected else 1 if stopped else 0


def loads(asked: argparse.Namespace) -> int:
    with at_work(asked) as (_, records):
        found = kept.every(records)
    tell(asked, [_load(one) for one in found], lambda: _print(found))
    return 0


def rejects(asked: argparse.Namespace) -> int:
    from pipelines.load import rejects_of

    with at_work(asked) as (workspace, records):
        found = rejects_of(workspace, kept.find(records, asked.load))
    rows = [{"line": r.line, "column": r.column, "value": r.value, "reason": r.reason.en} for r in found]
    tell(asked, rows, lambda: print_table(["line", "column", "value", "reason"], [list(row.values()) for row in rows]))
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise SourceError(f"{path}: this is a folder; name the files in it") from None
    except OSError as error:
        raise SourceError(f"{path}: {(error.strerror or 'cannot be read').lower()}; name a file that exists") from None


def _refused(source: str, file: str, why: str) -> dict[str, object]:
    """A file that could not be read as a whole: nothing of it came in, and nothing was changed."""
    counts = dict.fromkeys(("lines", "loaded", "rejected", "blank"), 0)
    return {"load": None, "source": source, "file": Path(file).name, "sha256": None, **counts, "published": False,
            "version": None, "gate": [], "refused": why}  # fmt: skip


def _load(found: Load) -> dict[str, object]:
    return {
        "load": found.id,
        "source": found.source,
        "file": found.file,
        "sha256": found.sha256,
        "lines": found.lines,
        "loaded": found.loaded,
        "rejected": found.rejected,
        "blank": found.blank,
        "physical_lines": found.physical_lines,
        "published": found.published,
        "version": found.version,
        "received_at": found.received_at.isoformat(),
        "actor": found.actor,
        "ignored": list(found.ignored),
        "gate": [
            {
                "expectation": result.expectation,
                "column": result.column,
                "severity": result.severity,
                "outcome": result.outcome,
                "unexpected": result.unexpected,
            }
            for result in found.gate
        ],
    }


def _print(found: list[Load]) -> None:
    columns = ["load", "source", "file", "lines", "loaded", "rejected", "blank", "published", "version"]
    print_table(columns, [[_load(one)[name] for name in columns] for one in found])


def _first_reject(workspace: Workspace, found: Load) -> str:
    from pipelines.load import rejects_of

    first = rejects_of(workspace, found)[0]
    cell = f", {first.column} '{first.value}'" if first.column else ""
    kept = f"{found.loaded:,} of {found.lines:,} lines are published" if found.published else "nothing is published"
    all_of_them = f"'python -m pipelines rejects {found.id}' lists all {found.rejected:,} refused"
    return f"{found.file}: line {first.line}{cell}: {first.reason.en}; {kept}; {all_of_them}"


def _stop(found: Load) -> str:
    result = next(result for result in found.gate if result.stops)
    lines = f" in line {', '.join(map(str, result.lines[:5]))}" if result.lines else ""
    return (
        f"{found.file}: stopped by the gate: {result.column}: {result.expectation} {result.outcome}{lines}. "
        f"{result.reason.en} Nothing was published; mend the file and load it again"
    )
