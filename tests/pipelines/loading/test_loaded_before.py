"""The same file twice is one load; where others replaced rows of it, it can be asked to come in again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from deltalake import DeltaTable

from audit.errors import SourceError
from audit.load import Load
from audit.mapping import Mapping
from audit.records import Records, loads
from pipelines.load import Refused, load
from pipelines.loading import loaded_before
from pipelines.loading.loaded_before import before
from pipelines.measuring.known import known_on
from pipelines.personal import erasure
from pipelines.publishing.standing import data_files
from pipelines.upkeep.integrity import damage
from pipelines.workspace import SetUp, Workspace, make_workspace

ORDERS = Mapping(source="orders")
HEAD = "order_id,ordered_at,customer_id,status,amount\n"
RIGHT = HEAD + "O-1,2026-10-01,K1,delivered,100\nO-2,2026-10-02,K2,delivered,200\n"
WRONG = HEAD + "O-1,2025-10-01,K1,cancelled,1\nO-2,2025-10-02,K2,cancelled,2\n"
ONE_OF_THEM = HEAD + "O-2,2026-10-02,K2,cancelled,2\n"
OTHERS = HEAD + "O-8,2026-10-01,K1,delivered,8\nO-9,2026-10-02,K2,delivered,9\n"
DAY = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


class Clock:
    def __init__(self) -> None:
        self.now = DAY

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "w", SetUp(organisation="O"))


@pytest.fixture
def records(workspace: Workspace, clock: Clock) -> Iterator[Records]:
    with workspace.open_records(clock) as opened:
        yield opened


def loaded(workspace: Workspace, records: Records, text: str, name: str = "orders.csv", **more: Any) -> Load:
    return load(workspace, records, text.encode(), name, "orders", ORDERS, "Ada", **{"again": True} | more)


def amounts(workspace: Workspace) -> dict[str, tuple[float, str]]:
    """By order, its amount and its load."""
    with duckdb.connect() as connection:
        query = "select order_id, amount, _load from read_parquet($f, hive_partitioning = false)"
        found = connection.execute(query, {"f": data_files(DeltaTable(workspace.table("orders")))}).fetchall()
    assert len({order for order, *_ in found}) == len(found), "no order stands twice"
    return {order: (amount, load) for order, amount, load in found}


@pytest.mark.parametrize("meanwhile", [WRONG, ONE_OF_THEM], ids=["all rows", "one row"])
def test_a_file_whose_rows_were_replaced_is_a_load_of_its_own(
    workspace: Workspace, records: Records, meanwhile: str
) -> None:
    first, other = loaded(workspace, records, RIGHT), loaded(workspace, records, meanwhile)
    again = loaded(workspace, records, RIGHT)
    assert len({first.id, other.id, again.id}) == 3
    assert amounts(workspace) == {"O-1": (100, again.id), "O-2": (200, again.id)}
    assert loads.every(records) == [again, other, first] and damage(workspace, records) == []
    assert loaded(workspace, records, RIGHT) == again, "now its rows stand"


def test_nothing_changes_where_nobody_asks_for_it_again(workspace: Workspace, records: Records) -> None:
    first, other = loaded(workspace, records, RIGHT), loaded(workspace, records, WRONG)
    stands = amounts(workspace)
    assert loaded(workspace, records, RIGHT, again=False) == first
    assert amounts(workspace) == stands and loads.every(records) == [other, first]


def test_it_can_go_back_and_forth(workspace: Workspace, records: Records) -> None:
    found = [loaded(workspace, records, text) for text in (RIGHT, WRONG) * 3]
    assert len({one.id for one in found}) == 6
    assert amounts(workspace) == {"O-1": (1, found[-1].id), "O-2": (2, found[-1].id)}


@pytest.mark.parametrize(
    "meanwhile",
    [[], [OTHERS], [OTHERS.replace("O-", f"P{n}-") for n in range(15)]],
    ids=["nothing", "other rows of the month", "so many files that they are put together"],
)
def test_while_its_rows_stand_it_is_one_load(workspace: Workspace, records: Records, meanwhile: list[str]) -> None:
    first = loaded(workspace, records, RIGHT)
    for text in meanwhile:
        loaded(workspace, records, text)
    known = loads.every(records)
    assert loaded(workspace, records, RIGHT) == first and loads.every(records) == known


def test_no_table_is_read_where_none_of_its_files_changed(
    workspace: Workspace, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = loaded(workspace, records, RIGHT)
    loaded(workspace, records, OTHERS)
    monkeypatch.setattr(loaded_before, "connected", lambda *_: pytest.fail("a table is read"))
    assert loaded(workspace, records, RIGHT) == first


def test_no_table_is_read_where_nobody_asks_for_it_again(
    workspace: Workspace, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = loaded(workspace, records, RIGHT)
    loaded(workspace, records, WRONG)
    monkeypatch.setattr(loaded_before, "connected", lambda *_: pytest.fail("a table is read"))
    assert loaded(workspace, records, RIGHT, again=False) == first


class Killed(BaseException):
    """As when the machine stops."""


def killed(workspace: Workspace, records: Records, text: str) -> None:
    def break_off(share: float, words: Any) -> None:
        if words.en == "recording the load":
            raise Killed

    with pytest.raises(Killed):
        loaded(workspace, records, text, progress=break_off)


def test_killed_before_it_is_recorded_it_is_the_same_second_load(workspace: Workspace, records: Records) -> None:
    loaded(workspace, records, RIGHT)
    loaded(workspace, records, WRONG)
    killed(workspace, records, RIGHT)
    assert len(damage(workspace, records)) == 1
    again = loaded(workspace, records, RIGHT)
    assert amounts(workspace) == {"O-1": (100, again.id), "O-2": (200, again.id)}
    assert damage(workspace, records) == []
    assert again.replaced == {}, "the rows of its own first try are no other load's"


def test_rows_that_a_killed_load_replaced_come_back(workspace: Workspace, records: Records) -> None:
    first = loaded(workspace, records, RIGHT)
    killed(workspace, records, WRONG)
    again = loaded(workspace, records, RIGHT)
    assert again.id != first.id and amounts(workspace)["O-1"] == (100, again.id)


def test_what_was_known_on_a_day_stays_known(workspace: Workspace, records: Records, clock: Clock) -> None:
    found = []
    for text in (RIGHT, WRONG, RIGHT):
        found.append(loaded(workspace, records, text))
        clock.now += dt.timedelta(days=1)
    for day in range(3):
        known = known_on(workspace, records, DAY.date() + dt.timedelta(days=day))
        assert known.versions["orders"] == found[day].version
        assert {one.id for one in known.loads} == {one.id for one in found[: day + 1]}


def test_who_was_erased_does_not_come_back_with_the_same_file(workspace: Workspace, records: Records) -> None:
    first = loaded(workspace, records, RIGHT)
    loaded(workspace, records, OTHERS)
    erasure.erase(workspace, records, "K1", "Ada", "asked for it")
    assert loaded(workspace, records, RIGHT) == first
    assert set(amounts(workspace)) == {"O-2", "O-9"}


def test_a_file_that_is_refused_now_is_told_so(
    workspace: Workspace, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = loaded(workspace, records, RIGHT)
    loaded(workspace, records, WRONG)
    with monkeypatch.context() as patched:

        def refuse(*_: Any) -> None:
            raise SourceError("orders.csv: no")

        patched.setattr("pipelines.loading.incoming.stage_into", refuse)
        with pytest.raises(Refused) as raised:
            loaded(workspace, records, RIGHT)
    assert raised.value.load.id != first.id and loads.find(records, first.id) == first
    assert loaded(workspace, records, RIGHT).published


def test_what_is_known_before_a_load(workspace: Workspace, records: Records) -> None:
    first = loaded(workspace, records, RIGHT)
    assert before(workspace, records, "a" * 64, ORDERS) is None
    assert before(workspace, records, first.sha256, Mapping(source="orders", delimiter=";")) is None
    found = before(workspace, records, first.sha256, ORDERS)
    assert found and (found.load, found.times, found.stands) == (first, 1, True)
    loaded(workspace, records, ONE_OF_THEM)
    found = before(workspace, records, first.sha256, ORDERS)
    assert found and (found.load, found.times, found.stands) == (first, 1, False)


@pytest.mark.parametrize(
    ("texts", "replaced"),
    [
        ([RIGHT], {}),
        ([RIGHT, OTHERS], {}),
        ([RIGHT, WRONG], {0: 2}),
        ([RIGHT, ONE_OF_THEM, WRONG], {0: 1, 1: 1}),
        ([RIGHT, WRONG, RIGHT], {1: 2}),
    ],
)
def test_a_load_says_how_many_rows_of_which_others_it_replaced(
    workspace: Workspace, records: Records, texts: list[str], replaced: dict[int, int]
) -> None:
    found = [loaded(workspace, records, text) for text in texts]
    assert found[-1].replaced == {found[at].id: rows for at, rows in replaced.items()}
    assert loads.every(records)[0].replaced == found[-1].replaced


def test_where_nothing_is_published_nothing_is_counted(workspace: Workspace, records: Records) -> None:
    assert loaded(workspace, records, HEAD + "O-1,some day,K1,delivered,1\n").replaced is None
