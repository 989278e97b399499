"""The rows that a gate found unexpected, read again from the original through the mapping that was applied."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from audit.errors import RecordError, SourceError
from audit.load import Load
from audit.records import Records
from audit.source import Mapping
from pipelines.failing_rows import failing_rows, mapping_of
from pipelines.load import load
from pipelines.workspace import SetUp, Workspace, make_workspace

NOW = dt.datetime(2026, 4, 1, 12, 0, tzinfo=dt.UTC)
MAPPED = Mapping.model_validate(
    {
        "source": "complaints",
        "delimiter": ";",
        "columns": {
            "complaint_id": "Nr",
            "received_at": {"from": "in", "format": "%d.%m.%Y"},
            "closed_at": {"from": "out", "format": "%d.%m.%Y"},
            "severity": {"from": "how", "recode": {"1": "low"}, "missing": ["-"]},
            "channel": {"constant": "phone"},
        },
    }
)
FILE = (
    b"Nr;in;out;how;mood\n"
    b"c1;02.03.2026;05.03.2026;1;x\n"
    b"c2;03.03.2026;01.03.2026;1;x\n"
    b"c3;yesterday;01.03.2026;1;x\n"
    b"\n"
    b"c4;04.03.2026;01.03.2026;-;x\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "house", SetUp(organisation="Anybody Ltd"))


@pytest.fixture
def records(workspace: Workspace) -> Iterator[Records]:
    with workspace.open_records(lambda: NOW) as opened:
        yield opened


@pytest.fixture
def stopped(workspace: Workspace, records: Records) -> Load:
    return load(workspace, records, FILE, "tool.csv", "complaints", MAPPED, "Ana")


def test_the_mapping_of_a_load_is_kept_under_the_hash_that_the_record_names(
    workspace: Workspace, stopped: Load
) -> None:
    assert mapping_of(workspace, stopped) == MAPPED
    assert hashlib.sha256(workspace.store.get(stopped.mapping)).hexdigest() == stopped.mapping


def test_the_rows_are_those_whose_lines_the_gate_named(workspace: Workspace, stopped: Load) -> None:
    found = failing_rows(workspace, stopped)
    (early,) = [result for result in stopped.gate if result.stops]
    assert early.lines == (3, 6)
    of_it = found[found["line"].isin(early.lines)]
    assert of_it["complaint_id"].tolist() == ["c2", "c4"]
    assert of_it["closed_at"].dt.strftime("%d.%m.%Y").tolist() == ["01.03.2026"] * 2
    assert of_it["severity"].isna().tolist() == [False, True]
    assert found["line"].is_monotonic_increasing and found["line"].is_unique


def test_only_columns_that_the_file_supplied_are_shown(workspace: Workspace, stopped: Load) -> None:
    wanted = ["line", "complaint_id", "received_at", "closed_at", "severity", "channel"]
    assert sorted(failing_rows(workspace, stopped)) == sorted(wanted)


def test_without_an_unexpected_row_nothing_is_shown(workspace: Workspace, stopped: Load) -> None:
    calm = replace(stopped, gate=tuple(replace(result, lines=()) for result in stopped.gate))
    assert len(failing_rows(workspace, calm)) == 0


@pytest.mark.parametrize("fingerprint", ["", "0" * 64, "../../etc/passwd"])
def test_a_load_from_before_mappings_were_kept_says_so(workspace: Workspace, stopped: Load, fingerprint: str) -> None:
    with pytest.raises(SourceError, match="before mappings were kept"):
        failing_rows(workspace, replace(stopped, mapping=fingerprint))


def test_an_original_that_was_changed_is_not_shown(workspace: Workspace, stopped: Load) -> None:
    path = workspace.store.path(stopped.sha256)
    os.chmod(path, 0o640)
    path.write_bytes(FILE.replace(b"c2", b"c9"))
    with pytest.raises(RecordError, match="was changed"):
        failing_rows(workspace, stopped)


def test_progress_reaches_the_end(workspace: Workspace, stopped: Load) -> None:
    told: list[float] = []
    failing_rows(workspace, stopped, told.append)
    assert told == sorted(told) and told[-1] == 1.0
