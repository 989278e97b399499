"""Cases of the figures on customers who stay and buy, on amendments, freight and warranty, on people and markets."""

from __future__ import annotations

from typing import Any

from hand_made import Case, Rows
from kpi_cases_orders import lines, returned, reviews, visits, waited


def customers(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"customer_id": f"C{number}"} | row for number, row in enumerate(rows, 1)]


def bought(**amounts: float) -> list[dict[str, Any]]:
    return [{"customer_id": who, "amount": amount} for who, amount in amounts.items()]


def staff(*scores: int | None) -> Rows:
    return {"employee_survey": [{"satisfaction": score} for score in scores]}


def trained(*rows: dict[str, Any]) -> Rows:
    return {"staff_training": list(rows)}


def sold(*pairs: tuple[float, float]) -> Rows:
    return {"market_sizes": [{"own_sales": ours, "market_sales": all_} for ours, all_ in pairs]}


NO_SALES: list[dict[str, Any]] = [
    {"customer_id": "C1", "amount": 999, "status": "cancelled"},
    {"customer_id": "C1", "amount": -40},
    {"customer_id": "C1", "amount": None},
    {"customer_id": "C1", "amount": 999, "ordered_at": "2026-04-01"},
]

CASES: list[Case] = [
    # there at the start are the first four: one left on the last day, one on the first, one later; had left, came later
    (
        "churn_rate",
        {
            "customers": customers(
                {}, {"left_on": "2026-03-31"}, {"left_on": "2026-03-01"}, {"left_on": "2026-04-01"},
                {"left_on": "2026-02-28"}, {"customer_since": "2026-03-01", "left_on": "2026-03-20"},
            )
        },
        50, 4,
    ),
    ("churn_rate", {"customers": customers({}, {"left_on": "2026-04-01"})}, 0, 2),
    ("churn_rate", {"customers": customers({"customer_since": "2026-03-01"})}, None, 0),
    # C1 and C2 were customers before; C3 came on the first; of C4 nobody knows since when, C9 nobody knows at all
    (
        "revenue_from_existing_customers",
        {
            "customers": customers(
                {}, {"customer_since": "2026-02-28"}, {"customer_since": "2026-03-01"}, {"customer_since": None}
            ),
            "orders": [
                *bought(C1=100, C2=250, C3=50, C4=500, C9=500), *NO_SALES, *({"amount": 0},),
                {"customer_id": "C3", "amount": 100, "ordered_at": "2026-03-31 23:59:00"},
            ],
        },
        70, 4,
    ),
    (
        "revenue_from_existing_customers",
        {"customers": customers({"customer_since": "2026-03-05"}), "orders": bought(C1=10)},
        0, 1,
    ),
    ("revenue_from_existing_customers", {"customers": customers({}), "orders": NO_SALES}, None, 0),
    (
        "revenue_from_key_customers",
        {
            "customers": customers({"key_customer": True}, {"key_customer": False}, {"key_customer": None}),
            "orders": [*bought(C1=30, C2=90, C3=500, C9=500), *NO_SALES],
        },
        25, 2,
    ),
    (
        "revenue_from_key_customers",
        {"customers": customers({"key_customer": False}), "orders": bought(C1=30)},
        0, 1,
    ),
    ("revenue_from_key_customers", {"customers": customers({}), "orders": bought(C1=30)}, None, 0),
    # before, on the day, a day late, never; a first order, one of which nobody knows, and of April
    (
        "amendments_reviewed_before_acceptance",
        reviews(
            *({"amended": True, "reviewed_on": day} for day in ("2026-03-04", "2026-03-05", "2026-03-06", None)),
            {"amended": False, "reviewed_on": "2026-03-04"}, {"reviewed_on": "2026-03-04"},
            {"amended": True, "reviewed_on": "2026-03-04", "accepted_on": "2026-04-01"},
        ),
        50, 4,
    ),
    ("amendments_reviewed_before_acceptance", reviews({"amended": True}), 0, 1),
    ("amendments_reviewed_before_acceptance", reviews({"reviewed_on": "2026-03-04"}), None, 0),
    # of two known one; cancelled, not there yet, of April and unknown count not
    (
        "premium_freight",
        lines(
            {"premium_freight": True}, {"premium_freight": False}, {}, {"premium_freight": True, "status": "cancelled"},
            {"premium_freight": True, "delivered_at": None}, {"premium_freight": True, "delivered_at": "2026-04-01"},
        ),
        50, 2,
    ),
    ("premium_freight", lines({"premium_freight": False}), 0, 1),
    ("premium_freight", lines({}), None, 0),
    # 2 of 2,000 units; sent back for another reason, nobody knows why, in April
    (
        "warranty_returns_ppm",
        lines({"quantity_ordered": 1000}, {"quantity_ordered": 1000})
        | returned(
            {"quantity_returned": 2, "warranty": True}, {"quantity_returned": 5, "warranty": False},
            {"quantity_returned": 7}, {"quantity_returned": 9, "warranty": True, "returned_on": "2026-04-01"},
        ),
        1000, 2,
    ),
    ("warranty_returns_ppm", lines({}) | returned({"warranty": False}), 0, 1),
    ("warranty_returns_ppm", returned({"warranty": True}), None, 0),
    ("employee_satisfaction", staff(5, 4, 3, None), 200 / 3, 3),
    ("employee_satisfaction", staff(1, 3), 0, 2),
    ("employee_satisfaction", staff(None), None, 0),
    # on the last day, without end, valid to the last day, ending later; in April, never, run out the day before: not;
    # no more needed and needed from April: not asked
    (
        "trained_staff",
        trained(
            {"trained_on": "2026-03-31"}, {"trained_on": "2020-01-01"},
            {"trained_on": "2024-03-31", "valid_until": "2026-03-31"},
            {"trained_on": "2026-01-01", "ended_on": "2026-04-01"},
            {"trained_on": "2026-04-01"}, {}, {"trained_on": "2024-03-31", "valid_until": "2026-03-30"},
            {"ended_on": "2026-03-31"}, {"required_on": "2026-04-01"},
        ),
        100 * 4 / 7, 7,
    ),
    ("trained_staff", trained({}), 0, 1),
    ("trained_staff", trained({"ended_on": "2026-02-01", "trained_on": "2026-01-06"}), None, 0),
    # 20 of 200 and nothing of 100; of April
    (
        "market_share",
        {
            "market_sizes": [
                *sold((20, 200), (0, 100))["market_sizes"],
                {"own_sales": 99, "market_sales": 100, "measured_on": "2026-04-01"},
            ]
        },
        100 * 20 / 300, 2,
    ),
    ("market_share", sold((0, 100)), 0, 1),
    ("market_share", sold((0, 0)), None, 1),
    ("waiting_minutes_median", waited(*range(11)), 5, 11),
    # who gave up waited longest; between one and four
    ("waiting_minutes_median", waited(1, 2, None), 2, 3),
    ("waiting_minutes_median", waited(1, 4), 2.5, 2),
    ("waiting_minutes_median", visits({"arrived_at": "2026-04-01", "served_at": "2026-04-01"}), None, 0),
]  # fmt: skip
