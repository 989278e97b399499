"""The columns that a KPI rests on, found in its SQL; the expected ones are read off the files by eye."""

from __future__ import annotations

import pytest

from audit.measurement import Kpi
from pipelines import definitions
from pipelines.measuring.lineage import PERIOD, columns_of, read_by, traced

TIMES = {"complaints": {"received_at", "closed_at"}}
READ: dict[str, dict[str, set[str]]] = {
    "ces": {"survey_responses": {"answered_on", "ease"}},
    "complaint_acknowledge_days_median": {"complaints": {"received_at", "acknowledged_at"}},
    "complaint_acknowledge_days_p90": {"complaints": {"received_at", "acknowledged_at"}},
    "complaint_close_days_median": TIMES,
    "complaint_close_days_p90": TIMES,
    "complaint_rate": {"complaints": {"received_at"}, "orders": {"ordered_at"}},
    "complaints_closed_in_time": {"complaints": {"due_on", "closed_at"}},
    "complaints_with_cause": {"complaints": {"closed_at", "cause"}},
    "complaints_with_correction": {"complaints": {"closed_at", "correction"}},
    "csat_top_2_box": {"survey_responses": {"answered_on", "satisfaction"}},
    "days_since_last_survey": {"survey_responses": {"answered_on"}},
    "mean_satisfaction": {"survey_responses": {"answered_on", "satisfaction"}},
    "nps": {"survey_responses": {"answered_on", "recommend"}},
    "on_time_delivery_by_day": {"orders": {"delivered_at", "promised_at", "status"}},
    "on_time_delivery_by_timestamp": {"orders": {"delivered_at", "promised_at", "status"}},
    "on_time_of_orders_due": {"orders": {"delivered_at", "promised_at", "status"}},
    "overdue_open_complaints": {"complaints": {"received_at", "due_on", "closed_at"}},
    # the window of the model adds what it is partitioned and ordered by
    "repeat_complaints": {"complaints": {"received_at", "closed_at", "customer_id", "category", "complaint_id"}},
    "repurchase_rate": {"orders": {"ordered_at", "customer_id", "order_id"}, "customers": {"parent_id"}},
    "retention_rate": {"customers": {"customer_since", "left_on"}},
    "survey_coverage": {
        "customers": {"customer_id", "customer_since", "left_on"},
        "survey_responses": {"customer_id", "answered_on"},
    },
    "survey_response_rate": {"survey_invitations": {"invited_on"}, "survey_responses": {"invitation_id"}},
}


@pytest.mark.parametrize("kpi", definitions.kpis())
def test_a_kpi_rests_on_these_columns(kpi: str) -> None:
    assert {source: set(columns) for source, columns in read_by(kpi).items()} == READ[kpi]


@pytest.mark.parametrize("kpi", definitions.kpis().values(), ids=lambda kpi: kpi.name)
def test_every_column_found_is_one_of_the_contract_and_none_brings_the_period(kpi: Kpi) -> None:
    for source, columns in read_by(kpi.name).items():
        assert columns <= set(definitions.sources()[source].columns)
    assert not columns_of(kpi) & set(PERIOD)


def test_the_rows_of_a_model_are_read_even_where_none_of_their_columns_is() -> None:
    assert traced("answers", set()) == {"survey_responses": frozenset()}
    assert traced("complaints_and_orders", set()) == {"complaints": frozenset(), "orders": frozenset()}


def test_lineage_columns_are_no_evidence() -> None:
    assert traced("orders", {"amount", "_load", "_line"}) == {"orders": frozenset({"amount"})}
    assert traced("purchases", {"_load"}) == {"orders": frozenset()}


def test_a_column_of_the_customer_is_traced_through_the_join() -> None:
    assert traced("answers", {"segment"}) == {"survey_responses": frozenset(), "customers": frozenset({"segment"})}
