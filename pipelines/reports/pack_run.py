"""What an evidence pack holds of its run, which is frozen: the same bytes whenever they are asked for."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pandas as pd

from pipelines.reports.cell import safe_csv
from pipelines.runs import results
from pipelines.runs.run_folder import DOCUMENTS
from pipelines.workspace import Workspace

FROM_THE_FIRST = ("assessment.json", "run.json", "gate.json", "criteria.json")
LATER = {"answers.json": b"[]", "samples.json": b"{}"}
"""Runs made before there were answers and samples have none."""


def frozen(workspace: Workspace, run: str) -> dict[str, bytes]:
    """By the names of the files."""
    folder = workspace.runs / run
    queries = sorted((folder / "queries").rglob("*.sql"))
    return {
        **{name: (folder / name).read_bytes() for name in FROM_THE_FIRST},
        **{name: _kept(folder / name, empty) for name, empty in LATER.items()},
        **{path.relative_to(folder).as_posix(): path.read_bytes() for path in queries},
        "documents.csv": safe_csv(_documents(folder)),
        "measurements.csv": safe_csv(results.measurements(workspace, run)),
    }


def _kept(path: Path, empty: bytes) -> bytes:
    return path.read_bytes() if path.is_file() else empty


def _documents(folder: Path) -> pd.DataFrame:
    register = DOCUMENTS.validate_json((folder / "documents.json").read_bytes())
    columns = ["id", "kind", "title", "status", "owner", "reviewed_on", "expires_on", "covers_from", "covers_to"]
    columns += ["sha256", "file", "link"]
    return pd.DataFrame([asdict(document) for document in register], columns=columns)
