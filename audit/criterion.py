"""Sets what was measured against the organisation's criterion: a rule and its figures become evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from audit.evidence import Document, Evidence, Outcome
from audit.limits import ComputedLimits
from audit.measurement import Better, Kpi, Measurement
from audit.quantity import Quantity
from audit.rule import Computed
from audit.sentence import criterion_of, joined, measured, named, with_interval
from audit.text import Text
from audit.wording import say


@dataclass(frozen=True)
class Figures:
    """What was measured for a rule: the period it asks for, the one before, and the groups within either."""

    latest: Measurement | None
    before: Measurement | None = None
    groups: tuple[Measurement, ...] = ()
    groups_before: tuple[Measurement, ...] = ()

    def former(self, figure: Measurement | None) -> Measurement | None:
        """The figure of the period before to compare with: a group's own for a group, the whole for the whole."""
        every = [*self.groups_before, self.before]
        return next((f for f in every if f and figure and (f.by, f.group) == (figure.by, figure.group)), None)


@dataclass(frozen=True)
class Found:
    outcome: Outcome
    because: Text


def judge_computed(rule: Computed, kpi: Kpi, figures: Figures, documents: Sequence[Document]) -> Evidence:
    """Bad or thin data gives *not evaluated* with its reason, whatever the value."""
    asked = _named(rule, kpi, figures.groups) if rule.accept.for_each else [figures.latest]
    judged = [(figure, _judged(rule, kpi, figure, figures.former(figure), documents)) for figure in asked]
    if not judged:
        reason = figures.latest and figures.latest.not_evaluated or say("there is no group to compare")
        judged = [(figures.latest, _silent(kpi, reason))]
    worst, found = min(judged, key=lambda pair: _rank(pair[1].outcome, pair[0], kpi.better))
    return Evidence(
        id=rule.id,
        shows=rule.shows,
        outcome=found.outcome,
        because=found.because,
        criterion=criterion_of(rule.accept, kpi),
        grade=rule.otherwise if found.outcome == Outcome.NOT_MET else None,
        kpi=kpi.name,
        measurement=worst,
        groups=figures.groups,
        kind=rule.kind,
    )


def _named(rule: Computed, kpi: Kpi, groups: Sequence[Measurement]) -> list[Measurement | None]:
    """Rows that state no group are judged like one, unless they are too few to say anything."""
    least = rule.accept.sample_of or kpi.least
    return [group for group in groups if group.group or group.n >= least]


def _judged(
    rule: Computed, kpi: Kpi, figure: Measurement | None, before: Measurement | None, documents: Sequence[Document]
) -> Found:
    if figure is None:
        return _silent(kpi, say("it was not measured for this period"))
    least = rule.accept.sample_of or kpi.least
    if figure.not_evaluated and not _thin_for_the_kpi_alone(kpi, figure, least):
        return _silent(kpi, figure.not_evaluated, figure)
    if not figure.n:
        return _silent(kpi, say("there are no records in the period"), figure)
    if figure.value is None or not isfinite(figure.value):
        return _silent(kpi, say("it cannot be computed from the records of the period"), figure)
    if figure.n < least:
        return _silent(kpi, say("only {n} records; at least {least} are needed", n=figure.n, least=least), figure)
    level = _level(rule.accept, kpi, figure)
    if level.outcome == Outcome.NOT_MET or not rule.accept.no_worse_than_before:
        return level
    return _change(rule.accept, kpi, figure, before, documents)


def _thin_for_the_kpi_alone(kpi: Kpi, figure: Measurement, least: int) -> bool:
    """Enough by the organisation's own criterion. (A figure that is not to be trusted has no value at all.)"""
    return figure.value is not None and least <= figure.n < kpi.least


def _silent(kpi: Kpi, reason: Text, figure: Measurement | None = None) -> Found:
    name = named(kpi, figure)
    return Found(Outcome.NOT_EVALUATED, say("{name}: not evaluated, because {reason}.", name=name, reason=reason))


