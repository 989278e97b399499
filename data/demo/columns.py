"""How each of Lindvale's tools names the columns of its export, and writes dates and scores."""

from __future__ import annotations

import datetime as dt

from data.demo.complaints import Complaint
from data.demo.customers import Customer
from data.demo.further_questions import effort
from data.demo.orders import Order
from data.demo.survey import Answer, Invitation

Row = dict[str, object]
IN_WORDS = {1: "Very dissatisfied", 2: "Dissatisfied", 3: "Neither", 4: "Satisfied", 5: "Very satisfied"}
PRIORITY = {"low": "P3", "medium": "P2", "high": "P1"}


def _day(day: dt.date | None, form: str) -> str:
    return day.strftime(form) if day else ""


def _yes(told: bool | None) -> str:
    return "" if told is None else "yes" if told else "no"


def customer(one: Customer) -> Row:
    return {
        "Account No": one.id,
        "Head Account": one.parent_id,
        "Recommended By": one.referred_by,
        "Account Name": one.name,
        "Segment": one.segment,
        "Region": one.region,
        "Customer Since": _day(one.since, "%d/%m/%Y"),
        "Left On": _day(one.left, "%d/%m/%Y"),
        "Key Account": _yes(one.key),
        "No Mailing Since": _day(one.no_survey_since, "%d/%m/%Y"),
    }


def order(one: Order) -> Row:
    return {
        "order_id": one.id,
        "ordered_at": _day(one.ordered_at, "%Y-%m-%d %H:%M:%S"),
        "customer_id": one.customer.id,
        "promised_at": _day(one.promised_at, "%Y-%m-%d %H:%M:%S"),
        "delivered_at": _day(one.delivered_at, "%Y-%m-%d %H:%M:%S"),
        "status": one.status,
        "amount": f"{one.amount:.2f}",
        "channel": one.channel,
        "product": one.product,
    }


def mailing(one: Invitation) -> Row:
    return {
        "Mailing ID": one.id,
        "Sent On": _day(one.day, "%d %m %Y"),
        "Account No": one.customer.id,
        "Wave": one.campaign,
        "Sent By": one.channel,
        "Bounced": _yes(one.bounced),
    }


def first_survey(one: Answer) -> Row:
    """The former tool wrote satisfaction in words."""
    satisfaction = one.score("satisfaction")
    return {
        "Response": one.id,
        "Completed": _day(one.day, "%d.%m.%Y"),
        "Invitation": one.invitation.id,
        "Account": one.invitation.customer.id,
        "Overall, how satisfied are you?": IN_WORDS[satisfaction] if satisfaction else "",
        "Would you recommend us?": one.score("recommend"),
        "It was easy to do business": one.score("ease"),
        "How much effort did it take?": effort(one),
        "Remarks": one.comment,
        "Product": one.product,
    }


def second_survey(one: Answer) -> Row:
    return {
        "Response ID": one.id,
        "Recorded Date": _day(one.day, "%d/%m/%Y"),
        "Invitation Code": one.invitation.id,
        "Customer Code": one.invitation.customer.id,
        "Q1 Overall": one.score("satisfaction"),
        "Q2 Recommend": one.score("recommend"),
        "Q3 Ease": one.score("ease"),
        "Q3b Effort": effort(one),
        "Q4 Comment": one.comment,
        "Product Judged": one.product,
    }


def complaint(one: Complaint) -> Row:
    return {
        "Ticket": one.id,
        "Opened": _day(one.received_at, "%d/%m/%Y %H:%M"),
        "First Reply": _day(one.acknowledged_at, "%d/%m/%Y %H:%M"),
        "Promised By": _day(one.due_on, "%d/%m/%Y"),
        "Closed": _day(one.closed_at, "%d/%m/%Y %H:%M"),
        "Account No": one.customer.id,
        "Order No": one.order.id if one.order else "",
        "Topic": one.category,
        "Priority": PRIORITY[one.severity],
        "What We Did": one.correction,
        "Cause": one.cause,
        "Justified": _yes(one.upheld),
        "At First Contact": _yes(one.at_once),
        "Cost": "" if one.cost is None else f"{one.cost:.2f}",
        "Came In By": one.channel,
        "Product": one.product,
    }
