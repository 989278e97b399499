"""The command line over a folder that it has seen before, as a schedule calls it every hour: nothing in it is new."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from tests.bench.job import Job, NotThereYet, Work


def again(job: Job) -> Work:
    """The first pass, which nobody times, finds the file that the case before has loaded."""
    folder = job.scratch / "folder"
    folder.mkdir()
    os.link(job.file("survey"), folder / "survey.csv")
    command = [sys.executable, "-m", "pipelines", "load", "--from-folder", str(folder), "--source", "survey_responses"]
    command += ["--workspace", str(job.scratch / "workspace"), "--json"]
    _answer(command)

    def work() -> dict[str, Any]:
        rows = _answer(command)
        return {"files": len(rows), "unchanged": sum(bool(row.get("unchanged")) for row in rows)}

    return work


def _answer(command: list[str]) -> list[dict[str, Any]]:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise NotThereYet(f"load --from-folder ended with {done.returncode}: {done.stderr.strip()[-150:]}")
    return list(json.loads(done.stdout))
