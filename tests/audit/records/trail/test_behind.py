"""Records that lost their newest entries are shown and not written to; nothing is lost in silence."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from audit.errors import RecordError
from audit.records import Records, open_records
from audit.records.targets import criteria
from audit.records.trail import trail

ENTRIES = 30


def change(records: Records, number: int) -> None:
    criteria.set_criterion(records, "9.1.2-a-1", {"at_least": f"{number} %"}, "Ann", f"Because {number}" * 20)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty entries, all but the first acknowledged into a log that nobody had the time to clear away."""
    folder = tmp_path_factory.mktemp("killed")
    child = os.fork()
    if child == 0:
        try:
            with open_records(f"sqlite:///{folder / 'records.sqlite'}") as records:
                change(records, 0)
            records = open_records(f"sqlite:///{folder / 'records.sqlite'}")
            for number in range(1, ENTRIES):
                change(records, number)
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert (folder / "records.sqlite-wal").stat().st_size > 100_000
    return folder


@pytest.fixture
def left(killed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(killed, tmp_path / "left")


def opened(folder: Path) -> Records:
    return open_records(f"sqlite:///{folder / 'records.sqlite'}")


def test_a_log_that_is_whole_is_taken_up_and_work_goes_on(left: Path) -> None:
    with opened(left) as records:
        assert len(trail.entries(records)) == ENTRIES and trail.verify(records) == [] and records.read_only is None
        change(records, 99)
    assert not (left / "recovery").exists()


def test_without_its_log_the_records_are_shown_with_both_numbers_and_kept_as_they_are(left: Path) -> None:
    (left / "records.sqlite-wal").unlink()
    before = (left / "records.sqlite").read_bytes()
    with opened(left) as records:
        assert records.read_only and records.read_only.en.startswith(f"head 1, expected {ENTRIES}: the newest entries")
        assert len(trail.entries(records)) == 1 and trail.verify(records)
        with pytest.raises(RecordError, match=f"read-only .head 1, expected {ENTRIES}.*nothing was changed"):
            change(records, 99)
        with pytest.raises(RecordError, match="read-only"), records.remember():
            pass
    assert (left / "records.sqlite").read_bytes() == before
    assert (left / "recovery" / f"1-of-{ENTRIES}-records.sqlite").read_bytes() == before


def test_the_log_brought_back_all_is_there_again(left: Path) -> None:
    (left / "records.sqlite-wal").rename(left / "away")
    opened(left).close()
    (left / "away").rename(left / "records.sqlite-wal")
    with opened(left) as records:
        assert records.read_only is None and len(trail.entries(records)) == ENTRIES
        change(records, 99)
        assert trail.verify(records) == []


def test_a_thousand_is_written_as_people_read_it(left: Path) -> None:
    with (left / "trail-anchor.jsonl").open("a") as anchor:
        anchor.write(json.dumps({"hash": "e" * 64, "seq": 1305}) + "\n")
    with opened(left) as records:
        assert records.read_only and f"head {ENTRIES}, expected 1,305" in records.read_only.en


CHANCE = random.Random(20159001)
DAMAGES = [("flip", CHANCE.randrange(10**9)) for _ in range(60)] + [("cut", number) for number in range(20)]


@pytest.mark.parametrize(("kind", "number"), DAMAGES)
def test_no_damage_to_the_log_is_silent(left: Path, kind: str, number: int) -> None:
    """All entries are there and sound, or it is said and the log kept aside; never fewer as if that were all."""
    log = left / "records.sqlite-wal"
    content = bytearray(log.read_bytes())
    if kind == "flip":
        content[number % len(content)] ^= 1 << number % 8
    else:
        del content[len(content) * number // 20 :]
    log.write_bytes(content)
    try:
        records = opened(left)
    except RecordError as error:
        assert len(str(error).splitlines()) == 1
        return
    with records:
        try:
            count = len(trail.entries(records))
        except RecordError:
            return  # said when it is looked at
        assert count == ENTRIES or records.read_only, "fewer, and people go on writing as if that were all"
        assert (trail.verify(records) == []) == (count == ENTRIES)
        if records.read_only:
            kept = [file for file in (left / "recovery").iterdir() if file.name.endswith("-wal")]
            assert [file.read_bytes() for file in kept] == [bytes(content)]
        else:
            change(records, 99)


@pytest.mark.parametrize("left_over", ["nothing", "an empty file", "a file without tables"])
def test_records_that_are_gone_are_not_begun_anew_in_silence(left: Path, left_over: str) -> None:
    for file in left.glob("records.sqlite*"):
        file.unlink()
    if left_over == "an empty file":
        (left / "records.sqlite").touch()
    elif left_over == "a file without tables":
        engine = create_engine(f"sqlite:///{left / 'records.sqlite'}")
        with engine.begin() as connection:
            connection.execute(text("create table other (x integer)"))
        engine.dispose()
    before = {path.name: path.read_bytes() for path in left.glob("records*")}
    with pytest.raises(RecordError, match=f"missing or empty, and trail-anchor.jsonl has seen entry {ENTRIES}"):
        opened(left)
    assert {path.name: path.read_bytes() for path in left.glob("records*")} == before


def test_a_server_that_lost_its_newest_entries_is_only_read_too(url: str, anchor: Path) -> None:
    with open_records(url, anchor=anchor) as records:
        change(records, 1)
    with anchor.open("a") as file:
        file.write(json.dumps({"hash": "e" * 64, "seq": 40}) + "\n")
    with open_records(url, anchor=anchor) as records:
        assert records.read_only and "head 1, expected 40" in records.read_only.en
        with pytest.raises(RecordError, match="read-only"):
            change(records, 2)
        assert len(trail.entries(records)) == 1


@pytest.mark.parametrize("anchored", ["", "torn", '{"seq": "x", "hash": 1}\n', "[]\n", "\x00\n"])
def test_an_anchor_that_says_nothing_shuts_nobody_out(url: str, anchor: Path, anchored: str) -> None:
    with open_records(url, anchor=anchor) as records:
        change(records, 1)
    anchor.write_text(anchored)
    with open_records(url, anchor=anchor) as records:
        assert records.read_only is None
        change(records, 2)


def test_an_anchor_behind_the_records_is_what_a_crash_leaves(url: str, anchor: Path) -> None:
    with open_records(url, anchor=anchor) as records:
        for number in range(3):
            change(records, number)
    anchor.write_text("".join(anchor.read_text().splitlines(keepends=True)[:2]))
    with open_records(url, anchor=anchor) as records:
        assert records.read_only is None and trail.verify(records) == []


if sys.platform == "win32":
    pytestmark = pytest.mark.skip(reason="needs fork and SIGKILL")
