"""Cases of the figures on promises, and on what a review of an order went into."""

from __future__ import annotations

from typing import Any

from hand_made import Case, Rows


def promises(*rows: dict[str, Any]) -> Rows:
    return {"promises": list(rows)}


def reviews(*rows: dict[str, Any]) -> Rows:
    return {"contract_reviews": list(rows)}


NOON, DAY = "2026-03-05 12:00:00", "2026-03-05"
WHOLE = {"covers_stated": True, "covers_implied": True, "covers_legal": True, "covers_own": True}
PRODUCT = {"kind": "new product", "reviewed_on": "2026-03-04", "feasibility": "feasible", "risk": "low"}
BROKEN = {"due_at": NOON, "kept_at": "2026-03-05 12:00:01"}

CASES: list[Case] = [
    # by the moment: before it, at it, a second late, a day late, never
    (
        "promises_kept",
        promises(
            *({"due_at": NOON, "kept_at": at} for at in (
                "2026-03-05 11:00:00", NOON, "2026-03-05 12:00:01", "2026-03-06 09:00:00", None,
            ))
        ),
        40, 5,
    ),
    # a day alone means until its end: that evening and the day before are in time, the next midnight is not
    (
        "promises_kept",
        promises(*({"due_at": DAY, "kept_at": at} for at in (
            "2026-03-05 23:59:59", "2026-03-04 08:00:00", "2026-03-06 00:00:00",
        ))),
        200 / 3, 3,
    ),
    # where the moment of keeping is a day alone, it is in time for an hour of that day
    ("promises_kept", promises({"due_at": NOON, "kept_at": DAY}), 100, 1),
    # without a moment what was noted counts: yes, no, nothing
    ("promises_kept", promises({"kept": True}, {"kept": False}, {}), 100 / 3, 3),
    # noted as broken beside a moment in time, and as kept beside one that is too late: neither was kept
    ("promises_kept", promises({"kept": False, "kept_at": DAY}, {"kept": True, "kept_at": "2026-03-06"}), 0, 2),
    # due in February and in April, whenever made and kept: not of March; on its last evening: of March
    (
        "promises_kept",
        promises(
            {"due_at": "2026-02-28 23:59:00", "kept_at": "2026-02-28"}, {"due_at": "2026-04-01", "kept_at": DAY},
            {"due_at": "2026-03-31 23:59:00", "kept_at": DAY, "made_on": "2026-02-01"},
        ),
        100, 1,
    ),
    ("promises_kept", promises({"due_at": "2026-04-01"}), None, 0),
    # of four broken ones: made good before the end, on the last day, in April, never; those that were kept do not count
    (
        "broken_promises_made_good",
        promises(
            BROKEN | {"compensated_on": "2026-03-06"}, BROKEN | {"compensated_on": "2026-03-31"},
            BROKEN | {"compensated_on": "2026-04-01"}, BROKEN,
            {"kept_at": DAY, "compensated_on": "2026-03-06"}, {"kept": True},
        ),
        50, 4,
    ),
    # what was never done at all is broken, too
    ("broken_promises_made_good", promises({}, {"compensated_on": "2026-03-10"}, {"kept": False}), 100 / 3, 3),
    ("broken_promises_made_good", promises({"kept": True}, {"kept_at": DAY}), None, 0),
    # resolved before, on the day, a day late, never; no difference, nobody knows, not accepted: not counted
    (
        "differences_resolved_before_acceptance",
        reviews(
            *({"differs": True, "difference_resolved_on": day} for day in (
                "2026-03-04", "2026-03-05", "2026-03-06", None,
            )),
            {"differs": False, "difference_resolved_on": "2026-03-04"}, {"difference_resolved_on": "2026-03-04"},
            {"differs": True, "difference_resolved_on": "2026-03-04", "accepted_on": None},
        ),
        50, 4,
    ),
    ("differences_resolved_before_acceptance", reviews({"differs": False}, {}), None, 0),
    # all four; each of them once not, and once unknown; all four ticked where nothing was reviewed
    (
        "reviews_covering_all_requirements",
        reviews(
            {"reviewed_on": "2026-03-04"} | WHOLE,
            *({"reviewed_on": "2026-03-04"} | WHOLE | {one: told} for one in WHOLE for told in (False, None)),
            WHOLE,
        ),
        10, 10,
    ),
    ("reviews_covering_all_requirements", reviews({"accepted_on": None} | WHOLE), None, 0),
    # feasible, with conditions; not feasible, without risk, without feasibility, reviewed late, never; orders not
    (
        "new_products_with_feasibility",
        reviews(
            PRODUCT, PRODUCT | {"feasibility": "feasible with conditions", "risk": "high", "reviewed_on": DAY},
            *(PRODUCT | wrong for wrong in (
                {"feasibility": "not feasible"}, {"risk": None}, {"feasibility": None}, {"reviewed_on": "2026-03-06"},
                {"reviewed_on": None}, {"feasibility": "not feasible", "risk": None},
            )),
            PRODUCT | {"kind": "order"}, PRODUCT | {"kind": None}, PRODUCT | {"accepted_on": "2026-04-01"},
        ),
        25, 8,
    ),
    ("new_products_with_feasibility", reviews({"kind": "contract"}), None, 0),
    # an oral order or an amendment may be told by its kind alone
    (
        "oral_orders_confirmed",
        reviews(
            {"kind": "oral order", "confirmed_on": DAY}, {"kind": "oral order"},
            {"kind": "order", "form": "oral", "confirmed_on": DAY}, {"kind": "order", "form": "written"},
            {"kind": "order"},
        ),
        200 / 3, 3,
    ),
    (
        "amendments_told",
        reviews(
            {"kind": "amendment", "told_on": DAY}, {"kind": "amendment"}, {"kind": "amendment", "amended": False},
            {"kind": "order", "amended": True, "told_on": DAY}, {"kind": "order", "amended": False}, {"kind": "order"},
        ),
        50, 4,
    ),
    ("amendments_reviewed_before_acceptance", reviews({"kind": "amendment", "reviewed_on": DAY}, {}), 100, 1),
]  # fmt: skip
