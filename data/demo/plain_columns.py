"""Registers and systems of Lindvale that use the names of the contracts, so that no mapping is needed."""

from __future__ import annotations

import datetime as dt

from data.demo.calls import Call
from data.demo.columns import Row
from data.demo.customers import Customer
from data.demo.deliveries import Line
from data.demo.expectations import HIGHEST as PAIR_HIGHEST
from data.demo.expectations import LOWEST as PAIR_LOWEST
from data.demo.expectations import Pair
from data.demo.further_questions import HIGHEST, LOWEST, Rated
from data.demo.interactions import Interaction
from data.demo.kano import Felt
from data.demo.market import Score, Size
from data.demo.needs import Need
from data.demo.promises import Promise
from data.demo.returns import Return
from data.demo.review_records import Record
from data.demo.reviews import Review
from data.demo.staff import Opinion, Training
from data.demo.steps import Step


def _plain(row: Row) -> Row:
    return {name: _written(value) for name, value in row.items()}


def _written(value: object) -> str:
    if isinstance(value, Customer):
        return value.id
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def delivery(one: Line) -> Row:
    order = one.order
    return _plain(
        {
            "order_id": order.id,
            "order_line": one.number,
            "promised_at": order.promised_at,
            "first_promised_at": one.first_promised_at,
            "delivered_at": one.delivered_at,
            "quantity_ordered": one.quantity,
            "quantity_delivered": one.delivered,
            "status": order.status,
            "premium_freight": one.premium,
            "customer_id": order.customer,
            "channel": order.channel,
            "product": order.product,
        }
    )


def returned(one: Return) -> Row:
    return _plain(
        {
            "return_id": one.id,
            "returned_on": one.day,
            "quantity_returned": one.quantity,
            "order_id": one.line.order.id,
            "order_line": one.line.number,
            "customer_id": one.line.order.customer,
            "product": one.line.order.product,
            "reason": one.reason,
            "warranty": one.warranty,
            "fault_found": one.fault_found,
        }
    )


def review(one: Review) -> Row:
    return _plain(
        {
            "review_id": one.id,
            "order_id": one.order.id,
            "received_on": one.received_on,
            "customer_id": one.order.customer,
            "form": "oral" if one.oral else "written",
            "confirmed_on": one.confirmed_on,
            "reviewed_on": one.reviewed_on,
            "accepted_on": one.accepted_on,
            "reviewers": one.reviewers if one.reviewed_on else None,
            "result": one.result,
            "amended": one.amended,
            "told_on": one.told_on,
            **reviewed(one.record),
        }
    )


def reviewed(one: Record) -> dict[str, object]:
    names = (
        "kind", "feasibility", "risk", "department_results", "differs", "difference_resolved_on", "answers_for_it",
        "document_reference",
    )  # fmt: skip
    covered = zip(("covers_stated", "covers_implied", "covers_legal", "covers_own"), one.covers, strict=True)
    return {name: getattr(one, name) for name in names} | dict(covered)


def promise(one: Promise) -> Row:
    names = ("made_on", "due_at", "kept_at", "kept", "compensated_on", "channel", "product", "level")
    given = {name: getattr(one.given, name) for name in ("code", "promise", "touchpoint")}
    own = {name: getattr(one, name) for name in names}
    return _plain({"promise_id": one.id, "customer_id": one.customer} | given | own)


def need(one: Need) -> Row:
    names = (
        "raised_on", "need", "said_by", "channel", "product", "kind", "feature", "expectation", "importance", "urgency",
        "effect", "priority", "kano_class", "owner", "due_on", "change_impact", "approved_by", "approved_on", "status",
        "met_on", "evaluated_on", "evaluation", "fed_back_on",
    )  # fmt: skip
    return _plain({"need_id": one.id, "customer_id": one.customer} | {name: getattr(one, name) for name in names})


def felt(one: Felt) -> Row:
    names = ("feature", "functional", "dysfunctional", "product")
    common = {"response_id": one.response, "answered_on": one.day, "customer_id": one.customer, "channel": "Interview"}
    return _plain(common | {name: getattr(one, name) for name in names})


def interaction(one: Interaction) -> Row:
    names = ("occurred_at", "kind", "reported_by", "sentiment", "category", "note", "channel", "product")
    order = one.order.id if one.order else None
    return _plain(
        {"interaction_id": one.id, "customer_id": one.customer, "order_id": order}
        | {name: getattr(one, name) for name in names}
    )


def step(one: Step) -> Row:
    names = ("kind", "decided_on", "what", "owner", "due_on", "done_on", "effective")
    return _plain(
        {"action_id": one.id, "complaint_id": one.complaint.id} | {name: getattr(one, name) for name in names}
    )


def call(one: Call) -> Row:
    return _plain(
        {
            "visit_id": one.id,
            "arrived_at": one.arrived_at,
            "served_at": one.served_at,
            "left_unserved": one.served_at is None,
            "unit": one.desk,
            "channel": "Phone",
            "customer_id": one.customer,
            "product": one.product,
        }
    )


def rated(one: Rated) -> Row:
    answer = one.answer
    return _plain(
        {
            "response_id": answer.id,
            "question": one.question,
            "answered_on": answer.day,
            "customer_id": answer.invitation.customer,
            "score": one.score,
            "scale_lowest": LOWEST,
            "scale_highest": HIGHEST,
            "not_applicable": one.not_applicable,
            "asks_for": "importance" if one.importance else "performance",
            "driver": one.driver,
            "channel": "Web form",
            "product": answer.product,
        }
    )


def opinion(one: Opinion) -> Row:
    return _plain({"response_id": one.id, "answered_on": one.day, "unit": one.unit, "satisfaction": one.satisfaction})


def training(one: Training) -> Row:
    names = ("required_on", "topic", "unit", "trained_on", "valid_until", "ended_on")
    return _plain({"training_id": one.id} | {name: getattr(one, name) for name in names})


def score(one: Score) -> Row:
    names = ("measured_on", "competitor", "measure", "score", "answers")
    scale = {"scale_lowest": 1, "scale_highest": 10, "origin": "Panel of the trade association"}
    return _plain({name: getattr(one, name) for name in names} | scale)


def size(one: Size) -> Row:
    names = ("measured_on", "market", "own_sales", "market_sales")
    return _plain({name: getattr(one, name) for name in names} | {"origin": "Estimate of the trade association"})


def pair(one: Pair) -> Row:
    return _plain(
        {
            "response_id": one.response,
            "question": one.question,
            "answered_on": one.day,
            "customer_id": one.customer,
            "dimension": one.dimension,
            "expected": one.expected,
            "perceived": one.perceived,
            "least_acceptable": one.least,
            "scale_lowest": PAIR_LOWEST,
            "scale_highest": PAIR_HIGHEST,
            "channel": "Interview",
            "product": one.product,
        }
    )
