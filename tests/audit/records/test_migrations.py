"""Records of every released program become those of today, whole or not at all, and the file before is kept."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import golden
import pytest
from postgres_server import Server
from sqlalchemy import create_engine, event, text

from audit.errors import RecordError
from audit.evidence import Verdict
from audit.records import Records, erasures, loads, open_records
from audit.records import migrate as migrating
from audit.records.auditing import answers, decisions, gap_plans, maturity
from audit.records.document import documents
from audit.records.engine import engine_of
from audit.records.targets import criteria
from audit.records.trail import trail

POINTS = 10
NOW = migrating.revisions()[0]


@pytest.fixture(params=golden.RELEASED)
def release(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, release: str, tmp_path: Path) -> Iterator[str]:
    """The records that this release left."""
    anchor = tmp_path / "trail-anchor.jsonl"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'records.sqlite'}"
        golden.make(url, anchor, release)
        yield url
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.database()
    golden.make(url, anchor, release)
    yield url
    server.drop(url)


def told(records: Records) -> list[dict[str, Any]]:
    return [json.loads(entry.payload) for entry in trail.entries(records)]


def revision(url: str) -> str:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.scalars(text("select version_num from alembic_version")).one()
    engine.dispose()
    return str(found)


def test_every_row_of_a_released_program_is_there_and_sound(old: str, release: str, tmp_path: Path) -> None:
    wanted = [content for *_rest, content in golden.of(release)]
    with open_records(old, anchor=tmp_path / "trail-anchor.jsonl") as records:
        assert trail.verify(records) == [] and told(records) == wanted
        assert [load.file for load in loads.every(records)].count("Bestellungen März.csv") >= 1
        assert [each.title for each in documents.current(records)] == ["调查方法"]
        assert criteria.current(records) == {} and len(criteria.history(records, "9.1.2-a-1")) == 2
        assert decisions.current(records)["9.1.2-a"].concluded == Verdict.UNDETERMINED
        counts = len(erasures.every(records)), len(answers.current(records)), len(gap_plans.current(records))
        assert counts == {1: (0, 0, 0), 2: (0, 0, 0), 3: (1, 0, 0), 4: (1, 1, 1)}[int(release[:4])]
        assert len(maturity.current(records)) == counts[2]
        decisions.conclude(records, "9.1.2-a", "2026-2", Verdict.CONFORMS, Verdict.CONFORMS, "Ben")
        assert trail.verify(records) == []
    assert revision(old) == NOW


def test_a_file_is_copied_before_and_the_copy_is_what_it_was(release: str, tmp_path: Path) -> None:
    file, anchor = tmp_path / "records.sqlite", tmp_path / "trail-anchor.jsonl"
    golden.make(f"sqlite:///{file}", anchor, release)
    before = dumped(file)
    open_records(f"sqlite:///{file}", anchor=anchor).close()
    (copy,) = tmp_path.glob("records.sqlite.before-*")
    assert copy.name == f"records.sqlite.before-{NOW}" and dumped(copy) == before
    assert not list(tmp_path.glob(".*"))
    open_records(f"sqlite:///{file}", anchor=anchor).close()
    assert dumped(copy) == before, "opened again there is nothing to bring up to date"


def test_new_records_are_copied_nowhere(tmp_path: Path) -> None:
    open_records(f"sqlite:///{tmp_path / 'records.sqlite'}").close()
    assert not list(tmp_path.glob("*before*"))


def dumped(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return sorted(connection.iterdump())


def killed(url: str, anchor: Path, at: int) -> bool:
    """Opens the records in a process that is killed at this statement; whether it was."""
    child = os.fork()
    if child == 0:
        count = iter(range(1_000_000))

        def counted(*_given: object) -> None:
            if next(count) == at:
                os.kill(os.getpid(), signal.SIGKILL)

        former = engine_of

        def counting(place: str) -> Any:
            engine = former(place)
            for moment in ("before_cursor_execute", "commit"):
                event.listen(engine, moment, counted)
            return engine

        import audit.records.database as database

        database.engine_of = counting  # type: ignore[attr-defined]
        try:
            open_records(url, anchor=anchor).close()
        except BaseException as error:
            print(error, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status)


def steps(url: str, anchor: Path) -> int:
    """How many statements and commits there are, on a copy that nobody needs any more."""
    count = [0]
    engine = engine_of(url)
    for moment in ("before_cursor_execute", "commit"):
        event.listen(engine, moment, lambda *_given: count.__setitem__(0, count[0] + 1))
    migrating.migrate(engine)
    engine.dispose()
    return count[0]


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_ten_points_the_records_are_the_old_or_the_new_ones(
    kind: str, release: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    anchor, found = tmp_path / "trail-anchor.jsonl", set()
    place = Places(kind, request, tmp_path)
    golden.make(place.template, anchor, release)
    total = steps(place.new(), anchor)
    wanted = [content for *_rest, content in golden.of(release)]
    for point in range(POINTS):
        url = place.new()
        if not killed(url, anchor, round(point * (total - 1) / (POINTS - 1))):
            found.add("not killed")
        assert (at := revision(url)) in (release, NOW), "neither old nor new"
        found.add("old" if at == release else "new")
        with open_records(url, anchor=anchor) as records:
            assert trail.verify(records) == [] and told(records) == wanted and not records.read_only
    place.close()
    assert "old" in found and total > POINTS, "the points lie within the migration"


class Places:
    """Copies of one place of a kind of database."""

    def __init__(self, kind: str, request: pytest.FixtureRequest, folder: Path) -> None:
        self.server: Server | None = request.getfixturevalue("postgres") if kind == "postgresql" else None
        self.folder, self.made = folder, list[str]()
        file = folder / "template.sqlite"
        self.template = self.server.database() if self.server else f"sqlite:///{file}"

    def new(self) -> str:
        name = f"place {len(self.made)}"
        if self.server:
            self.made.append(self.server.database(like=self.template.rpartition("/")[2]))
        else:
            (self.folder / name).mkdir()
            shutil.copy(self.folder / "template.sqlite", self.folder / name / "records.sqlite")
            self.made.append(f"sqlite:///{self.folder / name / 'records.sqlite'}")
        return self.made[-1]

    def close(self) -> None:
        for url in [*self.made, self.template] if self.server else ():
            self.server.drop(url)


def test_a_file_of_a_newer_program_is_refused_and_stays_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite"
    open_records(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("update alembic_version set version_num = '0099_later'")
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()}
    with pytest.raises(RecordError, match="made by a newer program"):
        open_records(f"sqlite:///{file}")
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()} == before


def test_a_copy_that_finds_no_room_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, anchor = tmp_path / "records.sqlite", tmp_path / "trail-anchor.jsonl"
    golden.make(f"sqlite:///{file}", anchor, "0004_answers")

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrating.os, "fsync", full)
    with pytest.raises(RecordError, match="cannot be opened .*No space left"):
        open_records(f"sqlite:///{file}", anchor=anchor)
    monkeypatch.undo()
    assert revision(f"sqlite:///{file}") == "0004_answers" and not list(tmp_path.glob(".*"))
