"""
A disk that is mounted read-only: `unshare --mount python tests/pipelines/crash/read_only_disk.py FOLDER` prints what
each command and each page said as JSON. FOLDER is empty; the disk is mounted there, and goes with the process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from real_disk import mount, with_a_run
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
from trials import FILES, HEAD

HOUSE = Path(__file__).resolve().parents[3]
COMMANDS = [
    "loads", "kpis", "clauses", "verify", "load known.csv --source complaints",
    "load new.csv --source complaints", "run --as-of 2026-04-29", "erase c1 --reason asked --yes",
]  # fmt: skip
PAGES = ["overview", "data", "registers", "documents"]


def said(command: str, files: Path, workspace: Path) -> dict[str, Any]:
    words = [str(files / word) if word.endswith(".csv") else word for word in command.split()]
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", *words, "--workspace", str(workspace)],
        cwd=HOUSE, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    return {"exit": done.returncode, "lines": done.stderr.splitlines(), "out": done.stdout[:200]}


def shown(page: str, workspace: Path) -> dict[str, Any]:
    os.environ["CLAUSELIGHT_WORKSPACE"] = str(workspace)
    app = AppTest.from_file(str(HOUSE / "app.py"), default_timeout=120)
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    app.run()
    return {
        "warnings": [one.value for one in app.warning],
        "errors": [one.value for one in [*app.error, *app.exception]],
    }


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def begin(manager: PagesManager, *given: Any, **more: Any) -> None:
    """AppTest forgets between two runs that `st.navigation` was called; a server remembers it."""
    usual(manager, *given, **more)
    PagesManager.uses_pages_directory = False


usual, PagesManager.__init__ = PagesManager.__init__, begin  # type: ignore[method-assign]

if __name__ == "__main__":
    disk, base = Path(sys.argv[1], "disk"), Path(sys.argv[1], "base")
    disk.mkdir(), base.mkdir()
    mount(disk, "size=48m")
    house = shutil.copytree(with_a_run(base), disk / "house")
    (base / "known.csv").write_text(HEAD + FILES[0])
    (base / "new.csv").write_text(HEAD + FILES[1])
    mount(disk, "remount,ro")
    before = content(house)
    found = {
        "commands": {one: said(one, base, house) for one in COMMANDS},
        "pages": {p: shown(p, house) for p in PAGES},
    }
    print(json.dumps(found | {"same": content(house) == before}, indent=1))
