"""What a signature covers: a snapshot in one fixed form, its hash, and in words what has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audit.unfit import Unfit
from audit.wording import say

NOTHING = "–"
AUDIT, REVIEW, PACK = "audit", "management review", "evidence pack"
LEAD, AUDITEE, REPRESENTATIVE = "lead auditor", "auditee", "management representative"
MEANINGS: dict[str, tuple[str, ...]] = {
    AUDIT: (LEAD, AUDITEE, REPRESENTATIVE),
    REVIEW: (REPRESENTATIVE,),
    PACK: (LEAD, REPRESENTATIVE),
}
"""What can be signed, and in which meanings."""


@dataclass(frozen=True)
class Difference:
    """One place where what stands now is not what was signed."""

    place: tuple[str, ...]
    """From the whole to the part, as in decisions, 9.1.2-a, concluded."""
    signed: Any
    now: Any


def snapshot(content: Mapping[str, Any]) -> bytes:
    """The same content gives the same bytes, whenever and wherever it is written."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def sha256(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(snapshot(content)).hexdigest()


def read(written: bytes) -> dict[str, Any]:
    """The content of a snapshot. Raises ValueError for what is none."""
    content = json.loads(written.decode("utf-8"))
    if not isinstance(content, dict):
        raise Unfit(say("it is no snapshot"))
    return content


def differences(signed: Any, now: Any, place: tuple[str, ...] = ()) -> Iterator[Difference]:
    """In the order of their places; a part that came or went is named as one."""
    if isinstance(signed, dict) and isinstance(now, dict):
        for name in sorted(signed.keys() | now.keys()):
            yield from differences(signed.get(name), now.get(name), (*place, name))
    elif signed != now:
        yield Difference(place, signed, now)


def told(value: Any) -> str:
    """A part of a snapshot as one line of text."""
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, dict):
        return "; ".join(f"{name}: {told(part)}" for name, part in value.items() if told(part) != NOTHING) or NOTHING
    if isinstance(value, list):
        return ", ".join(f"({told(each)})" if isinstance(each, dict) else told(each) for each in value)
    return str(value)
