"""Cases of the figures on what customers answer to which question, whom nobody may ask, and how others are judged."""

from __future__ import annotations

from typing import Any

from hand_made import Case, Rows


def effort(*scores: int | None) -> Rows:
    return {"survey_responses": [{"effort": score} for score in scores]}


def rated(*rows: dict[str, Any]) -> Rows:
    return {"survey_answers": list(rows)}


def judged(who: str, driver: str, performance: int | None, *importance: int | None) -> list[dict[str, Any]]:
    """One person's answers on 1 to 5 on how well something was done, and on how much it matters."""
    own = {"response_id": who, "driver": driver}
    return [
        own | {"question": driver, "score": performance, "asks_for": "performance"},
        *(
            own | {"question": f"{driver} matters {at}", "score": score, "asks_for": "importance"}
            for at, score in enumerate(importance)
        ),
    ]


def invited(*bounced: bool | None) -> Rows:
    return {"survey_invitations": [{"bounced": one} for one in bounced]}


def customers(*rows: dict[str, Any]) -> Rows:
    return {"customers": [{"customer_id": f"C{number}"} | row for number, row in enumerate(rows, 1)]}


def own(*scores: int | None) -> Rows:
    return {"survey_responses": [{"satisfaction": score} for score in scores]}


def theirs(*rows: dict[str, Any]) -> Rows:
    return {"competitor_scores": list(rows)}


KEY = {"key_customer": True}
ONE = judged("R1", "quality", 4, 5) + judged("R1", "service", 2, 3)
"""75 with all the weight, 25 with half of it: 87.5 of 1.5."""

CASES: list[Case] = [
    ("ces_version_1", effort(1, 5, 3, None), 3, 3),
    ("ces_version_1", effort(1, 1), 1, 2),
    ("ces_version_1", effort(None), None, 0),
    # 4 of 1 to 5 is 75, nothing of 0 to 10 is nothing and no blank; by whom the question was not for counts not, nor do
    # skipped ones, how much it matters, and a scale without width
    (
        "question_score",
        rated(
            {"score": 4}, {"score": 0, "scale_lowest": 0, "scale_highest": 10},
            {"not_applicable": True}, {"score": 5, "not_applicable": True}, {"score": None},
            {"score": 5, "asks_for": "importance"}, {"score": 1, "scale_lowest": 1, "scale_highest": 1},
            {"score": 5, "answered_on": "2026-04-01"},
        ),
        37.5, 2,
    ),
    # three answers of one questionnaire are one questionnaire
    (
        "question_score",
        rated(*({"response_id": "R1", "question": f"q{score}", "score": score} for score in (1, 3, 4))),
        125 / 3, 1,
    ),
    ("question_score", rated({"score": 4, "asks_for": "importance"}, {"score": None}), None, 0),
    ("satisfaction_index", rated(*ONE), 87.5 / 1.5, 1),
    # somebody to whom it matters fully and who is not content: 87.5 of 2.5
    ("satisfaction_index", rated(*ONE, *judged("R2", "quality", 1, 5)), 35, 2),
    # no weight, nothing rated, no importance, importance skipped, of another driver, not for them
    (
        "satisfaction_index",
        rated(
            *ONE, *judged("R2", "quality", 5, 1), *judged("R3", "quality", None, 5), *judged("R4", "quality", 1),
            *judged("R5", "quality", 1, None), *judged("R6", "service", 1, 5)[:1],
            *({"not_applicable": True} | row for row in judged("R7", "quality", 1, 5)),
        ),
        87.5 / 1.5, 1,
    ),
    # asked twice how much it matters, 5 and 3: three quarters of the weight; the other driver has half
    ("satisfaction_index", rated(*judged("R1", "quality", 4, 5, 3), *judged("R1", "service", 2, 3)), 68.75 / 1.25, 1),
    ("satisfaction_index", rated(*judged("R4", "quality", 4)), None, 0),
    # key and there are C1, who answered twice, and C2; C3 has left, C4 is not key, of C5 nobody says
    (
        "survey_coverage_of_key_customers",
        customers(KEY, KEY, KEY | {"left_on": "2026-03-20"}, {"key_customer": False}, {})
        | {"survey_responses": [{"customer_id": who} for who in ("C1", "C1", "C3", "C4", "C5", None)]},
        50, 2,
    ),
    (
        "survey_coverage_of_key_customers",
        customers(KEY) | {"survey_responses": [{"answered_on": "2026-02-28"}, {"answered_on": "2026-04-01"}]},
        0, 1,
    ),
    ("survey_coverage_of_key_customers", customers({"key_customer": False}, {}) | own(5), None, 0),
    # kept off since the last day, since long ago; from April, never; one who has left, one who came later
    (
        "survey_suppression",
        customers(
            {"no_survey_since": "2026-03-31"}, {"no_survey_since": "2020-01-01"}, {"no_survey_since": "2026-04-01"}, {},
            {"no_survey_since": "2020-01-01", "left_on": "2026-03-31"},
            {"no_survey_since": "2026-03-01", "customer_since": "2026-04-01"},
        ),
        50, 4,
    ),
    ("survey_suppression", customers({}, {}), 0, 2),
    ("survey_suppression", customers({"left_on": "2026-03-01"}), None, 0),
    ("survey_bounce_rate", invited(True, False, False, None), 100 / 3, 3),
    ("survey_bounce_rate", invited(False, None), 0, 1),
    ("survey_bounce_rate", invited(None), None, 0),
    # own 100 and 50; theirs 75 of 1 to 5 and 50 of 1 to 10; another measure, another month, a scale that nobody knows
    (
        "score_against_competitors",
        own(5, 3, None)
        | theirs(
            {"score": 4}, {"score": 5.5, "scale_highest": 10, "measure": " Satisfaction", "competitor": "Other"},
            {"score": 1, "measure": "recommendation"}, {"score": 1, "measured_on": "2026-04-01"},
            {"score": 1, "scale_lowest": None},
        ),
        12.5, 2,
    ),
    ("score_against_competitors", own(1) | theirs({"score": 5}), -100, 1),
    # their scores are of another month: own answers alone are no comparison
    ("score_against_competitors", own(5, 5) | theirs({"score": 4, "measured_on": "2026-02-28"}), None, 0),
    ("score_against_competitors", theirs({"score": 4}), None, 0),
]  # fmt: skip
