"""What an erasure is about to change, noted before each step, so that one that was killed can be finished."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audit.records.erasures import Changed
from pipelines.durable import flush
from pipelines.personal.traces import Traces

FILE = "erasing.jsonl"


class Journal:
    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / FILE
        self.notes: list[dict[str, Any]] = []

    def resumed(self) -> Traces | None:
        """What a killed erasure had found; None where none was under way."""
        if not self.file.is_file():
            return None
        whole = self.file.read_bytes().rpartition(b"\n")[0].split(b"\n")
        self.notes = [json.loads(line) for line in whole if line]
        # half a line is what a kill leaves; the next one must not be glued to it
        self.file.write_bytes(b"".join(line + b"\n" for line in whole if line))
        return Traces(**self.notes.pop(0)) if self.notes else None

    def begin(self, traces: Traces) -> None:
        self.file.unlink(missing_ok=True)
        self._append(asdict(traces))

    def replace(self, file: Path, by: Path, before: str, after: str, **known: Any) -> None:
        """Note it, then do it."""
        place = file.relative_to(self.folder).as_posix()
        note = {"place": place, "before": before, "after": after, **known}
        flush(by)
        self._append(note)
        self.notes.append(note)
        os.replace(by, file)
        flush(file.parent)

    def under(self, place: str) -> dict[str, dict[str, Any]]:
        """The last note of each file below a folder, by its path from there."""
        return {one["place"].removeprefix(place): one for one in self.notes if one["place"].startswith(place)}

    def changed(self) -> list[Changed]:
        """Each file once: what it was at first, and what it is."""
        first: dict[str, str] = {}
        for one in self.notes:
            first.setdefault(one["place"], one["before"])
        last = {one["place"]: one["after"] for one in self.notes}
        return [Changed(place, before, last[place]) for place, before in first.items() if before != last[place]]

    def rows(self) -> dict[str, int]:
        """Source -> rows taken out."""
        last: Iterable[dict[str, Any]] = {one["place"]: one for one in self.notes}.values()
        total: dict[str, int] = {}
        for one in last:
            if one.get("removed"):
                total[one["source"]] = total.get(one["source"], 0) + one["removed"]
        return total

    def end(self) -> None:
        self.file.unlink()
        flush(self.folder)

    def _append(self, note: dict[str, Any]) -> None:
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(note, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
