"""A workspace in which something good stands already, so that whatever a bad file does to it can be seen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fault import File
from program import load

BEFORE = [
    File(b"response_id,answered_on,satisfaction,comment\nold1,2026-03-01,5,kept\nold2,2026-02-01,1,\n"),
    File(b"return_id,returned_on,quantity_returned\nold1,2026-03-01,1.5\n", {}, "returns"),
    File(b"visit_id,arrived_at,left_unserved\nold1,2026-03-01 09:00:00,no\n", {}, "waiting_times"),
    File(b"complaint_id,received_at,severity\nold1,2026-03-01 10:00:00,low\n", {}, "complaints"),
]


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For copies only."""
    folder = tmp_path_factory.mktemp("settled") / "house"
    folder.mkdir()
    (folder / "workspace.yaml").write_text("organisation: Anybody Ltd\n", encoding="utf-8")
    for good in BEFORE:
        assert load(folder, good).code == 0
    return folder


@pytest.fixture
def workspace(settled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(settled, tmp_path / "house")
