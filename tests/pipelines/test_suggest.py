"""Columns and datasets are proposed by their names; where names say nothing, nothing is proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import definitions, suggest
from pipelines.suggesting.names import words
from pipelines.suggesting.synonyms import column_names


def proposed(source: str, *names: str) -> dict[str, str]:
    return suggest.columns(definitions.source(source), names)


@pytest.mark.parametrize(
    ("source", "name", "column"),
    [
        ("complaints", "complaint_id", "complaint_id"), ("complaints", "Complaint ID", "complaint_id"),
        ("complaints", "COMPLAINT-NO.", "complaint_id"), ("complaints", "complaintId", "complaint_id"),
        ("complaints", "Reklamations-Nr.", "complaint_id"), ("complaints", "投诉编号", "complaint_id"),
        ("complaints", "ID", "complaint_id"), ("complaints", "Recieved at", "received_at"),
        ("complaints", "Eingang am", "received_at"), ("complaints", "收到时间", "received_at"),
        ("complaints", "FÄLLIG AM", "due_on"), ("complaints", "Faellig am", "due_on"),
        ("complaints", "Kunden-Nr", "customer_id"), ("complaints", "客户编号", "customer_id"),
        ("complaints", "Schweregrad der Reklamation", None), ("complaints", "Root cause", "cause"),
        ("survey_responses", "Q1: Overall satisfaction (1-5)", "satisfaction"),
        ("survey_responses", "NPS", "recommend"),
        ("survey_responses", "Gesamtzufriedenheit", "satisfaction"), ("survey_responses", "EndDate", "answered_on"),
        ("survey_responses", "您的总体满意度是？", "satisfaction"), ("orders", "Bestelldatum", "ordered_at"),
        ("orders", "Date de commande", "ordered_at"), ("orders", "Auftragswert", "amount"),
        ("customers", "Kundenname", "name"), ("orders", "订单金额", "amount"),
    ],
)  # fmt: skip
def test_a_column_is_proposed_for_what_people_call_it(source: str, name: str, column: str | None) -> None:
    assert proposed(source, name) == ({column: name} if column else {})


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("complaints", "foo"), ("complaints", ""), ("complaints", "  "), ("complaints", "Column 1"),
        ("complaints", "Sachbearbeiter"), ("complaints", "Price"), ("complaints", "Phone"), ("complaints", "号"),
        ("complaints", "Cases closed by agent last year"), ("complaints", "Identifier type"),
        ("orders", "ordered by"), ("orders", "Order clerk"), ("orders", "客户经理电话"), ("customers", "Username"),
        ("survey_responses", "Language"), ("survey_responses", "IP Address"), ("survey_responses", "Duration"),
        ("survey_responses", "Start time"), ("deliveries", "ID"), ("survey_answers", "No."),
    ],
)  # fmt: skip
def test_what_says_nothing_is_proposed_for_nothing(source: str, name: str) -> None:
    assert proposed(source, name) == {}


def test_each_column_of_the_file_is_proposed_once_for_what_it_fits_best() -> None:
    found = proposed(
        "orders", "Order date", "Order no", "Delivery date", "Promised delivery", "Customer", "Order value"
    )
    assert found == {
        "order_id": "Order no", "ordered_at": "Order date", "customer_id": "Customer",
        "delivered_at": "Delivery date", "amount": "Order value",
    }  # fmt: skip


def test_a_name_that_stands_twice_cannot_be_proposed() -> None:
    assert proposed("complaints", "Ticket", "ticket ", "Opened") == {"received_at": "Opened"}


@pytest.mark.parametrize("source", list(definitions.sources()))
def test_a_dataset_with_its_own_names_is_proposed_and_recognised(source: str) -> None:
    names = list(definitions.source(source).columns)
    assert suggest.source(names) == source
    assert suggest.columns(definitions.source(source), names) == {name: name for name in names}
    best = suggest.recognised(names, {})[0]
    assert (best.known.kind, best.source, best.complete) == ("own", source, True)


@pytest.mark.parametrize(
    ("names", "source"),
    [
        (["Reklamations-Nr", "Eingang am", "Abgeschlossen am", "Kunden-Nr"], "complaints"),
        (["投诉编号", "收到时间", "结案时间", "客户编号", "严重程度"], "complaints"),
        (["Auftrags-Nr", "Kunden-Nr", "Bestelldatum", "Liefertermin"], "orders"),
        (["Customer No", "Name", "Segment", "Region", "Since"], "customers"),
        (["RMA number", "Return date", "Returned quantity"], "returns"),
    ],
)
def test_the_dataset_is_proposed_from_the_names(names: list[str], source: str) -> None:
    assert suggest.source(names) == source


@pytest.mark.parametrize(
    "names", [[], ["foo", "bar"], ["Id", "Date", "Name"], ["1", "2", "3"], ["Date", "Amount", "Text"], ["", ""]]
)
def test_names_that_fit_no_dataset_propose_none(names: list[str]) -> None:
    assert suggest.source(names) is None
    assert suggest.recognised(names, {}) == []


@pytest.mark.parametrize("tool", list(definitions.ready_mappings()))
def test_the_export_of_a_tool_is_recognised_by_its_own_columns(tool: str) -> None:
    mapping = definitions.mapping_of_any_source(definitions.ready_mappings()[tool])
    answers = [answer for row in mapping.pivot.answers.values() for answer in row.values()] if mapping.pivot else []
    names = [name for column in mapping.columns.values() for name in column.source]
    names += [answer.source for answer in answers if answer.source]
    best = suggest.recognised([*dict.fromkeys(names), "Something else"], {})[0]
    assert (best.known.name, best.source, best.complete) == (tool, mapping.source, True)


def test_an_export_whose_questions_have_other_names_is_recognised_but_not_complete() -> None:
    names = ["StartDate", "EndDate", "Status", "ResponseId", "DistributionChannel", "Q1", "Q2"]
    best = suggest.recognised(names, {})[0]
    assert (best.known.name, best.complete) == ("qualtrics", False)


def test_a_mapping_of_the_workspace_goes_before_a_ready_one(tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    path.write_text(definitions.ready_mappings()["freshdesk"].read_text(encoding="utf-8"), encoding="utf-8")
    names = [name for column in definitions.mapping_of_any_source(path).columns.values() for name in column.source]
    assert [one.known.kind for one in suggest.recognised(names, {"desk": path})][:2] == ["saved", "ready"]


def test_a_saved_mapping_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("source: [", encoding="utf-8")
    assert suggest.recognised(["complaint_id", "received_at"], {"broken": path})[0].known.kind == "own"


def test_every_column_of_every_dataset_has_other_names_and_no_name_means_two_of_its_columns() -> None:
    columns = {name for source in definitions.sources().values() for name in source.columns}
    assert columns == set(column_names())
    for source in definitions.sources().values():
        spelled = [(words(one), name) for name in source.columns for one in {name, *column_names()[name]}]
        clashing = {one for one, name in spelled for other, also in spelled if one == other and name != also}
        assert not clashing, f"{source.name}: {clashing}"
