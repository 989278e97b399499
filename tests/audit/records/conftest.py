"""Records in a folder of their own, with a clock that moves one minute at each look."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audit.load import GateResult, Load
from audit.records import Records, open_records
from audit.text import Text

START = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


def ticking() -> Callable[[], dt.datetime]:
    looks = iter(range(1_000_000))
    return lambda: START + dt.timedelta(minutes=next(looks))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def records(url: str) -> Iterator[Records]:
    with open_records(url, ticking()) as opened:
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
