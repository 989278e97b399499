"""The command line as a cron job meets it: its exit codes, its one-line mistakes, its JSON."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main

HOUSE = Path(__file__).resolve().parents[2]
HEAD = "response_id,answered_on,satisfaction,recommend,ease\n"
GOOD = HEAD + "r1,2026-01-05,5,9,6\nr2,2026-01-06,4,8,5\n"

pytestmark = pytest.mark.xdist_group("command line")


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str) -> Done:
    """In this process, because Great Expectations takes seconds to import."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(list(arguments))
        except SystemExit as error:
            code = int(error.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


def process(*arguments: str) -> Done:
    """A process of its own, as a cron job starts it: neither stream is a terminal."""
    command = [sys.executable, "-m", "pipelines", *arguments]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, encoding="utf-8")
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "workspace.yaml").write_text("organisation: A test\n", encoding="utf-8")
    return tmp_path / "house"


def load(workspace: Path, content: bytes, *more: str) -> Done:
    file = workspace.parent / "answers.csv"
    file.write_bytes(content)
    return run("load", str(file), "--source", "survey_responses", "--workspace", str(workspace), "--json", *more)


def state(workspace: Path) -> Sequence[Path]:
    """Everything that a half-published file would leave behind."""
    return sorted(p for p in (workspace / "facts").rglob("*") if p.is_file())


# Bytes of a file, what the one line must name, and how many rows may be published.
BAD_FILES = [
    ("empty", b"", ["answers.csv", "empty"], 0),
    ("header only", HEAD.encode(), ["answers.csv", "header", "rows"], 0),
    ("missing column", b"response_id,answerd_on\nr1,2026-01-05\n", ["answered_on", "answerd_on"], 0),
    ("unknown encoding", HEAD.encode() + "r1,2026-01-05,5,9,6\nr\xe9,2026-01-05,5,9,6\n".encode("latin-1"),
     ["line 3", "encoding"], 0),
    ("short row", GOOD.encode() + b"r3,2026-01-07\n", ["line 4", "2 of 5"], 2),
    ("score out of scale", GOOD.encode() + b"r3,2026-01-07,6,9,6\n", ["line 4", "satisfaction", "1 to 5"], 2),
    ("date in another format", GOOD.encode() + b"r3,07.01.2026,5,9,6\n", ["line 4", "answered_on", "07.01.2026"], 2),
    ("duplicate key", GOOD.encode() + b"r2,2026-01-09,1,1,1\n", ["line 3", "r2"], 1),
    ("terminal signs", GOOD.encode() + b'r3,2026-01-07,"\x1b]0;x\n\ry",9,6\n', ["line 4", "\\x1b]0;x"], 2),
    ("web page", b"<!DOCTYPE html><html><body>Sign in</body></html>", ["HTML"], 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "named", "published"), [case[1:] for case in BAD_FILES], ids=[c[0] for c in BAD_FILES]
)
def test_a_bad_file_gets_one_line_and_exit_code_2(
    workspace: Path, content: bytes, named: list[str], published: int
) -> None:
    done = load(workspace, content)
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    assert "Traceback" not in done.stderr + done.stdout and lines[0].isprintable()
    for word in named:
        assert word in lines[0]
    (found,) = json.loads(done.stdout)
    assert ("refused" in found) is (published == 0)
    assert found["lines"] == found["loaded"] + found["rejected"] + found["blank"]
    assert found["loaded"] == published and found["published"] is (published > 0)
    assert bool(state(workspace)) is (published > 0)


BAD_MAPPINGS = [
    ("source: survey_responses\ncolumns:\n  satisfaction: a\n  satisfaction: b\n", ["mapping.yaml:4:3", "twice"]),
    ("source: survey_responses\ncolumns:\n  satisfction: a\n", ["mapping.yaml:3:3", "satisfaction"]),
    ("source: survey_responses\ncolums:\n  satisfaction: a\n", ["mapping.yaml:2:1", "columns"]),
    ("source: orders\n", ["mapping.yaml:1:1", "orders", "write 'source: survey_responses'"]),
    ("source: survey_responses\n---\nsource: x\n", ["mapping.yaml:2:1", "delete the line ---"]),
    ("source: &a survey_responses\n", ["mapping.yaml:1:9", "anchors"]),
    ("source: survey_responses\n\tcolumns: x\n", ["mapping.yaml:2", "spaces"]),
]


@pytest.mark.parametrize(("written", "named"), BAD_MAPPINGS)
def test_a_yaml_mistake_is_named_with_file_line_and_column(workspace: Path, written: str, named: list[str]) -> None:
    mapping = workspace.parent / "mapping.yaml"
    mapping.write_text(written, encoding="utf-8")
    done = load(workspace, GOOD.encode(), "--mapping", str(mapping))
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    for word in named:
        assert word in lines[0]
    assert not state(workspace)


MISTAKES = [
    (["load", "none.csv", "--source", "orders"], ["none.csv", "exists"]),
    (["load", "none.csv", "--source", "order"], ["'orders'"]),
    (["run"], ["nothing to measure", "load"]),
    (["kpis"], ["no run", "pipelines run"]),
    (["clauses"], ["no run"]),
    (["readiness"], ["no run", "pipelines run"]),
    (["gaps"], ["no run", "pipelines run"]),
    (["bridge"], ["no run", "pipelines run"]),
    (["what-if", "--set", "nps=5"], ["no run", "pipelines run"]),
    (["report", "gap", "--to", "gap.html"], ["no run", "pipelines run"]),
    (["kpis", "--kpi", "npss"], ["'nps'"]),
    (["rejects", "abc"], ["abc"]),
    (["verify", "none.zip"], ["none.zip"]),
    (["report", "pack", "--to", "no/such/folder/pack.zip"], ["no/such/folder"]),
]


