"""Two years of Lindvale: its customers, orders, survey and complaints, as they were in good order."""

from __future__ import annotations

from dataclasses import dataclass

from data.demo.calls import Call, calls
from data.demo.complaints import Complaint, complaints
from data.demo.customers import Customer, customers
from data.demo.deliveries import Line, lines
from data.demo.expectations import Pair, expectations
from data.demo.further_questions import asked_further
from data.demo.interactions import Interaction, interactions
from data.demo.kano import Felt, felt
from data.demo.market import Score, Size, scores, sizes
from data.demo.marks import bounced, marked
from data.demo.needs import Need, needs
from data.demo.orders import Order, orders
from data.demo.outcomes import ended
from data.demo.promises import Promise, promises
from data.demo.returns import Return, returns
from data.demo.reviews import Review, reviews
from data.demo.staff import Opinion, Training, opinions, trainings
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
    felt: list[Felt]
    promises: list[Promise]
    invitations: list[Invitation]
    answers: list[Answer]
    complaints: list[Complaint]
    steps: list[Step]
    interactions: list[Interaction]
    calls: list[Call]
    opinions: list[Opinion]
    trainings: list[Training]
    scores: list[Score]
    sizes: list[Size]
    pairs: list[Pair]


def business() -> Business:
    base = customers()
    ordered = orders(base)
    sent = lines(ordered)
    invited = invitations(base)
    answered = asked_further(answers(invited))
    complained = ended(complaints(base, ordered))
    return Business(
        customers=marked(base, ordered, invited),
        orders=ordered,
        lines=sent,
        returns=returns(sent),
        reviews=reviews(ordered),
        needs=needs(base),
        felt=felt(base),
        promises=promises(base),
        invitations=bounced(invited, answered),
        answers=answered,
        complaints=complained,
        steps=steps(complained),
        interactions=interactions(base, ordered),
        calls=calls(base),
        opinions=opinions(),
        trainings=trainings(),
        scores=scores(),
        sizes=sizes(ordered),
        pairs=expectations(base),
    )
