"""The columns that a KPI rests on, found in its SQL; the expected ones are read off the files by eye."""

from __future__ import annotations

import pytest

from audit.measurement import Kpi
from pipelines import definitions
from pipelines.measuring.lineage import PERIOD, columns_of, read_by, rooted_in, traced
from tests.pipelines.hand_made import DEFAULTS, tables

TIMES = {"complaints": {"received_at", "closed_at"}}
REVIEWS, NEEDS = "contract_reviews", "customer_needs"
RATED = {"score", "scale_lowest", "scale_highest", "asks_for", "not_applicable"}
READ: dict[str, dict[str, set[str]]] = {
    "abandonment_rate": {"waiting_times": {"arrived_at", "left_unserved", "served_at"}},
    "amendments_reviewed_before_acceptance": {REVIEWS: {"accepted_on", "amended", "kind", "reviewed_on"}},
    "ces_version_1": {"survey_responses": {"answered_on", "effort"}},
    "churn_rate": {"customers": {"customer_since", "left_on"}},
    "complaint_cost": {"complaints": {"closed_at", "cost"}, "orders": {"ordered_at", "amount", "status"}},
    "complaints_closed": TIMES,
    "complaints_open_over_30_days": TIMES,
    "complaints_per_1000_customers": {
        "complaints": {"received_at"},
        "customers": {"customer_since", "left_on"},
    },
    "complaints_received": {"complaints": {"received_at"}},
    "complaints_upheld": {"complaints": {"closed_at", "upheld"}},
    "employee_satisfaction": {"employee_survey": {"answered_on", "satisfaction"}},
    "differences_resolved_before_acceptance": {REVIEWS: {"accepted_on", "differs", "difference_resolved_on"}},
    "first_contact_resolution": {"complaints": {"received_at", "solved_at_first_contact"}},
    "market_share": {"market_sizes": {"measured_on", "own_sales", "market_sales"}},
    "open_complaint_age_days_mean": TIMES,
    "open_complaint_age_days_median": TIMES,
    "open_complaints": TIMES,
    "premium_freight": {"deliveries": {"delivered_at", "premium_freight", "status"}},
    "question_score": {"survey_answers": {"response_id", "answered_on", *RATED}},
    "revenue_from_existing_customers": {
        "orders": {"ordered_at", "amount", "status"},
        "customers": {"customer_since"},
    },
    "revenue_from_key_customers": {"orders": {"ordered_at", "amount", "status"}, "customers": {"key_customer"}},
    # through the sub-query that pairs each answer with how much the same thing matters
    "satisfaction_index": {"survey_answers": {"answered_on", *RATED}},
    "score_against_competitors": {
        "survey_responses": {"answered_on", "satisfaction"},
        "competitor_scores": {"measured_on", "measure", "score", "scale_lowest", "scale_highest"},
    },
    "survey_bounce_rate": {"survey_invitations": {"invited_on", "bounced"}},
    "survey_coverage_of_key_customers": {
        "customers": {"customer_id", "customer_since", "left_on", "key_customer"},
        "survey_responses": {"customer_id", "answered_on"},
    },
    "survey_suppression": {"customers": {"customer_since", "left_on", "no_survey_since"}},
    "trained_staff": {"staff_training": {"required_on", "trained_on", "valid_until", "ended_on"}},
    "waiting_minutes_median": {"waiting_times": {"arrived_at", "served_at"}},
    "warranty_returns_ppm": {
        "deliveries": {"delivered_at", "quantity_delivered", "quantity_ordered"},
        "returns": {"returned_on", "quantity_returned", "warranty"},
    },
    # through the sub-query that gathers the reviews, and the conditions by which both are chosen
    "actions_verified_effective": {
        "complaint_actions": {"kind", "done_on", "due_on", "effective", "complaint_id", "action_id"}
    },
    "amendments_told": {REVIEWS: {"accepted_on", "amended", "kind", "told_on"}},
    "broken_promises_made_good": {"promises": {"due_at", "kept", "kept_at", "compensated_on"}},
    "ces": {"survey_responses": {"answered_on", "ease"}},
    "complaint_acknowledge_days_median": {"complaints": {"received_at", "acknowledged_at"}},
    "complaint_acknowledge_days_p90": {"complaints": {"received_at", "acknowledged_at"}},
    "complaint_close_days_median": TIMES,
    "complaint_close_days_p90": TIMES,
    "complaint_rate": {"complaints": {"received_at"}, "orders": {"ordered_at"}},
    "complaint_dates_in_order": {"complaints": {"received_at", "acknowledged_at", "closed_at", "due_on"}},
    "complaints_acknowledged_in_time": {"complaints": {"received_at", "acknowledged_at"}},
    "complaints_closed_in_time": {"complaints": {"due_on", "closed_at"}},
    "complaints_traceable": {"complaints": {"received_at", "order_id", "product"}},
    "complaints_with_action": {
        "complaints": {"closed_at", "correction"},
        "complaint_actions": {"complaint_id", "kind", "what"},
    },
    "complaints_with_cause": {"complaints": {"closed_at", "cause"}},
    "complaints_with_correction": {"complaints": {"closed_at", "correction"}},
    "compliments": {"interactions": {"occurred_at", "kind"}},
    "csat_top_2_box": {"survey_responses": {"answered_on", "satisfaction"}},
    "days_since_last_survey": {"survey_responses": {"answered_on"}},
    "delivered_in_full": {
        "deliveries": {"promised_at", "delivered_at", "quantity_ordered", "quantity_delivered", "status"}
    },
    "deliveries_on_time": {"deliveries": {"promised_at", "first_promised_at", "delivered_at", "status"}},
    "late_early_difference": {
        "survey_responses": {"answered_on", "satisfaction"},
        "survey_invitations": {"invited_on"},
    },
    "mean_satisfaction": {"survey_responses": {"answered_on", "satisfaction"}},
    "months_without_complaints": {"complaints": {"received_at"}},
    "needs_changes_approved": {NEEDS: {"met_on", "approved_on", "change_impact"}},
    "needs_evaluated": {NEEDS: {"met_on", "evaluated_on", "evaluation"}},
    "needs_fed_back": {NEEDS: {"due_on", "fed_back_on", "said_by"}},
    "needs_met_on_time": {NEEDS: {"due_on", "met_on", "status"}},
    "needs_planned": {NEEDS: {"raised_on", "owner", "due_on", "status"}},
    "needs_with_owner": {NEEDS: {"raised_on", "owner"}},
    "new_products_with_feasibility": {REVIEWS: {"accepted_on", "reviewed_on", "kind", "feasibility", "risk"}},
    "no_fault_found": {"returns": {"returned_on", "fault_found"}},
    "nps": {"survey_responses": {"answered_on", "recommend"}},
    "on_time_delivery_by_day": {"orders": {"delivered_at", "promised_at", "status"}},
    "on_time_delivery_by_timestamp": {"orders": {"delivered_at", "promised_at", "status"}},
    "on_time_of_orders_due": {"orders": {"delivered_at", "promised_at", "status"}},
    "oral_orders_confirmed": {REVIEWS: {"accepted_on", "confirmed_on", "form", "kind"}},
    "orders_reviewed_before_acceptance": {REVIEWS: {"accepted_on", "reviewed_on"}},
    "overdue_actions": {"complaint_actions": {"decided_on", "due_on", "done_on"}},
    "overdue_open_complaints": {"complaints": {"received_at", "due_on", "closed_at"}},
    "perception_sources": {
        "survey_responses": {"answered_on"},
        "interactions": {"occurred_at", "kind"},
        "complaints": {"received_at"},
        "returns": {"returned_on", "warranty"},
    },
    "promises_kept": {"promises": {"due_at", "kept", "kept_at"}},
    # the window of the model adds what it is partitioned and ordered by
    "repeat_complaints": {"complaints": {"received_at", "closed_at", "customer_id", "category", "complaint_id"}},
    "repurchase_rate": {"orders": {"ordered_at", "customer_id", "order_id"}, "customers": {"parent_id"}},
    "retention_rate": {"customers": {"customer_since", "left_on"}},
    "returns_ppm": {
        "deliveries": {"delivered_at", "quantity_delivered", "quantity_ordered"},
        "returns": {"returned_on", "quantity_returned"},
    },
    "reviews_covering_all_requirements": {
        REVIEWS: {"accepted_on", "reviewed_on", "covers_stated", "covers_implied", "covers_legal", "covers_own"}
    },
    "satisfaction_margin_of_error": {
        "customers": {"customer_id", "customer_since", "left_on"},
        "survey_responses": {"customer_id", "answered_on", "satisfaction"},
    },
    # through a window over a union of five
    "silent_customers": {
        "customers": {"customer_id", "customer_since", "left_on"},
        "orders": {"customer_id", "ordered_at"},
        "survey_responses": {"customer_id", "answered_on"},
        "complaints": {"customer_id", "received_at"},
        "interactions": {"customer_id", "occurred_at"},
    },
    "survey_coverage": {
        "customers": {"customer_id", "customer_since", "left_on"},
        "survey_responses": {"customer_id", "answered_on"},
    },
    "survey_coverage_of_revenue": {
        "orders": {"ordered_at", "amount", "status"},
        "survey_responses": {"customer_id", "answered_on"},
    },
    "survey_response_rate": {"survey_invitations": {"invited_on"}, "survey_responses": {"invitation_id"}},
    "waiting_minutes_p90": {"waiting_times": {"arrived_at", "served_at"}},
    "warranty_share_of_returns": {"returns": {"returned_on", "warranty"}},
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


@pytest.mark.parametrize(
    ("table", "roots"),
    [
        ("orders", {"orders"}),
        ("purchases", {"orders"}),  # customers are joined to them
        ("complaints_and_orders", {"complaints", "orders"}),  # one after the other
        ("cases", {"complaints"}),
    ],
)
def test_a_fact_is_rooted_in_what_its_rows_come_from(table: str, roots: set[str]) -> None:
    assert rooted_in(table) == roots


@pytest.mark.parametrize("fact", sorted({kpi.source for kpi in definitions.kpis().values()}))
def test_without_rows_in_its_roots_a_fact_has_none(fact: str) -> None:
    """Whatever stands in all other sources."""
    others = {name: [dict(row), dict(row)] for name, row in DEFAULTS.items() if name not in rooted_in(fact)}
    with tables(others) as connection:
        assert connection.execute(f"select count(*) from {fact}").fetchone() == (0,)
