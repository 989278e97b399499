"""Whether all contents are there that the records name: originals of loads, their rejects, and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audit.records import Records, loads
from audit.records.document import documents
from audit.records.trail.trail import Damage
from audit.text import Text
from audit.wording import say


def missing(records: Records, has: Callable[[str], bool]) -> Iterator[Damage]:
    """`has` says whether the content with a SHA-256 is there."""
    named: dict[str, Text | str] = {load.sha256: load.file for load in loads.every(records)}
    named |= {load.rejects: say("rejects of {file}", file=load.file) for load in loads.every(records) if load.rejects}
    named |= {sha256: document.title for sha256, document in documents.files(records).items()}
    for sha256, name in sorted(named.items(), key=lambda each: each[0]):
        if not has(sha256):
            yield Damage(say("the content of '{name}' is missing", name=name), f"store/{sha256[:2]}/{sha256}")
