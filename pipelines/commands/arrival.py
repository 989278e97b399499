"""What became of one file that was to be loaded, as the command line tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.load import Load
from audit.replaced import rows_replaced
from pipelines.commands.folder import unchanged_row
from pipelines.commands.terminal import print_table
from pipelines.workspace import Workspace

COLUMNS = ["load", "source", "file", "lines", "loaded", "rejected", "blank", "outcome", "version", "replaced"]


@dataclass(frozen=True)
class Arrival:
    """`load` is its record; without one `refused` says why nothing could be kept, or it is `unchanged` or `waiting`."""

    source: str
    file: str
    load: Load | None = None
    refused: str = ""
    unchanged: str = ""
    """The load that the file became at an earlier look into its folder."""
    waiting: bool = False
    """Somebody is still writing the file."""
    again: bool = False
    """The load was published before and its rows stand: nothing was changed."""

    @property
    def exit_code(self) -> int:
        """0: published, or nothing new; 1: stopped by the gate; 2: refused, or some of its lines were."""
        if self.refused or self.load and self.load.rejected:
            return 2
        return 1 if self.load and self.load.stopped else 0

    def row(self) -> dict[str, object]:
        if self.load:
            return as_row(self.load) | ({"unchanged": True} if self.again else {})
        if self.unchanged:
            return unchanged_row(self.source, Path(self.file).name, self.unchanged)
        return _waiting(self) if self.waiting else _unrecorded(self)

    def notices(self, known: Iterable[Load]) -> Iterator[str]:
        """Lines that say what nobody would expect of a load that succeeded; `known` name the files."""
        if self.load and self.again:
            at = f"{self.load.received_at:%Y-%m-%d %H:%M} UTC"
            yield (
                f"{self.file}: loaded already on {at} as load {self.load.id}; nothing was changed "
                "(where another file has replaced its rows since, --again puts them back)"
            )
        elif self.load and (told := rows_replaced(self.load.replaced, known)):
            yield f"{self.file}: {told.en}"

    def complaints(self, workspace: Workspace) -> Iterator[str]:
        """Lines that say what is wrong and what to do."""
        if self.refused:
            yield self.refused
        elif self.load and self.load.rejected:
            yield _first_reject(workspace, self.load)
        if self.load and self.load.stopped:
            yield _stop(self.load)


def as_row(found: Load) -> dict[str, object]:
    return {
        "load": found.id,
        "source": found.source,
        "file": found.file,
        "sha256": found.sha256,
        "lines": found.lines,
        "loaded": found.loaded,
        "rejected": found.rejected,
        "blank": found.blank,
        "physical_lines": found.physical_lines,
        "rows_of_record": found.rows_of_record,
        "published": found.published,
        "outcome": found.outcome,
        **({"refused": found.refused} if found.outcome == "refused" else {}),
        "version": found.version,
        "replaced": found.replaced,
        "received_at": found.received_at.isoformat(),
        "actor": found.actor,
        "ignored": list(found.ignored),
        "gate": [
            {
                "expectation": result.expectation,
                "column": result.column,
                "severity": result.severity,
                "outcome": result.outcome,
                "unexpected": result.unexpected,
            }
            for result in found.gate
        ],
    }


def print_loads(found: Sequence[Load]) -> None:
    rows = [as_row(one) | {"replaced": _sum(one.replaced)} for one in found]
    print_table(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


def _sum(replaced: dict[str, int] | None) -> int | None:
    return None if replaced is None else sum(replaced.values())


def _waiting(arrival: Arrival) -> dict[str, object]:
    return {"load": None, "source": arrival.source, "file": Path(arrival.file).name, "waiting": True}


def _unrecorded(arrival: Arrival) -> dict[str, object]:
    """Nothing of it came in, and nothing was changed."""
    counts = dict.fromkeys(("lines", "loaded", "rejected", "blank"), 0)
    told = {"load": None, "source": arrival.source, "file": Path(arrival.file).name, "sha256": None, **counts}
    return told | {
        "published": False, "outcome": "refused", "refused": arrival.refused, "version": None, "gate": []
    }  # fmt: skip


def _first_reject(workspace: Workspace, found: Load) -> str:
    from pipelines.load import rejects_of

    first = rejects_of(workspace, found)[0]
    cell = f", {first.column} '{first.value}'" if first.column else ""
    kept = f"{found.loaded:,} of {found.lines:,} lines are published" if found.published else "nothing is published"
    all_of_them = f"'python -m pipelines rejects {found.id}' lists all {found.rejected:,} refused"
    return f"{found.file}: line {first.line}{cell}: {first.reason.en}; {kept}; {all_of_them}"


def _stop(found: Load) -> str:
    result = next(result for result in found.gate if result.stops)
    lines = f" in line {', '.join(map(str, result.lines[:5]))}" if result.lines else ""
    return (
        f"{found.file}: stopped by the gate: {result.column}: {result.expectation} {result.outcome}{lines}. "
        f"{result.reason.en} Nothing was published; mend the file and load it again"
    )
