"""
Where the tables of facts are kept: in a folder of the workspace, or in a bucket of an S3-compatible server.

Whoever reads them reads files in a folder, always. For a bucket that folder is a copy of what was asked for so far; a
commit is made in the bucket, and counts only there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from audit.text import Text
from pipelines import durable

if TYPE_CHECKING:
    from deltalake import DeltaTable


class Storage:
    """Tables in a folder, which is all that there is."""

    def __init__(self, facts: Path) -> None:
        self.facts = facts

    def look(self, table: Path | None = None) -> None:
        """Learn what was published since, in this table or in all."""

    def need(self, files: Iterable[Path]) -> None:
        """These files are about to be read."""

    def reach(self, at: Mapping[Path, int]) -> None:
        """These tables are about to be read, at these versions."""

    def everything(self, alone: bool = False) -> None:
        """
        All files of all versions are about to be read. Who is `alone` can have what nobody keeps any more taken away.
        """

    def compare(self) -> None:
        """Every file is about to be judged: what is here must be what is kept there, byte by byte."""

    def refuse_kept_versions(self) -> None:
        """Raises RecordError where what is overwritten would be kept all the same."""

    def overwritten(self) -> None:
        """Files were written anew under their names, and those that repeat a log were taken away or made anew."""

    def logs(self) -> list[Path]:
        """The log of each table that exists."""
        self.look()
        return sorted(self.facts.glob("*/_delta_log"))

    def address(self, table: Path) -> tuple[str, dict[str, str] | None]:
        """Where commits are made, and with which options."""
        return str(table), None

    def committing(self, table: Path, opened: DeltaTable) -> DeltaTable:
        """The same version of the same table, to be committed to."""
        return opened

    def settle(self, files: Iterable[Path]) -> None:
        """After this a commit may name them."""
        durable.settle(files)

    def settle_commit(self, table: Path, version: int) -> None:
        durable.settle_commit(table, version)

    def told(self, after: Text) -> AbstractContextManager[None]:
        """What goes wrong beyond the folder is told in one line; `after` is what has, or has not, happened by then."""
        return nullcontext()
