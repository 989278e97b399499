"""The answers of a period as a path model needs them: a row for each questionnaire, each answer by its own scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.analyses.asked import Asked
from pipelines.analyses.satisfaction_index.model import IndexModel
from pipelines.measuring.lineage import Read
from pipelines.measuring.periods import Period
from pipelines.methods.interval import Array
from pipelines.methods.path_model.structure import Structure
from pipelines.sql import literal
from pipelines.survey_soundness.reach import within

COLUMNS = {"response_id", "question", "answered_on", "score", "scale_lowest", "scale_highest", "not_applicable",
           "asks_for"}  # fmt: skip
READ: Read = {"survey_answers": frozenset(COLUMNS)}
SCORED = (
    "coalesce(asks_for, 'performance') = 'performance' and score is not null "
    "and not coalesce(not_applicable, false) and scale_highest > scale_lowest"
)
MOST = 20_000
"""Questionnaires that a fit looks at; of more, every so many-th is drawn by the hash of its identifier."""


@dataclass(frozen=True)
class Questions:
    """Question -> what its rows call its driver."""

    drivers: dict[str, frozenset[str]]

    def blocks(self, model: IndexModel) -> dict[str, tuple[str, ...]]:
        """Variable of the model -> the questions that measure it; none where it was not asked for."""
        of = {question: model.measured_by(question, drivers) for question, drivers in self.drivers.items()}
        return {each.id: tuple(q for q in sorted(of) if of[q] == each.id) for each in model.latents}


@dataclass(frozen=True)
class Wide:
    scores: Array
    """Questionnaires × questions, 0 to 100; nan where there is no answer."""
    scales: tuple[tuple[float, float], ...]
    one_in: int


def questions(asked: Asked, period: Period) -> Questions:
    rows = asked.rows(
        "select question, list(distinct driver order by driver) from survey_answers "
        f"where {within(period, 'answered_on')} and {SCORED} group by 1 order by 1"
    )
    return Questions({question: frozenset(filter(None, drivers)) for question, drivers in rows})


def wide(asked: Asked, period: Period, structure: Structure, most: int = MOST) -> Wide:
    """Rows in the order of their identifiers, so that the same data gives the same resamples."""
    some = ", ".join(map(literal, structure.questions))
    drawn = f"from survey_answers where {within(period, 'answered_on')} and {SCORED} and question in ({some})"
    scales = asked.rows(f"select distinct scale_lowest, scale_highest {drawn} order by 1, 2")
    ((count,),) = asked.rows(f"select count(distinct response_id) {drawn}")
    one_in = max(1, -(-count // most))
    each = ", ".join(
        f"max(100.0 * (score - scale_lowest)::double / (scale_highest - scale_lowest)::double) "
        f"filter (where question = {literal(question)})"
        for question in structure.questions
    )
    thinned = f" and md5_number_lower(response_id) % {one_in} = 0" if one_in > 1 else ""
    rows = asked.rows(f"select response_id, {each} {drawn}{thinned} group by 1 order by 1")
    scores = np.array([row[1:] for row in rows], dtype=float).reshape(len(rows), len(structure.questions))
    return Wide(scores, tuple((float(low), float(high)) for low, high in scales), one_in)
