import datetime as dt
import hashlib
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from broken_line import line
from postgres_server import Server
from pydantic import TypeAdapter
from sqlalchemy import create_engine, text

from audit.errors import RecordError
from audit.load import Load
from audit.records import Records, engine, loads, open_records
from audit.records.migrate import SCRIPTS
from audit.records.tables import Base
from audit.records.tables.judging import CriterionRow
from audit.records.targets import criteria
from audit.records.trail import trail

FORK = """
insert into trail (seq, at, actor, action, object, object_id, payload, reason, previous, hash)
select 2, at, actor, action, object, object_id, payload, reason, {previous}, 'x' from trail
"""
HOUSE = Path(__file__).resolve().parents[3]
WRITER = """
import sys
from audit.records import open_records
from audit.records.targets import criteria
with open_records(sys.argv[1]) as records:
    for number in range(int(sys.argv[3])):
        criteria.set_criterion(records, f"9.1.2-{sys.argv[2]}", {"at_least": f"{number} %"}, "Ann", "Because")
        print(number, flush=True)
"""


def writer(url: str, name: str, changes: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, url, name, str(changes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HOUSE, text=True)


def change(records: Records, name: str, number: int = 1) -> None:
    criteria.set_criterion(records, f"9.1.2-{name}", {"at_least": f"{number} %"}, "Ann", "Because")


def test_the_migrated_tables_are_those_of_the_models(records: Records) -> None:
    with records.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_records_of_before_are_brought_up_to_date_and_stay_sound(bare: str, anchor: Path, load: Load) -> None:
    """Written by hand as the first program wrote them: tables and an entry that know nothing of what came later."""
    plain = create_engine(bare)
    with plain.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001_first_records")
        content = json.loads(
            TypeAdapter(Load).dump_json(load, exclude={"refused", "rows_of_record", "masked", "replaced"})
        )
        content["received_at"] = "2026-03-31T23:59:59.123456+00:00"
        written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        entry = {"seq": 1, "at": "2026-04-01T00:00:00.000000+00:00", "actor": "Ann", "action": "load", "object": "load",
                 "object_id": load.id, "payload": written, "reason": "", "previous": "0" * 64}  # fmt: skip
        sealed = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        entry["hash"] = hashlib.sha256(sealed.encode()).hexdigest()
        row = content | {"seq": 1, "received_at": dt.datetime(2026, 3, 31, 23, 59, 59, 123456, tzinfo=dt.UTC)}
        row |= {name: json.dumps(value) for name, value in row.items() if isinstance(value, list | dict)}
        if plain.dialect.name == "sqlite":
            row["received_at"] = "2026-03-31 23:59:59.123456"
        for table, values in (("trail", entry), ("loads", row)):
            names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
            connection.execute(text(f"insert into {table} ({names}) values ({places})"), values)
    plain.dispose()
    anchor.write_text(f'{{"hash":"{"0" * 64}","seq":0}}\n{{"hash":"{entry["hash"]}","seq":1}}\n')
    with open_records(bare, anchor=anchor) as records:
        assert trail.verify(records) == []
        assert loads.every(records) == [load]
        refused = replace(load, id="refused", refused="no table", published=False, version=None, gate=())
        loads.keep(records, refused, "Ann")
        assert loads.every(records) == [refused, load] and trail.verify(records) == []


def test_sqlite_is_opened_so_that_an_acknowledged_change_is_not_lost(sqlite: str) -> None:
    with open_records(sqlite) as records, records.engine.connect() as connection:
        told = {name: connection.exec_driver_sql(f"pragma {name}").scalar() for name in ("journal_mode", "synchronous")}
        told |= {
            name: connection.exec_driver_sql(f"pragma {name}").scalar() for name in ("foreign_keys", "busy_timeout")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}


def test_the_anchor_is_on_the_disk_before_a_change_is_acknowledged(
    records: Records, anchor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killing a program does not show this, because the system still holds what was written; a power cut would."""
    settled = list[tuple[int, int]]()

    def fsync(file: int) -> None:
        settled.append((os.fstat(file).st_ino, os.fstat(file).st_size))
        settle(file)

    settle = os.fsync
    monkeypatch.setattr(os, "fsync", fsync)
    for name in ("a", "b"):
        change(records, name)
        assert (anchor.stat().st_ino, anchor.stat().st_size) in settled
        settled.clear()


def test_postgresql_is_told_that_an_acknowledged_change_must_not_be_lost(postgres: Server) -> None:
    """Also where the server or the database was told otherwise."""
    url = postgres.database(like=postgres.migrated)
    lax = create_engine(url, isolation_level="AUTOCOMMIT")
    with lax.connect() as connection:
        name = connection.engine.url.database
        for setting in ("synchronous_commit = off", "default_transaction_isolation = serializable"):
            connection.exec_driver_sql(f"alter database {name} set {setting}")
    lax.dispose()
    asked = "select current_setting('synchronous_commit'), current_setting('transaction_isolation')"
    with open_records(url) as records:
        with records.change("Ann", "set") as doing:
            assert tuple(doing.session.execute(text(asked)).one()) == ("on", "read committed")
        with records.read() as session:
            assert session.execute(text(asked)).one()[1] == "repeatable read"
    postgres.drop(url)


def test_records_are_there_when_opened_again(url: str) -> None:
    with open_records(url) as records:
        change(records, "a")
        first = trail.entries(records)
    with open_records(url) as records:
        assert trail.entries(records) == first and trail.verify(records) == []
        change(records, "a", 2)
        assert [entry.seq for entry in trail.entries(records)] == [1, 2]


def test_eight_threads_lose_nothing_and_number_without_a_gap(records: Records) -> None:
    def twenty(thread: int) -> None:
        for number in range(20):
            change(records, f"thread-{thread}", number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(twenty, range(8)))
    assert [entry.seq for entry in trail.entries(records)] == list(range(1, 161))
    for thread in range(8):
        kept = [criterion.limits["at_least"] for criterion in criteria.history(records, f"9.1.2-thread-{thread}")]
        assert kept == [f"{number} %" for number in reversed(range(20))]
    assert trail.verify(records) == []


def test_several_processes_open_and_write_together(url: str) -> None:
    writers = [writer(url, str(number), 15) for number in range(3)]
    assert [process.communicate(timeout=120) and process.returncode for process in writers] == [0, 0, 0]
    with open_records(url) as records:
        assert [entry.seq for entry in trail.entries(records)] == list(range(1, 46))
        assert trail.verify(records) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_process_loses_no_change_that_it_acknowledged(url: str) -> None:
    with writer(url, "a", 1000) as process:
        assert process.stdout
        for _ in range(5):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        acknowledged = 5 + len(process.stdout.read().split())
    with open_records(url) as records:
        assert acknowledged <= len(trail.entries(records)) <= acknowledged + 1
        assert trail.verify(records) == []
        change(records, "b")
        assert trail.verify(records) == []


class Stop(BaseException):
    """Like Streamlit's, which are no Exception."""


@pytest.mark.parametrize("raised", [Stop, KeyboardInterrupt, RecordError, KeyError])
def test_whatever_is_raised_inside_a_change_undoes_all_of_it(records: Records, raised: type[BaseException]) -> None:
    change(records, "a")
    before = trail.entries(records)
    with pytest.raises(raised), records.change("Ann", "set", "Because") as doing:
        doing.keep(CriterionRow(evidence_id="9.1.2-b", limits={"at_least": "1 %"}))
        raise raised("")
    assert trail.entries(records) == before and list(criteria.current(records)) == ["9.1.2-a"]
    change(records, "b")
    assert trail.verify(records) == []


def test_a_change_that_keeps_nothing_changes_nothing(records: Records) -> None:
    change(records, "a")
    with records.change("Ann", "set") as doing:
        doing.session.execute(text(FORK.format(previous="hash")))
        doing.session.execute(text("insert into criteria values (2, 'b', '{}')"))
    assert len(trail.entries(records)) == 1 and trail.verify(records) == []


def test_several_rows_of_one_change_are_kept_together(records: Records) -> None:
    with records.change("Ann", "set", "Because") as doing:
        for name in ("a", "b"):
            doing.keep(CriterionRow(evidence_id=name, limits={"at_least": "1 %"}))
    assert [entry.object_id for entry in trail.entries(records)] == ["a", "b"]
    assert trail.verify(records) == []


@pytest.mark.parametrize("table", ["trail", "criteria"])
@pytest.mark.parametrize("statement", ["update {} set seq = 2", "delete from {}"])
def test_the_database_itself_refuses_to_change_or_delete_a_row(records: Records, table: str, statement: str) -> None:
    change(records, "a")
    with pytest.raises(RecordError, match="records are only added to"), records.change("Ann", "set") as doing:
        doing.session.execute(text(statement.format(table)))
    assert trail.verify(records) == []


def test_a_row_without_an_entry_is_refused_by_the_database(records: Records) -> None:
    with pytest.raises(RecordError, match="(?i)foreign key"), records.change("Ann", "set") as doing:
        doing.session.execute(text("insert into criteria values (9, 'x', '{}')"))
        doing.keep(CriterionRow(evidence_id="a", limits={"at_least": "1 %"}))
    assert trail.entries(records) == []


def test_two_entries_cannot_follow_the_same_one(records: Records) -> None:
    change(records, "a")
    fork = pytest.raises(RecordError, match="UNIQUE constraint failed: trail.previous|uq_trail_previous")
    with fork, records.change("Ann", "set") as doing:
        doing.session.execute(text(FORK.format(previous="previous")))


def test_a_change_waits_its_turn_and_says_so_when_it_does_not_come(
    records: Records, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAIT", 50)
    with open_records(url) as hasty, records.change("Ann", "set"):
        with pytest.raises(RecordError) as told:
            change(hasty, "b")
        assert criteria.current(hasty) == {}, "reading needs no turn"
    assert str(told.value) == (
        "the records cannot be written (another change did not finish within 0.05 seconds); "
        "nothing was changed, try again"
    )
    change(records, "b")


def test_reading_needs_no_turn_however_many_wait_for_theirs(
    records: Records, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAIT", 2_000)
    with open_records(url) as busy, ThreadPoolExecutor(24) as pool:
        with records.change("Ann", "set"):
            waiting = [pool.submit(change, busy, f"waiting-{number}") for number in range(24)]
            assert criteria.current(busy) == {}
        for each in waiting:
            each.result()
    assert len(trail.entries(records)) == 24 and trail.verify(records) == []


def test_a_change_of_which_nothing_is_heard_any_more_does_not_hold_the_others_up(
    postgres: Server, anchor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a server can undo what another program left hanging; a file is let go when that program ends."""
    url = postgres.database(like=postgres.migrated)
    with open_records(url, anchor=anchor) as stalled, open_records(url, anchor=anchor) as other:
        monkeypatch.setattr(engine, "STALLED", 100)
        with pytest.raises(RecordError, match="nothing was changed, try again"), stalled.change("Ann", "set") as doing:
            doing.keep(CriterionRow(evidence_id="stalled", limits={"at_least": "1 %"}))
            change(other, "b")
        assert list(criteria.current(other)) == ["9.1.2-b"] and trail.verify(other) == []
        change(stalled, "c")  # on a new connection
    postgres.drop(url)


def test_records_go_on_after_the_server_has_ended_all_connections(postgres: Server) -> None:
    """As when it was started anew; a file knows no such thing."""
    url = postgres.database(like=postgres.migrated)
    with open_records(url) as records:
        change(records, "a")
        with postgres.admin.connect() as connection:
            ended = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name"
            assert connection.execute(text(ended), {"name": records.engine.url.database}).all() != []
        assert list(criteria.current(records)) == ["9.1.2-a"]
        change(records, "b")
        assert trail.verify(records) == []
    postgres.drop(url)


@pytest.mark.parametrize("arrives", [True, False])
def test_a_change_whose_connection_broke_as_it_was_kept_is_looked_up(
    postgres: Server, anchor: Path, arrives: bool
) -> None:
    url = postgres.database(like=postgres.migrated)
    with line(postgres.port, arrives) as breaking:
        through = url.replace(str(postgres.port), str(breaking.own_port))
        with open_records(through, anchor=anchor) as records:
            told = nullcontext() if arrives else pytest.raises(RecordError, match="nothing was changed, try again")
            with told:
                change(records, "a")
            assert breaking.broken and list(criteria.current(records)) == (["9.1.2-a"] if arrives else [])
            change(records, "b")
            assert len(anchor.read_text().splitlines()) == 1 + len(trail.entries(records))
            assert trail.verify(records) == []
    postgres.drop(url)


def test_a_change_is_timed_by_the_clock_that_was_handed_over(url: str) -> None:
    beijing = dt.timezone(dt.timedelta(hours=8))
    with open_records(url, lambda: dt.datetime(2026, 1, 1, 7, 30, tzinfo=beijing)) as records:
        change(records, "a")
        assert [entry.at for entry in trail.entries(records)] == ["2025-12-31T23:30:00.000000+00:00"]


def test_records_of_a_newer_program_are_refused_and_left_alone(url: str) -> None:
    plain = create_engine(url)
    with plain.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0099_later'"))
    with pytest.raises(RecordError, match="made by a newer program .*'0099_later'.*install the newer program"):
        open_records(url)
    with plain.connect() as connection:
        assert connection.scalars(text("select version_num from alembic_version")).all() == ["0099_later"]
    plain.dispose()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("records.sqlite", "'records.sqlite' is no place for records"),
        ("", "'' is no place for records"),
        ("nosuch://here/records", "'nosuch://here/records' is no place for records"),
        ("sqlite://", "'sqlite://' would lose the records at the end; write sqlite:///records.sqlite"),
        ("sqlite:///:memory:", "would lose the records at the end"),
        ("sqlite:////nowhere/at/all/records.sqlite", "cannot be opened (unable to open database file)"),
    ],
)
def test_a_place_that_cannot_hold_records_is_refused_in_one_line(url: str, sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        open_records(url)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    path.write_bytes(b"a letter, not a database\n" * 100)
    with pytest.raises(RecordError, match=r"cannot be opened \(file is not a database\)"):
        open_records(f"sqlite:///{path}")
    assert path.read_bytes() == b"a letter, not a database\n" * 100


def test_a_folder_with_odd_characters_is_no_hindrance(tmp_path: Path) -> None:
    folder = tmp_path / "顾客 100 % #1"
    folder.mkdir()
    with open_records(f"sqlite:///{folder / 'records.sqlite'}") as records:
        change(records, "a")
        assert trail.verify(records) == []
    assert (folder / "trail-anchor.jsonl").is_file()


def test_an_anchor_may_be_kept_elsewhere(url: str, tmp_path: Path) -> None:
    """Beside a file it would be found by itself; a server has no folder for it."""
    with open_records(url, anchor=tmp_path / "elsewhere.jsonl") as records:
        change(records, "a")
        assert trail.verify(records) == []
    assert len((tmp_path / "elsewhere.jsonl").read_text().splitlines()) == 2
    assert not (tmp_path / "trail-anchor.jsonl").exists()


def test_an_anchor_that_cannot_be_written_is_told_and_the_change_stays(records: Records, tmp_path: Path) -> None:
    (tmp_path / "trail-anchor.jsonl").unlink()
    (tmp_path / "trail-anchor.jsonl").mkdir()
    with pytest.raises(RecordError, match="entry 1 is kept, but trail-anchor.jsonl cannot be written"):
        change(records, "a")
    assert len(trail.entries(records)) == 1
