"""What a killed program leaves behind goes with the next command that writes, and never from under one at work."""

from __future__ import annotations

import fnmatch
from pathlib import Path

import pytest
from at_a_step import let_go, stopped

from audit.mapping import Mapping
from pipelines.load import load
from pipelines.upkeep import leftovers
from pipelines.workspace import SetUp, Workspace, make_workspace

HEAD = b"complaint_id,received_at,severity\n"
ROWS = [HEAD + b"c%d,2026-03-0%d 10:00:00,low\n" % (number, number) for number in (1, 2, 3)]
LOAD = """
with workspace.open_records() as records:
    content = sys.argv[2].encode()
    {stop}
    load(workspace, records, content, "a.csv", "complaints", Mapping(source="complaints"), "Ann")
    print("done")
"""
RUN = """
with workspace.open_records() as records:
    {stop}
    run(workspace, records)
    print("done")
"""
MEMORY = """
from pipelines.loading.from_folder import Memory
{stop}
Memory(workspace.folder, Path("."), "complaints", None).keep([])
"""
MAPPING = """
from pipelines.upkeep.turn import together
from pipelines.loading import written_mapping
{stop}
with together(workspace):
    written_mapping.keep(workspace.folder, "mine", "source: complaints")
    print("done")
"""
KILLS = [
    (LOAD, 'stop_in("fsync")', "store/*/.*.tmp"),
    (LOAD, 'stop_in("chmod")', "store/*/.*.tmp"),
    (RUN, 'stop_in("rename")', "runs/.making-*"),
    (RUN, 'stop_in("replace")', "runs/.latest-*.tmp"),
    (MEMORY, 'stop_in("replace")', "folders/*.tmp"),
    (MAPPING, 'stop_in("fsync")', "mappings/.*.tmp"),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path / "house", SetUp(organisation="A test"))
    arrive(made, ROWS[0])
    return made


def arrive(workspace: Workspace, content: bytes) -> None:
    with workspace.open_records() as records:
        given = (content, "a.csv", "complaints", Mapping(source="complaints"), "Ann")
        assert load(workspace, records, *given).published


def files(workspace: Workspace) -> set[str]:
    return {path.relative_to(workspace.folder).as_posix() for path in workspace.folder.rglob("*")}


def like(names: set[str], pattern: str) -> list[str]:
    return fnmatch.filter(names, pattern)


@pytest.mark.parametrize(("code", "stop", "pattern"), KILLS)
def test_what_a_killed_program_left_goes_with_the_next_load(
    workspace: Workspace, code: str, stop: str, pattern: str
) -> None:
    before = files(workspace)
    with stopped(code.format(stop=stop), workspace.folder, ROWS[1].decode()) as child:
        child.kill()
        child.wait()
    assert like(files(workspace) - before, pattern)
    arrive(workspace, ROWS[2])
    assert not like(files(workspace), pattern)
    assert list(leftovers.found(workspace.folder)) == [] and list(workspace.waiting.glob("*")) == []


@pytest.mark.parametrize(("code", "stop", "pattern"), [KILLS[0], KILLS[2], KILLS[5]])
def test_what_a_program_is_writing_stays(workspace: Workspace, code: str, stop: str, pattern: str) -> None:
    before = files(workspace)
    with stopped(code.format(stop=stop), workspace.folder, ROWS[1].decode()) as child:
        written = like(files(workspace) - before, pattern)
        arrive(workspace, ROWS[2])
        assert written and set(written) <= files(workspace)
        assert let_go(child) == "done\n"
    assert list(leftovers.found(workspace.folder)) == []


@pytest.mark.parametrize(
    "name",
    [
        "store/ab/ab.tmp.txt", "runs/2026-01-31-making-1/run.json", "mappings/mine.yaml", "mappings/mine.tmp.yaml",
        "key/pseudonyms.key", "facts/complaints/part-1.parquet", "key.fingerprint", "folders/0a.json",
    ],
)  # fmt: skip
def test_what_is_whole_stays(workspace: Workspace, name: str) -> None:
    path = workspace.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(b"whole")
    leftovers.sweep(workspace)
    assert path.is_file()


def test_a_room_without_a_lock_is_nobody_s_where_nobody_is_at_work(workspace: Workspace) -> None:
    """Killed after it made the room and before it locked it."""
    (workspace.waiting / "abc-1").mkdir(parents=True)
    arrive(workspace, ROWS[1])
    assert list(workspace.waiting.iterdir()) == []


def test_where_nobody_can_say_who_is_at_work_only_what_is_old_goes(workspace: Workspace) -> None:
    path = workspace.runs / ".making-1"
    path.mkdir(parents=True)
    touched = path.stat().st_mtime
    leftovers.sweep(workspace, before=touched - 60)
    assert path.is_dir()
    leftovers.sweep(workspace, before=touched + 60)
    assert not path.exists()
