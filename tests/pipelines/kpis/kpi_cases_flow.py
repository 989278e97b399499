"""Cases of the figures on complaints that come, go and stay open, and on how they end. March has 31 days."""

from __future__ import annotations

from typing import Any

from hand_made import Case, Rows

FLOW: list[dict[str, Any]] = [
    {"received_at": "2026-03-01"},  # open, 30 days old
    {"received_at": "2026-02-28 23:59:00"},  # open, 31 days old
    {"received_at": "2026-03-31 23:59:00", "closed_at": "2026-03-31 23:59:30"},  # came and went on the last day
    {"received_at": "2026-01-10", "closed_at": "2026-04-01 00:00:00"},  # open, 80 days old
    {"received_at": "2026-02-01", "closed_at": "2026-03-31 23:59:59"},  # closed in March
    {"received_at": "2026-02-01", "closed_at": "2026-02-28 23:00:00"},  # closed before
    {"received_at": "2026-03-31", "closed_at": "2026-04-02"},  # open, of this very day
    {"received_at": "2026-04-01"},  # came later
]
GONE = FLOW[4:6]


def complaints(*rows: dict[str, Any]) -> Rows:
    return {"complaints": list(rows)}


def customers(count: int) -> list[dict[str, Any]]:
    return [
        *({"customer_id": f"C{number}"} for number in range(count)),
        {"customer_id": "gone", "left_on": "2026-03-31"},
        {"customer_id": "new", "customer_since": "2026-04-01"},
        {"customer_id": "since when?", "customer_since": None},
    ]


CASES: list[Case] = [
    ("complaints_received", complaints(*FLOW), 3, 7),
    ("complaints_received", complaints(*GONE), 0, 2),
    ("complaints_received", complaints(FLOW[-1]), 0, 0),
    ("complaints_closed", complaints(*FLOW), 2, 7),
    ("complaints_closed", complaints(*FLOW[:2], FLOW[5]), 0, 3),
    # of two closed on the first and the last day, and the day before and after
    (
        "complaints_closed",
        complaints(
            *(
                {"received_at": "2026-02-01", "closed_at": day}
                for day in ("2026-02-28", "2026-03-01", "2026-03-31 22:00:00", "2026-04-01")
            )
        ),
        2, 4,
    ),
    ("open_complaints", complaints(*FLOW), 4, 7),
    ("open_complaints", complaints(*GONE), 0, 2),
    ("open_complaints", complaints({"received_at": "2026-03-31 23:59:59"}), 1, 1),
    ("complaints_open_over_30_days", complaints(*FLOW), 2, 7),
    # old, but closed on the last day; young
    ("complaints_open_over_30_days", complaints(FLOW[4], FLOW[0]), 0, 2),
    ("complaints_open_over_30_days", complaints({"received_at": "2020-01-01"}), 1, 1),
    # 0, 30, 31 and 80 days
    ("open_complaint_age_days_median", complaints(*FLOW), 30.5, 4),
    ("open_complaint_age_days_median", complaints(FLOW[6]), 0, 1),
    ("open_complaint_age_days_median", complaints(*GONE), None, 0),
    ("open_complaint_age_days_mean", complaints(*FLOW), 141 / 4, 4),
    ("open_complaint_age_days_mean", complaints(FLOW[6], FLOW[3]), 40, 2),
    ("open_complaint_age_days_mean", complaints(*GONE), None, 0),
    # two of March, one of somebody unknown; of 8 customers at its end
    (
        "complaints_per_1000_customers",
        complaints({}, {"customer_id": None}, {"received_at": "2026-02-28"}, {"received_at": "2026-04-01"})
        | {"customers": customers(8)},
        250, 8,
    ),
    ("complaints_per_1000_customers", {"customers": customers(3)}, 0, 3),
    ("complaints_per_1000_customers", complaints({}), None, 0),
    # noted, noted though still open, noted that not, not noted; of April
    (
        "first_contact_resolution",
        complaints(
            {"solved_at_first_contact": True, "closed_at": "2026-03-05"}, {"solved_at_first_contact": True},
            {"solved_at_first_contact": False}, {}, {},
            {"solved_at_first_contact": True, "received_at": "2026-04-01"},
        ),
        40, 5,
    ),
    ("first_contact_resolution", complaints({}, {"solved_at_first_contact": False}), 0, 2),
    ("first_contact_resolution", complaints({"received_at": "2026-02-28", "solved_at_first_contact": True}), None, 0),
    # decided are two of those closed in March; what is open or closed in April waits
    (
        "complaints_upheld",
        complaints(
            {"upheld": True, "closed_at": "2026-03-31 23:00:00"}, {"upheld": False, "closed_at": "2026-03-06"},
            {"closed_at": "2026-03-06"}, {"upheld": True}, {"upheld": True, "closed_at": "2026-04-01"},
        ),
        50, 2,
    ),
    ("complaints_upheld", complaints({"upheld": False, "closed_at": "2026-03-06"}), 0, 1),
    ("complaints_upheld", complaints({"closed_at": "2026-03-06"}), None, 0),
    # 30 and 20 of 1,000: nothing is a cost too; unknown, a credit, of April and still open are none
    (
        "complaint_cost",
        complaints(
            {"cost": 30, "closed_at": "2026-03-06"}, {"cost": 0, "closed_at": "2026-03-06"},
            {"cost": 20, "closed_at": "2026-03-31 23:00:00", "received_at": "2026-01-05"},
            {"closed_at": "2026-03-06"}, {"cost": -5, "closed_at": "2026-03-06"},
            {"cost": 99, "closed_at": "2026-04-01"}, {"cost": 50},
        )
        | {
            "orders": [
                {"amount": 600}, {"amount": 400}, {"amount": 999, "status": "cancelled"}, {"amount": -10},
                {"amount": None}, {"amount": 999, "ordered_at": "2026-04-01"},
            ]
        },
        5, 2,
    ),
    ("complaint_cost", {"orders": [{"amount": 10}]}, 0, 1),
    ("complaint_cost", complaints({"cost": 30, "closed_at": "2026-03-06"}), None, 0),
]  # fmt: skip
