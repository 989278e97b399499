"""The customers as a report tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isnan
from typing import Any

from audit.sentence import group_word
from audit.text import Text, sentences
from audit.wording import say
from pipelines.analyses.customer_base import words
from pipelines.analyses.customer_base.found import (
    Climbed,
    Cohorts,
    Complained,
    CustomerBase,
    Revenue,
    Silent,
    Survived,
    month_day,
)
from pipelines.analyses.part import Part
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.methods.concentration import Concentration
from pipelines.survey_soundness.naming import group_text

MONTHS = (0, 3, 6, 12, 18, 24, 36, 48, 60, 120, 180, 240)
SHARES = (1, 5, *range(10, 101, 10))
Rows = tuple[tuple[Cell, ...], ...]
Told = tuple[Text, tuple[Text, ...], Rows]
"""The sentence, the headings and the rows."""

SURVIVAL = say(
    "Kaplan and Meier (1958), errors by Greenwood, intervals on the log-log scale (Kalbfleisch and Prentice). Who was "
    "there before the period began enters at the length of stay reached by then; who left before it counts nowhere. "
    "Assumes that whoever came long ago leaves like whoever came lately. Told only where at least 10 are watched."
)
COHORTS = say(
    "A period later is counted for each customer from the own first day; a cell counts only where everybody of the "
    "cohort could be watched to its end. Intervals: Wilson. Fewer than 5 customers have no share."
)
CONCENTRATION = say(
    "Pareto, Lorenz and Gini over the customers behind the accounts, in the latest 12 months. That a fifth brings four "
    "fifths is a rule of thumb; what is told is measured. Intervals take the customers as a draw (Davidson 2009)."
)
LADDER = say(
    "Steps of relationship marketing (Christopher, Payne and Ballantyne 1991), told from orders, answers, contacts and "
    "recommendations on record, the highest step that holds. A step gives no reason; what nobody noted is missing."
)
SILENT = say(
    "As the figure on silent customers counts them: no order, no answer, no complaint, no contact. Sizes by revenue of "
    "the year before: A makes the first 80 %, B the next 15 %, C the rest. Silence is no satisfaction."
)


def sections(found: CustomerBase) -> Sequence[Section]:
    return [
        _section(say("How long customers stay"), SURVIVAL, found.survival, _survival),
        _section(say("Customers who stayed, by when they came"), COHORTS, found.retention, _retention),
        _section(say("Customers who ordered again, by when they first did"), COHORTS, found.purchases, _purchases),
        _section(say("On how few customers revenue hangs"), CONCENTRATION, found.revenue, _revenue),
        _section(say("From how few customers complaints come"), CONCENTRATION, found.complaints, _complaints),
        _section(say("Loyalty ladder"), LADDER, found.ladder, _ladder),
        _section(say("Silent customers"), SILENT, found.silent, _silent),
    ]


def _section(title: Text, method: Text, part: Part[Any], told: Callable[[Any], Told]) -> Section:
    if part.result is None:
        return nothing(title, part.because, method)
    sentence, heads, rows = told(part.result)
    warned = sentences(sentence, say("Warning: {words}.", words=part.warning)) if part.warning else sentence
    return Section(title, warned, method, heads, rows)


def _survival(found: Survived) -> Told:
    heads = (say("Segment"), say("Months"), say("Still there"), say("Standard error"), say("Watched"))
    curves = [(say("all"), found.whole)]
    curves += [(group_word(one.name), one.survival.result) for one in found.groups if one.survival.result]
    rows = tuple(
        (name, months, words.share(point), f"{point.error:.2f}", point.at_risk)
        for name, curve in curves
        for months in MONTHS
        if (point := curve.at(month_day(months)))
    )
    sentence = words.survival(found)
    return sentences(sentence, words.alike(found.alike.result)) if found.alike.result else sentence, heads, rows


def _retention(found: Cohorts) -> Told:
    return words.retention(found), *_triangle(found)


def _purchases(found: Cohorts) -> Told:
    return words.purchases(found), *_triangle(found)


def _triangle(found: Cohorts) -> tuple[tuple[Text, ...], Rows]:
    one = found.triangle
    after = tuple(say("{months} months", months=at * found.months) for at in range(1, len(one.total) + 1))
    rows = [(each.name, each.n, *map(_cell, each.cells)) for each in one.cohorts]
    return (say("Came"), say("Customers"), *after), (*rows, (say("together"), one.n, *map(_cell, one.total)))


def _cell(cell: Any) -> Cell:
    return words.of_cell(cell) if cell else None


def _revenue(found: Revenue) -> Told:
    told = words.revenue(found)
    return sentences(told, words.largest(found)) if found.largest else told, *_curve(found.concentration)


def _curve(found: Concentration) -> tuple[tuple[Text, ...], Rows]:
    rows = tuple((f"{at} %", words.percent(found.curve[at])) for at in SHARES if not isnan(found.curve[at]))
    return (say("Share of the customers, from the top"), say("bring")), rows


def _complaints(found: Complained) -> Told:
    return words.complaints(found), *_curve(found.concentration)


def _ladder(found: Climbed) -> Told:
    heads = (say("Step"), say("Customers"), say("Share"), say("Share 12 months before"), say("Rule"))
    return words.ladder(found), heads, tuple(_rungs(found))


def _rungs(found: Climbed) -> Iterator[tuple[Cell, ...]]:
    for rung, (name, rule) in zip(found.ladder.rungs, words.rules(found), strict=True):
        before = None if rung.share_before is None else words.percent(rung.share_before)
        yield name, rung.count, words.bounded(rung.share, rung.low, rung.high), before, rule


def _silent(found: Silent) -> Told:
    rows: list[tuple[Cell, ...]] = [
        (group_word(one.group), one.count, one.n, words.bounded(one.share, one.low, one.high)) for one in found.segments
    ]
    rows += [
        (group_text("revenue", one.group), one.count, one.n, words.bounded(one.share, one.low, one.high))
        for one in found.sizes.result or ()
    ]
    return words.silent(found), (say("Group"), say("Silent"), say("Customers"), say("Share")), tuple(rows)