def _level(limits: ComputedLimits, kpi: Kpi, figure: Measurement) -> Found:
    said = measured(kpi, figure)
    asked = [(limits.at_least, True), (limits.at_most, False)]
    for limit, at_least in asked:
        if limit is not None and not (figure.quantity >= limit if at_least else figure.quantity <= limit):
            criterion = _wanted(limit, at_least, figure)
            told = say("{figure}; this does not meet your criterion of {criterion}.", figure=said, criterion=criterion)
            if str(figure.quantity) == str(limit):
                told = say("{figure}; rounded it equals your criterion of {criterion}, yet it does not meet it.",
                           figure=said, criterion=criterion)  # fmt: skip
            return Found(Outcome.NOT_MET, told)
    wanted = [_wanted(limit, at_least, figure) for limit, at_least in asked if limit is not None]
    if not wanted:
        return Found(Outcome.MET, say("{figure}.", figure=said))
    told = say("{figure}; this meets your criterion of {criterion}.", figure=said, criterion=joined(wanted))
    return Found(Outcome.MET, told)


def _wanted(limit: Quantity, at_least: bool, figure: Measurement) -> Text:
    """The limit in words, and whether chance alone could put the figure on its other side."""
    words = say("at least {limit}", limit=limit) if at_least else say("at most {limit}", limit=limit)
    if figure.low is None or figure.high is None or not figure.low <= limit.value <= figure.high:
        return words
    return say("{criterion}, though the interval includes it", criterion=words)


def _change(
    limits: ComputedLimits, kpi: Kpi, now: Measurement, before: Measurement | None, documents: Sequence[Document]
) -> Found:
    """Whether the change from the period before is wholly for the worse, by the interval of the difference."""
    if kpi.better == "neither":
        return _silent(kpi, say("neither direction of it is the better one, so no change is for the worse"), now)
    least = limits.sample_of or kpi.least
    unsound = before and before.not_evaluated and not _thin_for_the_kpi_alone(kpi, before, least)
    if before is None or unsound or before.value is None or before.n < least:
        reason = say("there is no sound figure of the period before to compare with")
        return _silent(kpi, reason, now)
    bounds = difference(now, before)
    if bounds is None:
        return _silent(kpi, say("it has no interval, so a change cannot be told from chance"), now)
    said = say("{now}, against {before} in the period before", now=measured(kpi, now), before=with_interval(before))
    worse = bounds[1] < 0 if kpi.better == "higher" else bounds[0] > 0
    if not worse:
        return Found(Outcome.MET, say("{said}; it has not got worse by more than chance explains.", said=said))
    plan = _answer(limits, now, documents)
    if plan:
        told = say(
            "{said}; it got worse, and an answer is on record: “{plan}”, approved and reviewed on {reviewed}.",
            said=said, plan=plan.title, reviewed=plan.reviewed_on,
        )  # fmt: skip
        return Found(Outcome.MET, told)
    if limits.acted_on_by:
        told = say("{said}; it got worse by more than chance explains, and nobody acted on it.", said=said)
    else:
        told = say("{said}; it got worse by more than chance explains.", said=said)
    return Found(Outcome.NOT_MET, told)


def difference(now: Measurement, before: Measurement) -> tuple[float, float] | None:
    """95 % interval of now minus before, from the two intervals (MOVER; Zou and Donner 2008, Newcombe 1998).

    It takes the two periods for independent samples: where the same customers stand in both, as in retention, it is
    wider than it need be, so a decline is called one too seldom rather than too often.
    """
    bounds = [now.value, now.low, now.high, before.value, before.low, before.high]
    sound = [bound for bound in bounds if bound is not None and isfinite(bound)]
    if len(sound) < len(bounds):
        return None
    value, low, high, former, former_low, former_high = sound
    down = ((value - low) ** 2 + (former_high - former) ** 2) ** 0.5
    up = ((high - value) ** 2 + (former - former_low) ** 2) ** 0.5
    return value - former - down, value - former + up


def _answer(limits: ComputedLimits, now: Measurement, documents: Sequence[Document]) -> Document | None:
    """An approved document of the kind, newer than the start of the period that declined."""
    for document in documents:
        fits = document.kind == limits.acted_on_by and document.status == "approved"
        if fits and document.reviewed_on and document.reviewed_on >= now.starts:
            return document
    return None


def _rank(outcome: Outcome, figure: Measurement | None, better: Better) -> tuple[int, float, str]:
    """Not met before not evaluated before met; among equals the worst value, so that it is the one named.

    The group's name settles ties, so that the order in which rows were read never changes a sentence.
    """
    order = {Outcome.NOT_MET: 0, Outcome.NOT_EVALUATED: 1}.get(outcome, 2)
    value = figure.value if figure is not None and figure.value is not None else 0.0
    return order, -value if better == "lower" else value, figure.group if figure else ""
