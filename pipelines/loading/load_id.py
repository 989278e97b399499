"""What makes two loads the same: the bytes of the file, its source, the mapping, and how often they came in before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from audit.mapping import Mapping


def identity(sha256: str, mapping: Mapping, before: int = 0) -> str:
    """
    The same bytes for the same source through the same mapping are the same load, unless they were published before and
    rows of them were replaced since: `before` says how often they were.
    """
    again = f"#{before}" if before else ""
    return _sha256((sha256 + mapping.source + fingerprint(mapping) + again).encode())[:12]


def fingerprint(mapping: Mapping) -> str:
    return _sha256(written(mapping))


def written(mapping: Mapping) -> bytes:
    return canonical(mapping.model_dump(mode="json", by_alias=True)).encode()


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
