"""Was a target reached in a period? With regard to the interval, and silent where the figure is no evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from audit.measurement import Measurement
from audit.sentence import with_interval
from audit.targets.objective import Target
from audit.text import Text
from audit.wording import say

Met = Literal["attained", "not attained", "open", "not evaluated"]
Sure = Literal["surely", "within chance", ""]


@dataclass(frozen=True)
class Attainment:
    """
    `attained` says that the value reaches the target. How sure that is, `sure` says: "surely" where the whole 95 %
    interval lies on the same side, "within chance" where it reaches across the target, "" where there is no interval.
    """

    met: Met
    because: Text
    sure: Sure = ""
    warned: bool = False
    """Reached, and past the earlier threshold that warns."""
    stretched: bool = False


def attainment(
    target: Target, figure: Measurement | None, starts: dt.date, ends: dt.date, until: dt.date
) -> Attainment:
    """`starts` and `ends` are those of the whole period, `until` the last day that the data covers."""
    if ends > until:
        return Attainment("open", _so_far(target, figure, ends), warned=_warned_so_far(target, figure))
    if figure is None:
        return _silent(target, say("there are no records in the period"))
    if figure.not_evaluated or figure.value is None:
        return _silent(target, figure.not_evaluated or say("it has no value"))
    if figure.starts > starts:
        return _silent(
            target, say("it is measured from {day} on only, which is not the whole period", day=figure.starts)
        )
    warned = target.warned_by(figure.value)
    sure = _sure(target, figure.value, figure.low, figure.high)
    if not target.met_by(figure.value):
        return Attainment("not attained", _missed(target, figure, sure), sure)
    return Attainment("attained", _reached(target, figure, sure), sure, warned, target.stretched_by(figure.value))


def _sure(target: Target, value: float, low: float | None, high: float | None) -> Sure:
    if low is None or high is None:
        return ""
    if target.met_by(value):
        return "surely" if target.met_by(low) and target.met_by(high) else "within chance"
    return "surely" if target.missed_by_all(low, high) else "within chance"


def _silent(target: Target, because: Text) -> Attainment:
    why = because.within_a_sentence()
    return Attainment("not evaluated", say("nothing to hold against {target}: {why}", target=target.words, why=why))


def _warned_so_far(target: Target, figure: Measurement | None) -> bool:
    return bool(figure and not figure.not_evaluated and figure.value is not None and target.warned_by(figure.value))


def _so_far(target: Target, figure: Measurement | None, ends: dt.date) -> Text:
    if figure is None or figure.value is None or figure.not_evaluated:
        return say("no value yet to hold against {target}; the period ends on {day}", target=target.words, day=ends)
    value = with_interval(figure)
    return say("{value} so far, against {target}; the period ends on {day}", value=value, target=target.words, day=ends)


def _reached(target: Target, figure: Measurement, sure: Sure) -> Text:
    value, words = with_interval(figure), target.words
    return {
        "surely": say("{value} meets {target}, and so does the whole interval", value=value, target=words),
        "within chance": say(
            "{value} meets {target}, but the interval reaches across it: it may be chance", value=value, target=words
        ),
        "": say("{value} meets {target}; the figure has no interval", value=value, target=words),
    }[sure]


def _missed(target: Target, figure: Measurement, sure: Sure) -> Text:
    value, words = with_interval(figure), target.words
    return {
        "surely": say("{value} does not meet {target}, nor does any part of the interval", value=value, target=words),
        "within chance": say(
            "{value} does not meet {target}, but the interval reaches across it: it may be chance",
            value=value,
            target=words,
        ),
        "": say("{value} does not meet {target}; the figure has no interval", value=value, target=words),
    }[sure]


def met_word(met: Met) -> Text:
    return {
        "attained": say("attained"),
        "not attained": say("not attained"),
        "open": say("under way"),
        "not evaluated": say("not evaluated"),
    }[met]


def sure_word(sure: Sure) -> Text | None:
    return {"surely": say("beyond chance"), "within chance": say("within chance"), "": None}[sure]
