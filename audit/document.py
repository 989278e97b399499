"""Sets what is registered against the organisation's criterion: a rule and its documents become evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from audit.evidence import Document, Evidence, Outcome
from audit.expiry import next_review
from audit.quantity import Quantity
from audit.rule import Documentary
from audit.sentence import document_criterion_of, status_word
from audit.text import Text
from audit.wording import say

Found = tuple[Outcome, Text]


def judge_document(rule: Documentary, title: Text, documents: Sequence[Document], as_of: dt.date) -> Evidence:
    """The best document of the kind decides. None registered is no evidence either way."""
    kind = [document for document in documents if document.kind == rule.document]
    judged = [(document, _document(rule, title, document, as_of)) for document in kind]
    none = say("No document of the kind “{kind}” is registered; add it on the Documents page.", kind=title)
    order = {Outcome.MET: 0, Outcome.NOT_EVALUATED: 1, Outcome.NOT_MET: 2}
    nothing: tuple[Document | None, Found] = (None, (Outcome.NOT_EVALUATED, none))
    best, (outcome, because) = min(judged, key=lambda pair: order[pair[1][0]], default=nothing)
    return Evidence(
        id=rule.id,
        shows=rule.shows,
        outcome=outcome,
        because=because,
        criterion=document_criterion_of(rule.accept),
        grade=rule.otherwise if outcome == Outcome.NOT_MET else None,
        document=best,
        kind=rule.kind,
    )


def _document(rule: Documentary, title: Text, document: Document, as_of: dt.date) -> Found:
    name = say("“{title}” ({kind})", title=document.title, kind=title)
    status = status_word(document.status)
    objection = _objection(rule, name, status, document, as_of)
    if objection:
        return Outcome.NOT_MET, objection
    if document.reviewed_on is None:
        return Outcome.MET, say("{name} is {status}.", name=name, status=status)
    day = document.reviewed_on
    if rule.accept.reviewed_within and day > as_of:
        return Outcome.NOT_EVALUATED, say(
            "{name} has a date of review, {day}, that lies after the audit date {as_of}; correct one of the two.",
            name=name, day=day, as_of=as_of,
        )  # fmt: skip
    return Outcome.MET, say("{name} is {status} and was reviewed on {day}.", name=name, status=status, day=day)


def _objection(rule: Documentary, name: Text, status: Text, document: Document, as_of: dt.date) -> Text | None:
    limits = rule.accept
    if document.status != limits.status:
        return say(
            "{name} is {status}; it must be {wanted}.", name=name, status=status, wanted=status_word(limits.status)
        )
    if has_expired(document, as_of):
        return say(
            "{name} expired on {day}, before the audit date {as_of}.", name=name, day=document.expires_on, as_of=as_of
        )
    if limits.reviewed_within:
        if document.reviewed_on is None:
            return say("{name} has no date of review.", name=name)
        if not recent(document.reviewed_on, as_of, limits.reviewed_within):
            return say(
                "{name} was last reviewed on {day}; your criterion is within {limit} before {as_of}.",
                name=name, day=document.reviewed_on, limit=limits.reviewed_within, as_of=as_of,
            )  # fmt: skip
        if (due := next_review(document)) and due < as_of:
            return say(
                "{name} was last reviewed on {day}; by its own review interval the next review was due on {due}.",
                name=name, day=document.reviewed_on, due=due,
            )  # fmt: skip
    if limits.covers:
        if document.covers_to is None:
            return say("{name} does not say which period it covers.", name=name)
        if not recent(document.covers_to, as_of, limits.covers):
            return say(
                "{name} covers a period up to {day}; your criterion is one that ends within {limit} before {as_of}.",
                name=name, day=document.covers_to, limit=limits.covers, as_of=as_of,
            )  # fmt: skip
    return None


def has_expired(document: Document, as_of: dt.date) -> bool:
    """It still holds on the day that it names."""
    return document.expires_on is not None and document.expires_on < as_of


def recent(day: dt.date, as_of: dt.date, limit: Quantity) -> bool:
    """Whether the day lies at most so many months before the audit date."""
    months = (as_of.year - day.year) * 12 + as_of.month - day.month + (as_of.day > day.day)
    return months <= limit.value
