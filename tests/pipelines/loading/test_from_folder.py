"""A folder on a schedule: what is new comes in once, in the order of names; what is known costs nothing."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable

from audit.load import Load
from audit.records import loads
from audit.records.trail import trail
from pipelines.__main__ import main
from pipelines.loading.from_folder import Memory, growing, look
from pipelines.workspace import open_workspace

pytestmark = pytest.mark.xdist_group("command line")
HOUSE = Path(__file__).resolve().parents[3]
HEAD = "complaint_id,received_at,severity,closed_at\n"
FIRST = HEAD + "c1,2026-03-02 10:00:00,low,\nc2,2026-03-03 10:00:00,low,\n"
CLOSED = HEAD + "c1,2026-03-02 10:00:00,high,2026-03-09 10:00:00\n"
REJECTED = HEAD + "c3,2026-03-02 10:00:00,grave,\nc4,2026-03-02 10:00:00,low,\n"
STOPPED = HEAD + "c5,2026-03-02 10:00:00,low,2026-03-01 10:00:00\n"
PAGE = "<html><body>Sign in</body></html>"
HEAVY = {"pydantic", "sqlalchemy", "pandas", "pyarrow", "duckdb", "deltalake", "tqdm", "yaml", "great_expectations"}


class House:
    """A workspace, and the folder beside it into which somebody's tool puts files."""

    def __init__(self, base: Path) -> None:
        self.workspace, self.folder = base / "house", base / "out box"
        self.workspace.mkdir()
        self.folder.mkdir()
        (self.workspace / "workspace.yaml").write_text("organisation: A test\n", encoding="utf-8")

    def put(self, name: str, text: str) -> Path:
        """As it lies there when nobody has written to it for an hour."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (time.time() - 3600, time.time() - 3600))
        return path

    def look(self, *more: str) -> tuple[int, list[dict[str, Any]], list[str]]:
        """Exit code, what JSON says of each file, and the lines for people."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([*self.asked(), "--json", *more])
        return code, json.loads(out.getvalue() or "[]"), err.getvalue().splitlines()

    def asked(self) -> list[str]:
        return ["load", "--from-folder", str(self.folder), "--source", "complaints", "--workspace", str(self.workspace)]

    def loads(self) -> list[Load]:
        with open_workspace(self.workspace).open_records() as records:
            return loads.every(records)

    def entries(self) -> int:
        with open_workspace(self.workspace).open_records() as records:
            return len(trail.entries(records))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def short(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    kinds = ("unchanged", "waiting")
    return [(row["file"], next((kind for kind in kinds if row.get(kind)), row.get("outcome", ""))) for row in rows]


def test_new_files_come_in_by_name_and_the_second_time_all_are_unchanged(house: House) -> None:
    house.put("2026-04.csv", CLOSED)
    house.put("2026-03.csv", FIRST)
    code, rows, lines = house.look()
    assert (code, short(rows), lines) == (0, [("2026-03.csv", "published"), ("2026-04.csv", "published")], [])
    assert [load.file for load in house.loads()] == ["2026-04.csv", "2026-03.csv"], "the later name came in last"
    before = house.entries()
    code, again, lines = house.look()
    assert (code, short(again), lines) == (0, [("2026-03.csv", "unchanged"), ("2026-04.csv", "unchanged")], [])
    assert [row["load"] for row in again] == [row["load"] for row in rows]
    assert house.entries() == before


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.csv",
        "~$answers.csv",
        "a.csv.part",
        "a.tmp",
        "A.CSV.CRDOWNLOAD",
        "a.csv.filepart",
        "a.csv~",
        ".~lock.a#",
    ],
)
def test_a_hidden_or_unfinished_file_is_not_seen(house: House, name: str) -> None:
    house.put(name, FIRST)
    assert house.look() == (0, [], [])


@pytest.mark.parametrize("name", ["party.csv", "temp.csv", "a.part.csv", "顾客 3 月.csv", "tmp", "a~b.csv"])
def test_any_other_file_is_seen(house: House, name: str) -> None:
    house.put(name, FIRST)
    assert short(house.look()[1]) == [(name, "published")]


def test_a_folder_inside_is_left_alone(house: House) -> None:
    (house.folder / "archive.csv").mkdir()
    house.put("a.csv", FIRST)
    assert short(house.look()[1]) == [("a.csv", "published")]


