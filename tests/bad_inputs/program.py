"""The program as a person at the command line meets it, and what lies in its workspace."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deltalake import DeltaTable
from fault import File

from pipelines.__main__ import main

HOUSE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    code: int
    stdout: str
    stderr: str

    @property
    def answer(self) -> Any:
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[str]:
        return self.stderr.split("\n")[:-1]


Program = Callable[..., Done]


def here(*arguments: str) -> Done:
    """In this process, because the gate takes seconds to import."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(list(arguments))
    return Done(code, out.getvalue(), err.getvalue())


def process(*arguments: str) -> Done:
    command = [sys.executable, "-m", "pipelines", *arguments]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, encoding="utf-8")
    return Done(done.returncode, done.stdout, done.stderr)


def load(workspace: Path, sent: File, program: Program = here) -> Done:
    """The file lies beside the workspace, under the name that it was sent with."""
    file = workspace.parent / sent.name
    file.write_bytes(sent.bytes)
    written = ["--mapping", str(mapping(workspace.parent, sent))] if sent.mapping else []
    return program("load", str(file), "--source", sent.source, "--workspace", str(workspace), "--json", *written)


def mapping(folder: Path, sent: File) -> Path:
    """What is written as JSON is YAML too."""
    path = folder / "mapping.yaml"
    whole = sent.mapping if isinstance(sent.mapping, str) else json.dumps({"source": sent.source, **sent.mapping})
    path.write_text(whole, encoding="utf-8")
    return path


def ask(workspace: Path, *command: str) -> Any:
    done = here(*command, "--workspace", str(workspace), "--json")
    assert (done.code, done.stderr) == (0, ""), done.stderr
    return done.answer


def published(workspace: Path, source: str) -> dict[str, dict[int, dict[str, Any]]]:
    """The rows of the table as it stands, by load and line."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    if not DeltaTable.is_deltatable(str(workspace / "facts" / source)):
        return found
    for row in DeltaTable(workspace / "facts" / source).to_pyarrow_table().to_pylist():
        row.pop("month", None)
        lines = found.setdefault(row.pop("_load"), {})
        line = row.pop("_line")
        assert line not in lines, f"line {line} is published twice"
        lines[line] = row
    return found


def state(workspace: Path) -> dict[str, str]:
    """Every file of the tables by its content: their rows and their versions."""
    facts = (path for path in (workspace / "facts").rglob("*") if path.is_file())
    return {str(path.relative_to(workspace)): hashlib.sha256(path.read_bytes()).hexdigest() for path in facts}
