"""`verify` finds what was changed, lost or cut short in a workspace, and is silent where nothing was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.mapping import Mapping
from audit.records import loads
from audit.records.document import documents
from pipelines.load import load
from pipelines.upkeep.integrity import damage
from pipelines.workspace import open_workspace
from tests.demo_workspaces import Demos

pytestmark = pytest.mark.xdist_group("integrity")


@pytest.fixture(scope="module")
def whole(demos: Demos, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demos.copy("healthy", tmp_path_factory.mktemp("integrity") / "demo")


def found(folder: Path) -> list[str]:
    workspace = open_workspace(folder)
    with workspace.open_records() as records:
        return [str(one) for one in damage(workspace, records)]


def test_an_untouched_workspace_is_whole(whole: Path) -> None:
    assert found(whole) == []


def first(folder: Path, pattern: str) -> Path:
    return min(path for path in folder.glob(pattern) if path.is_file())


def flip(file: Path) -> None:
    """One byte in the middle of the file becomes another."""
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


TOUCHES: list[tuple[str, str, Callable[[Path], None], str]] = [
    ("an original is altered", "store/??/*", flip, "store/"),
    ("an original is lost", "store/??/*", Path.unlink, "missing"),
    ("a verdict is altered", "runs/*/assessment.json", flip, "assessment.json: is changed"),
    ("a run's file is lost", "runs/*/run.json", Path.unlink, "run.json: is missing"),
    ("a run's sums are lost", "runs/*/SHA256SUMS", Path.unlink, "SHA256SUMS is missing"),
    ("a file is added to a run", "runs/*/run.json", lambda file: file.with_name("x").touch(), "x: is not listed"),
    ("a table's file is lost", "facts/orders/month=2026-01/*.parquet", Path.unlink, "facts/orders"),
    ("a table's file is damaged", "facts/orders/month=2026-01/*.parquet", flip, "facts/orders"),
    ("a table's newest commit is lost", "facts/customers/_delta_log/*1.json", Path.unlink, "facts/customers"),
    ("a table is lost", "facts/complaints/_delta_log/*", lambda f: shutil.rmtree(f.parent.parent), "facts/complaints"),
]


def test_the_file_of_a_former_revision_is_missed_too(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "demo")
    workspace = open_workspace(folder)
    with workspace.open_records() as records:
        former = documents.current(records)[0]
        documents.revise(records, former.id, "Ann", "New edition", sha256=workspace.store.put(b"new edition"))
    assert found(folder) == []
    workspace.store.path(former.sha256).unlink()
    assert found(folder) == [
        f"store/{former.sha256[:2]}/{former.sha256}: the content of '{former.title}' is missing",
    ]


@pytest.mark.parametrize(("pattern", "touch", "told"), [t[1:] for t in TOUCHES], ids=[t[0] for t in TOUCHES])
def test_damage_is_named(whole: Path, tmp_path: Path, pattern: str, touch: Callable[[Path], None], told: str) -> None:
    folder = shutil.copytree(whole, tmp_path / "demo")
    touch(first(folder, pattern))
    assert any(told in line for line in found(folder)), found(folder)


def test_a_record_that_cannot_be_read_hides_nothing_else(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "demo")
    with sqlite3.connect(folder / "records.sqlite") as connection:
        connection.execute("drop trigger documents_refuse_update")
        connection.execute("update documents set reviewed_on = 'soon' where reviewed_on is not null")
    flip(first(folder, "runs/*/assessment.json"))
    told = found(folder)
    assert any("could not be done to the end" in line for line in told)
    assert any("assessment.json: is changed" in line for line in told)
    assert any("soon" in line or "documents" in line or "document " in line for line in told)


def test_every_copy_of_a_run_s_files_is_checked(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "demo")
    for file in folder.glob("runs/*/queries/kpis/nps.sql"):
        flip(file)
    assert [line for line in found(folder) if "nps.sql" in line]


def test_rows_of_a_load_that_was_killed_before_it_was_recorded_are_named_until_it_is_loaded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "workspace.yaml").write_text("organisation: A test\n", encoding="utf-8")
    workspace, mapping = open_workspace(tmp_path), Mapping(source="survey_responses")
    content = b"response_id,answered_on\nr1,2026-01-05\n"

    def load_it() -> None:
        with workspace.open_records() as records:
            load(workspace, records, content, "answers.csv", "survey_responses", mapping, "Ann")

    with monkeypatch.context() as killed:
        killed.setattr(loads, "keep", lambda *given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            load_it()
    assert ["not in the records; load that file again" in line for line in found(tmp_path)] == [True]
    load_it()
    assert found(tmp_path) == []
