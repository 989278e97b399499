"""Tables in a bucket of an S3-compatible server, read through a copy in the workspace that may be deleted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cached_property
from pathlib import Path

from deltalake import DeltaTable

from audit.errors import RecordError
from audit.text import Text
from audit.wording import say
from pipelines.publishing.in_progress import LONGEST
from pipelines.publishing.standing import data_files
from pipelines.storage import Storage, copied, fault, log
from pipelines.storage.objects import SECOND, Listed, Objects
from pipelines.storage.place import Place, address, keys, options

LOOKING, FETCHING = ".looking", ".fetching"
NOTHING = say("nothing was changed")


class Bucket(Storage):
    """
    Commits never change, and data files never do but in an erasure: one whose size and time are those of its object
    need not be fetched again. The copy's log is that of the bucket; its data files are those that were needed.
    """

    def __init__(self, facts: Path, place: Place) -> None:
        super().__init__(facts.resolve())
        self.place = place
        self.sent: set[Path] = set()

    @cached_property
    def keys(self) -> dict[str, str]:
        return keys(self.place, self.facts.parent)

    @cached_property
    def objects(self) -> Objects:
        return Objects(self.place, self.keys)

    def look(self, table: Path | None = None) -> None:
        if os.access(self.facts if self.facts.exists() else self.facts.parent, os.W_OK):
            self._looked(table)  # else the workspace is shown as it stands

    def need(self, files: Iterable[Path]) -> None:
        if missing := [self._name(file) for file in files if not file.exists()]:
            self._fetch(missing)

    def reach(self, at: Mapping[Path, int]) -> None:
        if not all(log.commit(table, version).exists() for table, version in at.items()):
            self.look()
        tables = [DeltaTable(table, version=version) for table, version in at.items()]
        self.need(Path(file) for table in tables for file in data_files(table))

    def everything(self, alone: bool = False) -> None:
        listed = self._looked(None)
        if alone:
            for name in self._copied() - listed.keys():
                (self.facts / name).unlink()
        self.need(self.facts / name for name in listed)

    def compare(self) -> None:
        listed = self._looked(None)
        with self.told(NOTHING):
            for name in sorted(self._named() & self._copied()):
                if name not in listed:
                    (self.facts / name).unlink()
                elif not self.objects.same(name, self.facts / name):
                    self._fetch([name])
            self._fetch(sorted(name for name in listed if log.is_log(name) or not (self.facts / name).exists()))

    def refuse_kept_versions(self) -> None:
        with self.told(NOTHING):
            kept = self.objects.kept_versions(".versions")
        if kept:
            raise RecordError(
                say(
                    "{place}: the bucket keeps former versions of what is overwritten, and they would name the person "
                    "for ever; nothing was changed: copy the facts into a bucket without versions and name that one as "
                    "'facts:', then delete the old bucket",
                    place=address(str(self.place)),
                )
            )

    def overwritten(self) -> None:
        with self.told(say("give the same command again: it goes on where it stopped")):
            listed = self.objects.listed()
            self.objects.remove(name for name in listed if log.repeats(name) and not (self.facts / name).exists())
            files = {name: self.facts / name for name in self._copied()}
            changed = {name: file for name, file in files.items() if name in listed and _differs(file, listed[name])}
            made = {name: file for name, file in files.items() if name not in listed and log.repeats(name)}
            # the log last: what it says of a file is true then
            for last in (False, True):
                self.objects.send({name: file for name, file in changed.items() if log.is_log(name) is last})
            self.objects.send(made)

    def address(self, table: Path) -> tuple[str, dict[str, str] | None]:
        return f"s3://{self.place.path}/{table.name}", options(self.place, self.keys)

    def committing(self, table: Path, opened: DeltaTable) -> DeltaTable:
        at, said = self.address(table)
        return DeltaTable(at, version=opened.version(), storage_options=said)

    def settle(self, files: Iterable[Path]) -> None:
        new = [file for file in files if file not in self.sent]
        self.objects.send({self._name(file): file for file in new})
        self.sent.update(new)  # where somebody else was first, the same files are settled again

    def settle_commit(self, table: Path, version: int) -> None:
        """It is done; whatever goes wrong from here on is for the next one to find."""
        with suppress(RecordError, OSError):
            self._sweep(table, self._looked(table))

    def told(self, after: Text) -> AbstractContextManager[None]:
        return fault.told(self.place, after)

    def _looked(self, table: Path | None) -> Listed:
        """The copy's log becomes that of the bucket, and data files that were written anew are fetched anew."""
        with self.told(NOTHING), self._one_at_a_time():
            listed = self.objects.listed(table.name if table else "")
            here = {name for name in self._copied() if table is None or name.startswith(f"{table.name}/")}
            for name in here - listed.keys():
                if log.is_log(name):
                    (self.facts / name).unlink()
            known = {name for name in here & listed.keys() if not _differs(self.facts / name, listed[name])}
            new = {name for name in listed.keys() - known if log.is_log(name) or name in here}
            self._fetch(sorted(new, key=log.order))
        return listed

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """What is listed first is copied first; else a later look could be undone by an earlier one."""
        copied.note(self.facts, self.place)
        with (self.facts / LOOKING).open("w") as lock:
            if os.name != "nt":
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _fetch(self, names: list[str]) -> None:
        with self.told(NOTHING):
            self.objects.fetch(names, self.facts, self.facts / FETCHING)

    def _copied(self) -> set[str]:
        return {self._name(file) for file in self.facts.glob("[!.]*/**/*") if file.is_file()}

    def _named(self) -> set[str]:
        """All files that some commit names."""
        return {f"{at.parent.name}/{name}" for at in self.facts.glob("*/_delta_log") for name in log.named(at)}

    def _name(self, file: Path) -> str:
        return file.resolve().relative_to(self.facts).as_posix()

    def _sweep(self, table: Path, listed: Listed) -> None:
        """What a load that was cut off had sent, once it is so old that its commit cannot come any more."""
        newest = max((written for _, written in listed.values()), default=0)
        old = {name for name, (_, written) in listed.items() if written < newest - LONGEST and not log.is_log(name)}
        if stray := old - {f"{table.name}/{name}" for name in log.named(table / "_delta_log")}:
            with self.told(NOTHING):
                self.objects.remove(stray)
            for name in stray:
                (self.facts / name).unlink(missing_ok=True)
        for file in (self.facts / FETCHING).glob("*"):
            if file.stat().st_mtime < newest - LONGEST:
                file.unlink(missing_ok=True)


def _differs(file: Path, listed: tuple[int, int]) -> bool:
    """A file that was changed here has a time that is no whole second."""
    about = file.stat()
    return (about.st_size, about.st_mtime_ns) != (listed[0], listed[1] * SECOND)