@pytest.mark.parametrize(
    ("text", "code", "outcome", "words"),
    [
        (FIRST, 0, "published", []),
        (REJECTED, 2, "published with rejects", ["line 2", "grave", "rejects"]),
        (STOPPED, 1, "stopped by the gate", ["stopped by the gate", "line 2"]),
        (PAGE, 2, "refused", ["HTML", "export"]),
    ],
)
def test_each_file_is_told_once_and_not_tried_again_until_it_changes(
    house: House, text: str, code: int, outcome: str, words: list[str]
) -> None:
    path = house.put("a.csv", text)
    found, rows, lines = house.look()
    assert (found, short(rows)) == (code, [("a.csv", outcome)])
    assert len(lines) == bool(words) and all(word in lines[0] for word in words)
    entries = house.entries()
    assert house.look()[0] == 0 and house.entries() == entries
    path.touch()  # the same content, written again
    os.utime(path, (1, 1))
    found, rows, lines = house.look()
    assert (found, short(rows), lines, house.entries()) == (0, [("a.csv", "unchanged")], [], entries)
    house.put("a.csv", FIRST.replace("c2", "c9"))
    assert short(house.look()[1]) == [("a.csv", "published")]


def test_a_bad_file_does_not_keep_the_others_out(house: House) -> None:
    for name, text in (("a.csv", PAGE), ("b.csv", FIRST), ("c.csv", STOPPED)):
        house.put(name, text)
    code, rows, lines = house.look()
    assert (code, len(lines)) == (2, 2)
    assert short(rows) == [("a.csv", "refused"), ("b.csv", "published"), ("c.csv", "stopped by the gate")]


def test_a_new_file_beside_known_ones_is_the_only_one_that_is_loaded(house: House) -> None:
    house.put("b.csv", FIRST)
    house.look()
    house.put("a.csv", CLOSED)
    assert short(house.look()[1]) == [("a.csv", "published"), ("b.csv", "unchanged")]


def test_two_names_of_one_content_are_one_load(house: House) -> None:
    for name in ("a.csv", "b.csv"):
        house.put(name, FIRST)
    code, rows, _ = house.look()
    assert (code, short(rows)) == (0, [("a.csv", "published"), ("b.csv", "unchanged")])
    assert len(house.loads()) == 1 and rows[0]["load"] == rows[1]["load"]


def test_without_its_memory_it_reads_more_and_changes_nothing(house: House) -> None:
    for name, text in (("a.csv", FIRST), ("b.csv", STOPPED), ("c.csv", PAGE), ("d.csv", REJECTED)):
        house.put(name, text)
    house.look()
    entries = house.entries()
    for harm in (shutil.rmtree, damage):
        harm(house.workspace / "folders")
        code, rows, lines = house.look()
        assert (code, lines, {kind for _, kind in short(rows)}) == (0, [], {"unchanged"})
        assert house.entries() == entries


