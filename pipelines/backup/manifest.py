"""What a backup says of itself: of which state it is, and the hash of every file in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import TypeAdapter

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Head:
    seq: int
    hash: str


@dataclass(frozen=True)
class Content:
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    format: int
    organisation: str
    made_at: dt.datetime
    schema: str
    """Revision of the tables of the records."""
    head: Head
    """The last entry of the trail."""
    seen: int
    """The last entry that the anchor knew; above the head where the records had lost some."""
    versions: dict[str, int]
    """Of the tables of facts."""
    with_key: bool
    """Whether the key of the pseudonyms is in it."""
    files: dict[str, Content]


MANIFEST = TypeAdapter(Manifest)