@pytest.mark.parametrize(("asked", "named"), MISTAKES)
def test_a_mistake_gets_one_line_that_says_what_to_write(workspace: Path, asked: list[str], named: list[str]) -> None:
    done = run(*asked, "--workspace", str(workspace))
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    for word in named:
        assert word in lines[0]


def test_without_a_workspace_every_command_says_how_to_make_one(tmp_path: Path) -> None:
    done = run("loads", "--workspace", str(tmp_path))
    assert done.returncode == 2 and "pipelines demo" in done.stderr


@pytest.mark.parametrize("there", [True, False])
def test_a_first_load_into_a_new_or_empty_folder_makes_the_workspace(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "My organisation"
    if there:
        folder.mkdir()
    done = load(folder, GOOD.encode())
    assert done.returncode == 0 and "new workspace of 'My organisation'" in done.stderr
    assert json.loads(done.stdout)[0]["loaded"] == 2
    assert "My organisation" in (folder / "workspace.yaml").read_text(encoding="utf-8")


def test_a_folder_with_other_things_in_it_is_not_made_a_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "cat.txt").touch()
    done = load(folder, GOOD.encode())
    assert done.returncode == 2 and "is not a workspace" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["cat.txt"]


def test_the_same_file_twice_is_one_load(workspace: Path) -> None:
    first, second = load(workspace, GOOD.encode()), load(workspace, GOOD.encode())
    assert first.returncode == second.returncode == 0
    (begun,), (again,) = json.loads(first.stdout), json.loads(second.stdout)
    assert again == begun | {"unchanged": True}
    assert len(answer("loads", workspace)) == 1


def test_a_file_that_the_gate_stops_leaves_the_former_version_and_exit_code_1(workspace: Path) -> None:
    head = "complaint_id,received_at,closed_at\n"
    good, bad = head + "k1,2026-01-05,2026-01-09\n", head + "k2,2026-02-05,2026-02-01\n"
    for content, code in ((good, 0), (bad, 1)):
        file = workspace.parent / "complaints.csv"
        file.write_text(content, encoding="utf-8")
        done = run("load", str(file), "--source", "complaints", "--workspace", str(workspace), "--json")
        assert done.returncode == code, done.stderr
    (stopped,) = json.loads(done.stdout)
    assert (stopped["published"], stopped["version"], stopped["lines"]) == (False, None, 1)
    critical = [one for one in stopped["gate"] if one["severity"] == "critical" and one["outcome"] == "failed"]
    assert critical[0]["unexpected"] == 1
    assert "line 2" in done.stderr and "Traceback" not in done.stderr
    newest = answer("loads", workspace)
    assert [one["published"] for one in newest] == [False, True]


def test_as_a_process_of_its_own_it_writes_json_and_no_progress_bar_into_a_pipe(workspace: Path) -> None:
    file = workspace.parent / "answers.csv"
    file.write_text(GOOD, encoding="utf-8")
    done = process("load", str(file), "--source", "survey_responses", "--workspace", str(workspace), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["loaded"] == 2


def test_as_a_process_of_its_own_it_refuses_in_one_line(workspace: Path) -> None:
    done = process("load", "none.csv", "--source", "survey_responses", "--workspace", str(workspace))
    assert (done.returncode, done.stdout.strip(), len(done.stderr.splitlines())) == (2, "", 1)


def test_check_counts_the_definitions_and_finds_no_mistake(workspace: Path) -> None:
    found = answer("check", workspace)
    assert found["mistakes"] == []
    assert found["kpis"] >= 12 and found["clauses"] >= 60 and found["sources"] == 20


def answer(command: str, workspace: Path) -> Any:
    done = run(command, "--workspace", str(workspace), "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (["--from", "0001-01-01"], "between 1970-01-01"),
        (["--as-of", "9999-12-31"], "between 1970-01-01"),
        (["--as-of", "2026-W44-6"], "write it as 2026-10-31"),
        (["--as-of", "31.10.2026"], "write it as 2026-10-31"),
        (["--to", "2026-10-31", "--as-of", "2026-09-30"], "choose a later --as-of"),
    ],
)
def test_a_date_that_no_audit_can_have_is_a_mistake(workspace: Path, asked: list[str], named: str) -> None:
    done = run("run", *asked, "--workspace", str(workspace))
    assert done.returncode == 2 and named in done.stderr and "Traceback" not in done.stderr


def test_great_expectations_alone_finds_what_the_compiled_gate_finds(workspace: Path) -> None:
    dirty = (GOOD + "r1,2026-02-05,9,9,6\n").encode()
    compiled, asked = (load(workspace, dirty, "--engine", engine) for engine in ("compiled", "gx"))
    assert json.loads(compiled.stdout)[0]["gate"] == json.loads(asked.stdout)[0]["gate"] != []
    assert run("load", "x.csv", "--source", "survey_responses", "--engine", "pandas").returncode == 2
