"""Records in a folder of their own, with a clock that moves one minute at each look."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgres_server import Server

from audit.load import GateResult, Load
from audit.records import Records, open_records
from audit.text import Text

START = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


def ticking() -> Callable[[], dt.datetime]:
    looks = iter(range(1_000_000))
    return lambda: START + dt.timedelta(minutes=next(looks))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables of today and nothing in them; copying it takes a hundredth of the time of making it."""
    made = tmp_path_factory.mktemp("migrated") / "records.sqlite"
    open_records(f"sqlite:///{made}").close()
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> Iterator[str]:
    """Of a new place for records, which holds none yet, on each of the two databases."""
    if request.param == "sqlite":
        shutil.copyfile(migrated, tmp_path / "records.sqlite")
        yield f"sqlite:///{tmp_path / 'records.sqlite'}"
        return
    server: Server = request.getfixturevalue("postgres")
    made = server.database(like=server.migrated)
    yield made
    server.drop(made)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of a place in which nothing was made yet, not even the tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'records.sqlite'}"
        return
    server: Server = request.getfixturevalue("postgres")
    made = server.database()
    yield made
    server.drop(made)


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """For what only a file can suffer."""
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def anchor(tmp_path: Path) -> Path:
    return tmp_path / "trail-anchor.jsonl"


@pytest.fixture
def records(url: str, anchor: Path) -> Iterator[Records]:
    with open_records(url, ticking(), anchor) as opened:
        yield opened


@pytest.fixture
def load() -> Load:
    reason = Text(en="Scores run from 1 to 5.", zh="评分为 1 至 5 分。")
    gate = GateResult("expect_x", "score", "warning", "failed", 2, 8, reason, {"2026-03": 2}, (4, 9))
    return Load(
        id="0123456789ab",
        source="survey_responses",
        file="调查 2026-03.csv",
        sha256="a" * 64,
        mapping="b" * 64,
        lines=10,
        loaded=8,
        rejected=1,
        blank=1,
        physical_lines=12,
        published=True,
        version=3,
        received_at=dt.datetime(2026, 3, 31, 23, 59, 59, 123456, tzinfo=dt.UTC),
        actor="Ann",
        delivered=("response_id", "score"),
        ignored=(),
        months={"2026-03": 8},
        gate=(gate,),
        rejects="c" * 64,
    )
