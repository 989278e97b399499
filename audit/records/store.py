"""Files kept under the SHA-256 of their content: a changed file is another file, and a changed byte is found."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from audit.errors import RecordError
from audit.records.trail.trail import Damage
from audit.wording import say

NAME = re.compile(r"[0-9a-f]{64}")
UNFINISHED = ".tmp"
BLOCK = 1 << 18
ERASED = b"clauselight: erased"
"""How a file begins that stands for content with personal data; what is left of that content may be named after it."""


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content and return its SHA-256. What is kept already is not written again."""
        name = hashlib.sha256(content).hexdigest()
        if self.has(name):
            self.get(name)
        else:
            try:
                self._write(self.path(name), [content])
            except OSError as error:
                raise _not_kept(name, error) from error
        return name

    def put_file(self, file: Path, sha256: str) -> None:
        """Keep a file of which the SHA-256 is known, block by block. Raises RecordError where it changed meanwhile."""
        if self.has(sha256):
            self._refuse_changed(self.path(sha256), sha256)
            return
        try:
            self._write(self.path(sha256), _blocks(file, sha256))
        except OSError as error:
            raise _not_kept(sha256, error) from error

    def get(self, sha256: str) -> bytes:
        """Raises RecordError where there is no such content, or where it no longer hashes to its name."""
        return self.file(sha256).read_bytes()

    def file(self, sha256: str) -> Path:
        """The same for whoever reads it piece by piece: where the content lies, or what an erasure left of it."""
        path = self.path(sha256)
        try:
            with path.open("rb") as opened:
                same = hashlib.file_digest(opened, "sha256").hexdigest() == sha256
                opened.seek(0)
                begins = opened.read(len(ERASED) + 100)
        except OSError as error:
            raise RecordError(
                say("{sha256} is not in the store; bring it back from a backup", sha256=sha256)
            ) from error
        if not same and begins.startswith(ERASED):
            return self._left(begins, sha256)
        if not same:
            raise _changed(sha256)
        return path

    def _left(self, tombstone: bytes, sha256: str) -> Path:
        left = tombstone.removeprefix(ERASED).strip().decode("ascii", "replace")
        if NAME.fullmatch(left):
            return self.file(left)
        raise RecordError(
            say("{sha256} held personal data that was erased; the trail says when and why", sha256=sha256)
        )

    def has(self, sha256: str) -> bool:
        return bool(NAME.fullmatch(sha256)) and self.path(sha256).is_file()

    def path(self, sha256: str) -> Path:
        """Raises RecordError for what is no SHA-256, so that a name never leads out of the folder."""
        if not NAME.fullmatch(sha256):
            raise RecordError(
                say(
                    "'{sha256}' is not a name in the store; write the 64 hexadecimal digits of a SHA-256",
                    sha256=sha256,
                )
            )
        return self.folder / sha256[:2] / sha256

    def files(self) -> Iterator[Path]:
        """Every file, in the order of names; what a killed process left unfinished is not a file yet."""
        found = (path for path in self.folder.rglob("*") if path.is_file() and path.suffix != UNFINISHED)
        return iter(sorted(found))

    def verify(self) -> list[Damage]:
        return [damage for path in self.files() if (damage := self._damage(path))]

    def _damage(self, path: Path) -> Damage | None:
        where = f"store/{path.relative_to(self.folder).as_posix()}"
        if not NAME.fullmatch(path.name) or path != self.path(path.name):
            return Damage(say("this file does not belong to the store"), where)
        try:
            with path.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == path.name
        except OSError as error:
            return Damage(say("this file cannot be read ({error})", error=error.strerror), where)
        return None if same else Damage(say("this file was changed after it was kept"), where)

    @staticmethod
    def _refuse_changed(path: Path, sha256: str) -> None:
        with path.open("rb") as file:
            if file.read(len(ERASED)) == ERASED:
                return  # what was erased does not come back with the next load of the same file
            file.seek(0)
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise _changed(sha256)

    def _write(self, path: Path, content: Iterable[bytes | memoryview]) -> None:
        """A reader sees the whole file or none, whenever the process is killed."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                for block in content:
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(written, 0o440)
            self._rename(written, path)
        finally:
            Path(written).unlink(missing_ok=True)
        _settle(path.parent)
        _settle(self.folder)

    @staticmethod
    def _rename(written: str, path: Path) -> None:
        try:
            os.replace(written, path)
        except PermissionError:
            # Windows refuses to replace a read-only file: another process has kept the same content meanwhile
            if not path.is_file():
                raise


def _blocks(file: Path, sha256: str) -> Iterator[memoryview]:
    """Each stands where the one before it stood: new memory for each takes longer than to read it."""
    seen, room = hashlib.sha256(), memoryview(bytearray(BLOCK))
    with file.open("rb", buffering=0) as opened:
        while size := opened.readinto(room):
            seen.update(room[:size])
            yield room[:size]
    if seen.hexdigest() != sha256:
        raise changed_meanwhile(file.name)


def changed_meanwhile(file: str) -> RecordError:
    return RecordError(say("{file} was changed while it was read; load it again when it is whole", file=file))


def _not_kept(sha256: str, error: OSError) -> RecordError:
    return RecordError(
        say("{sha256}… cannot be kept ({why}); nothing was changed", sha256=sha256[:12], why=error.strerror)
    )


def _changed(sha256: str) -> RecordError:
    return RecordError(
        say("{sha256} in the store was changed after it was kept; bring it back from a backup", sha256=sha256)
    )


def _settle(folder: Path) -> None:
    """Make a rename outlast a power cut. Windows has no such call for folders."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
