"""A file that is there whole or not at all: written under another name beside it, then renamed."""

# A look at a folder without anything new must cost next to nothing: only the standard library is imported here.
from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipelines.durable import flush

NAMED = 40
"""Letters of the name that stand in the other one, which tell what it was to be and never make it too long."""


def write(path: Path, content: bytes | str, lasting: bool = True) -> None:
    """Of two who write at once the last one counts. What can be made again need not outlast a power cut."""
    with unfinished(path) as made:
        _fill(made, content, lasting)
        os.replace(made, path)
    if lasting:
        flush(path.parent)


def write_once(path: Path, content: bytes | str) -> None:
    """Readable by its owner alone; of two who write at once the first one counts."""
    with unfinished(path, private=True) as made:
        _fill(made, content, lasting=True)
        with suppress(FileExistsError):
            os.link(made, path)
    flush(path.parent)


@contextmanager
def unfinished(path: Path, private: bool = False) -> Iterator[Path]:
    """A new file of nobody else's in the same folder; where it was not renamed by the end, it is removed."""
    made = path.with_name(f".{path.name[:NAMED]}-{secrets.token_hex(8)}.tmp")
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666))
    try:
        yield made
    finally:
        made.unlink(missing_ok=True)


def _fill(file: Path, content: bytes | str, lasting: bool) -> None:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    if lasting:
        flush(file)
