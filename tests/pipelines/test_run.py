"""A run is a folder named by what is in it: the same input is the same run, and nothing overwrites it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from audit.errors import DefinitionError, SourceError
from audit.evidence import Outcome, Verdict
from audit.records import Records
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.targets import criteria
from pipelines import definitions
from pipelines.load import load
from pipelines.run import run
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.stage import stage
from pipelines.workspace import SetUp, Workspace, make_workspace
from tests.pipelines.by_hand import publish_frame as publish

pytestmark = pytest.mark.xdist_group("run")
AS_OF = dt.date(2026, 6, 30)
ANSWERS = "response_id,answered_on,satisfaction\n" + "".join(
    f"r{i},2026-{1 + i % 6:02}-{1 + i % 27:02},{5 if i % 5 else 2}\n" for i in range(60)
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "house", SetUp(organisation="A: test “house”", as_of=AS_OF))


@pytest.fixture
def records(workspace: Workspace) -> Iterator[Records]:
    with workspace.open_records(lambda: dt.datetime(2026, 7, 1, tzinfo=dt.UTC)) as opened:
        yield opened


def answer(workspace: Workspace, records: Records, content: str = ANSWERS, source: str = "survey_responses") -> None:
    load(workspace, records, content.encode(), "a.csv", source, definitions.mapping(None, source), "A. Moreau")


def outcome(found: Run, evidence_id: str) -> tuple[Outcome, str]:
    for clause in found.clauses:
        for requirement in clause.requirements:
            for evidence in requirement.evidence:
                if evidence.id == evidence_id:
                    return evidence.outcome, evidence.because.en
    raise AssertionError(evidence_id)


def test_without_a_loaded_file_there_is_nothing_to_measure(workspace: Workspace, records: Records) -> None:
    with pytest.raises(SourceError, match="load one first"):
        run(workspace, records)
    assert results.latest(workspace) is None


def test_the_same_input_is_the_same_run(workspace: Workspace, records: Records) -> None:
    answer(workspace, records)
    first, second = run(workspace, records), run(workspace, records)
    assert first == second
    assert [path.name for path in workspace.runs.glob("*/")] == [first.id]


def test_who_asks_for_one_figure_reads_a_part_of_the_file(workspace: Workspace, records: Records) -> None:
    """A row group holds one KPI, in a run without any figure too."""
    answer(workspace, records)
    made = run(workspace, records)
    file = pq.ParquetFile(workspace.runs / made.id / "measurements.parquet")
    groups = [set(file.read_row_group(at, ["kpi"])["kpi"].to_pylist()) for at in range(file.num_row_groups)]
    assert {len(names) for names in groups} == {1} and len(groups) == len(definitions.kpis())
    every = results.measurements(workspace, made.id)
    for name in (*definitions.kpis(), "no_such_kpi"):
        alone = results.measurements(workspace, made.id, name)
        pd.testing.assert_frame_equal(alone, every[every["kpi"] == name].reset_index(drop=True))


def test_another_input_is_another_run_and_the_former_stays(workspace: Workspace, records: Records) -> None:
    answer(workspace, records)
    first = run(workspace, records)
    files = {p: p.read_bytes() for p in (workspace.runs / first.id).rglob("*") if p.is_file()}
    answer(workspace, records, ANSWERS.replace("r0,", "new,"))
    second = run(workspace, records)
    third = run(workspace, records, as_of=dt.date(2026, 5, 31))
    assert len({first.id, second.id, third.id}) == 3
    assert all(path.read_bytes() == content for path, content in files.items())
    assert results.find(workspace, first.id) == first
    assert results.latest(workspace) == third


def test_a_file_with_a_corrected_row_replaces_it(workspace: Workspace, records: Records) -> None:
    answer(workspace, records)
    before = run(workspace, records)
    answer(workspace, records, "response_id,answered_on,satisfaction\nr0,2026-01-01,5\n")
    after = run(workspace, records)
    assert (before.rows["survey_responses"], after.rows["survey_responses"]) == (60, 60)
    assert before.versions != after.versions


def test_without_data_verdicts_are_undetermined_and_never_nonconforming(workspace: Workspace, records: Records) -> None:
    answer(workspace, records)
    found = run(workspace, records)
    assert {clause.proposed for clause in found.clauses} == {Verdict.UNDETERMINED}


def test_a_stale_table_is_not_evaluated_while_its_age_is(workspace: Workspace, records: Records) -> None:
    answer(workspace, records)
    found = run(workspace, records, as_of=dt.date(2028, 6, 30))
    assert outcome(found, "9.1.3-b-2")[0] == Outcome.NOT_EVALUATED
    age, because = outcome(found, "9.1.2-b-3")
    assert age == Outcome.NOT_MET and "days" in because


def test_rows_of_a_load_that_was_never_recorded_silence_the_figure(workspace: Workspace, records: Records) -> None:
    answer(workspace, records)
    contract = definitions.source("survey_responses")
    late = b"response_id,answered_on,satisfaction\nlate,2026-06-01,1\n"
    batch = stage(late, "late.csv", contract, definitions.mapping(None, contract.name))
    publish(workspace.table(contract.name), contract, batch.frame, "killed")
    silenced, because = outcome(run(workspace, records), "9.1.3-b-2")
    assert silenced == Outcome.NOT_EVALUATED and "load its file again" in because
    answer(workspace, records, late.decode())
    assert outcome(run(workspace, records), "9.1.3-b-2")[0] == Outcome.MET


def test_a_distrusted_figure_shows_no_value_at_all(workspace: Workspace, records: Records) -> None:
    """Orders without complaints loaded would count 0 per 1,000; nobody knows, so it never looks like zero."""
    rows = "".join(f"o{i},2026-0{1 + i % 6}-05,c{i}\n" for i in range(200))
    answer(workspace, records, "order_id,ordered_at,customer_id\n" + rows, "orders")
    found = run(workspace, records)
    cells = results.measurements(workspace, found.id, kpi="complaint_rate")
    assert cells["n"].max() == 200 and cells["not_evaluated_en"].notna().all()
    assert cells[["value", "low", "high"]].isna().all().all()


@pytest.mark.parametrize(
    ("reviewed", "expires", "wanted"),
    [
        ("2026-06-30", None, Outcome.MET),
        ("2026-07-01", None, Outcome.NOT_MET),
        ("2026-06-01", "2026-06-30", Outcome.MET),
        ("2026-06-01", "2026-06-29", Outcome.NOT_MET),
    ],
)
def test_a_plan_made_after_the_audit_date_or_expired_before_it_answers_no_decline(
    workspace: Workspace, records: Records, reviewed: str, expires: str | None, wanted: Outcome
) -> None:
    years = {"2025-05-10": 5, "2026-05-10": 1}
    rows = "".join(f"{day}-{i},{day},{score}\n" for day, score in years.items() for i in range(40))
    answer(workspace, records, "response_id,answered_on,satisfaction\n" + rows)
    last = dt.date.fromisoformat(expires) if expires else None
    days = dict(reviewed_on=dt.date.fromisoformat(reviewed), approved_on=dt.date(2026, 5, 1), expires_on=last)
    documents.register(records, NewDocument("improvement plan", "What we do", "approved", **days), "A. Moreau")
    assert outcome(run(workspace, records), "5.1.2-c-1")[0] == wanted


def test_a_gate_that_stopped_the_newest_file_silences_the_figure(workspace: Workspace, records: Records) -> None:
    head = "complaint_id,received_at,due_on,closed_at,cause\n"
    rows = "".join(f"k{i},2026-05-{i + 1:02},2026-06-20,2026-06-{i + 1:02},found\n" for i in range(20))
    answer(workspace, records, head + rows, "complaints")
    assert outcome(run(workspace, records), "10.2-b-1")[0] == Outcome.MET
    answer(workspace, records, head + "k99,2026-06-20,2026-06-30,2026-06-01,found\n", "complaints")
    silenced, because = outcome(run(workspace, records), "10.2-b-1")
    assert silenced == Outcome.NOT_EVALUATED and "gate stopped" in because


def test_an_own_criterion_decides_and_is_kept_with_the_run(workspace: Workspace, records: Records) -> None:
    answer(workspace, records)
    default = run(workspace, records)
    assert outcome(default, "9.1.3-b-2")[0] == Outcome.MET
    criteria.set_criterion(records, "9.1.3-b-2", {"at_least": "4.9 score"}, "A. Moreau", "our promise")
    own = run(workspace, records)
    assert outcome(own, "9.1.3-b-2")[0] == Outcome.NOT_MET
    assert results.criteria(workspace, own.id) == {"9.1.3-b-2": {"at_least": "4.9 score"}}
    assert results.criteria(workspace, default.id) == {}


@pytest.mark.parametrize("limit", ["4.9 %", "much", "4.9"])
def test_a_criterion_that_cannot_be_used_is_named(workspace: Workspace, records: Records, limit: str) -> None:
    answer(workspace, records)
    criteria.set_criterion(records, "9.1.3-b-2", {"at_least": limit}, "A. Moreau", "a mistake")
    with pytest.raises(DefinitionError, match=r"9\.1\.3-b-2"):
        run(workspace, records)


def test_a_document_changes_the_next_run(workspace: Workspace, records: Records) -> None:
    answer(workspace, records)
    assert outcome(run(workspace, records), "9.1.2-a-1")[0] == Outcome.NOT_EVALUATED
    new = NewDocument("survey method", "How we ask", "approved", reviewed_on=dt.date(2026, 1, 5))
    documents.register(records, new, "A. Moreau")
    assert outcome(run(workspace, records), "9.1.2-a-1")[0] == Outcome.MET


def test_a_figure_leads_to_its_rows_with_file_and_line(workspace: Workspace, records: Records) -> None:
    answer(workspace, records)
    found = run(workspace, records)
    evidence = next(e for c in found.clauses for r in c.requirements for e in r.evidence if e.id == "9.1.3-b-2")
    assert evidence.measurement is not None
    rows = results.rows(workspace, found, evidence.measurement)
    assert len(rows) == evidence.measurement.n == 60
    assert rows["satisfaction"].mean() == pytest.approx(evidence.measurement.value)
    lines = ANSWERS.splitlines()
    for response_id, line in zip(rows["response_id"], rows["_line"], strict=True):
        assert lines[line - 1].startswith(f"{response_id},")
