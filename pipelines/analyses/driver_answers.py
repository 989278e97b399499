"""Rated questions of a period as a table: a row for each questionnaire, a column for each question of a driver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from audit.text import Text
from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.measuring.lineage import Read
from pipelines.methods.interval import Array
from pipelines.methods.refused import Refused
from pipelines.sql import literal
from pipelines.survey_soundness.reach import within

COLUMNS = {"response_id", "question", "answered_on", "score", "scale_lowest", "scale_highest", "not_applicable",
           "asks_for", "driver"}  # fmt: skip
READ: Read = {"survey_answers": frozenset(COLUMNS)}
READ_WITH_OUTCOME: Read = READ | {"survey_responses": frozenset({"response_id", "answered_on", "satisfaction"})}
SCORED = "score is not null and not coalesce(not_applicable, false) and scale_highest > scale_lowest"
ON_100 = "100.0 * (score - scale_lowest)::double / (scale_highest - scale_lowest)::double"
MOST_QUESTIONS = 200
MOST = 100_000
"""Questionnaires that are looked at; of more, every so many-th is drawn by the hash of its identifier."""
Asks = Literal["performance", "importance"]


@dataclass(frozen=True)
class DriverAnswers:
    response: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    """Driver and question of each column; a question that names no driver has ""."""
    scores: Array
    """Questionnaires × columns, 0 to 100 by each question's own scale; nan where there is no answer."""
    one_in: int

    @property
    def drivers(self) -> list[str]:
        return list(dict.fromkeys(driver for driver, _question in self.columns))

    def of(self, driver: str) -> Array:
        """For each questionnaire the mean of its answers about the driver."""
        return mean_of_rows(self.scores[:, [driver == name for name, _question in self.columns]])


def mean_of_rows(scores: Array) -> Array:
    """Of what there is in each row; nan where there is nothing."""
    count = (~np.isnan(scores)).sum(axis=1)
    return np.asarray(
        np.divide(np.nansum(scores, axis=1), count, out=np.full(len(scores), np.nan), where=count > 0)
    )  # fmt: skip


def driver_answers(asked: Asked, asks: Asks, most: int = MOST) -> DriverAnswers:
    """Rows in the order of their identifiers, so that the same data gives the same figures to the last digit."""
    source = (
        f"from survey_answers where {within(asked.latest, 'answered_on')} and {SCORED} "
        f"and coalesce(asks_for, 'performance') = '{asks}'"
    )
    columns = asked.rows(f"select distinct coalesce(trim(driver), ''), question {source} order by 1, 2")
    if not columns:
        raise Refused(_none(asks))
    if len(columns) > MOST_QUESTIONS:
        told = say(
            "{n} questions were asked; at most {most} are looked at together", n=len(columns), most=MOST_QUESTIONS
        )
        raise Refused(told)
    ((count,),) = asked.rows(f"select count(distinct response_id) {source}")
    one_in = max(1, -(-count // most))
    thinned = f" and md5_number_lower(response_id) % {one_in} = 0" if one_in > 1 else ""
    each = ", ".join(
        f"max({ON_100}) filter (where question = {literal(question)} "
        f"and coalesce(trim(driver), '') = {literal(driver)}) as q{at}"
        for at, (driver, question) in enumerate(columns)
    )
    found = asked.connection.execute(f"select response_id, {each} {source}{thinned} group by 1 order by 1").fetchnumpy()
    scores = np.column_stack([np.ma.filled(found[f"q{at}"], np.nan) for at in range(len(columns))])
    return DriverAnswers(tuple(found["response_id"]), tuple((d, q) for d, q in columns), scores, one_in)


def _none(asks: Asks) -> Text:
    if asks == "importance":
        return say("no question asks how much a driver matters; ask some with asks_for importance")
    return say("no question that asks how well things were done was answered")


def satisfaction_of(asked: Asked, answers: DriverAnswers) -> Array:
    """What each questionnaire says of its satisfaction as a whole; nan where it says nothing."""
    rows = asked.rows(
        "select response_id, satisfaction::double from survey_responses "
        f"where {within(asked.latest, 'answered_on')} and satisfaction is not null"
    )
    known = dict(rows)
    return np.array([known.get(response, np.nan) for response in answers.response], dtype=float)
