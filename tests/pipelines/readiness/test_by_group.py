"""What the figures of each group say of a clause by themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.evidence import Outcome, Verdict
from audit.records import Records
from audit.records.document import documents
from pipelines import definitions
from pipelines.load import load
from pipelines.readiness.by_group import by_group, dimensions, process_of
from pipelines.run import run
from tests.pipelines.conftest import Ours, survey
from tests.pipelines.own_checklist import CLAUSE, written

YES, NO, OPEN = Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM, Verdict.UNDETERMINED


def test_each_group_is_judged_by_its_own_figures(ours: Ours) -> None:
    found = by_group(ours.workspace, ours.run(ours.after), "channel")
    assert {place: each.verdict for place, each in found.items()} == {
        ("9.9", "web"): YES,  # all 30 are content
        ("9.9", "phone"): NO,  # 18 of 30 are, and 70 % are wanted
        ("9.9", "mail"): OPEN,  # 3 answers say nothing
    }
    phone = {evidence.id: evidence.outcome for evidence in found["9.9", "phone"].evidence}
    assert phone == {"9.9-a-1": Outcome.NOT_MET, "9.9-b-1": Outcome.MET}
    assert {evidence.outcome for evidence in found["9.9", "mail"].evidence} == {Outcome.NOT_EVALUATED}
    assert all(evidence.measurement and evidence.measurement.group == group
               for (_, group), each in found.items() for evidence in each.evidence)  # fmt: skip


def test_clauses_without_a_figure_have_no_place(ours: Ours) -> None:
    run_ = ours.run(ours.after)
    assert {clause for clause, _ in by_group(ours.workspace, run_, "channel")} == {"9.9"}
    assert by_group(ours.workspace, run_, "no such dimension") == {}


def test_the_dimensions_are_those_of_the_figures(ours: Ours) -> None:
    assert dimensions(ours.workspace, ours.run(ours.after)) == ["channel", "product", "region", "segment", "process"]


def test_a_process_is_judged_by_the_figures_that_count_its_records(ours: Ours) -> None:
    run_ = ours.run(ours.after)
    found = by_group(ours.workspace, run_, "process")
    assert set(found) == {("9.9", "survey_responses")}
    whole = {e.id: e for c in run_.clauses for r in c.requirements for e in r.evidence if e.kind == "computed"}
    assert {e.id: e.outcome for e in found["9.9", "survey_responses"].evidence} == {
        id: e.outcome for id, e in whole.items()
    }


@pytest.mark.parametrize(
    ("kpi", "process"),
    [
        ("csat_top_2_box", "survey_responses"),
        ("survey_response_rate", "survey_invitations"),
        ("complaint_rate", "complaints"),
        ("complaints_with_cause", "complaints"),
        ("on_time_delivery_by_day", "orders"),
        ("deliveries_on_time", "deliveries"),
        ("orders_reviewed_before_acceptance", "contract_reviews"),
        ("needs_met_on_time", "customer_needs"),
        ("promises_kept", "promises"),
        ("overdue_actions", "complaint_actions"),
        ("waiting_minutes_p90", "waiting_times"),
        ("retention_rate", "customers"),
    ],
)
def test_a_figure_belongs_to_the_process_whose_records_it_counts(kpi: str, process: str) -> None:
    assert process_of(definitions.kpis()[kpi]) == process


def test_every_figure_of_the_house_belongs_to_a_source() -> None:
    assert {process_of(kpi) for kpi in definitions.kpis().values()} <= set(definitions.sources())


def test_a_plan_reviewed_after_the_audit_date_answers_no_decline_of_a_group(own: Ours, own_records: Records) -> None:
    watched = CLAUSE.replace("no_worse_than_before: yes}", "no_worse_than_before: yes, acted_on_by: survey method}")
    written(own.folder / "checklists", {"ours-2020/9.9-listening.yaml": watched})
    worse = [line.removesuffix("5,web") + "2,web" for line in survey().splitlines() if line.startswith("web-2025")][:13]
    content = "\n".join([survey().splitlines()[0], *worse]).encode()
    mapping = definitions.mapping(None, "survey_responses")
    load(own.workspace, own_records, content, "b.csv", "survey_responses", mapping, "Ann")
    documents.revise(own_records, "DOC-001", "Ann", "Reviewed too late", reviewed_on=dt.date(2026, 7, 1))
    found = by_group(own.workspace, run(own.workspace, own_records), "channel")["9.9", "web"]
    assert {each.id: each.outcome for each in found.evidence}["9.9-b-1"] == Outcome.NOT_MET
