"""A workspace of an organisation with checklists of its own, run twice: before and after its papers were in order."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from audit.evidence import Outcome
from audit.records import Records
from audit.records.auditing import answers
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from pipelines import definitions
from pipelines.load import load
from pipelines.run import run
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import SetUp, Workspace, make_workspace, open_workspace
from tests.pipelines.own_checklist import FORMER, written

AS_OF = dt.date(2026, 6, 30)
CHANNELS = [("web", 30, 30), ("phone", 30, 18), ("mail", 3, 3)]
"""Channel, answers of each year, and how many of them are content: 51 of 63 of the whole, 18 of 30 by telephone."""


@dataclass(frozen=True)
class Ours:
    folder: Path
    before: str
    """The run before anything was registered or recorded."""
    after: str

    @property
    def workspace(self) -> Workspace:
        return open_workspace(self.folder)

    def run(self, name: str) -> Run:
        return results.find(self.workspace, name)


def survey() -> str:
    rows = ["response_id,answered_on,satisfaction,channel"]
    for year in (2024, 2025):
        for channel, count, content in CHANNELS:
            for at in range(count):
                day = dt.date(year, 7, 1) + dt.timedelta(days=at * 12)
                rows.append(f"{channel}-{year}-{at},{day},{5 if at < content else 2},{channel}")
    return "\n".join(rows) + "\n"


def clock() -> dt.datetime:
    return dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Ours:
    """For reading only."""
    folder = tmp_path_factory.mktemp("ours") / "house"
    workspace = make_workspace(folder, SetUp(organisation="Ours", edition=FORMER, as_of=AS_OF))
    written(folder / "checklists")
    workspace = open_workspace(folder)
    with workspace.open_records(clock) as records:
        mapping = definitions.mapping(None, "survey_responses")
        load(workspace, records, survey().encode(), "answers.csv", "survey_responses", mapping, "Ann")
        first = run(workspace, records)
        reviewed = dt.date(2026, 1, 31)
        documents.register(records, NewDocument("survey method", "How", "approved", reviewed_on=reviewed), "Ann")
        answers.answer(records, "9.9-a-3", Outcome.MET, dt.date(2026, 3, 15), "Ann", "they know", "Li Wei")
        second = run(workspace, records)
    return Ours(folder, first.id, second.id)


@pytest.fixture
def own(ours: Ours, tmp_path: Path) -> Ours:
    """A copy that a test may change."""
    return Ours(shutil.copytree(ours.folder, tmp_path / "house"), ours.before, ours.after)


@pytest.fixture
def own_records(own: Ours) -> Iterator[Records]:
    with own.workspace.open_records(clock) as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"ours", "own"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("ours"))
