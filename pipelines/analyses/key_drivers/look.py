"""Asks the answers of the latest months which drivers go with satisfaction, and how each is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from audit.errors import DefinitionError
from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.driver_answers import (
    READ,
    READ_WITH_OUTCOME,
    DriverAnswers,
    driver_answers,
    satisfaction_of,
)
from pipelines.analyses.element_of import Element, element_of, elements, fault
from pipelines.analyses.key_drivers.found import Driving, Moving, Stated
from pipelines.analyses.part import Part
from pipelines.methods.importance_performance import Estimate, ImportancePerformance, Judged, importance_performance
from pipelines.methods.interval import Array
from pipelines.methods.key_drivers import key_drivers
from pipelines.methods.refused import Refused
from pipelines.methods.service_gaps import mean_of

SELDOM = 0.5
"""A driver that fewer of the respondents judged is left out, for only who judged all of them counts."""
LEAST = 30
"""Respondents that each point of a map of stated importance needs in both directions."""


@dataclass(frozen=True)
class _Judging:
    """The answers of a period, read once."""

    asked: Asked
    known: Mapping[str, Element]

    @cached_property
    def performance(self) -> DriverAnswers:
        return driver_answers(self.asked, "performance")

    @cached_property
    def drivers(self) -> list[str]:
        """What judges the whole is no driver, nor what names none."""
        return [name for name in self.performance.drivers if name and element_of(name, self.known) != "whole"]


def look(asked: Asked) -> Moving:
    starts, ends = asked.latest.starts, asked.latest.ends
    try:
        judging = _Judging(asked, elements(asked.workspace.folder))
    except DefinitionError as mistake:
        silent = fault(mistake)
        return Moving(starts, ends, Part(None, silent), Part(None, silent), Part(None, silent))
    driving = asked.part(READ_WITH_OUTCOME, lambda: _driving(judging))
    return Moving(starts, ends, driving, asked.part(READ, lambda: _stated(judging)), _derived(judging, driving))


def _driving(judging: _Judging) -> Driving:
    answers, names = judging.performance, judging.drivers
    outcome = satisfaction_of(judging.asked, answers)
    judged, said = {name: answers.of(name) for name in names}, ~np.isnan(outcome)
    seldom = tuple(name for name in names if (~np.isnan(judged[name]) & said).sum() < SELDOM * said.sum())
    kept = [name for name in names if name not in seldom]
    table = np.column_stack([judged[name] for name in kept]) if kept else np.empty((len(outcome), 0))
    return Driving(key_drivers(kept, table, outcome), seldom, answers.one_in)


def _derived(judging: _Judging, driving: Part[Driving]) -> Part[ImportancePerformance]:
    """Each driver's performance by all who judged it."""
    if driving.result is None:
        return Part(None, driving.because, driving.warning)
    parts, answers = driving.result.drivers, judging.performance

    def work() -> ImportancePerformance:
        judged = [
            Judged(
                one.driver,
                Estimate(one.share, one.share_low, one.share_high, parts.n),
                estimate(answers.of(one.driver)),
            )
            for one in parts.drivers
        ]
        return importance_performance(judged)

    return judging.asked.part(READ_WITH_OUTCOME, work)


def _stated(judging: _Judging) -> Stated:
    performance, importance = judging.performance, driver_answers(judging.asked, "importance")
    both = [name for name in judging.drivers if _enough(performance, name) and _enough(importance, name)]
    if len(both) < 2:
        raise Refused(
            say(
                "{n} drivers were judged by at least {least} respondents both for how much they matter and for how "
                "well they are done; two are needed",
                n=len(both),
                least=LEAST,
            )
        )
    judged = [Judged(name, estimate(importance.of(name)), estimate(performance.of(name))) for name in both]
    others = {*judging.drivers, *importance.drivers} - {*both, ""}
    return Stated(importance_performance(judged), tuple(sorted(others)))


def _enough(answers: DriverAnswers, driver: str) -> bool:
    return driver in answers.drivers and int((~np.isnan(answers.of(driver))).sum()) >= LEAST


def estimate(values: Array) -> Estimate:
    """The mean of at least one answer; nan where somebody gave none."""
    said = values[~np.isnan(values)]
    value, low, high = mean_of(said)
    return Estimate(value, value if low is None else low, value if high is None else high, len(said))
