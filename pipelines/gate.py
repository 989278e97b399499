"""Holds the staged rows against their contract's suite, in Great Expectations' words: which are unexpected."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

import pandas as pd

from audit.load import GateOutcome, GateResult
from audit.source import Expectation, Source, Type
from audit.text import Text
from audit.wording import say
from pipelines.gating import compiled
from pipelines.gating.answer import Answer
from pipelines.gating.asked import Left
from pipelines.gating.batch import brought
from pipelines.gating.passing import Passing
from pipelines.gating.plan import Plan
from pipelines.gating.rows import Rows, of_files, of_frame, readable

LONGEST_REASON = 200

Engine = Literal["compiled", "gx"]
"""One scan for what is compiled, and Great Expectations for the rest; or Great Expectations for everything."""


def validate(frame: pd.DataFrame, contract: Source, engine: Engine = "compiled") -> tuple[GateResult, ...]:
    """One result per expectation, in the contract's order. `frame` has the contract's columns and `line`."""
    return _results(of_frame(frame.reset_index(drop=True), contract), contract, engine)


def validate_files(
    files: Sequence[Path],
    contract: Source,
    engine: Engine = "compiled",
    unique: Collection[str] = (),
    passed: Passing | None = None,
) -> tuple[GateResult, ...]:
    """
    The same for Parquet files that hold the rows one after the other; the compiled engine reads them piecemeal, where
    they have not `passed` it. `unique` names columns whose values, taken together, stand in no two rows: staging has
    proved it of the key.
    """
    return _results(of_files(files, contract, unique), contract, engine, passed)


def passing(contract: Source, engine: Engine = "compiled", unique: Collection[str] = ()) -> Passing | None:
    """What looks at the rows of a file while they are written; None where nobody asks what it could find."""
    if engine != "compiled" or not readable(contract):
        return None
    plans = _plans(brought(contract, contract.stored), contract)
    return Passing(list(plans.values()), contract, unique) if plans else None


def _results(
    opened: AbstractContextManager[Rows], contract: Source, engine: Engine, passed: Passing | None = None
) -> tuple[GateResult, ...]:
    if not contract.gate:
        return ()
    with opened as rows:
        found, total = answers(rows, contract, engine, passed), len(rows)
    return tuple(_result(*each, total) for each in zip(contract.gate, found, strict=True))


def answers(rows: Rows, contract: Source, engine: Engine, passed: Passing | None = None) -> list[Answer]:
    """What the engines say, one answer per expectation, in the contract's order."""
    plans = _plans(rows.types, contract) if engine == "compiled" and readable(contract) else {}
    left = [at for at in range(len(contract.gate)) if at not in plans]
    read = passed.over(rows) if passed else None
    found = dict(zip(plans, compiled.answers(rows, list(plans.values()), read), strict=True)) if plans else {}
    if left:
        from pipelines.gating import gx

        of_gx = gx.answers(rows.frame(), contract, [contract.gate[at] for at in left])
        found |= dict(zip(left, of_gx, strict=True))
    return [found[at] for at in range(len(contract.gate))]


def _plans(types: dict[str, Type], contract: Source) -> dict[int, Plan]:
    """By place in the suite, those that are compiled."""
    found = {}
    for at, expectation in enumerate(contract.gate):
        try:
            found[at] = compiled.plan(expectation, contract, types)
        except Left:
            continue
    return found


def _result(expectation: Expectation, answer: Answer, rows: int) -> GateResult:
    return GateResult(
        expectation=expectation.type,
        column=expectation.column,
        severity=expectation.severity,
        outcome=_outcome(answer),
        unexpected=answer.unexpected_count or 0,
        rows=rows,
        reason=_unchecked(expectation, answer.raised) if answer.raised else expectation.reason,
        by_month=answer.by_month,
        lines=answer.lines,
    )


def _outcome(answer: Answer) -> GateOutcome:
    if answer.raised:
        return "could not be checked"
    return "passed" if answer.success else "failed"


def _unchecked(expectation: Expectation, raised: str) -> Text:
    plain = " ".join(raised.split())[:LONGEST_REASON].strip(" .")
    return say("This could not be checked ({raised}). {reason}", raised=plain, reason=expectation.reason)
