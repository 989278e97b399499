"""What only people can tell: the answer recorded to an interview or an observation becomes evidence."""

from __future__ import annotations

import datetime as dt

from audit.document import recent
from audit.evidence import Answer, Evidence, Outcome
from audit.rule import Interview, Observation
from audit.sentence import heard_criterion_of, role_word
from audit.text import Text
from audit.wording import say

Found = tuple[Outcome, Text]


def judge_heard(rule: Interview | Observation, answer: Answer | None, as_of: dt.date) -> Evidence:
    """Nothing recorded, or nothing recent, is no evidence either way."""
    outcome, because = _found(rule, answer, as_of)
    return Evidence(
        id=rule.id,
        shows=rule.shows,
        outcome=outcome,
        because=because,
        criterion=heard_criterion_of(rule.accept),
        grade=rule.otherwise if outcome == Outcome.NOT_MET else None,
        kind=rule.kind,
        answers=(answer,) if answer else (),
    )


def _found(rule: Interview | Observation, answer: Answer | None, as_of: dt.date) -> Found:
    if answer is None or answer.outcome == Outcome.NOT_EVALUATED:
        return Outcome.NOT_EVALUATED, _unasked(rule)
    if answer.on > as_of:
        return Outcome.NOT_EVALUATED, say(
            "It was recorded for {day}, which is after the audit date {as_of}.", day=answer.on, as_of=as_of
        )
    if not recent(answer.on, as_of, rule.accept.within):
        return Outcome.NOT_EVALUATED, say(
            "It was last asked or looked at on {day}; your criterion is within {limit} before {as_of}.",
            day=answer.on, limit=rule.accept.within, as_of=as_of,
        )  # fmt: skip
    return answer.outcome, told(answer)


def _unasked(rule: Interview | Observation) -> Text:
    if isinstance(rule, Observation):
        return say("Nobody has recorded yet what is seen here: {place}.", place=rule.observation.within_a_sentence())
    return say("Nobody has recorded an interview yet; ask: {role}.", role=role_word(rule.interview))


def told(answer: Answer) -> Text:
    """The note is a person's own words and the same in both languages."""
    who = answer.who or answer.actor
    return say("{who}, {day}: “{note}”", who=who, day=answer.on, note=answer.note)
