"""A sample of records, judged one by one: how many to draw, what the judgements show, and how far that reaches."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, comb, sqrt

from audit.evidence import Answer, Drawn, Evidence, Outcome
from audit.rule import Sample
from audit.sentence import sample_criterion_of
from audit.text import Text
from audit.wording import say

SMALL = 5
IN_DOUBT = 20
"""One in so many samples may mislead: 95 % confidence, in whole numbers, so that no rounding decides."""


def size(population: int, draw: int | None = None) -> int:
    """How many to draw: the number asked for, else all of up to 5, else the square root, at least 5."""
    return min(population, draw or max(SMALL, ceil(sqrt(population))))


def most_failing(population: int, drawn: int, failing: int) -> int:
    """
    One-sided 95 % upper limit for the records of the population that fail, when so many of a simple random sample do:
    the largest number with which a sample no worse than this one still comes up in 5 % of draws (hypergeometric
    distribution; Buonaccorsi 1987).
    """
    low, high = failing, population - (drawn - failing)
    while low < high:
        middle = (low + high + 1) // 2
        if IN_DOUBT * _no_worse(population, middle, drawn, failing) > comb(population, drawn):
            low = middle
        else:
            high = middle - 1
    return low


def _no_worse(population: int, all_failing: int, drawn: int, failing: int) -> int:
    """Samples with at most `failing` in them when `all_failing` of the population fail."""
    return sum(comb(all_failing, k) * comb(population - all_failing, drawn - k) for k in range(failing + 1))


def judge_sample(rule: Sample, drawn: Drawn | None, answers: Mapping[str, Answer]) -> Evidence:
    """`answers` by the record's key. Records not judged yet are no evidence, but one too many that fails is."""
    judged = [answers[item] for item in (drawn.items if drawn else ()) if item in answers]
    outcome, because = _found(rule, drawn, judged)
    return Evidence(
        id=rule.id,
        shows=rule.shows,
        outcome=outcome,
        because=because,
        criterion=sample_criterion_of(rule.accept),
        grade=rule.otherwise if outcome == Outcome.NOT_MET else None,
        kind=rule.kind,
        drawn=drawn,
        answers=tuple(judged),
    )


def _found(rule: Sample, drawn: Drawn | None, judged: list[Answer]) -> tuple[Outcome, Text]:
    if drawn is None or not drawn.items:
        return Outcome.NOT_EVALUATED, say("There are no records of the period to draw from.")
    count = len(drawn.items)
    failing = [answer for answer in judged if answer.outcome == Outcome.NOT_MET]
    sound = [answer for answer in judged if answer.outcome == Outcome.MET]
    apart = [answer for answer in judged if answer.outcome == Outcome.NOT_APPLICABLE]
    done = len(failing) + len(sound) + len(apart)
    if len(failing) > rule.accept.failing_at_most or (failing and not sound and done == count):
        return Outcome.NOT_MET, say(
            "{failing} of {judged} records judged fail, first {item}: “{note}”",
            failing=len(failing), judged=len(failing) + len(sound), item=failing[0].item, note=failing[0].note,
        )  # fmt: skip
    if done < count:
        return Outcome.NOT_EVALUATED, say("{done} of {count} records drawn are judged.", done=done, count=count)
    if not sound:
        return Outcome.NOT_EVALUATED, say("None of the records drawn is one to which this applies.")
    return Outcome.MET, _reach(drawn, len(sound) + len(failing), len(failing))


def _reach(drawn: Drawn, judged: int, failing: int) -> Text:
    """What the sample says of the rest; records to which it does not apply are left out of both numbers."""
    apart = len(drawn.items) - judged
    population = drawn.population - apart
    said = say("{failing} of {judged} records drawn from {population} fail", failing=failing, judged=judged,
               population=drawn.population)  # fmt: skip
    if judged == population:
        return say("{said}; all were judged.", said=said)
    most = ceil(100 * most_failing(population, judged, failing) / population)  # rounded down, it would claim too much
    return say("{said}; with 95 % confidence at most {most} % of all do.", said=said, most=most)
