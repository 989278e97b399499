"""Records whose file was taken away under an open program: nothing is acknowledged that nobody will ever read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from audit.errors import RecordError
from audit.records import Records, open_records
from audit.records.tables.judging import CriterionRow
from audit.records.targets import criteria
from audit.records.trail import trail

REFUSED = (
    "records.sqlite was removed or replaced while it was open; nothing was changed: reload the page, or start the "
    "program again"
)


def opened(folder: Path) -> Records:
    return open_records(f"sqlite:///{folder / 'records.sqlite'}")


def change(records: Records, by: str) -> None:
    criteria.set_criterion(records, "9.1.2-a-1", {"at_least": "5 %"}, by, "Because")


def remember(records: Records, by: str) -> None:
    with records.remember():
        pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "house"
    made.mkdir()
    return made


def removed(folder: Path) -> None:
    shutil.rmtree(folder)


def emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def made_anew(folder: Path) -> None:
    emptied(folder)
    with opened(folder) as records:
        change(records, "Bob")


def moved_aside(folder: Path) -> None:
    folder.rename(folder.with_name("aside"))
    folder.mkdir()
    with opened(folder) as records:
        change(records, "Bob")


def replaced_by_a_copy(folder: Path) -> None:
    shutil.copyfile(folder / "records.sqlite", folder / "copy")
    os.replace(folder / "copy", folder / "records.sqlite")


@pytest.mark.skipif(os.name == "nt", reason="Windows does not remove a file that is open")
@pytest.mark.parametrize("write", [change, remember])
@pytest.mark.parametrize("happens", [removed, emptied, made_anew, moved_aside, replaced_by_a_copy])
def test_a_write_into_a_file_that_is_gone_is_refused(
    folder: Path, happens: Callable[[Path], None], write: Callable[[Records, str], None]
) -> None:
    with opened(folder) as records:
        change(records, "Ann")
        happens(folder)
        before = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else None
        for _ in range(2):
            with pytest.raises(RecordError) as refused:
                write(records, "Ann")
            assert str(refused.value) == REFUSED
            assert any("\u4e00" <= letter <= "\u9fff" for letter in refused.value.said("zh"))
        assert before == ({path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else None)


def test_also_where_it_is_replaced_while_one_waits_for_its_turn(folder: Path) -> None:
    told: list[str] = []
    with opened(folder) as records:
        change(records, "Ann")
        holds, waits = Event(), Event()

        def hold() -> None:
            with records.remember():
                holds.set()
                waits.wait(20)

        def write() -> None:
            try:
                change(records, "Ann")
            except RecordError as error:
                told.append(str(error))

        holder, writer = Thread(target=hold), Thread(target=write)
        holder.start()
        assert holds.wait(20)
        writer.start()
        writer.join(0.2)
        assert writer.is_alive(), "it does not wait"
        made_anew(folder)
        waits.set()
        holder.join(20), writer.join(20)
    assert told == [REFUSED]


def test_also_where_it_is_replaced_while_a_change_is_made(folder: Path) -> None:
    with opened(folder) as records:
        with pytest.raises(RecordError) as refused, records.change("Ann", "set", "Because") as made:
            made.keep(CriterionRow(evidence_id="9.1.2-a-1", limits={"at_least": "5 %"}))
            made_anew(folder)
        assert str(refused.value) == REFUSED
    with opened(folder) as records:
        assert [entry.actor for entry in trail.entries(records)] == ["Bob"] and trail.verify(records) == []


def test_what_stays_the_same_file_can_be_written_to(folder: Path) -> None:
    """Opened before there is one, by two programs, and through a link."""
    with opened(folder) as records, opened(folder) as other:
        for at, each in enumerate((records, other, records)):
            change(each, f"Person {at}")
        linked = folder.with_name("linked")
        linked.symlink_to(folder)
        with opened(linked) as third:
            change(third, "Cem")
        change(records, "Dan")
        assert len(trail.entries(records)) == 5 and trail.verify(records) == []
