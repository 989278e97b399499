"""What the gaps of service quality say, in sentences for a page and a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import compress

from audit.text import Text, sentences
from audit.wording import say
from pipelines.methods.clearly_below import Mean, clearly_below
from pipelines.methods.service_gaps import Gap, ServiceGaps
from pipelines.methods.tolerance_zone import ToleranceZone, Zone

METHOD = say(
    "SERVQUAL (Parasuraman, Zeithaml and Berry, 1988, 1991): what was perceived less what was expected, paired by "
    "question and respondent; intervals by Student's t over respondents; which fell short is judged of all "
    "together (Holm). Differences of two answers are less reliable than either, and who expects the highest mark can "
    "never be surprised."
)
ZONE_METHOD = say(
    "Zone of tolerance (Zeithaml, Berry and Parasuraman, 1993): from the least that is acceptable up to what was "
    "expected. Adequacy is what was perceived less the least acceptable; intervals by Student's t over respondents; "
    "which is less than acceptable is judged of all together (Holm)."
)


def dimension_name(dimension: str) -> Text:
    """The five of SERVQUAL in the reader's language; any other as it was written."""
    known = {
        "tangibles": say("tangibles"),
        "reliability": say("reliability"),
        "responsiveness": say("responsiveness"),
        "assurance": say("assurance"),
        "empathy": say("empathy"),
    }
    return known.get(dimension) or Text(en=dimension, zh=dimension)


def signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+z.2f}".replace("-", "\N{MINUS SIGN}")


def clearly_short(gaps: Sequence[Gap]) -> list[Gap]:
    """Dimensions, or questions, that clearly fell short, the widest gap first."""
    below = clearly_below([Mean(one.gap, one.high, one.n) for one in gaps])
    return sorted(compress(gaps, below), key=lambda one: (one.gap, one.name))


def sentence(gaps: ServiceGaps, starts: dt.date, ends: dt.date) -> Text:
    first = say(
        "{n} respondents said from {starts} to {ends} what they expected and what they got, on a scale from {low} to "
        "{high}.",
        n=gaps.n, starts=starts, ends=ends, low=f"{gaps.lowest:g}", high=f"{gaps.highest:g}",
    )  # fmt: skip
    said = [first, verdict(gaps), *([_equation(gaps.whole, gaps.n)] if gaps.whole else []), *_aside(gaps)]
    return sentences(*said)


def verdict(gaps: ServiceGaps) -> Text:
    short = clearly_short(gaps.dimensions)
    if not short:
        return say("No dimension clearly fell short of what was expected.")
    return say(
        "{short} of {all} dimensions clearly fell short; the widest gap is {dimension} with {gap} ({low} to {high}).",
        short=len(short),
        all=len(gaps.dimensions),
        dimension=dimension_name(short[0].name),
        gap=signed(short[0].gap),
        low=signed(short[0].low),
        high=signed(short[0].high),
    )


def _equation(whole: Gap, respondents: int) -> Text:
    values = {
        "less": f"{whole.less.value:.0f}", "low": f"{whole.less.low:.0f}", "high": f"{whole.less.high:.0f}",
        "equal": f"{whole.equal.value:.0f}", "more": f"{whole.more.value:.0f}",
    }  # fmt: skip
    if whole.n < respondents:
        return say(
            "{n} of them judged every dimension; of their answers {less} % ({low} to {high}) got less than expected, "
            "{equal} % as much, {more} % more.",
            n=whole.n, **values,
        )  # fmt: skip
    return say(
        "Of their answers {less} % ({low} to {high}) got less than expected, {equal} % as much, {more} % more.",
        **values,
    )


def _aside(gaps: ServiceGaps) -> list[Text]:
    told = []
    if gaps.rescaled:
        told.append(say("The questions had different scales, so all were put on 0 to 100 first."))
    if gaps.half_pairs:
        told.append(say("{n} answers have only one half of the pair and count for nothing.", n=gaps.half_pairs))
    return told


def zone_sentence(zone: ToleranceZone) -> Text:
    means = [Mean(one.adequacy, one.adequacy_high, one.n) for one in zone.dimensions]
    below = list(compress(zone.dimensions, clearly_below(means)))
    first = say(
        "Of {answers} answers of {n} respondents {inside} % lie inside the zone of tolerance, {below} % below, "
        "{above} % above.",
        answers=zone.whole.answers, n=zone.whole.n, inside=f"{zone.whole.inside:.0f}", below=f"{zone.whole.below:.0f}",
        above=f"{zone.whole.above:.0f}",
    )  # fmt: skip
    return sentences(first, *([_short(below)] if below else []), *_contrary(zone))


def _short(below: Sequence[Zone]) -> Text:
    worst = min(below, key=lambda one: (one.adequacy, one.name))
    return say(
        "{dimension} is clearly less than customers accept: {adequacy} ({low} to {high}).",
        dimension=dimension_name(worst.name), adequacy=signed(worst.adequacy), low=signed(worst.adequacy_low),
        high=signed(worst.adequacy_high),
    )  # fmt: skip


def _contrary(zone: ToleranceZone) -> list[Text]:
    if not zone.contrary:
        return []
    return [say("{n} answers call acceptable only more than they expect, and are left out.", n=zone.contrary)]
