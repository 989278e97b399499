"""Workspaces whose facts are in a bucket of a real server, and twins of them whose facts are in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import s3_server
import s3_way

from audit.records import Records
from pipelines.storage.place import Server
from pipelines.workspace import SetUp, Workspace, make_workspace
from tests.storage.loading import JUNE, Made

KEY, SECRET = "a-key-of-the-tests", "a-secret-of-the-tests"


@pytest.fixture(scope="session")
def s3() -> Iterator[s3_server.Server]:
    if not s3_server.PROGRAM.exists():
        pytest.skip("there is no S3-compatible server here (make servers)")
    with s3_server.server() as running:
        yield running


@pytest.fixture
def way(s3: s3_server.Server) -> Iterator[s3_way.Way]:
    with s3_way.way_to(s3) as opened:
        yield opened


@pytest.fixture
def bucket(s3: s3_server.Server) -> str:
    return s3.bucket()


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)


@pytest.fixture
def make(tmp_path: Path) -> Made:
    """A workspace of this name; all of a test have one key, so that their pseudonyms are the same."""

    def made(name: str, facts: str | None = None, endpoint: str = "", **more: object) -> Workspace:
        server = Server(endpoint=endpoint, allow_http=True) if endpoint else None
        key = str(tmp_path / "pseudonyms.key")
        return make_workspace(tmp_path / name, SetUp(organisation="Ours", facts=facts, storage=server, key=key, **more))

    return made


@pytest.fixture
def workspace(make: Made, s3: s3_server.Server, bucket: str) -> Workspace:
    return make("ours", f"s3://{bucket}/our/facts", s3.endpoint)


@pytest.fixture
def records(workspace: Workspace) -> Iterator[Records]:
    with workspace.open_records(lambda: JUNE) as opened:
        yield opened
