"""A place for records that cannot be used is named in one line, and its password never."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.errors import RecordError
from audit.records import open_records, portable

WRONG = {
    "postgresql+nope://cl:s3cret@h/x": "'postgresql+nope://cl:***@h/x' is no place for records",
    "mysql+none://cl:s3cret@h/x": "'mysql+none://cl:***@h/x' is no place for records",
    "postgresql://cl:an@s3cret:s3cret@h/x": "'postgresql://cl:***@h/x' is no place for records (its port is no number)",
    "postgresql//cl:s3cret@h/x": "'postgresql//cl:***@h/x' is no place for records (Could not parse",
    "nope://h/x?password=s3cret": "'nope://h/x?password=***' is no place for records",
    "sqlite://?password=s3cret": "'sqlite://?password=***' would lose the records",
    "postgresql+psycopg://cl:s3cret@127.0.0.1:1/x?connect_timeout=1": "127.0.0.1",
    "postgresql+psycopg://cl@127.0.0.1:1/x?password=s3cret&connect_timeout=1": "127.0.0.1",
}
NOT_READ = ["postgresql//cl:s3cret@h/x", "postgresql://cl:an@s3cret:s3cret@h/x"]


@pytest.mark.parametrize(("url", "told"), WRONG.items())
def test_a_wrong_address_is_told_without_its_password(url: str, told: str) -> None:
    with pytest.raises(RecordError) as refused:
        open_records(url)
    line = str(refused.value)
    assert told in line and "\n" not in line and "s3cret" not in line
    assert "s3cret" not in refused.value.said("zh")
    assert "s3cret" not in "\n".join(str(one) for one in chain(refused.value))


@pytest.mark.parametrize("asked", [portable.is_file, portable.shown])
@pytest.mark.parametrize("url", NOT_READ)
def test_whoever_takes_an_address_apart_tells_no_password(asked: Callable[[str], object], url: str) -> None:
    with pytest.raises(RecordError) as refused:
        asked(url)
    assert "s3cret" not in "".join(traceback.format_exception(refused.value))


SHOWN = {
    "postgresql://cl:s3cret@h/x": "postgresql://cl:***@h/x",
    "postgresql://cl@h/x?password=s3cret": "postgresql://cl@h/x?password=***",
    "postgresql://cl@h/x": None,
    "sqlite:////srv/a:b@c/records.sqlite": None,
}


@pytest.mark.parametrize(("url", "shown"), SHOWN.items())
def test_a_backup_is_given_the_address_without_its_password(url: str, shown: str | None) -> None:
    assert portable.shown(url) == shown


def test_a_file_that_cannot_be_opened_is_named_as_ever(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"the records records\.sqlite cannot be opened"):
        open_records(f"sqlite:///{tmp_path / 'none' / 'records.sqlite'}")


def chain(error: BaseException | None) -> list[BaseException]:
    """What a log would tell of it."""
    return [error, *chain(error.__cause__)] if error else []
