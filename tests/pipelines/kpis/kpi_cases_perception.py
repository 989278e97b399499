"""Cases of the figures on how well the answers speak for the customers, and on other ways of hearing them."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from hand_made import Case, Rows

Z = 1.959963984540054


def answered(**days: list[str]) -> list[dict[str, Any]]:
    return [{"customer_id": customer, "answered_on": day} for customer, when in days.items() for day in when]


def margin(good: int, n: int, answering: int = 0, of: int | None = None) -> float:
    """The textbook's formulas, one after the other."""
    p = good / n
    wilson = Z / (1 + Z**2 / n) * math.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    return 100 * wilson * (math.sqrt((of - answering) / (of - 1)) if of else 1)


def waits(*pairs: tuple[int, int | None]) -> Rows:
    """Answers of March to invitations of so many days before, each with its satisfaction."""
    day = dt.date(2026, 3, 3)
    sent = [
        {"invitation_id": f"I{at}", "invited_on": day - dt.timedelta(days=days)} for at, (days, _) in enumerate(pairs)
    ]
    back = [
        {"invitation_id": f"I{at}", "answered_on": day, "satisfaction": score} for at, (_, score) in enumerate(pairs)
    ]
    return {"survey_invitations": sent, "survey_responses": back}


REVENUE: list[dict[str, Any]] = [
    {"customer_id": "C1", "amount": 100},  # answered on the first and in April, and before
    {"customer_id": "C1", "amount": 50, "ordered_at": "2026-03-31 23:00:00"},
    {"customer_id": "C2", "amount": 200},  # answered after ordering, on the last day
    {"customer_id": "C3", "amount": 250},  # answered in February and in April
    {"customer_id": "C4", "amount": 300},  # never answered
    {"customer_id": "C5", "amount": 100},  # answered on the very day, twice
    {"customer_id": "C1", "amount": 999, "status": "cancelled"},
    {"customer_id": "C1", "amount": -40},
    {"customer_id": "C1", "amount": None},
    {"customer_id": "C1", "amount": 999, "ordered_at": "2026-04-01"},
]
HEARD = answered(
    C1=["2026-02-01", "2026-03-01", "2026-04-02"],
    C2=["2026-03-31"],
    C3=["2026-02-28", "2026-04-01"],
    C5=["2026-03-05", "2026-03-05"],
    nobody=["2026-03-05"],
)
PRESENT = [
    *({"customer_id": f"C{number}"} for number in range(1, 9)),
    {"customer_id": "gone", "left_on": "2026-03-20"},
    {"customer_id": "new", "customer_since": "2026-04-02"},
]
SCORES = [
    *({"customer_id": f"C{number}", "satisfaction": score} for number, score in enumerate((5, 4, 3, 5), 1)),
    {"customer_id": "C1", "satisfaction": 2},  # once more
    {"customer_id": "C5", "satisfaction": None},
    {"customer_id": "C6", "satisfaction": 5, "answered_on": "2026-02-28"},
    {"customer_id": "gone", "satisfaction": 4},
    {"customer_id": None, "satisfaction": 1},
]

CASES: list[Case] = [
    # 450 of 1,000: C1's 150, C2's 200, C5's 100
    ("survey_coverage_of_revenue", {"orders": REVENUE, "survey_responses": HEARD}, 45, 6),
    ("survey_coverage_of_revenue", {"orders": [{"amount": 10}]}, 0, 1),
    ("survey_coverage_of_revenue", {"orders": [{"amount": None}], "survey_responses": HEARD}, None, 0),
    # C2 to C5 kept nobody: 8 customers stand at the end, 4 of them gave a score; 7 scores, 4 of them good
    ("satisfaction_margin_of_error", {"customers": PRESENT, "survey_responses": SCORES}, margin(4, 7, 4, 8), 7),
    # nobody knows how many customers there are; that all are content does not make it certain
    ("satisfaction_margin_of_error", {"survey_responses": [{"satisfaction": 5}] * 20}, margin(20, 20), 20),
    # each of three answered: nothing is left to chance
    (
        "satisfaction_margin_of_error",
        {
            "customers": PRESENT[:3],
            "survey_responses": [{"customer_id": f"C{n}", "satisfaction": n} for n in (1, 2, 3)],
        },
        0, 3,
    ),
    ("satisfaction_margin_of_error", {"customers": PRESENT}, None, 0),
    # late (after 8 days and more) 1 of 2 is content, early (up to 7) 3 of 4; blanks are no answers
    ("late_early_difference", waits((8, 5), (20, 2), (7, 5), (0, 4), (1, 4), (3, 1), (9, None), (2, None)), 25, 2),
    # the late ones the happier, by as much
    ("late_early_difference", waits((8, 5), (9, 5), (1, 5), (2, 1)), 50, 2),
    ("late_early_difference", waits((1, 5), (2, 1)), None, 0),
    # an answer to no invitation belongs to neither
    ("late_early_difference", {"survey_responses": [{"satisfaction": 5, "invitation_id": "I1"}]}, None, 0),
    # survey, meeting, compliment, complaint and a claim under warranty; the call is of April, other returns say nothing
    (
        "perception_sources",
        {
            "survey_responses": [{}, {"satisfaction": 3}],
            "interactions": [{}, {}, {"kind": "compliment"}, {"kind": "call", "occurred_at": "2026-04-01"}],
            "complaints": [{"received_at": "2026-03-31 22:00:00"}],
            "returns": [{"warranty": True}, {"warranty": False}, {}],
        },
        5, 7,
    ),
    ("perception_sources", {"survey_responses": [{}]}, 1, 1),
    # two compliments among four contacts of March
    (
        "compliments",
        {
            "interactions": [
                {"kind": "compliment"}, {"kind": "compliment", "occurred_at": "2026-03-31 23:59:00"}, {},
                {"kind": "social mention"}, {"kind": "compliment", "occurred_at": "2026-04-01"},
            ]
        },
        2, 4,
    ),
    ("compliments", {"interactions": [{}]}, 0, 1),
    # C1 ordered, C2 answered, C3 complained, C4 was met; C5 only before and after; C6 never at all; left within March:
    # C7; came in March: C8; somebody unknown ordered
    (
        "silent_customers",
        {
            "customers": [
                *({"customer_id": f"C{number}"} for number in range(1, 7)),
                {"customer_id": "C7", "left_on": "2026-03-31"}, {"customer_id": "C8", "customer_since": "2026-03-01"},
            ],
            "orders": [
                {"ordered_at": "2026-03-31 23:00:00"}, {"customer_id": "C5", "ordered_at": "2026-02-28 23:00:00"},
                {"customer_id": "nobody"},
            ],
            "survey_responses": [{"customer_id": "C2", "answered_on": "2026-03-01"}],
            "complaints": [{"customer_id": "C3"}, {"customer_id": "C5", "received_at": "2026-04-01"}],
            "interactions": [{"customer_id": "C4"}, {"customer_id": "C4"}],
        },
        100 * 2 / 6, 6,
    ),
    # since when C1 is one nobody knows, but the first order was before
    (
        "silent_customers",
        {
            "customers": [{"customer_id": "C1", "customer_since": None}, {"customer_id": "C2", "customer_since": None}],
            "orders": [{"ordered_at": "2026-01-01"}],
        },
        100, 1,
    ),
]  # fmt: skip
