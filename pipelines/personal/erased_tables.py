"""
Takes a person out of every version of a Delta table, without a new version.

Each Parquet file that holds the person is written anew under its own name; then the log is told its new size and
statistics. Killed in between, no version shows a row that is wrong, and the same erasure, repeated, corrects the log.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import DeltaTable, write_deltalake

from audit.errors import SourceError
from audit.source import Source
from audit.wording import say
from pipelines.durable import flush
from pipelines.personal.journal import Journal
from pipelines.personal.person import Person
from pipelines.personal.traces import Traces, data_files, read
from pipelines.workspace import Workspace

BESIDE = ".erasing"
NOBODY = "c-erased"
"""Stands where the log itself named the person, as the lowest key of a commit."""
ONE_FILE = 1 << 40


class Written(NamedTuple):
    file: Path
    statistics: str
    """As Delta's log writes them."""


def refuse_shortened(workspace: Workspace) -> None:
    """Checkpoints are made anew from the log, so that it must be whole. Raises SourceError where it is not."""
    for log in sorted(workspace.facts.glob("*/_delta_log")):
        versions = sorted(int(commit.stem) for commit in log.glob("*.json") if commit.stem.isdigit())
        if versions != list(range(len(versions))):
            raise SourceError(
                say(
                    "facts/{name}: commits are missing in its log, so that not every version can be read; nothing was "
                    "changed: bring them back from a backup and erase again",
                    name=log.parent.name,
                )
            )


def erase(workspace: Workspace, person: Person, traces: Traces, journal: Journal) -> None:
    beside = workspace.folder / BESIDE
    try:
        for contract, file in data_files(workspace):
            _erase_from(file, contract, person, traces, journal, beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for log in sorted(workspace.facts.glob("*/_delta_log")):
        notes = journal.under(f"{log.parent.relative_to(workspace.folder).as_posix()}/")
        if notes:
            _correct(log, notes, traces.pseudonym)


def _erase_from(file: Path, contract: Source, person: Person, traces: Traces, journal: Journal, beside: Path) -> None:
    rows = read(file)
    own = traces.own(rows, contract)
    others = rows.filter(pc.invert(own))
    left = traces.without_mentions(others, contract, person)
    if len(left) == len(rows) and left.equals(others):
        return
    written = _written(left, beside)
    known = {"source": contract.name, "removed": pc.sum(own).as_py(), "size": written.file.stat().st_size}
    journal.replace(file, written.file, _sha256(file), _sha256(written.file), statistics=written.statistics, **known)


def _written(rows: pa.Table, beside: Path) -> Written:
    """By the writer of the tables, so that the statistics are as its own."""
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    if not len(rows):
        pq.write_table(rows, beside / "empty.parquet")
        return Written(beside / "empty.parquet", json.dumps({"numRecords": 0}))
    write_deltalake(str(beside), rows, target_file_size=ONE_FILE)
    log = (beside / "_delta_log" / f"{0:020}.json").read_text(encoding="utf-8")
    (add,) = [action["add"] for line in log.split("\n") if line and "add" in (action := json.loads(line))]
    return Written(beside / unquote(add["path"]), add["stats"])


def _correct(log: Path, notes: dict[str, dict[str, Any]], pseudonym: str) -> None:
    """Every step can be repeated. Checkpoints repeat the log; they go first and are made anew last."""
    stored = sorted(log.glob("*.checkpoint*.parquet"))
    for gone in (log / "_last_checkpoint", *stored, *log.glob("*.tmp")):
        gone.unlink(missing_ok=True)
    for commit in sorted(log.glob("*.json")):
        before = commit.read_text(encoding="utf-8")
        after = "\n".join(_corrected(line, notes, pseudonym) for line in before.split("\n"))
        if after != before:
            beside = commit.with_suffix(".tmp")
            beside.write_text(after, encoding="utf-8")
            flush(beside)
            os.replace(beside, commit)
    flush(log)
    if stored:
        DeltaTable(str(log.parent)).create_checkpoint()


def _corrected(line: str, notes: dict[str, dict[str, Any]], pseudonym: str) -> str:
    action = json.loads(line) if line else {}
    for kind in ("add", "remove"):
        said = action.get(kind)
        note = notes.get(unquote(said["path"])) if said else None
        if said and note:
            # what a commit does not say stays unsaid
            said.update({name: note[of] for name, of in (("size", "size"), ("stats", "statistics")) if said.get(name)})
            return json.dumps(action, separators=(",", ":"), ensure_ascii=False)
    return line.replace(pseudonym, NOBODY)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