def damage(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_text('{"trail": [0, ""], "files": [["a.csv", [1, 2], "x"', encoding="utf-8")


def test_a_workspace_that_was_set_back_gets_its_files_again(house: House, tmp_path: Path) -> None:
    house.put("a.csv", CLOSED)
    house.look()
    backup = shutil.copytree(house.workspace, tmp_path / "backup")
    house.put("b.csv", FIRST)
    house.look()
    memory = shutil.copytree(house.workspace / "folders", tmp_path / "memory")
    shutil.rmtree(house.workspace)
    shutil.copytree(backup, house.workspace)
    shutil.copytree(memory, house.workspace / "folders", dirs_exist_ok=True)
    assert short(house.look()[1]) == [("a.csv", "unchanged"), ("b.csv", "published")]


def test_the_memory_is_of_one_source_folder_and_mapping(house: House, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("source: complaints\ncolumns: {category: severity}\n", encoding="utf-8")
    house.put("a.csv", FIRST)
    assert short(house.look()[1]) == [("a.csv", "published")]
    assert short(house.look("--mapping", str(mapping))[1]) == [("a.csv", "published")]
    assert short(house.look("--mapping", str(mapping))[1]) == [("a.csv", "unchanged")]
    mapping.write_text("source: complaints\ncolumns: {cause: severity}\n", encoding="utf-8")
    assert short(house.look("--mapping", str(mapping))[1]) == [("a.csv", "published")]
    assert len(house.loads()) == 3


def test_a_file_that_is_still_growing_waits(house: House) -> None:
    path = house.put("a.csv", FIRST)
    house.put("b.csv", CLOSED)
    memory = Memory(house.workspace, house.folder, "complaints", None)
    now = time.time()
    os.utime(path, (now, now))
    growing_one = threading.Timer(0.05, lambda: path.write_text(FIRST + "c7,", encoding="utf-8"))
    growing_one.start()
    assert growing(look(house.folder, memory), now, pause=0.5) == {"a.csv"}
    growing_one.join()
    assert growing(look(house.folder, memory), path.stat().st_mtime, pause=0) == set(), "it has stopped growing"


def test_a_file_that_nobody_writes_to_does_not_make_anybody_wait(house: House) -> None:
    house.put("a.csv", FIRST)
    begun = time.monotonic()
    assert (
        growing(look(house.folder, Memory(house.workspace, house.folder, "complaints", None)), time.time(), 60) == set()
    )
    assert time.monotonic() - begun < 30


def test_what_waits_is_listed_and_loaded_the_next_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    path = house.put("a.csv", FIRST)
    os.utime(path)
    writing = threading.Event()

    def write() -> None:
        while not writing.wait(0.2):
            with path.open("a", encoding="utf-8") as file:
                file.write("\n")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        code, rows, lines = house.look()
    finally:
        writing.set()
        writer.join()
    assert (code, short(rows), lines, house.loads()) == (0, [("a.csv", "waiting")], [], [])
    os.utime(path, (1, 1))
    assert short(house.look()[1]) == [("a.csv", "published")]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (["--from-folder", "{none}"], ["no such file or directory", "after --from-folder"]),
        (["--from-folder", "{file}"], ["not a directory", "after --from-folder"]),
        (["--from-folder", "{folder}", "{file}"], ["and not both"]),
        ([], ["name the files", "--from-folder"]),
        (["{folder}"], ["this is a folder", "--from-folder"]),
    ],
)
def test_a_mistake_is_one_line(house: House, tmp_path: Path, asked: list[str], named: list[str]) -> None:
    names = {"none": str(tmp_path / "none"), "file": str(house.put("a.csv", FIRST)), "folder": str(house.folder)}
    err = io.StringIO()
    with contextlib.redirect_stderr(err):
        given = [word.format(**names) for word in asked]
        code = main(["load", *given, "--source", "complaints", "--workspace", str(house.workspace)])
    lines = err.getvalue().splitlines()
    assert (code, len(lines)) == (2, 1)
    assert all(word in lines[0] for word in named), lines


def test_where_nothing_is_new_no_library_is_imported_and_nothing_is_written(house: House) -> None:
    """Counted in modules, because seconds depend on the machine; the benchmark measures those."""
    house.put("a.csv", FIRST)
    house.look()
    before = {path: path.stat().st_mtime_ns for path in house.workspace.rglob("*")}
    code = "import sys; from pipelines.__main__ import main; print(main(sys.argv[1:]), *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, *house.asked()], cwd=HOUSE, capture_output=True, text=True)
    status, *modules = done.stdout.split()
    assert (status, done.stderr) == ("0", ""), "a schedule sends every word by mail"
    assert HEAVY & {name.split(".")[0] for name in modules} == set()
    assert {path: path.stat().st_mtime_ns for path in house.workspace.rglob("*")} == before


def severities(house: House) -> dict[str, str]:
    workspace = open_workspace(house.workspace)
    table = DeltaTable(workspace.table("complaints")).to_pyarrow_table(columns=["complaint_id", "severity"])
    return {row["complaint_id"]: row["severity"] for row in table.to_pylist()}


def test_a_file_that_returns_to_an_earlier_state_comes_in_again(house: House) -> None:
    for forget in (False, True):
        for text, severity in ((FIRST, "low"), (CLOSED, "high"), (FIRST, "low")):
            house.put("a.csv", text)
            assert short(house.look()[1]) == [("a.csv", "published")]
            assert severities(house)["c1"] == severity
        if not forget:  # the records know what the name held last
            house.put("a.csv", CLOSED)
            house.look()
            shutil.rmtree(house.workspace / "folders")
    assert len(house.loads()) == 7


@pytest.mark.parametrize("forget", [False, True])
def test_a_mapping_that_is_set_back_reads_the_files_as_before(house: House, tmp_path: Path, forget: bool) -> None:
    """Two files with a row in common: after each change the later name stands, read through the mapping of that day."""
    mapping = tmp_path / "mapping.yaml"
    house.put("a.csv", FIRST)
    house.put("b.csv", CLOSED.replace("high", "medium"))
    for recode, first in (("", "medium"), (", recode: {low: high, medium: low}", "low"), ("", "medium")):
        mapping.write_text(f"source: complaints\ncolumns: {{severity: {{from: severity{recode}}}}}\n", encoding="utf-8")
        if forget:
            shutil.rmtree(house.workspace / "folders", ignore_errors=True)
        files = short(house.look("--mapping", str(mapping))[1])
        assert files == [("a.csv", "published"), ("b.csv", "published")]
        assert severities(house) == {"c1": first, "c2": "high" if recode else "low"}
        assert {kind for _, kind in short(house.look("--mapping", str(mapping))[1])} == {"unchanged"}


