"""A workspace that may not be written to: it is read as it stands, and each change is refused in one line."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from unprivileged import closed, python

from pipelines.__main__ import main

pytestmark = [
    pytest.mark.xdist_group("command line"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such permissions"),
]
HEAD = "response_id,answered_on,satisfaction,recommend,ease\n"
COMMAND = "from pipelines.__main__ import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one load and one run."""
    base = tmp_path_factory.mktemp("made")
    for name, text in (("a.csv", "r1,2026-01-05,5,9,6\n"), ("b.csv", "r2,2026-01-06,5,9,6\n")):
        (base / name).write_text(HEAD + text, encoding="utf-8")
    (base / "house").mkdir()
    (base / "house" / "workspace.yaml").write_text("organisation: A test\nas_of: 2026-01-31\n", encoding="utf-8")
    workspace = ["--workspace", str(base / "house")]
    assert main(["load", str(base / "a.csv"), "--source", "survey_responses", *workspace]) == 0
    assert main(["run", *workspace]) == 0
    return base


@pytest.fixture
def house(made: Path, tmp_path: Path) -> Iterator[Path]:
    folder = shutil.copytree(made / "house", tmp_path / "house")
    with closed(folder):
        yield folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["loads"], "a.csv"),
        (["kpis", "--kpi", "nps"], "nps"),
        (["clauses"], "9.1.2"),
        (["verify"], "whole"),
        (["load", "{files}/a.csv", "--source", "survey_responses"], "a.csv"),  # it came in before
    ],
)
def test_what_only_reads_is_answered(house: Path, made: Path, asked: list[str], said: str) -> None:
    before = content(house)
    done = python(COMMAND, *[word.format(files=made) for word in asked], "--workspace", str(house))
    assert (done.returncode, done.stderr) == (0, "") and said in done.stdout
    assert content(house) == before


@pytest.mark.parametrize(
    "asked", [["load", "{files}/b.csv", "--source", "survey_responses"], ["run", "--as-of", "2026-01-30"]]
)
def test_what_would_write_is_refused_in_one_line(house: Path, made: Path, asked: list[str]) -> None:
    before = content(house)
    done = python(COMMAND, *[word.format(files=made) for word in asked], "--workspace", str(house))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "this workspace is read-only (you may not write to house); nothing was changed" in done.stderr
    assert content(house) == before


def test_every_change_of_a_record_is_refused_and_reading_goes_on(house: Path) -> None:
    code = """
from pathlib import Path
from audit.errors import RecordError
from audit.records.targets import criteria
from audit.records.trail import trail
from pipelines.workspace import open_workspace
with open_workspace(Path(sys.argv[1])).open_records() as records:
    try:
        criteria.set_criterion(records, "9.1.2-a", {"at_least": "1 %"}, "Ann", "Because")
    except RecordError as error:
        print(error)
    print(len(trail.entries(records)), trail.verify(records))
"""
    done = python(code, str(house))
    assert done.stdout.splitlines() == [
        "this workspace is read-only (you may not write to house); nothing was changed", "1 []",
    ], done.stderr  # fmt: skip


def test_what_a_killed_program_had_not_yet_moved_into_its_records_is_read_too(made: Path, tmp_path: Path) -> None:
    """SQLite's log beside the file: what stands there alone must not be overlooked."""
    folder = shutil.copytree(made / "house", tmp_path / "alive")
    killed = tmp_path / "killed"
    with closing(sqlite3.connect(folder / "records.sqlite", isolation_level=None)) as connection:
        connection.execute("pragma wal_autocheckpoint = 0")
        connection.execute("create table later (x)")
        shutil.copytree(folder, killed)
    assert (killed / "records.sqlite-wal").stat().st_size > 0
    code = """
from pathlib import Path
from pipelines.workspace import open_workspace
with open_workspace(Path(sys.argv[1])).open_records() as records, records.read() as session:
    print(session.connection().exec_driver_sql("select count(*) from later").scalar())
"""
    with closed(killed):
        done = python(code, str(killed))
    assert done.stdout.split() == ["0"], done.stderr


def test_records_of_an_older_program_say_what_to_do(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made / "house", tmp_path / "old")
    with closing(sqlite3.connect(folder / "records.sqlite")) as connection, connection:
        connection.execute("update alembic_version set version_num = '0001_first_records'")
    with closed(folder):
        done = python(COMMAND, "loads", "--workspace", str(folder))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "open them once in a place that may be written to" in done.stderr


def test_a_workspace_that_may_be_written_to_again_takes_what_it_refused(made: Path, house: Path) -> None:
    asked = ["load", str(made / "b.csv"), "--source", "survey_responses", "--workspace", str(house), "--json"]
    assert python(COMMAND, *asked).returncode == 2
    house.chmod(0o755)
    for path in house.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    done = python(COMMAND, *asked)
    assert done.returncode == 0 and json.loads(done.stdout)[0]["outcome"] == "published"
