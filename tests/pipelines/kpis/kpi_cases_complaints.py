"""Cases of the figures on complaints and the steps taken on them. March 2026 begins on a Sunday."""

from __future__ import annotations

from typing import Any

from hand_made import Case, Rows


def complaints(*rows: dict[str, Any]) -> Rows:
    return {"complaints": list(rows)}


def steps(*rows: dict[str, Any]) -> Rows:
    return {"complaint_actions": list(rows)}


def action(number: int, done: str | None = "2026-01-05", **row: Any) -> dict[str, Any]:
    return {"complaint_id": f"K{number}", "kind": "corrective action", "done_on": done} | row


def review(number: int, due: str | None, done: str | None = None, effective: bool | None = None) -> dict[str, Any]:
    return {
        "complaint_id": f"K{number}", "kind": "effectiveness review", "due_on": due, "done_on": done,
        "effective": effective,
    }  # fmt: skip


CASES: list[Case] = [
    # received on a Monday, Thursday, Friday, Saturday and Sunday, each told at the last moment: all in time
    (
        "complaints_acknowledged_in_time",
        complaints(
            {"received_at": "2026-03-02", "acknowledged_at": "2026-03-04 23:59:00"},
            {"received_at": "2026-03-05 23:50:00", "acknowledged_at": "2026-03-09 17:00:00"},
            {"received_at": "2026-03-06", "acknowledged_at": "2026-03-10 23:00:00"},
            {"received_at": "2026-03-07", "acknowledged_at": "2026-03-10 23:00:00"},
            {"received_at": "2026-03-08", "acknowledged_at": "2026-03-10 23:00:00"},
        ),
        100, 5,
    ),
    # the same a day later: none
    (
        "complaints_acknowledged_in_time",
        complaints(
            {"received_at": "2026-03-02", "acknowledged_at": "2026-03-05 00:00:00"},
            {"received_at": "2026-03-05", "acknowledged_at": "2026-03-10"},
            {"received_at": "2026-03-06", "acknowledged_at": "2026-03-11"},
            {"received_at": "2026-03-07", "acknowledged_at": "2026-03-11"},
            {"received_at": "2026-03-08", "acknowledged_at": "2026-03-11"},
        ),
        0, 5,
    ),
    # of February and due on 2 March, told; of Monday 30 March and due in April; never told; never told and not yet due
    (
        "complaints_acknowledged_in_time",
        complaints(
            {"received_at": "2026-02-26", "acknowledged_at": "2026-02-27"},
            {"received_at": "2026-03-30", "acknowledged_at": "2026-03-30"},
            {"received_at": "2026-03-10"},
            {"received_at": "2026-03-31"},
        ),
        50, 2,
    ),
    # by the record; by the register; a reason why nothing is needed; a step without words; a cause alone; nothing at
    # all; of what was closed in April or is open nothing counts
    (
        "complaints_with_action",
        complaints(
            *({"complaint_id": f"K{at}", "closed_at": "2026-03-20"} for at in range(2, 7)),
            {"complaint_id": "K1", "closed_at": "2026-03-31 23:00:00", "correction": "seal replaced"},
            {"complaint_id": "K7", "closed_at": "2026-04-01", "correction": "seal replaced"},
            {"complaint_id": "K8", "correction": "seal replaced"},
        )
        | steps(
            {"complaint_id": "K2", "what": "seal replaced"},
            {"complaint_id": "K2", "what": "and the valve", "kind": "corrective action"},
            {"complaint_id": "K3", "what": "not needed: a single case", "kind": "corrective action"},
            {"complaint_id": "K4", "what": None},
            {"complaint_id": "K5", "what": "worn tool", "kind": "cause"},
        ),
        50, 6,
    ),
    ("complaints_with_action", complaints({"closed_at": "2026-03-20"}), 0, 1),
    # open after their day: never done, done in April, of last year; not yet due, done late, without a day, of April
    (
        "overdue_actions",
        steps(
            {"due_on": "2026-03-10"},
            {"due_on": "2026-03-10", "done_on": "2026-04-01"},
            {"due_on": "2025-02-01", "decided_on": "2025-01-15"},
            {"due_on": "2026-03-31"},
            {"due_on": "2026-03-10", "done_on": "2026-03-31"},
            {"due_on": None},
            {"due_on": "2026-04-02", "decided_on": "2026-04-01"},
        ),
        3, 6,
    ),
    # K1 works; K2 was not reviewed; K3 does not work; K4 did not, and then did; K5 did, and then did not; K6 was
    # reviewed after the period; K7 and K8 have no review planned and are due 92 days on, in March and in April;
    # K9 is not done; what K10 found lacks its answer; K11 is due in April
    (
        "actions_verified_effective",
        steps(
            *(action(number) for number in (1, 2, 3, 4, 5, 6, 10, 11)),
            action(7, "2025-12-15"), action(8, "2025-12-30"), action(9, None),
            review(1, "2026-03-15", "2026-03-20", True),
            review(2, "2026-03-15"),
            review(3, "2026-03-15", "2026-03-15", False),
            review(4, "2026-02-15", "2026-02-15", False), review(4, "2026-03-15", "2026-03-15", True),
            review(5, "2026-02-15", "2026-02-15", True), review(5, "2026-03-15", "2026-03-15", False),
            review(6, "2026-03-15", "2026-04-01", True),
            review(9, "2026-03-15"),
            review(10, "2026-03-15", "2026-03-15", None),
            review(11, "2026-04-15", "2026-03-15", True),
        ),
        25, 8,
    ),
    # two corrective actions on one complaint are both judged by its review
    (
        "actions_verified_effective",
        steps(action(1), action(1, "2026-02-01"), review(1, "2026-03-15", "2026-03-15", True)),
        100, 2,
    ),
    # reviewed and found effective in March; what was done after the review waits for one until August
    (
        "actions_verified_effective",
        steps(action(1), review(1, "2026-03-15", "2026-03-15", True), action(1, "2026-05-04")),
        100, 1,
    ),
    # the review was due in March and done in May, after the second action: the first was not reviewed in time, and the
    # second is not due before August
    (
        "actions_verified_effective",
        steps(action(1), review(1, "2026-03-15", "2026-05-05", True), action(1, "2026-05-04")),
        0, 1,
    ),
    # found ineffective in March; that a second action then works does not change what the first did
    (
        "actions_verified_effective",
        steps(
            action(1), review(1, "2026-03-15", "2026-03-15", False),
            action(1, "2026-03-16"), review(1, "2026-03-30", "2026-03-30", True),
        ),
        50, 2,
    ),
    # of one day, the action counts as done before its review
    ("actions_verified_effective", steps(action(1, "2026-03-15"), review(1, "2026-03-15", "2026-03-15", True)), 100, 1),
    # another complaint's review is no review of this one; neither is one that has no day at all
    (
        "actions_verified_effective",
        steps(action(1, "2025-12-15"), review(2, "2026-02-15", "2026-02-15", True), review(1, None)),
        0, 1,
    ),
    # a review on record without any action, and a correction, are no corrective actions
    (
        "actions_verified_effective",
        steps(review(1, "2026-03-15", "2026-03-15", True), {"done_on": "2025-12-10"}),
        None, 0,
    ),
    # in order, at one moment, open; told before it came, closed before it was told, closed before it came, promised for
    # the day before; of another month
    (
        "complaint_dates_in_order",
        complaints(
            {"acknowledged_at": "2026-03-06", "closed_at": "2026-03-07", "due_on": "2026-03-05"},
            {"acknowledged_at": "2026-03-05", "closed_at": "2026-03-05"},
            {},
            {"closed_at": "2026-03-07"},
            {"acknowledged_at": "2026-03-04 23:59:00"},
            {"acknowledged_at": "2026-03-08", "closed_at": "2026-03-07"},
            {"closed_at": "2026-03-04"},
            {"due_on": "2026-03-04"},
            {"received_at": "2026-04-05", "closed_at": "2026-03-07"},
        ),
        50, 8,
    ),
    # March has one; before it and after it nobody asks
    ("months_without_complaints", complaints({}, {"received_at": "2026-04-01"}), 0, 1),
    # the only ones are of February and of April: March had none
    ("months_without_complaints", complaints({"received_at": "2026-02-28"}, {"received_at": "2026-04-01"}), 1, 1),
    # one names an order, one a product, one both, one neither
    (
        "complaints_traceable",
        complaints({"order_id": "O1"}, {"product": "pump"}, {"order_id": "O2", "product": "pump"}, {"category": "x"}),
        75, 4,
    ),
    ("complaints_traceable", complaints({"received_at": "2026-04-01", "order_id": "O1"}), None, 0),
]  # fmt: skip
