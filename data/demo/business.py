"""Two years of Lindvale: its customers, orders, survey and complaints, as they were in good order."""

from __future__ import annotations

from dataclasses import dataclass

from data.demo.complaints import Complaint, complaints
from data.demo.customers import Customer, customers
from data.demo.orders import Order, orders
from data.demo.survey import Answer, Invitation, answers, invitations


@dataclass(frozen=True)
class Business:
    customers: list[Customer]
    orders: list[Order]
    invitations: list[Invitation]
    answers: list[Answer]
    complaints: list[Complaint]


def business() -> Business:
    base = customers()
    ordered = orders(base)
    invited = invitations(base)
    return Business(base, ordered, invited, answers(invited), complaints(base, ordered))
