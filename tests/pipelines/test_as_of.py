"""A run as of a day measures the data as it was known on that day, and says where it could not."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.errors import SourceError
from audit.records import Records, loads
from pipelines import definitions
from pipelines.__main__ import main
from pipelines.load import Refused, load
from pipelines.measuring.known import Known, known_now, known_on
from pipelines.run import run
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.stage import stage
from pipelines.workspace import SetUp, Workspace, make_workspace
from tests.pipelines.by_hand import publish_frame

pytestmark = pytest.mark.xdist_group("run")
HEAD = "complaint_id,received_at,due_on,closed_at,cause,customer_id,severity\n"
JUNE, JULY = dt.date(2026, 6, 30), dt.date(2026, 7, 31)


class Clock:
    def __init__(self) -> None:
        self.now = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "house", SetUp(organisation="A test"))


@pytest.fixture
def records(workspace: Workspace, clock: Clock) -> Iterator[Records]:
    with workspace.open_records(clock) as opened:
        yield opened


def case(name: str, closed: str = "", received: str = "2026-06-10", severity: str = "low") -> str:
    return f"{name},{received},2026-06-20,{closed},found,k1,{severity}\n"


def come(workspace: Workspace, records: Records, text: str, source: str = "complaints") -> None:
    load(workspace, records, text.encode(), "a.csv", source, definitions.mapping(None, source), "Ada")


def value(workspace: Workspace, found: Run, kpi: str) -> float:
    cells = results.measurements(workspace, found.id, kpi, "audit_period", "")
    return float(cells["value"].iloc[0])


def at(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)


@pytest.fixture
def two_months(workspace: Workspace, records: Records, clock: Clock) -> Workspace:
    """Ten complaints are open when they come in June; by the export of July one of them is open still."""
    clock.now = at("2026-06-30T23:59:59.999999")
    come(workspace, records, HEAD + "".join(case(f"c{i}") for i in range(10)))
    clock.now = at("2026-07-01T00:00:00")
    come(workspace, records, HEAD + "".join(case(f"c{i}", "2026-06-15") for i in range(9)) + case("c9"))
    clock.now = at("2026-08-15T09:00:00")
    return workspace


@pytest.mark.parametrize(("as_of", "open_ones"), [(JUNE, 10), (dt.date(2026, 7, 1), 1), (JULY, 1)])
def test_a_complaint_is_open_or_closed_as_it_was_known_on_the_day(
    two_months: Workspace, records: Records, as_of: dt.date, open_ones: int
) -> None:
    found = run(two_months, records, ends=JUNE, as_of=as_of)
    assert value(two_months, found, "overdue_open_complaints") == open_ones
    assert (found.known_later, found.as_of, found.ends) == ((), as_of, JUNE)


def test_an_audit_date_that_is_only_the_end_of_the_period_hides_nothing_and_says_so(
    two_months: Workspace, records: Records
) -> None:
    """July's export of June's complaints belongs to June's figures, unless somebody asks what was known then."""
    found = run(two_months, records, ends=JUNE)
    assert value(two_months, found, "overdue_open_complaints") == 1
    assert found.known_later == ("complaints",)
    assert run(two_months, records).known_later == ()


def test_what_was_known_on_a_day_is_what_a_run_on_that_day_had_before_it(
    workspace: Workspace, records: Records, clock: Clock
) -> None:
    """Files that are published, corrected, stopped, tried again and refused, in any order: hence the same runs."""
    dice = random.Random(9001)
    had: dict[dt.date, Known] = {}
    made: dict[dt.date, Run] = {}
    stopped, rejected = HEAD + case("c1", closed="2026-05-01"), HEAD + case("c2", severity="x")
    come(workspace, records, HEAD + "".join(case(f"c{i}") for i in range(20)))
    for day in range(1, 16):
        for hour in range(dice.randint(0, 3)):
            clock.now = at(f"2026-06-{day:02} {8 + hour:02}:00")
            rows = "".join(case(f"c{name}", dice.choice(["", "2026-06-18"])) for name in dice.sample(range(30), 5))
            with contextlib.suppress(Refused):
                come(workspace, records, dice.choice([HEAD + rows, HEAD + rows, stopped, "<html>", rejected]))
        clock.now = at(f"2026-06-{day:02} 22:00")
        today = clock.now.date()
        had[today] = known_now(workspace, records, today)
        if day % 7 == 0:
            made[today] = run(workspace, records)
    clock.now = at("2026-09-01 00:00")
    assert len({each.versions["complaints"] for each in had.values()}) > 5, "the days must differ"
    outcomes = {each.outcome for each in loads.every(records)}
    assert outcomes == {"published", "stopped by the gate", "refused"}
    for day, then in had.items():
        again = known_on(workspace, records, day)
        assert (again.versions, again.later, then.later) == (then.versions, (), ())
        assert sorted(again.loads, key=lambda load: load.id) == sorted(then.loads, key=lambda load: load.id)
    assert {day: run(workspace, records, as_of=day).id for day in made} == {day: was.id for day, was in made.items()}


