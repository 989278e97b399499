"""A zip whose bytes depend on its content alone, with a list of sums, and the check that nothing in it changed."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from audit.errors import SourceError
from audit.records.trail.trail import Damage
from audit.wording import say

SUMS = "SHA256SUMS"
ALWAYS = (1980, 1, 1, 0, 0, 0)
"""A zip entry carries a time; this one says nothing."""
MOST_BYTES = 2_000_000_000


def packed(files: dict[str, bytes]) -> bytes:
    """The files in the order of their names, and the list of their sums."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in sorted({**files, SUMS: sums(files)}.items()):
            entry = zipfile.ZipInfo(name, ALWAYS)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, content)
    return held.getvalue()


def sums(files: dict[str, bytes]) -> bytes:
    """The list, as sha256sum writes it."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    return "".join(lines).encode()


def damage(pack: Path) -> list[Damage]:
    """Every file that is changed, missing, or not on the list. Raises SourceError where there is no such file."""
    if not pack.is_file():
        raise SourceError(say("{file}: there is no such file; name an evidence pack (.zip)", file=pack.name))
    try:
        with zipfile.ZipFile(pack) as archive:
            return _compared(archive, pack.name)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        return [Damage(say("not readable as a zip: {error}", error=error), pack.name)]


def _compared(archive: zipfile.ZipFile, name: str) -> list[Damage]:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if SUMS not in names:
        return [Damage(say("SHA256SUMS is missing, so nothing can be checked"), name)]
    if sum(info.file_size for info in infos) > MOST_BYTES:
        return [Damage(say("it expands to more than {most} bytes", most=MOST_BYTES), name)]
    doubled = sorted({n for n in names if names.count(n) > 1})
    found = [Damage(say("stands twice in the zip"), twice) for twice in doubled]
    listed = _listed(archive)
    found += [Damage(say("is missing"), absent) for absent in sorted(set(listed) - set(names))]
    extra = sorted(set(names) - set(listed) - {SUMS})
    found += [Damage(say("is not listed in SHA256SUMS"), name) for name in extra]
    both = sorted(set(listed) & set(names))
    found += [Damage(say("is changed"), name) for name in both if _sum(archive, name) != listed[name]]
    return found


def _listed(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        text = archive.read(SUMS).decode("utf-8")
    except (zipfile.BadZipFile, UnicodeDecodeError, zipfile.zlib.error):  # type: ignore[attr-defined]
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in text.splitlines())}


def _sum(archive: zipfile.ZipFile, name: str) -> str:
    """The sum of an entry's bytes; "" where they cannot be read, which is no sum."""
    try:
        return hashlib.sha256(archive.read(name)).hexdigest()
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError):  # type: ignore[attr-defined]
        return ""
