"""The file of a backup: written piece by piece, read piece by piece, each with its hash."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from audit.errors import RecordError
from audit.wording import say
from pipelines.backup.manifest import FORMAT, MANIFEST, NAME, Content, Manifest
from pipelines.durable import flush

BLOCK = 1_000_000
Moved = Callable[[int], None]
"""Told how many bytes are done."""


class Writing:
    def __init__(self, archive: zipfile.ZipFile, moved: Moved) -> None:
        self.archive, self.moved = archive, moved
        self.files: dict[str, Content] = {}

    def add(self, name: str, blocks: Iterable[bytes]) -> None:
        """What is text is packed; files of facts and evidence are packed already, or would cost much time."""
        entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        small = name.endswith((".json", ".jsonl", ".yaml"))
        entry.compress_type = zipfile.ZIP_DEFLATED if small else zipfile.ZIP_STORED
        seen, size = hashlib.sha256(), 0
        with self.archive.open(entry, "w", force_zip64=True) as into:
            for block in blocks:
                into.write(block)
                seen.update(block)
                size += len(block)
                self.moved(len(block))
        self.files[name] = Content(seen.hexdigest(), size)


@contextmanager
def writing(file: Path, moved: Moved) -> Iterator[Writing]:
    with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
        yield Writing(archive, moved)
    flush(file)


def blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            yield block


class Backup:
    """One that was made before. Raises RecordError wherever it is not what it was."""

    def __init__(self, file: Path, archive: zipfile.ZipFile) -> None:
        self.file, self.archive = file, archive
        with self._told(NAME):
            written = archive.read(NAME)
            self.manifest: Manifest = MANIFEST.validate_json(written)
        self.sha256 = hashlib.sha256(written).hexdigest()
        if self.manifest.format != FORMAT:
            told = say(
                "{file} is a backup of format {format}, and this program knows {known}; install the newer program",
                file=file.name, format=str(self.manifest.format), known=str(FORMAT),
            )  # fmt: skip
            raise RecordError(told)
        self._refuse_strangers()

    def blocks(self, name: str) -> Iterator[bytes]:
        """The content, hashed while it is read; the mistake is told at the latest at its end."""
        known, seen = self.manifest.files[name], hashlib.sha256()
        with self._told(name), self.archive.open(name) as opened:
            while block := opened.read(BLOCK):
                seen.update(block)
                yield block
        if seen.hexdigest() != known.sha256:
            raise RecordError(
                say(
                    "{file}: {name} was changed after the backup was made; take another backup",
                    file=self.file.name, name=name,
                )
            )  # fmt: skip

    def lines(self, name: str) -> Iterator[bytes]:
        """Nothing where there is no such file: tables that came later."""
        rest = b""
        for block in self.blocks(name) if name in self.manifest.files else ():
            *whole, rest = (rest + block).split(b"\n")
            yield from whole

    def _refuse_strangers(self) -> None:
        names = self.archive.namelist()
        known = {*self.manifest.files, NAME}
        if odd := next((name for name in names if name not in known or not _inside(name)), None):
            raise RecordError(
                say("{file}: '{name}' does not belong to the backup; take another one", file=self.file.name, name=odd)
            )
        if lost := known - set(names):
            raise RecordError(
                say("{file}: {name} is missing; take another backup", file=self.file.name, name=min(lost))
            )
        if len(names) > len(known):
            raise RecordError(say("{file}: a file is there twice; take another backup", file=self.file.name))

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError) as error:
            told = say("{file}: {name} cannot be read; take another backup", file=self.file.name, name=name)
            raise RecordError(told) from error


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError:
        raise RecordError(say("there is no {file}; name the file that 'backup' made", file=file)) from None
    except (OSError, zipfile.BadZipFile) as error:
        told = say("{file} is no backup, or was cut short; name the file that 'backup' made", file=file.name)
        raise RecordError(told) from error
    with archive:
        yield Backup(file, archive)


def _inside(name: str) -> bool:
    windows = PureWindowsPath(name)
    return not (PurePosixPath(name).is_absolute() or windows.drive or windows.root or ".." in windows.parts)


def settle(beside: Path, target: Path) -> None:
    os.replace(beside, target)
    flush(target.parent)
