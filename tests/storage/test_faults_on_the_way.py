"""A server that refuses, falls silent or dies halfway: one line says so, and nothing is half done."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from s3_server import Server
from s3_way import Fault, Way

from audit.errors import AuditError, RecordError
from audit.records import loads
from pipelines.measuring import facts
from pipelines.storage import bucket as of_facts
from pipelines.upkeep import integrity
from pipelines.workspace import Workspace
from tests.storage.conftest import KEY, SECRET
from tests.storage.loading import JUNE, Made, complaints, loaded

SPRING = complaints("c1 k1 2026-03-02", "c2 k2 2026-03-05", "c3 k3 2026-04-09")
LATER = complaints("c2 k2 2026-04-20", "c4 k1 2026-04-21")
NOT_PUBLISHED = "nothing was published: load the file again"
UNKNOWN = "load the file again: where its rows were published nonetheless, none is doubled"

CUT_OFF = [
    ("looking", Fault("GET", "list-type", "cut"), "nothing was changed"),
    ("the second file that is sent", Fault("PUT", "part-", "cut", spared=1), NOT_PUBLISHED),
    ("a file that is sent, refused", Fault("PUT", "part-", "refused 403 AccessDenied"), NOT_PUBLISHED),
    ("a file that is sent, the disk there is full", Fault("PUT", "part-", "refused 507 XFull"), NOT_PUBLISHED),
    ("the commit", Fault("PUT", "0002.json", "cut"), UNKNOWN),
]


@pytest.fixture
def workspace(make: Made, way: Way, bucket: str) -> Workspace:
    return make("ours", f"s3://{bucket}/our/facts", way.endpoint)


def ids_of(workspace: Workspace) -> str:
    with facts.opened(workspace, facts.versions(workspace)) as connection:
        return " ".join(id for (id,) in connection.execute("select complaint_id from complaints order by 1").fetchall())


@pytest.mark.parametrize(("fault", "told"), [rest for _, *rest in CUT_OFF], ids=[case for case, *_ in CUT_OFF])
def test_a_load_that_is_cut_off_publishes_nothing_and_can_be_repeated(
    workspace: Workspace, way: Way, fault: Fault, told: str
) -> None:
    with workspace.open_records(lambda: JUNE) as records:
        loaded(workspace, records, SPRING)
        way.befall(fault)
        with pytest.raises(RecordError) as raised:
            loaded(workspace, records, LATER)
        assert_one_line(str(raised.value), told)
        way.befall(None)
        assert [load.version for load in loads.every(records)] == [1]
        assert ids_of(workspace) == "c1 c2 c3"
        assert integrity.damage(workspace, records) == []
        assert loaded(workspace, records, LATER).version == 2
        assert ids_of(workspace) == "c1 c2 c3 c4"
        assert integrity.damage(workspace, records) == []


LOST = [
    ("once, so that it is asked for again", 1, True),
    ("for good", 1_000, False),
]


@pytest.mark.parametrize(("times", "done"), [rest for _, *rest in LOST], ids=[case for case, *_ in LOST])
def test_a_commit_whose_answer_is_lost_doubles_no_row(workspace: Workspace, way: Way, times: int, done: bool) -> None:
    with workspace.open_records(lambda: JUNE) as records:
        loaded(workspace, records, SPRING)
        way.befall(Fault("PUT", "0002.json", "lost", times=times))
        if done:
            assert loaded(workspace, records, LATER).version == 2
        else:
            with pytest.raises(RecordError) as raised:
                loaded(workspace, records, LATER)
            assert_one_line(str(raised.value), UNKNOWN)
            way.befall(None)
            assert loaded(workspace, records, LATER).version == 3
        assert ids_of(workspace) == "c1 c2 c3 c4"
        assert integrity.damage(workspace, records) == []


LOADING = "import sys; from pipelines.__main__ import main; sys.exit(main(sys.argv[1:]))"
KILLED_AT = [("sending a file", "part-"), ("the commit", "0002.json")]


@pytest.mark.parametrize("path", [path for _, path in KILLED_AT], ids=[case for case, _ in KILLED_AT])
def test_a_program_that_is_killed_leaves_nothing_that_counts(
    workspace: Workspace, way: Way, s3: Server, bucket: str, tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "later.csv"
    file.write_text(LATER)
    with workspace.open_records(lambda: JUNE) as records:
        loaded(workspace, records, SPRING)
        before = s3.objects(bucket).keys()
        way.befall(Fault("PUT", path, "waits"))
        command = ["load", str(file), "--source", "complaints", "--workspace", str(workspace.folder)]
        running = subprocess.Popen([sys.executable, "-c", LOADING, *command], stderr=subprocess.DEVNULL)
        way.wait_until_struck()
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        way.befall(None)
        assert ids_of(workspace) == "c1 c2 c3"
        # by the next load nobody can know that the commit does not come any more
        monkeypatch.setattr(of_facts, "LONGEST", -60)
        left = s3.objects(bucket).keys() - before
        loaded(workspace, records, LATER)
        assert not left & s3.objects(bucket).keys()
        assert integrity.damage(workspace, records) == []
        assert ids_of(workspace) == "c1 c2 c3 c4"


def test_what_is_sent_is_left_alone_as_long_as_its_commit_may_come(
    workspace: Workspace, s3: Server, bucket: str
) -> None:
    with workspace.open_records(lambda: JUNE) as records:
        loaded(workspace, records, SPRING)
        s3.put(bucket, "our/facts/complaints/month=2026-03/part-under-way.parquet", b"PAR1")
        loaded(workspace, records, LATER)
    assert "our/facts/complaints/month=2026-03/part-under-way.parquet" in s3.objects(bucket)


WRONG = [
    ("no such bucket", "s3://there-is-none/facts", None, "there is no such bucket: make it"),
    ("an unknown key", "", Fault("GET", ".", "refused 403 InvalidAccessKeyId"), "does not know the access key"),
    ("a wrong secret", "", Fault("GET", ".", "refused 403 SignatureDoesNotMatch"), "the secret of the key is wrong"),
    ("a key that may nothing", "", Fault("GET", ".", "refused 403 AccessDenied"), "the key may not do that"),
    ("an expired key", "", Fault("GET", ".", "refused 400 ExpiredToken"), "the key has expired"),
    ("a server in trouble", "", Fault("GET", ".", "refused 503 SlowDown"), "the server is in trouble"),
    ("a wrong clock", "", Fault("GET", ".", "refused 403 RequestTimeTooSkewed"), "the clock here or there is wrong"),
]


@pytest.mark.parametrize(("place", "fault", "told"), [rest for _, *rest in WRONG], ids=[case for case, *_ in WRONG])
def test_what_is_wrong_is_told_in_one_line(
    make: Made, way: Way, bucket: str, place: str, fault: Fault | None, told: str
) -> None:
    workspace = make("ours", place or f"s3://{bucket}/facts", way.endpoint)
    way.befall(fault)
    with workspace.open_records(lambda: JUNE) as records, pytest.raises(RecordError) as raised:
        loaded(workspace, records, SPRING)
    assert_one_line(str(raised.value), told)
    assert str(raised.value).startswith(place or f"s3://{bucket}/facts at {way.endpoint}: ")


def test_a_server_that_is_down_is_told_in_one_line(make: Made) -> None:
    with socket.socket() as nobody_s:
        nobody_s.bind(("127.0.0.1", 0))  # and nobody listens
        workspace = make("ours", "s3://our-bucket/facts", f"http://127.0.0.1:{nobody_s.getsockname()[1]}")
        with workspace.open_records(lambda: JUNE) as records, pytest.raises(RecordError) as raised:
            loaded(workspace, records, SPRING)
    assert_one_line(str(raised.value), "the server does not answer: start it, or correct 'endpoint:'")


def test_without_keys_nobody_is_asked(make: Made, way: Way, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    workspace = make("ours", f"s3://{bucket}/facts", way.endpoint)
    with workspace.open_records(lambda: JUNE) as records, pytest.raises(AuditError) as raised:
        loaded(workspace, records, SPRING)
    assert_one_line(str(raised.value), "put AWS_SECRET_ACCESS_KEY in the environment")
    assert way.seen() == []


def assert_one_line(said: str, told: str) -> None:
    assert told in said
    assert "\n" not in said
    assert len(said) < 400
    assert KEY not in said
    assert SECRET not in said
