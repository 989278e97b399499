"""What people call important need not be one thing: its questions have no reliability, though the same scale."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hand_made import MARCH, load_of, tables

from pipelines.measuring.trust import Trust
from pipelines.survey_soundness.answers import drawn
from pipelines.survey_soundness.batteries import scales

QUESTIONS = {
    "in time": "performance",
    "was friendly": None,
    "time matters": "importance",
    "b matters": "importance",
}


def answers(*asked: str) -> list[dict[str, Any]]:
    dice = random.Random(3)
    people = [(f"R{at}", dice.randint(1, 5)) for at in range(80)]
    return [
        {"response_id": who, "question": question, "asks_for": QUESTIONS[question], "score": (usual + at) % 5 + 1}
        for who, usual in people
        for at, question in enumerate(asked)
    ]


@pytest.mark.parametrize(
    ("asked", "together"),
    [
        (["in time", "was friendly"], ["in time", "was friendly"]),  # not said means performance
        ([*QUESTIONS], ["in time", "was friendly"]),
        (["time matters", "b matters"], []),
        (["in time", "time matters"], []),
    ],
)
def test_only_questions_on_how_well_things_were_done_are_a_scale(asked: list[str], together: list[str]) -> None:
    rows = {"survey_answers": answers(*asked)}
    with tables(rows) as connection:
        trust = Trust(connection, rows, [load_of("survey_answers", months={"2026-03": len(rows["survey_answers"])})])
        with drawn(connection, trust, MARCH) as found:
            seen = scales(found)
    assert sorted({question for scale in seen.result or () for question in scale.battery.questions}) == together
    assert bool(seen.result) == bool(together)
