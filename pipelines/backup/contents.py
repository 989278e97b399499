"""Which files of a workspace belong in a backup, all of one state although people go on working."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

from pipelines.personal import key
from pipelines.personal.identities import FILE as IDENTITIES
from pipelines.runs.run_folder import RUN
from pipelines.upkeep import turn
from pipelines.upkeep.leftovers import found as unfinished
from pipelines.workspace import Workspace

Part = tuple[str, Path]
"""Name in the backup, and the file."""
APART = ("facts", "runs", "waiting", "identity")
LATEST = "runs/latest"


def facts(workspace: Workspace, loads: set[str]) -> tuple[dict[str, int], list[Part]]:
    """
    Every table at the last version that the records vouch for, with all files of it and of the versions before: what a
    load publishes now and records in a moment is not part of this state.
    """
    versions: dict[str, int] = {}
    parts: list[Part] = []
    for log in sorted(workspace.facts.glob("*/_delta_log")):
        commits = {int(file.stem): file for file in log.glob("*.json") if file.stem.isdecimal()}
        known = [version for version, file in commits.items() if _load(file) in loads | {None}]
        if known:
            versions[log.parent.name] = last = max(known)
            parts += _table(workspace, log, [file for version, file in sorted(commits.items()) if version <= last])
    return versions, parts


def _table(workspace: Workspace, log: Path, commits: list[Path]) -> Iterator[Part]:
    table, last = log.parent, int(commits[-1].stem)
    named = {name: table / name for file in commits for name in _added(file)}
    shortcuts = [file for file in log.glob("*.checkpoint*.parquet") if int(file.name.partition(".")[0]) <= last]
    pointer = log / "_last_checkpoint"
    if pointer.is_file() and json.loads(pointer.read_bytes())["version"] <= last:
        shortcuts.append(pointer)
    for file in [*commits, *shortcuts, *(named[name] for name in sorted(named))]:
        if file.is_file():
            yield file.relative_to(workspace.folder).as_posix(), file


def _load(commit: Path) -> str | None:
    """The load that made it; None for what the program itself did, as in erasing."""
    told = (json.loads(line).get("commitInfo") for line in commit.read_bytes().splitlines())
    return next((info.get("load") for info in told if info), None)


def _added(commit: Path) -> Iterator[str]:
    for line in commit.read_bytes().splitlines():
        if added := json.loads(line).get("add"):
            yield unquote(added["path"])


def runs(workspace: Workspace, versions: dict[str, int]) -> Iterator[Part]:
    """Those that read no later facts, and the pointer to the one that is shown."""
    kept = [folder for folder in sorted(workspace.runs.glob("[!.]*/")) if _reads(folder, versions)]
    for folder in kept:
        yield from _files(workspace, folder)
    pointer = workspace.folder / LATEST
    if pointer.is_file() and pointer.read_text("utf-8").strip() in {folder.name for folder in kept}:
        yield LATEST, pointer


def _reads(folder: Path, versions: dict[str, int]) -> bool:
    try:
        read = RUN.validate_json((folder / "run.json").read_bytes()).versions
    except (OSError, ValueError):
        return True  # a damaged run is backed up as it is
    return all(version <= versions.get(source, -1) for source, version in read.items())


def others(workspace: Workspace, with_key: bool) -> Iterator[Part]:
    """The store, the mappings, own checklists and whatever else lies there, but the records and what is unfinished."""
    apart = {workspace.folder / name for name in (*APART, "workspace.yaml", "trail-anchor.jsonl", turn.FILE)}
    for path in sorted(workspace.folder.iterdir()):
        if path not in apart and not path.name.startswith("records.sqlite"):
            yield from _files(workspace, path)
    if with_key and key.place(workspace).is_file():
        yield key.FILE, key.place(workspace)


def _files(workspace: Workspace, path: Path) -> Iterator[Part]:
    """In whatever folder they lie: never a secret, nor the database, of which the records were written already."""
    unready, secret, database = set(unfinished(workspace.folder)), _secrets(workspace), _database(workspace)
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if not file.is_file() or file in unready or file.resolve() in database:
            continue
        if _identity(file) not in secret:
            yield file.relative_to(workspace.folder).as_posix(), file


def _secrets(workspace: Workspace) -> set[tuple[int, int]]:
    """The key wherever workspace or environment name it, and the keys of the bucket: by any path, and by any link."""
    server = workspace.set_up.storage
    keys = [workspace.folder / server.keys] if server and server.keys else []
    inside = [file for file in (workspace.folder / "key").rglob("*") if file.is_file()]
    return {_identity(file) for file in (*key.places(workspace), *inside, *keys) if file.is_file()}


def _identity(file: Path) -> tuple[int, int]:
    known = file.stat()
    return known.st_dev, known.st_ino


def _database(workspace: Workspace) -> set[Path]:
    records = Path(workspace.records_url.removeprefix("sqlite:///")).resolve()
    return {records.with_name(f"{records.name}{ending}") for ending in ("", "-wal", "-shm", "-journal")}


def identities(workspace: Workspace, into: Path) -> Iterator[Part]:
    """Who the pseudonyms are, copied by the database's own way of doing so."""
    file = workspace.identity / IDENTITIES
    if file.is_file():
        copy = into / IDENTITIES
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target, pages=1000)
            target.execute("pragma journal_mode = delete")
        yield f"identity/{IDENTITIES}", copy
