"""Whatever is compiled says in every field what Great Expectations says on pandas; it is the oracle, and it is real."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

import pytest
from gate_batches import BATCHES, Case, contract_of, frame_of
from gate_cases import EVERY

from pipelines.gate import answers
from pipelines.gating import compiled
from pipelines.gating.answer import Answer
from pipelines.gating.rows import of_frame

ALWAYS = ("dirty", "empty")
"""The batches that every case is held against; each of the others sees every fifth one, to save time."""


def asked_of(batch: str) -> list[Case]:
    start = list(BATCHES).index(batch) % 5
    return EVERY if batch in ALWAYS else EVERY[start::5]


@cache
def both(batch: str) -> dict[int, tuple[Answer, Answer]]:
    """By place in EVERY: the scan's answer, and Great Expectations' to the same in one validation of all."""
    contract = contract_of(*asked_of(batch))
    with of_frame(frame_of(BATCHES[batch]), contract) as rows:
        plans = [compiled.plan(expectation, contract, rows.types) for expectation in contract.gate]
        pairs = zip(compiled.answers(rows, plans), answers(rows, contract, "gx"), strict=True)
    return dict(zip((EVERY.index(case) for case in asked_of(batch)), pairs, strict=True))


@pytest.mark.parametrize("at", range(len(EVERY)), ids=lambda at: f"{EVERY[at][0]} {list(EVERY[at][1].values())}")
def test_every_field_is_what_great_expectations_says(at: int) -> None:
    for batch in BATCHES:
        if at in both(batch):
            scanned, asked = both(batch)[at]
            assert asdict(scanned) == asdict(asked), (batch, EVERY[at])


def test_each_type_fails_and_passes_somewhere() -> None:
    """Else equality would say little."""
    found: dict[str, set[bool]] = {}
    for batch in BATCHES:
        for at, (_, asked) in both(batch).items():
            found.setdefault(EVERY[at][0], set()).add(asked.success)
    assert {type_ for type_, outcomes in found.items() if outcomes != {True, False}} == set()
    assert found.keys() == compiled.COMPILED.keys()
