"""
Takes a person out of the originals and the lists of rejects in the store; what cannot be cut is replaced whole.

Originals may be larger than the memory: what is left of one is written beside it, record by record.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from audit.errors import AuditError, SourceError
from audit.load import Load
from audit.mapping import Mapping
from audit.records import Records, loads
from audit.records.document import documents
from audit.records.store import ERASED, UNFINISHED
from pipelines import definitions
from pipelines.personal.erased_lines import Stays, cut
from pipelines.personal.journal import Journal
from pipelines.personal.mention import is_named_in
from pipelines.personal.person import INSTEAD, Person
from pipelines.personal.traces import Traces
from pipelines.staging import archive
from pipelines.workspace import Workspace


class Left(NamedTuple):
    file: Path | None
    """What is left of an original; None where the whole must go."""
    lines: tuple[int, ...] = ()
    """Where records of the person began."""


class Originals:
    def __init__(self, workspace: Workspace, records: Records, person: Person, traces: Traces) -> None:
        self.store, self.person, self.traces = workspace.store, person, traces
        self.loads = loads.every(records)
        self.documents = {sha256: one.id for sha256, one in documents.files(records).items()}
        self.mappings = {load.mapping for load in self.loads}
        self.folder = workspace.folder

    def erase(self, journal: Journal) -> None:
        """Originals after the rejects of their loads, whose lines they name."""
        for file in self._files():
            of = self._loads_of(file)
            with _beside(file) as beside:
                left = self._without(file, of, beside)
                if left is not None:
                    for load in of:
                        self._erase_rejects(load, left.lines, journal)
                    self._replace(file, left.file, journal)
        for load in self.loads:
            self._erase_rejects(load, (), journal)

    def naming(self) -> list[str]:
        """Documents that name the person: they are the organisation's own papers, and always kept."""
        named = self.person.stands_in
        papers = [(self.store.path(name), id) for name, id in self.documents.items()]
        return sorted(f"document {id}" for file, id in papers if file.is_file() and is_named_in(file, file.name, named))

    def kept(self) -> list[str]:
        """What would have been erased."""
        found = []
        for file in self._files():
            with _beside(file) as beside:
                if self._without(file, self._loads_of(file), beside) is not None:
                    found.append(f"store/{file.parent.name}/{file.name}")
        return found

    def _loads_of(self, file: Path) -> list[Load]:
        return [load for load in self.loads if self._now(load.sha256) == file.name]

    def _files(self) -> Iterator[Path]:
        lists = {self._now(load.rejects) for load in self.loads if load.rejects}
        for file in list(self.store.files()):
            if file.name not in lists | self.documents.keys() | self.mappings and not _is_tombstone(file):
                yield file

    def _without(self, file: Path, of: list[Load], beside: Path) -> Left | None:
        """What is left, written `beside`; None where nobody is named."""
        lines = {line for load in of for line in self.traces.lines.get(load.id, [])}
        load = min(of, key=lambda load: bool(load.refused), default=None)  # rather one that could read it
        name, mapping = (load.file, self._mapping(load)) if load else (file.name, None)
        try:
            contract = definitions.sources().get(load.source) if load else None
            was_read = load is not None and not load.refused
            with _unpacked(file, name) as (content, inner):
                found = cut(content, beside, inner, mapping, contract, self.person, lines, was_read)
        except Stays:
            return Left(None)
        except SourceError:
            # of what was published as a whole the tables say where the person is; else a short identifier counts, too
            part = any(not load.published or load.rejected for load in of) and bool(self.traces.lines)
            named = is_named_in(file, name, self.person.may_stand_in if part else self.person.stands_in)
            return Left(None) if lines or named else None
        return Left(beside if content == file else None, found.lines) if found.changed else None

    def _mapping(self, load: Load) -> Mapping | None:
        try:
            return Mapping.model_validate(json.loads(self.store.get(load.mapping)))
        except (AuditError, ValueError):
            return None

    def _erase_rejects(self, load: Load, lines: tuple[int, ...], journal: Journal) -> None:
        if not load.rejects or not self.store.has(load.rejects):
            return
        file = self.store.path(self._now(load.rejects))
        if _is_tombstone(file):
            return
        own, changed = {*lines, *self.traces.lines.get(load.id, [])}, False
        with _beside(file) as beside:
            with file.open(encoding="utf-8", newline="\n") as before, beside.open("w", encoding="utf-8") as after:
                for line in before:
                    left = self._reject(line.removesuffix("\n"), own) + "\n" * line.endswith("\n")
                    after.write(left)
                    changed |= left != line
            if changed:
                self._replace(file, beside, journal)

    def _reject(self, line: str, own: set[int]) -> str:
        """The person's value, and the reason that quotes it, are cut out; the line and the column stay."""
        if not line:
            return line
        reject = json.loads(line)
        value, reason = reject["value"].strip(), reject["reason"]
        left = reject
        if reject["line"] in own or value in self.person.originals or self.person.is_named_by(value):
            said = {name: text.replace(value, INSTEAD) if value else text for name, text in reason.items()}
            left = reject | {"value": INSTEAD, "reason": said}
        # never in the line as it is written: the number of the line may be the one of the person
        left = left | {name: self.person.without(left[name]) for name in ("column", "value")}
        left["reason"] = {name: self.person.without(text) for name, text in left["reason"].items()}
        return line if left == reject else json.dumps(left, ensure_ascii=False)

    def _replace(self, file: Path, left: Path | None, journal: Journal) -> None:
        """What is left is kept under its own name first; then a line that names it stands in the place of the old."""
        tombstone = ERASED + (b" " + self._kept(left).encode() if left else b"") + b"\n"
        with _beside(file) as beside:
            beside.write_bytes(tombstone)
            journal.replace(file, beside, file.name, hashlib.sha256(tombstone).hexdigest())

    def _kept(self, left: Path) -> str:
        with left.open("rb") as opened:
            name = hashlib.file_digest(opened, "sha256").hexdigest()
        self.store.put_file(left, name)
        return name

    def _now(self, sha256: str) -> str:
        """The name of what is left of a content, after earlier erasures."""
        while self.store.has(sha256) and _is_tombstone(self.store.path(sha256)):
            left = self.store.path(sha256).read_bytes().removeprefix(ERASED).strip().decode()
            if not left:
                break
            sha256 = left
        return sha256


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A file for what is not yet in the store; it goes with the `with` statement, or with the next command."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=UNFINISHED)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _unpacked(file: Path, name: str) -> Iterator[tuple[Path, str]]:
    """The file itself, or a copy of the one that is packed in it; and its name."""
    with file.open("rb") as opened, ExitStack() as until:
        found = archive.unpacked(opened, name, until)
        if found.content is opened:
            yield file, name
            return
        with _beside(file) as beside:
            with beside.open("wb") as copy:
                shutil.copyfileobj(found.content, copy)
            yield beside, found.name


def _is_tombstone(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(ERASED)) == ERASED
