"""Cases of the figures on orders, deliveries, returns, needs and waiting."""

from __future__ import annotations

from typing import Any

from hand_made import Case, Rows


def reviews(*rows: dict[str, Any]) -> Rows:
    return {"contract_reviews": list(rows)}


def needs(*rows: dict[str, Any]) -> Rows:
    return {"customer_needs": list(rows)}


def lines(*rows: dict[str, Any]) -> Rows:
    return {"deliveries": list(rows)}


def returned(*rows: dict[str, Any]) -> Rows:
    return {"returns": list(rows)}


def visits(*rows: dict[str, Any]) -> Rows:
    return {"waiting_times": list(rows)}


def waited(*minutes: float | None) -> Rows:
    """Calls of 10:00, each answered so many minutes later; None was never answered."""
    at = [None if m is None else f"2026-03-05 10:{int(m):02}:{int(m % 1 * 60):02}" for m in minutes]
    return visits(*({"served_at": moment, "left_unserved": moment is None} for moment in at))


LINES = [
    {},  # in full, on the day
    {"promised_at": "2026-03-10", "delivered_at": "2026-03-10 16:00:00"},  # that afternoon
    {"promised_at": "2026-03-10", "delivered_at": "2026-03-11", "quantity_delivered": 1},  # a day late
    {"promised_at": "2026-03-10", "delivered_at": "2026-04-01"},  # after the period
    {
        "promised_at": "2026-03-10",
        "delivered_at": None,
        "quantity_ordered": 5,
        "quantity_delivered": 4,
    },  # one is missing
    {"promised_at": "2026-03-10", "delivered_at": None},  # nothing came
    {
        "promised_at": "2026-03-10",
        "delivered_at": "2026-03-10",
        "quantity_ordered": 5,
        "quantity_delivered": 4,
    },  # short
    {
        "promised_at": "2026-03-20",
        "first_promised_at": "2026-03-10",
        "delivered_at": "2026-03-20",
    },  # moved within March
    {"promised_at": "2026-04-02", "first_promised_at": "2026-03-30", "delivered_at": "2026-03-31"},  # moved out of it
    {"promised_at": "2026-03-02", "first_promised_at": "2026-02-27", "delivered_at": "2026-03-01"},  # moved into it
    {"promised_at": "2026-03-10", "delivered_at": "2026-03-10", "status": "cancelled"},  # not counted
    {"promised_at": "2026-04-10", "delivered_at": "2026-03-10"},  # not due yet
]

