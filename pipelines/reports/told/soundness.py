"""Whether the survey is sound: the verdict over its points, then each part with its figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit.quantity import Quantity
from audit.small_cells import hidden
from audit.text import Text
from audit.withheld import words as withheld
from audit.wording import say
from pipelines import definitions
from pipelines.analyses.part import Part
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.methods.early_late import EarlyLate, Wave
from pipelines.methods.representativeness import Group, Representativeness
from pipelines.methods.representativeness import told as told_of_groups
from pipelines.reports.told.soundness_methods import method, state_word, subject
from pipelines.survey_soundness.found import Point, Subject, Survey, soundness_of
from pipelines.survey_soundness.naming import dimension_text, group_text, remark_text
from pipelines.survey_soundness.points import verdict

PERIOD = "rolling_12_months"


def sections(folder: Path, least: int) -> list[Section]:
    found = soundness_of(folder)
    survey = next((each for each in found.surveys if each.grain == PERIOD), None) if found else None
    if survey is None:
        return []
    return [_overview(survey), *(section for point in survey.points for section in _part(point, survey, least))]


def _overview(survey: Survey) -> Section:
    rows = tuple((subject(each.subject), state_word(each.state), each.told, each.then) for each in survey.points)
    told = say("{verdict}. Looked at: {starts} to {ends}.", verdict=verdict(survey.points), starts=survey.starts,
               ends=survey.ends)  # fmt: skip
    how = say(
        "ISO sets no limit for any of it; what is called weak is a rule of thumb of the field, named with each part."
    )
    header = (say("Question"), say("State"), say("What the survey shows"), say("What to do"))
    return Section(say("The survey as a whole"), told, how, header, rows)


def _part(point: Point, survey: Survey, least: int) -> Iterator[Section]:
    every = list(_tables(point.subject, survey, least))
    name = subject(point.subject)
    if not every:
        yield nothing(name, point.told, method(point.subject))
    for about, told, heads, rows in every:
        title = say("{part} · {about}", part=name, about=about) if about else name
        yield Section(title, told or point.told, method(point.subject), heads, rows)


Rows = tuple[tuple[Cell, ...], ...]
Table = tuple[Text | None, Text | None, tuple[Text, ...], Rows]
"""What it is about, what it shows where that is another sentence than the point's, its heads and rows."""


def _tables(name: Subject, survey: Survey, least: int) -> Iterator[Table]:
    """Of one subject; what has no result has no table, and the point says why."""
    if name == "who":
        for by, part in survey.who.items():
            yield dimension_text(by), *_who_answered(by, part, least)
    elif name == "response" and survey.response.result:
        yield None, None, *_response(survey)
    elif name == "early_late" and survey.early_late.result:
        yield None, None, *_waves(survey.early_late.result, least)
    elif name == "non_response":
        yield from _left_open(survey)
    elif name == "straight_lining" and survey.straight_lining.result:
        yield None, None, *_lined(survey)
    elif name == "reliability":
        yield from _scales(survey)
    elif name == "figures":
        yield from _figures(survey)
    elif name == "weights" and survey.weights.result:
        yield None, None, *_weights(survey)


def _bounds(*more: Text) -> tuple[Text, ...]:
    return (*more, say("Low"), say("High"))


def _who_answered(by: str, part: Part[Representativeness], least: int) -> tuple[Text | None, tuple[Text, ...], Rows]:
    if part.result is None:
        return part.because, (), ()
    told = told_of_groups(part.result, lambda group: group_text(by, group))
    return told, _who_heads(), tuple(_who(by, part.result, least))


def _who_heads() -> tuple[Text, ...]:
    return (say("Group"), say("Customers"), say("Answered"), say("Share of customers, %"),
            *_bounds(say("Share of answers, %")), say("Remark"))  # fmt: skip


def _who(by: str, found: Representativeness, least: int) -> Iterator[tuple[Cell, ...]]:
    gone = hidden(
        {(by, group.name): group.respondents for group in found.groups} | {("", ""): found.respondents}, least
    )
    for group in found.groups:
        yield _group(by, group, (by, group.name) in gone, least)


def _group(by: str, group: Group, is_hidden: bool, least: int) -> tuple[Cell, ...]:
    name = group_text(by, group.name)
    if is_hidden:
        return name, group.population, None, group.expected, None, None, None, withheld(least)
    figures = (group.population, group.respondents, group.expected, group.share, group.low, group.high)
    return (name, *figures, remark_text(group))


