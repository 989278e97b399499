"""Takes the one file out of a gzip or zip archive, within limits that no honest table meets."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zipfile
import zlib
from contextlib import ExitStack
from typing import IO, NamedTuple

from audit.errors import SourceError
from audit.wording import say
from pipelines.staging.signature import ZIP
from pipelines.staging.text_file import shown

GZIP = b"\x1f\x8b"
MOST_BYTES = 4_000_000_000
STEEPEST = 200
"""How many times larger the content may be than the archive; tables of text shrink to a tenth."""
SMALL = 10_000_000
"""Up to here any ratio is harmless."""
CHUNK = 1_000_000
ENCRYPTED = 1
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)


class Unpacked(NamedTuple):
    content: IO[bytes]
    name: str
    """The name of the file within, for what its ending says."""


def unpacked(stream: IO[bytes], file: str, until: ExitStack) -> Unpacked:
    """
    The file itself, or the one in it, open as long as `until`. Raises SourceError for an archive that is broken, a
    bomb, or of many files.
    """
    if not _is_archive(stream, file):
        return Unpacked(stream, file)
    found = _gunzipped(stream, file, until) if _begins(stream, GZIP) else _unzipped(stream, file, until)
    if _is_archive(found.content, file):
        raise SourceError(say("{file}: an archive within an archive; unpack it once and load what is in it", file=file))
    return found


def unpacked_bytes(content: bytes, file: str) -> tuple[bytes, str]:
    """The same for whoever holds the file in memory: the content, and the name of the file within."""
    with ExitStack() as until:
        found = unpacked(io.BytesIO(content), file, until)
        return found.content.read(), found.name


def is_office(stream: IO[bytes], file: str) -> bool:
    """A workbook is a zip archive too, and is read as what it is."""
    if not _begins(stream, ZIP):
        return False
    with _opened(stream, file) as archive:
        names = archive.namelist()
    stream.seek(0)  # the names stand at its end
    return "[Content_Types].xml" in names or "mimetype" in names or any(name.startswith("xl/") for name in names)


def _is_archive(stream: IO[bytes], file: str) -> bool:
    return _begins(stream, GZIP) or (_begins(stream, ZIP) and not is_office(stream, file))


def _begins(stream: IO[bytes], mark: bytes) -> bool:
    stream.seek(0)
    found = stream.read(len(mark))
    stream.seek(0)
    return found == mark


def _opened(stream: IO[bytes], file: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except BROKEN:
        raise _broken(file, "zip") from None


def _gunzipped(stream: IO[bytes], file: str, until: ExitStack) -> Unpacked:
    packed = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    with gzip.GzipFile(fileobj=stream) as opened:
        return Unpacked(_read(opened, packed, file, "gzip", until), file.lower().removesuffix(".gz"))


def _unzipped(stream: IO[bytes], file: str, until: ExitStack) -> Unpacked:
    with _opened(stream, file) as archive:
        # macOS puts a folder of its own beside every file
        inside = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
        if len(inside) != 1:
            raise _not_one([shown(one.filename, 40) for one in inside], file)
        if inside[0].flag_bits & ENCRYPTED:
            told = say("{file}: the zip archive has a password; save without password and load that", file=file)
            raise SourceError(told)
        try:
            with archive.open(inside[0]) as opened:
                return Unpacked(_read(opened, inside[0].compress_size, file, "zip", until), inside[0].filename)
        except BROKEN:
            raise _broken(file, "zip") from None


def _read(opened: IO[bytes] | gzip.GzipFile, packed: int, file: str, kind: str, until: ExitStack) -> IO[bytes]:
    """What an archive says of its own size is not believed; it is counted."""
    most = min(MOST_BYTES, max(SMALL, packed * STEEPEST))
    found: IO[bytes] = until.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    try:
        while chunk := opened.read(CHUNK):
            if found.tell() + len(chunk) > most:
                raise _too_large(most, file)
            found.write(chunk)
    except BROKEN:
        raise _broken(file, kind) from None
    found.seek(0)
    return found


def _broken(file: str, kind: str) -> SourceError:
    return SourceError(
        say(
            "{file}: this is a {kind} archive that is broken or cut off; pack or download it again",
            file=file, kind=kind,
        )
    )  # fmt: skip


def _not_one(names: list[str], file: str) -> SourceError:
    if not names:
        return SourceError(
            say("{file}: the zip archive holds no file; pack one table, or load each file by itself", file=file)
        )
    return SourceError(
        say(
            "{file}: the zip archive holds {count} files ({names}); pack one table, or load each file by itself",
            file=file, count=str(len(names)), names=", ".join(names[:3]) + (", …" if len(names) > 3 else ""),
        )
    )  # fmt: skip


def _too_large(most: int, file: str) -> SourceError:
    if most == MOST_BYTES:
        return SourceError(
            say(
                "{file}: expands to more than {most} MB, which is too large; "
                "load the table unpacked, in parts where it is large",
                file=file, most=most // 1_000_000,
            )
        )  # fmt: skip
    return SourceError(
        say(
            "{file}: expands to more than {most} MB, which is {times} times its size; "
            "load the table unpacked, in parts where it is large",
            file=file, most=most // 1_000_000, times=str(STEEPEST),
        )
    )  # fmt: skip