CASES: list[Case] = [
    # before, on the day, a day late, never; not accepted, and accepted in April: not counted
    (
        "orders_reviewed_before_acceptance",
        reviews(
            {"reviewed_on": "2026-03-04"}, {"reviewed_on": "2026-03-05"}, {"reviewed_on": "2026-03-06"}, {},
            {"accepted_on": None, "reviewed_on": "2026-03-04"},
            {"accepted_on": "2026-04-01", "reviewed_on": "2026-03-04"},
        ),
        50, 4,
    ),
    ("orders_reviewed_before_acceptance", reviews({"accepted_on": None}), None, 0),
    # of four oral ones: confirmed before, on the day, a day late, never; the written and the unknown do not count
    (
        "oral_orders_confirmed",
        reviews(
            *({"form": "oral", "confirmed_on": day} for day in ("2026-03-04", "2026-03-05", "2026-03-06", None)),
            {"form": "written"}, {"form": None}, {"form": "oral", "accepted_on": None, "confirmed_on": "2026-03-05"},
        ),
        50, 4,
    ),
    ("oral_orders_confirmed", reviews({"form": "written", "confirmed_on": "2026-03-05"}), None, 0),
    # told at the end, told in April, told nobody; a first order and one of which nobody knows do not count
    (
        "amendments_told",
        reviews(
            {"amended": True, "told_on": "2026-03-31"}, {"amended": True, "told_on": "2026-04-01"}, {"amended": True},
            {"amended": False, "told_on": "2026-03-06"}, {"amended": None, "told_on": "2026-03-06"},
        ),
        100 / 3, 3,
    ),
    # met before, on the day, late, not met, turned down; due in April or never
    (
        "needs_met_on_time",
        needs(
            {"due_on": "2026-03-20", "met_on": "2026-03-10", "status": "met"},
            {"due_on": "2026-03-31", "met_on": "2026-03-31", "status": None},
            {"due_on": "2026-03-20", "met_on": "2026-03-21", "status": "met"},
            {"due_on": "2026-03-20", "status": "open"},
            {"due_on": "2026-03-20", "status": "rejected"},
            {"due_on": "2026-04-01", "met_on": "2026-03-10"}, {"due_on": None, "met_on": "2026-03-10"},
        ),
        50, 4,
    ),
    # told in time, told of a refusal, told in April, told nothing; an assumption of the organisation's own
    (
        "needs_fed_back",
        needs(
            {"due_on": "2026-03-20", "fed_back_on": "2026-03-31", "said_by": "customer"},
            {"due_on": "2026-03-20", "fed_back_on": "2026-03-10", "status": "rejected"},
            {"due_on": "2026-03-20", "fed_back_on": "2026-04-01", "said_by": "customer"},
            {"due_on": "2026-03-20", "status": "met", "met_on": "2026-03-10"},
            {"due_on": "2026-03-20", "said_by": "organisation"},
            {"due_on": "2026-04-20", "fed_back_on": "2026-03-10"},
        ),
        50, 4,
    ),
    # both, both, no day, nobody, neither; turned down, and raised in April
    (
        "needs_planned",
        needs(
            {"owner": "Sales", "due_on": "2026-05-01"}, {"owner": "Design", "due_on": "2026-03-06", "status": "met"},
            {"owner": "Sales"}, {"due_on": "2026-05-01"}, {},
            {"status": "rejected"}, {"raised_on": "2026-04-01", "owner": "Sales", "due_on": "2026-05-01"},
        ),
        40, 5,
    ),
    ("needs_planned", needs({"status": "rejected", "owner": "Sales", "due_on": "2026-05-01"}), None, 0),
    # approved before, on the day, a day late, without an impact, never; met in April, and not met
    (
        "needs_changes_approved",
        needs(
            {"met_on": "2026-03-20", "approved_on": "2026-02-20", "change_impact": "test bench"},
            {"met_on": "2026-03-20", "approved_on": "2026-03-20", "change_impact": "price list"},
            {"met_on": "2026-03-20", "approved_on": "2026-03-21", "change_impact": "test bench"},
            {"met_on": "2026-03-20", "approved_on": "2026-03-10"},
            {"met_on": "2026-03-31", "change_impact": "test bench"},
            {"met_on": "2026-04-01", "approved_on": "2026-03-10", "change_impact": "test bench"},
            {"approved_on": "2026-03-10", "change_impact": "test bench"},
        ),
        40, 5,
    ),
    ("needs_changes_approved", needs({"approved_on": "2026-03-10", "change_impact": "price list"}), None, 0),
    # in time whatever was found, on the last day; after it, without a result, never; met before the period
    (
        "needs_evaluated",
        needs(
            {"met_on": "2026-03-10", "evaluated_on": "2026-03-12", "evaluation": "not"},
            {"met_on": "2026-03-10", "evaluated_on": "2026-03-31", "evaluation": "met"},
            {"met_on": "2026-03-10", "evaluated_on": "2026-04-01", "evaluation": "met"},
            {"met_on": "2026-03-10", "evaluated_on": "2026-03-12"},
            {"met_on": "2026-03-10", "evaluation": "met"},
            {"met_on": "2026-02-28", "evaluated_on": "2026-03-12", "evaluation": "met"},
        ),
        40, 5,
    ),
    ("needs_evaluated", needs({"evaluated_on": "2026-03-12", "evaluation": "met"}), None, 0),
    ("needs_with_owner", needs({"owner": "Sales"}, {}, {"owner": "Design"}, {"raised_on": "2026-04-01"}), 200 / 3, 3),
    # due by the newest promise in March are nine; complete at its end are four: on the day, that afternoon, a day late,
    # moved within March, moved into it
    ("delivered_in_full", lines(*LINES), 100 * 5 / 9, 9),
    ("delivered_in_full", lines({"quantity_ordered": None, "quantity_delivered": None}), 100, 1),
    # due by the first promise in March are nine; in time are the first two and the short one, which says it is whole
    ("deliveries_on_time", lines(*LINES), 100 * 3 / 9, 9),
    ("deliveries_on_time", lines({"delivered_at": None}), 0, 1),
    # 3 of 2,000 units came back: the delivered count by what was delivered, else by what was ordered; open ones not
    (
        "returns_ppm",
        lines(
            {"quantity_ordered": 900, "quantity_delivered": 1000}, {"quantity_ordered": 1000},
            {"quantity_ordered": 50, "delivered_at": None}, {"quantity_ordered": 70, "delivered_at": "2026-04-01"},
            {"quantity_ordered": 80, "delivered_at": "2026-02-28 23:00:00", "promised_at": "2026-03-05"},
        )
        | returned({"quantity_returned": 2}, {"returned_on": "2026-03-31"}, {"returned_on": "2026-04-01"}),
        1500, 2,
    ),
    ("returns_ppm", lines({}), 0, 1),
    ("returns_ppm", returned({}), None, 0),
    ("warranty_share_of_returns", returned({"warranty": True}, *[{"warranty": False}] * 2, {}), 100 / 3, 3),
    ("warranty_share_of_returns", returned({}, {}), None, 0),
    # of three examined one is sound; two were not examined yet
    (
        "no_fault_found",
        returned({"fault_found": False}, {"fault_found": True}, {"fault_found": True}, {}, {"warranty": True}),
        100 / 3, 3,
    ),
    # eleven calls: the tenth waited nine minutes; of ten calls and one who gave up the same
    ("waiting_minutes_p90", waited(*range(11)), 9, 11),
    ("waiting_minutes_p90", waited(*range(10), None), 9, 11),
    # two: between half a minute and two, at nine tenths of the way
    ("waiting_minutes_p90", waited(0.5, 2), 1.85, 2),
    ("waiting_minutes_p90", visits({"arrived_at": "2026-04-01", "served_at": "2026-04-01"}), None, 0),
    # gave up, was never served, was sent elsewhere, and three were served, of one of whom nothing more is known
    (
        "abandonment_rate",
        visits(
            {"left_unserved": True}, {"left_unserved": None}, {"left_unserved": False},
            {"left_unserved": False, "served_at": "2026-03-05 10:05:00"}, {"served_at": "2026-03-05 10:05:00"},
        ),
        40, 5,
    ),
]  # fmt: skip