def test_two_mappings_on_one_folder_do_not_load_in_turns(house: House, tmp_path: Path) -> None:
    """As where each reads other rows out of the same files."""
    house.put("a.csv", FIRST)
    ways = [tmp_path / "one.yaml", tmp_path / "other.yaml"]
    for way, key in zip(ways, ("complaint_id", "[complaint_id, severity]"), strict=True):
        way.write_text(f"source: complaints\ncolumns: {{complaint_id: {{from: {key}}}}}\n", encoding="utf-8")
    kinds = [short(house.look("--mapping", str(way))[1])[0][1] for way in ways * 2]
    shutil.rmtree(house.workspace / "folders")
    kinds += [short(house.look("--mapping", str(way))[1])[0][1] for way in ways]
    assert kinds == ["published"] * 2 + ["unchanged"] * 4


def test_a_copy_under_a_new_name_brings_nothing_back(house: House) -> None:
    house.put("a.csv", FIRST)
    house.look()
    house.put("b.csv", CLOSED)
    house.look()
    house.put("c.csv", FIRST)
    house.put("d.csv", FIRST)
    _, rows, lines = house.look()
    assert short(rows) == [
        ("a.csv", "unchanged"),
        ("b.csv", "unchanged"),
        ("c.csv", "unchanged"),
        ("d.csv", "unchanged"),
    ]
    assert (severities(house)["c1"], lines) == ("high", []), "a schedule sends every line by mail"


@pytest.mark.parametrize("harm", ["written again", "no memory"])
def test_an_older_file_does_not_come_in_over_newer_ones_by_itself(house: House, harm: str) -> None:
    for name, text in (("2026-03.csv", FIRST), ("2026-04.csv", CLOSED)):
        house.put(name, text)
    house.look()
    if harm == "no memory":
        shutil.rmtree(house.workspace / "folders")
    os.utime(house.folder / "2026-03.csv", (1, 1))
    entries = house.entries()
    assert {kind for _, kind in short(house.look()[1])} == {"unchanged"} and house.entries() == entries
    assert severities(house)["c1"] == "high"


def named(house: House, path: Path, *more: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr for a file that is named on the command line."""
    out, err = io.StringIO(), io.StringIO()
    asked = ["load", str(path), "--source", "complaints", "--workspace", str(house.workspace), *more]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(asked)
    return code, out.getvalue(), err.getvalue()


def test_the_json_says_what_was_replaced_and_what_was_loaded_already(house: House) -> None:
    def row(path: Path, *more: str) -> dict[str, Any]:
        code, out, err = named(house, path, "--json", *more)
        assert (code, err) == (0, "")
        (found,) = json.loads(out)
        return dict(found)

    first, closed = house.put("a.csv", FIRST), house.put("b.csv", CLOSED)
    begun, again, other, same, back = row(first), row(first), row(closed), row(first), row(first, "--again")
    assert same == again, "nobody asked for its rows back"
    assert (begun["replaced"], begun.get("unchanged")) == ({}, None)
    assert again["unchanged"] is True and again["load"] == begun["load"]
    assert other["replaced"] == {begun["load"]: 1}
    assert (back["replaced"], back.get("unchanged")) == ({other["load"]: 1, begun["load"]: 1}, None)
    assert back["load"] != begun["load"]


def test_a_terminal_says_what_was_replaced_and_what_was_loaded_already(house: House) -> None:
    first, closed = house.put("a.csv", FIRST), house.put("b.csv", CLOSED)
    told = [named(house, path, *more) for path, *more in ((first,), (first,), (closed,), (first, "--again"))]
    assert all((code, err) == (0, "") for code, _, err in told)
    none, again, other, back = (out.splitlines()[2:] for _, out, _ in told)
    assert none == []
    assert len(again) == 1 and "loaded already on" in again[0] and "nothing was changed" in again[0]
    assert len(other) == 1 and other[0].endswith("b.csv: 1 row replaced a row of a.csv")
    assert len(back) == 1 and "a.csv: 2 rows replaced rows of" in back[0] and "b.csv (1)" in back[0]
