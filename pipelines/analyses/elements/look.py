"""Makes the tree from the answers of the latest months: means of respondents at every level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from audit.errors import DefinitionError
from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.driver_answers import READ, DriverAnswers, driver_answers, mean_of_rows
from pipelines.analyses.element_of import ELEMENTS, Element, element_of, elements, fault
from pipelines.analyses.elements.found import Answered, Branch, Driver, Elements, Score, Tree
from pipelines.analyses.part import Part
from pipelines.methods.interval import Array
from pipelines.methods.refused import Refused
from pipelines.methods.service_gaps import mean_of

LEAST = 30


def look(asked: Asked) -> Elements:
    return Elements(asked.latest.starts, asked.latest.ends, _part(asked))


def _part(asked: Asked) -> Part[Tree]:
    try:
        known = elements(asked.workspace.folder)
    except DefinitionError as mistake:
        return Part(None, fault(mistake))
    return asked.part(READ, lambda: tree(driver_answers(asked, "performance"), known))


def tree(answers: DriverAnswers, known: Mapping[str, Element]) -> Tree:
    if len(answers.response) < LEAST:
        told = say("{n} respondents judged how well things were done; at least {least} are needed",
                   n=len(answers.response), least=LEAST)  # fmt: skip
        raise Refused(told)
    return Tree(len(answers.response), tuple(_branches(answers, known)), answers.one_in)


def _branches(answers: DriverAnswers, known: Mapping[str, Element]) -> Iterator[Branch]:
    of = {driver: element_of(driver, known) for driver in answers.drivers}
    for element in ELEMENTS:
        mine = [driver for driver in answers.drivers if of[driver] == element]
        if mine or element in ("product", "service", "image"):
            yield _branch(answers, element, mine)


def _branch(answers: DriverAnswers, element: Element, drivers: Sequence[str]) -> Branch:
    """A mean over drivers that nobody assigned would say nothing."""
    one = bool(drivers) and element in ("product", "service", "image")
    score = _score(mean_of_rows(np.column_stack([answers.of(driver) for driver in drivers]))) if one else None
    return Branch(element, score, tuple(_driver(answers, driver) for driver in drivers))


def _driver(answers: DriverAnswers, driver: str) -> Driver:
    questions = tuple(
        Answered(question, _score(answers.scores[:, at]))
        for at, (name, question) in enumerate(answers.columns)
        if name == driver
    )
    return Driver(driver, _score(answers.of(driver)), questions)


def _score(values: Array) -> Score:
    said = values[~np.isnan(values)]
    return Score(*mean_of(said), len(said))
