"""A file that is written is there whole or not at all, and two who write it at once do each other no harm."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pipelines import whole
from pipelines.loading import written_mapping
from pipelines.loading.from_folder import Memory
from pipelines.runs import run_folder
from pipelines.upkeep import set_up
from pipelines.workspace import SetUp, Workspace, make_workspace

TIMES = 200


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("content", ["维护 Ä\r\n", b"\x00\xff", "", "x" * 1_000_000])
def test_what_is_written_is_there_as_it_was_given(tmp_path: Path, content: str | bytes) -> None:
    for write in (whole.write, whole.write_once):
        file = tmp_path / write.__name__
        write(file, content)
        assert file.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert names(tmp_path) == ["write", "write_once"]


def test_a_name_may_be_as_long_as_the_disk_takes(tmp_path: Path) -> None:
    for name in ("a" * 255, "顾" * 85):
        whole.write(tmp_path / name, "x")
    assert names(tmp_path) == ["a" * 255, "顾" * 85]


def test_of_two_who_write_at_once_the_last_counts_or_the_first_where_it_must_not_change(tmp_path: Path) -> None:
    for name in "ab":
        whole.write(tmp_path / "last", name)
        whole.write_once(tmp_path / "first", name)
    assert (tmp_path / "last").read_text() == "b" and (tmp_path / "first").read_text() == "a"
    assert names(tmp_path) == ["first", "last"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_others_may_read_it_as_any_file_but_not_what_is_private(tmp_path: Path) -> None:
    former = os.umask(0o027)
    try:
        whole.write(tmp_path / "open", "x")
        whole.write_once(tmp_path / "private", "x")
    finally:
        os.umask(former)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("open", "private")] == [0o640, 0o600]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_former_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*given: Any) -> None:
        raise OSError(28, "No space left on device")

    whole.write(tmp_path / "a", "former")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space"):
        whole.write(tmp_path / "a", "new")
    assert names(tmp_path) == ["a"] and (tmp_path / "a").read_text() == "former"


@pytest.mark.parametrize(("lasting", "steps"), [(True, ["fsync", "replace", "fsync"]), (False, ["replace"])])
def test_what_is_to_last_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lasting: bool, steps: list[str]
) -> None:
    done: list[str] = []

    def noted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: (done.append(name), real(*given))[1]

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    whole.write(tmp_path / "a", "x", lasting)
    assert done == steps


@pytest.fixture
def house(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path / "house", SetUp(organisation="A test"))
    made.runs.mkdir()
    (made.folder / "trail-anchor.jsonl").write_text('{"seq": 0}\n')
    return made


def latest(house: Workspace, who: int) -> None:
    run_folder._latest(house.runs, f"run-{who}")


def audited_against(house: Workspace, who: int) -> None:
    """Only the file: a change of the records, one at a time, is around it."""
    set_up._write(house, f"organisation: Our {who}\n")


def memory(house: Workspace, who: int) -> None:
    Memory(house.folder, Path("."), "complaints", None).keep([])


def mapping(house: Workspace, who: int) -> None:
    written_mapping.keep(house.folder, "mine", f"source: complaints # {who}", replace=True)


WRITERS = [(latest, "runs"), (audited_against, "."), (memory, "folders"), (mapping, "mappings")]


@pytest.mark.parametrize(("write", "folder"), WRITERS)
def test_another_who_writes_the_same_file_just_before_the_rename_does_no_harm(
    house: Workspace, monkeypatch: pytest.MonkeyPatch, write: Callable[[Workspace, int], None], folder: str
) -> None:
    real, others, failed = os.replace, [2], list[OSError]()

    def replace(*given: Any) -> None:
        if others:
            write(house, others.pop())
        try:
            real(*given)
        except OSError as error:  # the memory of a folder says nothing of it
            failed.append(error)
            raise

    monkeypatch.setattr(os, "replace", replace)
    write(house, 1)
    assert not failed and not [path for path in (house.folder / folder).iterdir() if path.suffix == ".tmp"]


def test_many_runs_that_end_together_are_all_kept(house: Workspace) -> None:
    with ThreadPoolExecutor(max_workers=8) as at_once:
        assert len([*at_once.map(lambda who: latest(house, who), range(TIMES))]) == TIMES
    assert names(house.runs) == ["latest"] and (house.runs / "latest").read_text() in {f"run-{n}" for n in range(TIMES)}
