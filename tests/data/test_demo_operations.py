"""The registers and systems behind the survey: consistent with customers, orders and complaints, and in good order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from story_tables import Tables

from data.demo.scene import AS_OF, BEGINS, LAST_YEAR

STORIES = ("decline", "healthy")
END = pd.Timestamp(AS_OF) + pd.Timedelta(days=1)
MIDDLE = pd.Timestamp(LAST_YEAR)
KEYS = {
    "deliveries": ["order_id", "order_line"], "returns": ["return_id"], "contract-reviews": ["review_id"],
    "customer-needs": ["need_id"], "complaint-actions": ["action_id"], "interactions": ["interaction_id"],
    "waiting-times": ["visit_id"], "kano-answers": ["response_id", "feature"],
}  # fmt: skip
AHEAD = {"promised_at", "first_promised_at", "due_on"}
"""Columns that may lie behind the end of the two years."""
Registers = dict[str, pd.DataFrame]


def read(folder: Path) -> Registers:
    frames = {name: pd.read_csv(folder / f"{name}.csv") for name in KEYS}
    for frame in frames.values():
        for column in frame.columns[frame.columns.str.endswith(("_at", "_on"))]:
            frame[column] = pd.to_datetime(frame[column])
    return frames


@pytest.fixture(scope="module")
def registers(folders: dict[str, Path], made: object) -> dict[str, Registers]:
    return {story: read(folder) for story, folder in folders.items()}


@pytest.fixture(scope="module", params=STORIES)
def of_either(request: pytest.FixtureRequest, registers: dict[str, Registers]) -> Registers:
    return registers[request.param]


@pytest.fixture(scope="module")
def good(registers: dict[str, Registers]) -> Registers:
    return registers["healthy"]


def lately(days: pd.Series) -> pd.Series:
    return (days >= MIDDLE) & (days < END)


def share(good: pd.Series) -> float:
    return 100 * float(good.mean())


def test_keys_stand_once(of_either: Registers) -> None:
    for name, key in KEYS.items():
        assert of_either[name][key].notna().all(axis=None) and not of_either[name].duplicated(key).any(), name


def test_references_lead_to_what_is_there(of_either: Registers, healthy: Tables) -> None:
    accounts = set(healthy.customers["Account No"])
    buyer = healthy.orders.set_index("order_id").customer_id
    for name, frame in of_either.items():
        if "customer_id" in frame:
            assert set(frame.customer_id.dropna()) <= accounts, name
        if "order_id" in frame:
            about = frame.dropna(subset="order_id")
            assert (about.order_id.map(buyer) == about.customer_id).all(), name
    lines = of_either["deliveries"].set_index(["order_id", "order_line"]).quantity_delivered
    back = of_either["returns"].set_index(["order_id", "order_line"]).quantity_returned
    assert (back <= lines.reindex(back.index)).all()
    assert set(of_either["complaint-actions"].complaint_id) <= set(healthy.complaints.Ticket)


def test_nobody_is_met_or_calls_before_coming_or_after_leaving(of_either: Registers, healthy: Tables) -> None:
    base = healthy.customers.set_index("Account No")
    for name, column in (("waiting-times", "arrived_at"), ("customer-needs", "raised_on")):
        days = of_either[name].dropna(subset="customer_id")[[column, "customer_id"]]
        day = days[column].dt.normalize()
        assert (day >= days.customer_id.map(base["Customer Since"])).all(), name
        assert not (day >= days.customer_id.map(base["Left On"])).any(), name
    met = of_either["interactions"].query("kind == 'meeting' and customer_id.notna()")
    assert not (met.occurred_at >= met.customer_id.map(base["Left On"])).any()
    assert set(met.customer_id.map(base.Segment)) == {"Industry", "Municipal"}


def test_nothing_happens_outside_the_two_years(of_either: Registers) -> None:
    for name, frame in of_either.items():
        for column in set(frame.select_dtypes("datetime")) - AHEAD:
            days = frame[column].dropna()
            assert days.min() >= pd.Timestamp(BEGINS) and days.max() < END, (name, column)


@pytest.mark.parametrize(
    ("name", "first", "then"),
    [
        ("deliveries", "first_promised_at", "promised_at"),
        ("contract-reviews", "received_on", "reviewed_on"),
        ("contract-reviews", "reviewed_on", "accepted_on"),
        ("contract-reviews", "received_on", "confirmed_on"),
        ("contract-reviews", "confirmed_on", "accepted_on"),
        ("contract-reviews", "accepted_on", "told_on"),
        ("customer-needs", "raised_on", "due_on"),
        ("customer-needs", "raised_on", "met_on"),
        ("customer-needs", "met_on", "fed_back_on"),
        ("customer-needs", "raised_on", "approved_on"),
        ("customer-needs", "approved_on", "met_on"),
        ("customer-needs", "met_on", "evaluated_on"),
        ("customer-needs", "evaluated_on", "fed_back_on"),
        ("complaint-actions", "decided_on", "done_on"),
        ("waiting-times", "arrived_at", "served_at"),
    ],
)
def test_events_are_in_order(of_either: Registers, name: str, first: str, then: str) -> None:
    both = of_either[name].dropna(subset=[first, then])
    assert len(both) > 20 and (both[first] <= both[then]).all()


def test_lines_come_with_their_order(of_either: Registers, healthy: Tables) -> None:
    lines, orders = of_either["deliveries"], healthy.orders.set_index("order_id")
    assert set(lines.order_id) == set(orders.index)
    for column in ("promised_at", "delivered_at", "status", "product", "channel"):
        theirs = lines.order_id.map(orders[column])
        assert ((lines[column] == theirs) | (lines[column].isna() & theirs.isna())).all(), column
    came, waiting = lines[lines.delivered_at.notna()], lines[lines.delivered_at.isna()]
    assert (came.quantity_delivered == came.quantity_ordered).all()
    assert (waiting.quantity_delivered < waiting.quantity_ordered).all()


def test_every_order_has_its_review_and_an_amendment_comes_between_order_and_delivery(
    of_either: Registers, healthy: Tables
) -> None:
    reviews, orders = of_either["contract-reviews"], healthy.orders.set_index("order_id")
    first, again = reviews[~reviews.amended], reviews[reviews.amended]
    assert sorted(first.order_id) == sorted(orders.index)
    assert (first.received_on == first.order_id.map(orders.ordered_at).dt.normalize()).all()
    assert (again.received_on > again.order_id.map(orders.ordered_at).dt.normalize()).all()
    delivered = reviews.order_id.map(orders.delivered_at).dt.normalize()
    assert not (reviews.accepted_on > delivered).any()
    assert (reviews.form.eq("oral") == reviews.order_id.map(orders.channel).eq("Phone")).all()
    assert reviews.confirmed_on[reviews.form == "written"].isna().all() and first.told_on.isna().all()


def test_what_comes_back_was_delivered_before(of_either: Registers, healthy: Tables) -> None:
    back = of_either["returns"]
    delivered = back.order_id.map(healthy.orders.set_index("order_id").delivered_at)
    assert (back.returned_on > delivered).all() and not back["product"].eq("Field service").any()


def test_steps_follow_their_complaint_and_a_review_follows_its_action(of_either: Registers, healthy: Tables) -> None:
    steps, cases = of_either["complaint-actions"], healthy.complaints.set_index("Ticket")
    assert (steps.decided_on >= steps.complaint_id.map(cases.Opened).dt.normalize()).all()
    kinds = {kind: rows.set_index("complaint_id") for kind, rows in steps.groupby("kind")}
    assert set(kinds) == {"correction", "cause", "corrective action", "effectiveness review"}
    assert set(kinds["correction"].index) == set(cases.index)
    corrected = kinds["correction"].done_on.dropna()
    assert (corrected <= corrected.index.map(cases.Closed).normalize()).all()
    done = kinds["corrective action"].done_on.dropna()
    reviews = kinds["effectiveness review"]
    assert set(reviews.index) == set(done.index) and (reviews.decided_on == done.reindex(reviews.index)).all()
    assert steps.effective.notna().eq(steps.kind.eq("effectiveness review") & steps.done_on.notna()).all()


@pytest.mark.parametrize("story", STORIES)
def test_the_register_knows_a_cause_where_the_ticket_does(
    story: str, registers: dict[str, Registers], tables: dict[str, Tables]
) -> None:
    steps, cases = registers[story]["complaint-actions"], tables[story].complaints
    causes = steps[steps.kind == "cause"].set_index("complaint_id").what
    assert causes.to_dict() == cases.dropna(subset="Cause").set_index("Ticket").Cause.to_dict()


def test_the_stories_differ_in_the_forgotten_causes_alone(registers: dict[str, Registers]) -> None:
    one, other = registers["decline"], registers["healthy"]
    for name in set(KEYS) - {"complaint-actions"}:
        pd.testing.assert_frame_equal(one[name], other[name])
    steps, kept = other["complaint-actions"], one["complaint-actions"]
    gone = ~steps.action_id.isin(kept.action_id)
    assert gone.sum() > 20 and set(steps[gone].kind) == {"cause"}
    pd.testing.assert_frame_equal(kept, steps[~gone].reset_index(drop=True))


def test_the_figures_of_the_last_year_are_those_of_a_firm_in_good_order(good: Registers) -> None:
    due = good["deliveries"].query("status != 'cancelled'")
    due = due[lately(due.first_promised_at)]
    assert 92 <= share(due.delivered_at.dt.normalize() <= due.first_promised_at.dt.normalize()) <= 95
    accepted = good["contract-reviews"][lately(good["contract-reviews"].accepted_on)]
    assert share(accepted.reviewed_on <= accepted.accepted_on) > 99
    oral, amended = accepted[accepted.form == "oral"], accepted[accepted.amended]
    assert share(oral.confirmed_on <= oral.accepted_on) > 97 and len(amended) > 100
    assert share(amended.told_on.notna()) > 97
    needs = good["customer-needs"][lately(good["customer-needs"].due_on)]
    assert 90 <= share(needs.query("status != 'rejected'").eval("met_on <= due_on")) <= 97
    assert share(needs[needs.said_by == "customer"].fed_back_on.notna()) > 95
    calls = good["waiting-times"][lately(good["waiting-times"].arrived_at)]
    waits = (calls.served_at - calls.arrived_at).dt.total_seconds() / 60
    assert 2 <= share(calls.left_unserved) <= 5 and 4 <= waits.fillna(np.inf).quantile(0.9, "lower") <= 8
    assert (calls.left_unserved == calls.served_at.isna()).all()


def test_returns_are_few_and_mostly_with_a_fault(good: Registers) -> None:
    came = good["deliveries"][lately(good["deliveries"].delivered_at)].quantity_delivered.sum()
    back = good["returns"][lately(good["returns"].returned_on)]
    assert 1500 <= 1e6 * back.quantity_returned.sum() / came <= 5000
    assert 20 <= share(back.warranty) <= 45 and share(back.fault_found.dropna().eq(False)) < 30
    late = back[back.returned_on > pd.Timestamp(AS_OF) - pd.Timedelta(days=12)]
    assert late.fault_found.isna().all()


def test_no_step_is_overdue_and_nearly_all_actions_work(of_either: Registers) -> None:
    steps = of_either["complaint-actions"]
    assert not (steps.done_on.isna() & (steps.due_on < pd.Timestamp(AS_OF))).any()
    assert 90 <= share(steps.effective.dropna().astype(bool)) <= 99.5


def test_customers_are_heard_in_every_way_until_the_end(good: Registers) -> None:
    heard = good["interactions"]
    assert set(heard.kind) == {"meeting", "call", "compliment", "social mention", "dealer report"}
    assert set(heard[heard.kind == "compliment"].sentiment) == {"positive"}
    for name, column, days in (
        ("interactions", "occurred_at", 7), ("customer-needs", "raised_on", 14), ("returns", "returned_on", 30),
        ("contract-reviews", "received_on", 3), ("waiting-times", "arrived_at", 3),
    ):  # fmt: skip
        assert good[name][column].max() > END - pd.Timedelta(days=days), name
