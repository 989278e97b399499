"""What only people can tell: what an answer shows, and how long."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from written_and_found import AS_OF, text

from audit.evidence import Answer, Outcome
from audit.heard import judge_heard, told
from audit.rule import Interview, Observation

MET, NOT_MET, OPEN, OUT = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVALUATED, Outcome.NOT_APPLICABLE


def asked(**accept: Any) -> dict[str, Any]:
    return {"id": "9.1.2-a-4", "shows": text("They know."), "accept": accept, "otherwise": "minor nonconformity"}


def interview(role: str = "staff", **accept: Any) -> Interview:
    return Interview.model_validate(asked(**accept) | {"interview": role})


def observation(**accept: Any) -> Observation:
    return Observation.model_validate(asked(**accept) | {"observation": {"en": "The counter.", "zh": "柜台。"}})


def answer(outcome: Outcome = MET, on: dt.date = AS_OF, who: str = "Li Wei", note: str = "knows the number") -> Answer:
    return Answer("9.1.2-a-4", outcome, note, on, who=who, actor="Ann")


TABLE = [
    # limits, answer, outcome, words of the sentence
    ({}, answer(), MET, "Li Wei, 30 Jun 2026: “knows the number”"),
    ({}, answer(who=""), MET, "Ann, 30 Jun 2026"),
    ({}, answer(on=dt.date(2025, 6, 30)), MET, "30 Jun 2025"),
    ({"within": "1 month"}, answer(on=dt.date(2026, 5, 30)), MET, "30 May 2026"),
    ({"within": "24 months"}, answer(on=dt.date(2024, 6, 30)), MET, "30 Jun 2024"),
    ({}, answer(NOT_MET), NOT_MET, "“knows the number”"),
    ({}, answer(NOT_MET, dt.date(2025, 6, 30)), NOT_MET, "30 Jun 2025"),
    ({}, answer(OUT, note="no counter"), OUT, "“no counter”"),
    ({}, None, OPEN, "Nobody has recorded"),
    ({}, answer(OPEN), OPEN, "Nobody has recorded"),
    ({}, answer(OPEN, dt.date(2020, 1, 1)), OPEN, "Nobody has recorded"),
    ({}, answer(on=dt.date(2026, 7, 1)), OPEN, "which is after the audit date 30 Jun 2026"),
    ({}, answer(NOT_MET, dt.date(2026, 7, 1)), OPEN, "which is after the audit date"),
    ({}, answer(OUT, dt.date(2026, 7, 1)), OPEN, "which is after the audit date"),
    ({}, answer(on=dt.date(2025, 6, 29)), OPEN, "your criterion is within 12 months before 30 Jun 2026"),
    ({}, answer(NOT_MET, dt.date(2025, 6, 29)), OPEN, "last asked or looked at on 29 Jun 2025"),
    ({}, answer(OUT, dt.date(2025, 6, 29)), OPEN, "last asked or looked at on 29 Jun 2025"),
    ({"within": "1 month"}, answer(on=dt.date(2026, 5, 29)), OPEN, "within 1 month before"),
]


@pytest.mark.parametrize("make", [interview, observation])
@pytest.mark.parametrize(("limits", "said", "outcome", "words"), TABLE)
def test_an_answer_shows(make: Any, limits: dict[str, str], said: Answer | None, outcome: Outcome, words: str) -> None:
    found = judge_heard(make(**limits), said, AS_OF)
    assert found.outcome == outcome and words in found.because.en
    assert found.grade == ("minor nonconformity" if outcome == NOT_MET else None)
    assert found.answers == ((said,) if said else ())
    assert found.kind == make().kind and found.criterion.en == f"recorded within {limits.get('within', '12 months')}"


@pytest.mark.parametrize("role", ["top management", "process owner", "staff"])
def test_silence_names_whom_to_ask_and_where_to_look(role: str) -> None:
    assert judge_heard(interview(role), None, AS_OF).because.en.endswith(f"ask: {role}.")
    assert judge_heard(observation(), None, AS_OF).because.en.endswith("seen here: The counter.")
    assert judge_heard(observation(), None, AS_OF).because.zh.removesuffix("。").removesuffix(".").endswith("柜台")


def test_the_note_stays_in_the_words_of_whoever_wrote_it() -> None:
    said = told(answer(note="顾客反馈 every week"))
    assert "顾客反馈 every week" in said.en and "顾客反馈 every week" in said.zh
