"""A dry run says what a load then does, and leaves no trace."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from audit.errors import SourceError
from audit.mapping import Mapping
from audit.records import loads
from audit.text import Text
from pipelines.load import load, rejects_of
from pipelines.loading.trial import trial
from pipelines.workspace import SetUp, Workspace, make_workspace

GOOD = "complaint_id,received_at,closed_at,severity\nC1,2026-10-01 09:00:00,,low\nC2,2026-10-02 09:00:00,,high\n"
REJECTS = GOOD + "C3,not a date,,low\n\nC4,2026-10-03,,grave\nC5,2026-10-04\nC2,2026-10-05,,low\n"
STOPPED = "complaint_id,received_at,closed_at\nC1,2026-10-30,2026-10-01\nC2,2026-10-30,\n"
AHEAD = GOOD + "C3,2062-10-02 09:00:00,,low\n"
NOTHING = "complaint_id,received_at\n,2026-10-01\nC1,tomorrow\n"
COMPLAINTS = Mapping(source="complaints")
DAY = dt.date(2026, 11, 1)


def unseen(share: float, words: Text) -> None:
    """Nobody watches."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "w", SetUp(organisation="O"))


FILES = {"good": GOOD, "rejects": REJECTS, "stopped": STOPPED, "ahead": AHEAD, "nothing": NOTHING}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_dry_run_says_what_the_load_does(workspace: Workspace, text: str) -> None:
    found = trial(text.encode(), "new.csv", "complaints", COMPLAINTS, DAY, unseen)
    with workspace.open_records(lambda: dt.datetime(2026, 11, 1, tzinfo=dt.UTC)) as records:
        done = load(workspace, records, text.encode(), "new.csv", "complaints", COMPLAINTS, "me")
    assert (found.lines, found.loaded, found.rejected, found.blank) == (
        done.lines, done.loaded, done.rejected, done.blank
    )  # fmt: skip
    assert found.publishes == done.published and found.stopped == done.stopped
    assert [(one.line, one.column, one.reason) for one in found.rejects] == [
        (one.line, one.column, one.reason) for one in rejects_of(workspace, done)
    ]
    assert [(one.expectation, one.column, one.outcome, one.unexpected, one.lines) for one in found.gate] == [
        (one.expectation, one.column, one.outcome, one.unexpected, one.lines) for one in done.gate
    ]


def test_the_account_comes_out_even() -> None:
    found = trial(REJECTS.encode(), "new.csv", "complaints", COMPLAINTS, DAY, unseen)
    assert found.lines == len(REJECTS.splitlines()) - 1 == found.loaded + found.rejected + found.blank
    assert [one.line for one in found.rejects] == [3, 4, 6, 7, 8]


def test_a_dry_run_leaves_no_trace(workspace: Workspace) -> None:
    before = sorted(path.relative_to(workspace.folder) for path in workspace.folder.rglob("*"))
    for text in (GOOD, REJECTS, STOPPED, NOTHING):
        trial(text.encode(), "new.csv", "complaints", COMPLAINTS, DAY, unseen)
    assert sorted(path.relative_to(workspace.folder) for path in workspace.folder.rglob("*")) == before
    with workspace.open_records() as records:
        assert loads.every(records) == []


@pytest.mark.parametrize("text", ["", "complaint_id,received_at\n", "a,b\n1,2\n", 'complaint_id,received_at\n"C1,2\n'])
def test_a_file_that_a_load_refuses_is_refused_by_the_dry_run_too(text: str) -> None:
    with pytest.raises(SourceError) as refused:
        trial(text.encode(), "new.csv", "complaints", COMPLAINTS, DAY, unseen)
    assert "\n" not in str(refused.value)


def test_progress_rises_to_the_end() -> None:
    shares: list[float] = []
    trial(GOOD.encode(), "new.csv", "complaints", COMPLAINTS, DAY, lambda share, words: shares.append(share))
    assert shares == sorted(shares) and shares[-1] == 1.0


def rows_known(workspace: Workspace, source: str, *texts: str) -> list[str]:
    with workspace.open_records(lambda: dt.datetime(2026, 11, 1, tzinfo=dt.UTC)) as records:
        return [
            load(workspace, records, text.encode(), "new.csv", source, Mapping(source=source), "me").id
            for text in texts
        ]


OTHER = "complaint_id,received_at\nC7,2026-10-01\n"
PARTLY = "complaint_id,received_at\nC2,2026-10-01\nC9,2026-10-01\n"


@pytest.mark.parametrize(
    ("known", "text", "replaced"),
    [([], GOOD, {}), ([OTHER], GOOD, {}), ([GOOD], PARTLY, {0: 1}), ([GOOD, PARTLY], REJECTS, {0: 1}),
     ([GOOD, OTHER], GOOD + OTHER.splitlines()[1] + ",,\n", {0: 2, 1: 1}), ([GOOD], NOTHING, {})],
)  # fmt: skip
def test_a_dry_run_counts_what_would_be_replaced(
    workspace: Workspace, known: list[str], text: str, replaced: dict[int, int]
) -> None:
    ids = rows_known(workspace, "complaints", *known)
    before = sorted(workspace.facts.rglob("*"))
    found = trial(text.encode(), "new.csv", "complaints", COMPLAINTS, DAY, unseen, workspace)
    assert found.replaced == {ids[at]: rows for at, rows in replaced.items()}
    assert sorted(workspace.facts.rglob("*")) == before
    assert trial(text.encode(), "new.csv", "complaints", COMPLAINTS, DAY, unseen).replaced == {}


def test_customers_are_not_counted_because_a_dry_run_makes_no_pseudonyms_of_theirs(workspace: Workspace) -> None:
    text = "customer_id,customer_since\nK1,2020-01-01\n"
    rows_known(workspace, "customers", text)
    assert (
        trial(text.encode(), "c.csv", "customers", Mapping(source="customers"), DAY, unseen, workspace).replaced == {}
    )