def _response(survey: Survey) -> tuple[tuple[Text, ...], Rows]:
    found = survey.response.result
    assert found is not None
    rows: Rows = (
        (say("Any answer: AAPOR RR2"), found.answered, found.value, found.low, found.high),
        (say("More than 80 % of the questions answered: AAPOR RR1"), found.finished, found.strict, None, None),
        (say("Could not be delivered"), found.bounced, None, None, None),
    )
    return (say("Of {n} invitations", n=found.invited), say("How many"), *_bounds(say("Share, %"))), rows


def _waves(found: EarlyLate, least: int) -> tuple[tuple[Text, ...], Rows]:
    rows = tuple((_span(w), w.n, w.value, w.low, w.high) for w in found.waves if w.n >= least)
    n = Text(en="n", zh="n")
    return (say("Days from invitation to answer"), n, *_bounds(say("Satisfied, %"))), rows


def _span(wave: Wave) -> Text:
    if wave.first is None:
        return say("up to {last} days", last=wave.last)
    if wave.last is None:
        return say("{first} days or more", first=wave.first)
    return say("{first} to {last} days", first=wave.first, last=wave.last)


def _left_open(survey: Survey) -> Iterator[Table]:
    heads = (say("Question"), say("Asked"), say("Answered"), say("Left open"), *_bounds(say("Share, %")))
    for source, part in survey.non_response.items():
        every = part.result.questions if part.result else ()
        rows = tuple((q.question, q.asked, q.answered, q.skipped, q.share, q.low, q.high) for q in every)
        yield definitions.source(source).title, None if part.result else part.because, heads, rows


def _lined(survey: Survey) -> tuple[tuple[Text, ...], Rows]:
    heads = (say("Questions on one scale"), say("Respondents"), say("Same answer throughout"),
             *_bounds(say("Share, %")), say("Because"))  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in survey.straight_lining.result or ():
        scale, found = one.battery, one.found.result
        name = say("{count} questions, {low} to {high}", count=len(scale.questions), low=f"{scale.lowest:g}",
                   high=f"{scale.highest:g}")  # fmt: skip
        told = (found.able, found.alike, found.share, found.low, found.high) if found else (None,) * 5
        rows.append((name, *told, one.found.because))
    return heads, tuple(rows)


def _scales(survey: Survey) -> Iterator[Table]:
    named: list[tuple[Cell, Part[Any]]] = [
        (scale.battery.driver or say("all questions, {low} to {high}", low=f"{scale.battery.lowest:g}",
                                     high=f"{scale.battery.highest:g}"), scale.found)
        for scale in survey.reliability.result or ()
    ]  # fmt: skip
    named.append((say("overall questions"), survey.overall))
    if not any(part.result for _name, part in named):
        return
    heads = (say("Together"), Text(en="n", zh="n"), *_bounds(say("Alpha")), say("Omega"), say("Because"))
    rows: Rows = tuple(
        (name, found.n, found.alpha, found.low, found.high, found.omega, None) if (found := part.result)
        else (name, None, None, None, None, None, part.because)
        for name, part in named
    )  # fmt: skip
    yield None, None, heads, rows


def _figures(survey: Survey) -> Iterator[Table]:
    if not any(part.result for part in survey.figures.values()):
        return
    heads = (say("Figure"), Text(en="n", zh="n"), *_bounds(say("Value")), say("Margin of error"), say("Because"))
    kpis = definitions.kpis()
    rows: list[tuple[Cell, ...]] = []
    for kpi, part in survey.figures.items():
        found = part.result
        told = (
            (found.n, found.value, found.low, found.high, _margin(found.margin, found.unit)) if found else (None,) * 5
        )
        rows.append((kpis[kpi].title, *told, part.because))
    yield None, None, heads, tuple(rows)


def _margin(margin: float, unit: Any) -> Text:
    value = Quantity(margin, "points" if unit == "%" else unit)
    return Text(en=value.said("en"), zh=value.said("zh"))


def _weights(survey: Survey) -> tuple[tuple[Text, ...], Rows]:
    found = survey.weights.result
    assert found is not None
    pairs = (
        (say("Satisfied customers, as measured"), found.satisfied_plain),
        (say("Satisfied customers, weighted"), found.satisfied),
        (say("Mean satisfaction, as measured"), found.mean_plain),
        (say("Mean satisfaction, weighted"), found.mean),
    )
    return _bounds(say("Figure"), say("Value")), tuple((name, w.value, w.low, w.high) for name, w in pairs)
