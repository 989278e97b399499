"""Two years of Lindvale: its customers, orders, survey and complaints, as they were in good order."""

from __future__ import annotations

from dataclasses import dataclass

from data.demo.calls import Call, calls
from data.demo.complaints import Complaint, complaints
from data.demo.customers import Customer, customers
from data.demo.deliveries import Line, lines
from data.demo.interactions import Interaction, interactions
from data.demo.needs import Need, needs
from data.demo.orders import Order, orders
from data.demo.returns import Return, returns
from data.demo.reviews import Review, reviews
from data.demo.steps import Step, steps
from data.demo.survey import Answer, Invitation, answers, invitations


@dataclass(frozen=True)
class Business:
    customers: list[Customer]
    orders: list[Order]
    lines: list[Line]
    returns: list[Return]
    reviews: list[Review]
    needs: list[Need]
    invitations: list[Invitation]
    answers: list[Answer]
    complaints: list[Complaint]
    steps: list[Step]
    interactions: list[Interaction]
    calls: list[Call]


def business() -> Business:
    base = customers()
    ordered = orders(base)
    sent = lines(ordered)
    invited = invitations(base)
    complained = complaints(base, ordered)
    return Business(
        customers=base,
        orders=ordered,
        lines=sent,
        returns=returns(sent),
        reviews=reviews(ordered),
        needs=needs(base),
        invitations=invited,
        answers=answers(invited),
        complaints=complained,
        steps=steps(complained),
        interactions=interactions(base, ordered),
        calls=calls(base),
    )
