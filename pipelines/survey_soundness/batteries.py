"""Questions on one scale, taken together: the same answer throughout, and whether they measure one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations_with_replacement

import numpy as np

from audit.wording import say
from pipelines.analyses.part import Part, part
from pipelines.measuring.lineage import Read
from pipelines.measuring.trust import Doubt
from pipelines.methods.interval import Array
from pipelines.methods.refused import Refused
from pipelines.methods.reliability import Reliability, correlations, reliability
from pipelines.methods.straight_lining import LEAST_ANSWERS, Seen, StraightLining, straight_lining
from pipelines.sql import literal
from pipelines.survey_soundness.answers import SCORED, Answers
from pipelines.survey_soundness.found import Battery, Lined, Scale
from pipelines.survey_soundness.matched import delivered

CONSISTENT = ("satisfaction", "recommend", "ease")
"""Questions of the survey responses that run the same way."""
PERFORMANCE = "performance"
MOST_QUESTIONS = 60
FINE = 1_000
"""Scores are summed as whole thousandths: such sums do not depend on the order in which threads add them up."""
WIDE = "clauselight_wide"


def lined(answers: Answers) -> Part[tuple[Lined, ...]]:
    def each() -> tuple[Lined, ...]:
        found = [battery for battery in _batteries(answers) if len(battery.questions) >= LEAST_ANSWERS]
        if not found:
            raise Refused(say("no {least} questions were answered on one scale", least=LEAST_ANSWERS))
        return tuple(Lined(battery, part(Doubt(), partial(_lined, answers, battery))) for battery in found)

    return part(answers.doubt(), each)


def overall(answers: Answers) -> Part[Reliability]:
    """Of the questions of the survey responses."""
    asked = [name for name in CONSISTENT if delivered(answers.trust, name) != "false"]
    read: Read = {"survey_responses": frozenset({"response_id", "answered_on", *asked})}
    fine = ", ".join(f"{FINE} * {name} as {name}" for name in asked)
    table = f"(select {fine} from survey_responses where {answers.dated}) as r"

    def agreeing() -> Reliability:
        covariance, n = _covariance(answers, table, asked)
        return reliability(asked, correlations(covariance), n)

    return part(answers.doubt(read), agreeing)


def scales(answers: Answers) -> Part[tuple[Scale, ...]]:
    """Of how well things were done. What matters to somebody need not be one thing, so it is no scale."""

    def each() -> tuple[Scale, ...]:
        asked = [battery for battery in _batteries(answers) if battery.asks_for == PERFORMANCE]
        found = tuple(scale for battery in asked for scale in _scales(answers, battery))
        if not found:
            raise Refused(say("no two questions were answered on one scale"))
        return found

    return part(answers.doubt(), each)


def _batteries(answers: Answers) -> list[Battery]:
    rows = answers.rows(
        f"select scale_lowest, scale_highest, coalesce(asks_for, '{PERFORMANCE}'), "
        "list(distinct question order by question) from survey_answers "
        f"where {answers.dated} and {SCORED} group by 1, 2, 3 order by 3 desc, 1, 2"
    )
    return [Battery(tuple(questions), float(low), float(high), asks) for low, high, asks, questions in rows]


def _on(battery: Battery) -> str:
    scale = f"scale_lowest = {literal(battery.lowest)} and scale_highest = {literal(battery.highest)}"
    return f"{SCORED} and {scale} and coalesce(asks_for, '{PERFORMANCE}') = {literal(battery.asks_for)}"


def _lined(answers: Answers, battery: Battery) -> StraightLining:
    fine = f"cast(round({FINE} * score) as bigint)"
    rows = answers.rows(
        f"select alike, case when alike then lowest end, count(*), sum(cast(total / n as decimal(28, 6))) from ("
        f"select min({fine}) = max({fine}) as alike, min({fine}) as lowest, sum({fine}) as total, count(*) as n "
        f"from survey_answers where {answers.drawn} and {_on(battery)} group by response_id having n >= {LEAST_ANSWERS}"
        ") as r group by 1, 2"
    )
    return straight_lining(_seen(rows))


def _seen(rows: Sequence[tuple[bool, int | None, int, float]]) -> Seen:
    able, total = sum(row[2] for row in rows), sum(float(row[3]) for row in rows)
    others = [row for row in rows if not row[0]]
    alike = {value / FINE: count for same, value, count, _ in rows if same and value is not None}
    rest = float(others[0][3]) / others[0][2] / FINE if others else None
    return Seen(able, alike, total / able / FINE if able else None, rest)


def _scales(answers: Answers, battery: Battery) -> Iterator[Scale]:
    """The whole battery, then the questions of each driver."""
    if len(battery.questions) < 2:
        return
    if len(battery.questions) > MOST_QUESTIONS:
        told = say(
            "{count} questions; at most {most} are taken together", count=len(battery.questions), most=MOST_QUESTIONS
        )
        yield Scale(battery, 0, Part(None, told))
        return
    _widen(answers, battery)
    names = {question: f"q{at}" for at, question in enumerate(battery.questions)}
    for group in [battery, *_by_driver(answers, battery)]:
        columns = [names[question] for question in group.questions]
        ((some,),) = answers.rows(f"select count(*) from {WIDE} where coalesce({', '.join(columns)}) is not null")
        yield Scale(group, some, part(Doubt(), partial(_consistent, answers, WIDE, group.questions, columns)))
    answers.rows(f"drop table {WIDE}")


def _widen(answers: Answers, battery: Battery) -> None:
    """One row for each questionnaire, one column for each question."""
    each = ", ".join(
        f"max(cast(round({FINE} * score) as bigint)) filter (where question = {literal(question)}) as q{at}"
        for at, question in enumerate(battery.questions)
    )
    source = f"from survey_answers where {answers.drawn} and {_on(battery)} group by response_id"
    answers.rows(f"create or replace temp table {WIDE} as select {each} {source}")


def _by_driver(answers: Answers, battery: Battery) -> list[Battery]:
    rows = answers.rows(
        "select driver, list(distinct question order by question) from survey_answers "
        f"where {answers.dated} and {_on(battery)} and driver is not null "
        "group by 1 having count(distinct question) > 1 order by 1"
    )
    several = [replace(battery, questions=tuple(questions), driver=driver) for driver, questions in rows]
    return [each for each in several if each.questions != battery.questions]


def _consistent(answers: Answers, table: str, questions: Sequence[str], columns: Sequence[str]) -> Reliability:
    return reliability(questions, *_covariance(answers, table, columns))


def _covariance(answers: Answers, table: str, columns: Sequence[str]) -> tuple[Array, int]:
    """Of those who answered all, and how many they are."""
    pairs, k = list(combinations_with_replacement(range(len(columns)), 2)), len(columns)
    sums = [f"sum({name})" for name in columns] + [f"sum({columns[a]} * {columns[b]})" for a, b in pairs]
    whole = " and ".join(f"{name} is not null" for name in columns) or "false"
    ((n, *found),) = answers.rows(f"select {', '.join(['count(*)', *sums])} from {table} where {whole}")
    covariance = np.zeros((k, k))
    if n > 1:
        for (a, b), product in zip(pairs, found[k:], strict=True):  # whole numbers: nothing is lost before the division
            covariance[a, b] = covariance[b, a] = (n * product - found[a] * found[b]) / (n * (n - 1) * FINE**2)
    return covariance, n
