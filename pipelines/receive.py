"""Takes a file in: its bytes are kept as they came, under their hash, and its name is made fit to be shown."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from audit.records.store import Store, changed_meanwhile
from pipelines.loading.stamp import Stamp, stamp

LONGEST_NAME = 120
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""


@dataclass(frozen=True)
class Received:
    content: bytes | Path
    file: str
    """The name as it may be shown and written: no folders, no control characters, not longer than 120 characters."""
    sha256: str
    stamp: Stamp | None = None
    """Of a file, before its hash was taken."""


def receive(store: Store, content: bytes | Path, name: str) -> Received:
    found = arrived(content, name)
    keep(store, found)
    return found


def arrived(content: bytes | Path, name: str) -> Received:
    """Known by its hash, and not kept yet."""
    before = stamp(content) if isinstance(content, Path) else None
    return Received(content, cleaned(name), _sha256(content), before)


def refuse_changed(received: Received) -> None:
    """Raises RecordError where rows read from the file since it arrived may not be those of its hash."""
    if isinstance(received.content, Path) and stamp(received.content) != received.stamp:
        raise changed_meanwhile(received.file)


def keep(store: Store, received: Received) -> None:
    if isinstance(received.content, Path):
        store.put_file(received.content, received.sha256)
    else:
        store.put(received.content)


def size_of(content: bytes | Path) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def _sha256(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cleaned(name: str) -> str:
    """A browser sends whatever the client says: folders, control characters, text that runs backwards."""
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    plain = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*]', "_", visible)).strip(" .")
    short = _shortened(plain or "unnamed")
    return f"_{short}" if RESERVED.fullmatch(short) else short


def _shortened(name: str) -> str:
    ending = PurePosixPath(name).suffix[:10]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(ending)] + ending
