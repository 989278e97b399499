"""What the register of customers and the mailing tool mark: who is key, who recommended us, who may not be asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from data.demo.customers import Customer
from data.demo.orders import Order
from data.demo.scene import AS_OF, BEGINS, dice
from data.demo.survey import WAVES, Answer, Invitation

KEY = 40
"""Those who order most."""
OBJECTED = 0.3
"""Share of those left out of the last wave who had asked for it."""
BOUNCED = 0.03
RECOMMENDED = 0.3
"""Share of the customers of these two years who came because another one spoke for Lindvale."""


def marked(customers: list[Customer], orders: list[Order], invitations: list[Invitation]) -> list[Customer]:
    key, objected = _key(orders), _objections(customers, invitations)
    referred = _recommendations(customers)
    return [
        replace(one, key=one.id in key, no_survey_since=objected.get(one.id), referred_by=referred.get(one.id, ""))
        for one in customers
    ]


def bounced(invitations: list[Invitation], answers: list[Answer]) -> list[Invitation]:
    """Nobody answers a letter that did not arrive."""
    heard = {answer.invitation.id for answer in answers}
    drawn = zip(invitations, dice("bounces").random(len(invitations)), strict=True)
    return [replace(one, bounced=bool(draw < BOUNCED) and one.id not in heard) for one, draw in drawn]


def _key(orders: list[Order]) -> set[str]:
    spent: dict[str, float] = defaultdict(float)
    for order in orders:
        spent[order.customer.id] += order.amount if order.status != "cancelled" else 0.0
    return set(sorted(spent, key=lambda id: (-spent[id], id))[:KEY])


def _objections(customers: list[Customer], invitations: list[Invitation]) -> dict[str, dt.date]:
    """Some days after the last invitation, which is why there was none since."""
    last = {one.customer.id: one for one in invitations}
    found: dict[str, dt.date] = {}
    for customer, (draw, wait) in zip(customers, dice("objections").random((len(customers), 2)), strict=True):
        one = last.get(customer.id)
        if one and one.campaign != WAVES[-1] and customer.stands_on(AS_OF) and draw < OBJECTED:
            found[customer.id] = one.day + dt.timedelta(days=1 + int(20 * wait))
    return found


def _recommendations(customers: list[Customer]) -> dict[str, str]:
    """Each by somebody of the same segment who was a customer when the new one came."""
    found: dict[str, str] = {}
    for customer, (draw, pick) in zip(customers, dice("recommendations").random((len(customers), 2)), strict=True):
        peers = [one.id for one in customers if one.segment == customer.segment and one.stands_on(customer.since)]
        others = [id for id in peers if id != customer.id]
        if customer.since > BEGINS and draw < RECOMMENDED and others:
            found[customer.id] = others[int(pick * len(others))]
    return found
