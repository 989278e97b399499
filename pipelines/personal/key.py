"""The key of the pseudonyms: 32 random bytes in a file of their own, apart from facts, store, records and packs."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from audit.errors import SourceError
from audit.wording import say
from pipelines import whole
from pipelines.personal.pseudonyms import Pseudonyms
from pipelines.workspace import Workspace

BYTES = 32
WRITTEN = re.compile(rb"[0-9a-f]{64}\s*")
PLACE = "CLAUSELIGHT_KEY_FILE"
FILE = "key/pseudonyms.key"
"""Inside the workspace, where nobody names another place."""


def place(workspace: Workspace) -> Path:
    """What the environment says, else `key:` in workspace.yaml, else inside the workspace."""
    return places(workspace)[0]


def places(workspace: Workspace) -> list[Path]:
    """Where the key may be: the first one counts, and another may hold the key as well."""
    named = (os.environ.get(PLACE), workspace.set_up.key, FILE)
    return [workspace.folder / name for name in named if name]


def fingerprint_file(workspace: Workspace) -> Path:
    return workspace.folder / "key.fingerprint"


def pseudonyms(workspace: Workspace) -> Pseudonyms:
    """
    Made with the workspace's first table. Raises SourceError, and makes no new key, where the key of tables that exist
    is missing or is another one: every customer would become a stranger.
    """
    file, noted = place(workspace), fingerprint_file(workspace)
    begun = noted.exists() or any(workspace.storage.logs())
    if not file.exists():
        if begun:
            raise SourceError(
                say(
                    "{file} is missing: it holds the key of this workspace's pseudonyms, and a new one would make "
                    "every customer a stranger; bring it back, or name its place in {variable} or as 'key:' in "
                    "workspace.yaml",
                    file=file, variable=PLACE,
                )
            )  # fmt: skip
        _write(file, secrets.token_bytes(BYTES).hex() + "\n")
    found = Pseudonyms(_read(file))
    if not begun:
        _write(noted, found.fingerprint + "\n")
    _refuse_another(found, file, noted)
    return found


def _refuse_another(found: Pseudonyms, file: Path, noted: Path) -> None:
    if not noted.exists():
        raise SourceError(
            say(
                "{fingerprint} is missing beside workspace.yaml, so nobody can tell whether {file} holds the key of "
                "these tables; bring it back from a backup, or load the files into a new workspace",
                fingerprint=noted.name, file=file,
            )
        )  # fmt: skip
    if noted.read_text(encoding="utf-8").strip() != found.fingerprint:
        raise SourceError(
            say(
                "{file} holds another key than the one of this workspace's pseudonyms; bring the right file back, or "
                "name its place in {variable} or as 'key:' in workspace.yaml",
                file=file, variable=PLACE,
            )
        )  # fmt: skip


def _read(file: Path) -> bytes:
    try:
        written = file.read_bytes()
    except OSError as error:
        raise SourceError(
            say(
                "{file}: the key cannot be read ({reason}); allow whoever runs this to read it",
                file=file, reason=error.strerror,
            )
        ) from None  # fmt: skip
    if not WRITTEN.fullmatch(written):
        raise SourceError(
            say("{file} is not a key of 64 hexadecimal digits; bring back the file as it was made", file=file)
        )
    return bytes.fromhex(written.decode())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.write_once(path, text)
