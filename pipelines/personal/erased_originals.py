"""Takes a person out of the originals and the lists of rejects in the store; what cannot be cut is replaced whole."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit.errors import AuditError, SourceError
from audit.load import Load
from audit.records import Records, documents, loads
from audit.records.store import ERASED
from audit.source import Mapping
from pipelines import definitions
from pipelines.personal.erased_lines import cut
from pipelines.personal.journal import Journal
from pipelines.personal.person import INSTEAD, Person
from pipelines.personal.traces import Traces
from pipelines.staging import archive
from pipelines.workspace import Workspace

CODECS = ("utf-8", "utf-16-le", "gb18030")
MOST_BYTES = 500_000_000
"""Of one part of a workbook; beyond, the part is taken to name the person."""


class Originals:
    def __init__(self, workspace: Workspace, records: Records, person: Person, traces: Traces) -> None:
        self.store, self.person, self.traces = workspace.store, person, traces
        self.loads = loads.every(records)
        self.documents = {one.sha256: one.id for one in documents.current(records) if one.sha256}
        self.mappings = {load.mapping for load in self.loads}
        self.folder = workspace.folder

    def erase(self, journal: Journal) -> None:
        """Originals after the rejects of their loads, whose lines they name."""
        for file in self._files():
            of = [load for load in self.loads if self._now(load.sha256) == file.name]
            left = self._without(file, of)
            if left is not None:
                for load in of:
                    self._erase_rejects(load, left[1], journal)
                self._replace(file, left[0], journal)
        for load in self.loads:
            self._erase_rejects(load, (), journal)

    def naming(self) -> list[str]:
        """Documents that name the person: they are the organisation's own papers, and always kept."""
        return sorted(f"document {id}" for name, id in self.documents.items() if self._names(self.store.path(name)))

    def kept(self) -> list[str]:
        """What would have been erased."""
        found = []
        for file in self._files():
            of = [load for load in self.loads if self._now(load.sha256) == file.name]
            if self._without(file, of) is not None:
                found.append(f"store/{file.parent.name}/{file.name}")
        return found

    def _files(self) -> Iterator[Path]:
        lists = {self._now(load.rejects) for load in self.loads if load.rejects}
        for file in list(self.store.files()):
            if file.name not in lists | self.documents.keys() | self.mappings and not _is_tombstone(file):
                yield file

    def _without(self, file: Path, of: list[Load]) -> tuple[bytes | None, tuple[int, ...]] | None:
        """What is left and the person's lines; without content where the whole must go; None where nobody is named."""
        content, lines = file.read_bytes(), {line for load in of for line in self.traces.lines.get(load.id, [])}
        name, mapping = of[0].file if of else file.name, self._mapping(of[0]) if of else None
        try:
            contract = definitions.sources().get(of[0].source) if of else None
            found = cut(content, name, mapping, contract, self.person, lines)
        except SourceError:
            # of what was published as a whole the tables say where the person is; else a short identifier counts, too
            part = any(not load.published or load.rejected for load in of) and bool(self.traces.lines)
            named = self._is_named_in(content, name, self.person.may_stand_in if part else self.person.stands_in)
            return (None, ()) if lines or named else None
        return None if found.content is None else (found.content, found.lines)

    def _mapping(self, load: Load) -> Mapping | None:
        try:
            return Mapping.model_validate(json.loads(self.store.get(load.mapping)))
        except (AuditError, ValueError):
            return None

    def _erase_rejects(self, load: Load, lines: tuple[int, ...], journal: Journal) -> None:
        if not load.rejects or not self.store.has(load.rejects):
            return
        file = self.store.path(self._now(load.rejects))
        own = {*lines, *self.traces.lines.get(load.id, [])}
        before = file.read_text(encoding="utf-8")
        after = "\n".join(self._reject(line, own) for line in before.split("\n"))
        if after != before and not _is_tombstone(file):
            self._replace(file, after.encode(), journal)

    def _reject(self, line: str, own: set[int]) -> str:
        """The person's value, and the reason that quotes it, are cut out; the line and the column stay."""
        if not line:
            return line
        reject = json.loads(line)
        value = reject["value"].strip()
        if reject["line"] in own or value in self.person.originals or self.person.is_named_by(value):
            said = {name: text.replace(value, INSTEAD) if value else text for name, text in reject["reason"].items()}
            line = json.dumps(reject | {"value": INSTEAD, "reason": said}, ensure_ascii=False)
        return self.person.without(line)

    def _replace(self, file: Path, left: bytes | None, journal: Journal) -> None:
        """What is left is kept under its own name first; then a line that names it stands in the place of the old."""
        tombstone = ERASED + (b" " + self.store.put(left).encode() if left else b"") + b"\n"
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", suffix=".tmp", delete=False) as beside:
            beside.write(tombstone)
        journal.replace(file, Path(beside.name), file.name, hashlib.sha256(tombstone).hexdigest())

    def _now(self, sha256: str) -> str:
        """The name of what is left of a content, after earlier erasures."""
        while self.store.has(sha256) and _is_tombstone(self.store.path(sha256)):
            left = self.store.path(sha256).read_bytes().removeprefix(ERASED).strip().decode()
            if not left:
                break
            sha256 = left
        return sha256

    def _names(self, file: Path) -> bool:
        return file.is_file() and self._is_named_in(file.read_bytes(), file.name, self.person.stands_in)

    @staticmethod
    def _is_named_in(content: bytes, name: str, named: Callable[[str], bool]) -> bool:
        return any(named(part.decode(codec, "replace")) for part in _parts(content, name) for codec in CODECS)


def _is_tombstone(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(ERASED)) == ERASED


def _parts(content: bytes, name: str) -> Iterator[bytes]:
    """The content as it lies there, and unpacked where it is packed."""
    yield content
    try:
        inside, _ = archive.unpacked_bytes(content, name)
        yield inside
        if inside.startswith(b"PAR1"):
            rows = pq.read_table(io.BytesIO(inside))
            yield "\n".join(str(cell) for column in rows.columns for cell in column.unique().to_pylist()).encode()
        with zipfile.ZipFile(io.BytesIO(inside)) as office:
            yield from (office.read(part) for part in office.infolist() if part.file_size < MOST_BYTES)
    except (AuditError, zipfile.BadZipFile, pa.ArrowException, OSError, RuntimeError, ValueError, NotImplementedError):
        return
