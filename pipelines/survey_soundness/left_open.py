"""Questions that were left open: those of the survey responses, and the single questions of the survey answers."""

from __future__ import annotations

from functools import partial

from pipelines.analyses.part import Part, part
from pipelines.measuring.lineage import Read
from pipelines.methods.non_response import Asked, NonResponse, item_non_response
from pipelines.survey_soundness.answers import SCORED, Answers
from pipelines.survey_soundness.matched import QUESTIONS, delivered, given


def left_open(answers: Answers) -> dict[str, Part[NonResponse]]:
    own: Read = {"survey_responses": frozenset({"response_id", "answered_on"})}
    return {
        "survey_responses": part(answers.doubt(own), partial(_of_responses, answers)),
        "survey_answers": part(answers.doubt(), partial(_of_answers, answers)),
    }


def _of_responses(answers: Answers) -> NonResponse:
    asked = {name: f"({delivered(answers.trust, name)} or {name} is not null)" for name in QUESTIONS}
    counts = ", ".join(f"count(*) filter (where {condition}), count({name})" for name, condition in asked.items())
    (row,) = answers.rows(f"select {counts} from survey_responses where {answers.dated}")
    found = [Asked(name, row[2 * at], row[2 * at + 1]) for at, name in enumerate(QUESTIONS)]
    scores, applied = given(answers.trust)
    forms = f"select {scores}, {applied}, count(*) from survey_responses where {answers.dated} group by 1, 2"
    return item_non_response([each for each in found if each.asked], answers.rows(forms))


def _of_answers(answers: Answers) -> NonResponse:
    scored = f"count(*) filter (where {SCORED})"
    refused = "count(*) filter (where coalesce(not_applicable, false))"
    counts = f"select question, count(*), {scored}, {refused} from survey_answers where {answers.dated} group by 1"
    each = f"select {scored} as scores, count(*) - {refused} as applied from survey_answers where {answers.drawn}"
    forms = f"select scores, applied, count(*) from ({each} group by response_id) as f group by 1, 2"
    return item_non_response([Asked(*row) for row in answers.rows(counts)], answers.rows(forms))