def test_a_source_that_first_came_in_later_counts_as_it_stands_now_and_is_named(
    workspace: Workspace, records: Records, clock: Clock
) -> None:
    come(workspace, records, HEAD + case("c1"))
    clock.now = at("2026-07-05")
    for rows in ("o1,2026-06-05,k1\n", "o2,2026-06-05,k2\n"):
        come(workspace, records, "order_id,ordered_at,customer_id\n" + rows, "orders")
    found = run(workspace, records, as_of=JUNE)
    assert (found.rows, found.known_later) == ({"complaints": 1, "orders": 2}, ("orders",))
    assert run(workspace, records, as_of=dt.date(2026, 7, 5)).known_later == ()
    assert results.find(workspace, found.id).known_later == ("orders",)


def test_a_source_of_which_the_first_file_was_stopped_was_known_to_be_missing(
    workspace: Workspace, records: Records, clock: Clock
) -> None:
    come(workspace, records, "order_id,ordered_at,customer_id\no1,2026-06-05,k1\n", "orders")
    come(workspace, records, HEAD + case("c1", closed="2026-05-01"))
    clock.now = at("2026-07-05")
    come(workspace, records, HEAD + case("c1", closed="2026-06-12"))
    found = run(workspace, records, as_of=JUNE)
    assert (list(found.versions), found.known_later) == (["orders"], ())
    assert set(run(workspace, records, as_of=JULY).versions) == {"complaints", "orders"}


def test_what_came_later_casts_no_doubt_on_what_was_known(workspace: Workspace, records: Records, clock: Clock) -> None:
    come(workspace, records, HEAD + "".join(case(f"c{i}", "2026-06-15") for i in range(20)))
    before = run(workspace, records, as_of=JUNE)
    clock.now = at("2026-07-05")
    come(workspace, records, HEAD + case("c1", closed="2026-05-01"))  # the gate stops it
    come(workspace, records, HEAD + "".join(case(f"d{i}", severity="x") for i in range(30)))  # all rejected
    assert run(workspace, records, as_of=JUNE) == before
    july = results.measurements(workspace, run(workspace, records, as_of=JULY).id, "complaint_close_days_median")
    assert july["not_evaluated_en"].str.contains("the gate stopped").any()


def test_rows_of_a_load_that_was_killed_are_not_known_before_their_file_is_loaded_again(
    workspace: Workspace, records: Records, clock: Clock
) -> None:
    come(workspace, records, HEAD + case("c1"))
    contract = definitions.source("complaints")
    batch = stage((HEAD + case("c2")).encode(), "b.csv", contract, definitions.mapping(None, "complaints"))
    publish_frame(workspace.table("complaints"), contract, batch.frame, "killed")
    killed = run(workspace, records, as_of=JUNE)
    assert killed.rows == {"complaints": 2}, "nothing came later, so the rows are seen and distrusted"
    clock.now = at("2026-07-05")
    come(workspace, records, HEAD + case("c2"))
    assert run(workspace, records, as_of=JUNE).rows == {"complaints": 1}
    assert run(workspace, records, as_of=JULY).rows == {"complaints": 2}


def test_of_two_loads_at_once_the_one_below_counts_with_the_one_above(
    workspace: Workspace, records: Records, clock: Clock
) -> None:
    """Its rows stand in the version that the other one gave, though it was recorded after midnight."""
    clock.now = at("2026-07-01 00:00:01")
    come(workspace, records, HEAD + case("c1"))
    clock.now = at("2026-06-30 23:59:59")
    come(workspace, records, HEAD + case("c2"))
    known = known_on(workspace, records, JUNE)
    assert {each.version for each in known.loads} == {1, 2} and known.versions == {"complaints": 2}


def test_before_anything_was_published_there_is_nothing_to_measure(
    workspace: Workspace, records: Records, clock: Clock
) -> None:
    come(workspace, records, HEAD + case("c1", closed="2026-05-01"))
    clock.now = at("2026-07-05")
    come(workspace, records, HEAD + case("c1"))
    with pytest.raises(SourceError, match="no file was published by 2026-06-30; choose a later --as-of"):
        run(workspace, records, as_of=JUNE)


def test_the_workspaces_own_audit_date_hides_nothing(tmp_path: Path, clock: Clock) -> None:
    """As in the demonstration, whose files are all loaded after its audit date."""
    workspace = make_workspace(tmp_path / "own", SetUp(organisation="A test", as_of=JUNE))
    with workspace.open_records(clock) as records:
        clock.now = at("2026-07-05")
        come(workspace, records, HEAD + case("c1"))
        assert run(workspace, records).known_later == ("complaints",)
        clock.now = at("2026-07-06")
        come(workspace, records, HEAD + case("c2"))
        found = run(workspace, records)
        assert (found.as_of, found.rows, found.known_later) == (JUNE, {"complaints": 2}, ("complaints",))
        assert run(workspace, records, as_of=JUNE).rows == found.rows


def test_the_command_line_says_it(two_months: Workspace, records: Records, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["run", "--workspace", str(two_months.folder), "--as-of"]
    assert main([*asked, "2026-06-30", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["known_later"], told["versions"], told["as_of"]) == ([], {"complaints": 1}, "2026-06-30")
    assert main([*asked, "2026-06-29"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "loaded after the audit date, and counted as it stands now: complaints"
    assert main([*asked, "2026-06-30"]) == 0
    assert "after the audit date" not in capsys.readouterr().out
