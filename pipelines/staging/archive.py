"""Takes the one file out of a gzip or zip archive, within limits that no honest table meets."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import IO, NamedTuple

from audit.errors import SourceError
from pipelines.staging.text_file import ZIP, shown

GZIP = b"\x1f\x8b"
MOST_BYTES = 2_000_000_000
STEEPEST = 200
"""How many times larger the content may be than the archive; tables of text shrink to a tenth."""
SMALL = 10_000_000
"""Up to here any ratio is harmless."""
CHUNK = 1_000_000
ENCRYPTED = 1
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)


class Unpacked(NamedTuple):
    content: bytes
    name: str
    """The name of the file within, for what its ending says."""


def unpacked(content: bytes, file: str) -> Unpacked:
    """The file itself, or the one in it. Raises SourceError for an archive that is broken, a bomb, or of many files."""
    if content.startswith(GZIP):
        found = Unpacked(_gunzipped(content, file), file.lower().removesuffix(".gz"))
    elif content.startswith(ZIP) and not is_office(content, file):
        found = _unzipped(content, file)
    else:
        return Unpacked(content, file)
    if found.content.startswith(GZIP) or (found.content.startswith(ZIP) and not is_office(found.content, file)):
        raise SourceError(f"{file}: an archive within an archive; unpack it once and load what is in it")
    return found


def is_office(content: bytes, file: str) -> bool:
    """A workbook is a zip archive too, and is read as what it is."""
    with _opened(content, file) as archive:
        names = archive.namelist()
    return "[Content_Types].xml" in names or "mimetype" in names or any(name.startswith("xl/") for name in names)


def _opened(content: bytes, file: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except BROKEN:
        raise SourceError(
            f"{file}: this is a zip archive that is broken or cut off; pack or download it again"
        ) from None


def _gunzipped(content: bytes, file: str) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
        return _read(stream, len(content), file, "gzip")


def _unzipped(content: bytes, file: str) -> Unpacked:
    with _opened(content, file) as archive:
        # macOS puts a folder of its own beside every file
        inside = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
        if len(inside) != 1:
            names = ", ".join(shown(one.filename, 40) for one in inside[:3])
            held = f"{len(inside)} files ({names}{', …' if len(inside) > 3 else ''})" if inside else "no file"
            raise SourceError(f"{file}: the zip archive holds {held}; pack one table, or load each file by itself")
        if inside[0].flag_bits & ENCRYPTED:
            raise SourceError(f"{file}: the zip archive has a password; save without password and load that")
        try:
            with archive.open(inside[0]) as stream:
                return Unpacked(_read(stream, inside[0].compress_size, file, "zip"), inside[0].filename)
        except BROKEN:
            raise _broken(file, "zip") from None


def _read(stream: IO[bytes] | gzip.GzipFile, packed: int, file: str, kind: str) -> bytes:
    """What an archive says of its own size is not believed; it is counted."""
    most = min(MOST_BYTES, max(SMALL, packed * STEEPEST))
    found = bytearray()
    try:
        while chunk := stream.read(CHUNK):
            found += chunk
            if len(found) > most:
                raise SourceError(
                    f"{file}: expands to more than {most // 1_000_000:,} MB, which is "
                    f"{'too large' if most == MOST_BYTES else f'{STEEPEST} times its size'}; "
                    "load the table unpacked, in parts where it is large"
                )
    except BROKEN:
        raise _broken(file, kind) from None
    return bytes(found)


def _broken(file: str, kind: str) -> SourceError:
    return SourceError(f"{file}: this is a {kind} archive that is broken or cut off; pack or download it again")
