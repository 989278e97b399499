"""Holds the staged rows against their contract's suite, with Great Expectations: how many are unexpected, and where."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit.load import GateOutcome, GateResult
from audit.source import Expectation, Source
from audit.text import Text
from audit.wording import say
from pipelines.expectation_arguments import arguments
from pipelines.month import months

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.interfaces import Batch

MOST_LINES = 20
LONGEST_REASON = 200
# Great Expectations keeps the project that it works for in a global: one gate at a time.
ONE_AT_A_TIME = threading.Lock()


def validate(frame: pd.DataFrame, contract: Source) -> tuple[GateResult, ...]:
    """One result per expectation, in the contract's order. `frame` has the contract's columns and `line`."""
    if not contract.gate:
        return ()
    rows = frame.reset_index(drop=True)
    with ONE_AT_A_TIME:
        found = _found(rows, contract)
    of_month = months(rows, contract)
    return tuple(
        _result(expectation, answer, rows, of_month) for expectation, answer in zip(contract.gate, found, strict=True)
    )


def _found(rows: pd.DataFrame, contract: Source) -> list[Any]:
    """What Great Expectations answers to each expectation: its validation result, or what it raised instead."""
    batch = _batch(rows.drop(columns="line"))
    found: list[Any] = [_built(expectation, contract, index) for index, expectation in enumerate(contract.gate)]
    suite = [expectation for expectation in found if not isinstance(expectation, Exception)]
    for answer in _answers(batch, contract.name, suite):
        found[answer.expectation_config.meta["index"]] = answer
    return found


def _batch(rows: pd.DataFrame) -> Batch:
    _hush()
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("staged").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": rows})


def _hush() -> None:
    """Nothing is sent anywhere, and an expectation that raises is a result: no traceback goes to the terminal."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    log = logging.getLogger("great_expectations")
    log.handlers, log.propagate = [logging.NullHandler()], False


def _built(expectation: Expectation, contract: Source, index: int) -> Any:
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    from great_expectations.expectations.metadata_types import FailureSeverity

    try:
        return ExpectationConfiguration(
            type=expectation.type,
            kwargs=arguments(expectation, contract),
            meta={"index": index},  # results come in another order
            severity=FailureSeverity(expectation.severity),
        ).to_domain_obj()
    except Exception as error:  # whatever it is, the expectation cannot be checked, and the others still can
        return error


def _answers(batch: Batch, name: str, suite: Sequence[Any]) -> Sequence[Any]:
    from great_expectations import ExpectationSuite

    wanted = {"result_format": "COMPLETE", "partial_unexpected_count": 0, "exclude_unexpected_values": True}
    answers = batch.validate(ExpectationSuite(name=name, expectations=list(suite)), result_format=wanted)
    return list(answers.results)


def _result(expectation: Expectation, answer: Any, rows: pd.DataFrame, of_month: pd.Series[str]) -> GateResult:
    raised = _raised(answer)
    at = [] if raised else list(answer.result.get("unexpected_index_list") or [])
    return GateResult(
        expectation=expectation.type,
        column=expectation.column,
        severity=expectation.severity,
        outcome=_outcome(answer, raised),
        unexpected=0 if raised else int(answer.result.get("unexpected_count") or 0),
        rows=len(rows),
        reason=_unchecked(expectation, raised) if raised else expectation.reason,
        by_month={month: int(count) for month, count in of_month.iloc[at].value_counts().sort_index().items()},
        lines=tuple(int(line) for line in sorted(rows["line"].iloc[at])[:MOST_LINES]),
    )


def _outcome(answer: Any, raised: str) -> GateOutcome:
    if raised:
        return "could not be checked"
    return "passed" if answer.success else "failed"


def _raised(answer: Any) -> str:
    """What was raised in place of an answer. Great Expectations reports it as a failure without rows."""
    if isinstance(answer, Exception):
        return str(answer) or type(answer).__name__
    told = answer.exception_info or {}
    each = [told] if "raised_exception" in told else [value for value in told.values() if isinstance(value, dict)]
    messages = [str(one.get("exception_message")) for one in each if one.get("raised_exception")]
    if not messages and answer.success is None:
        messages = ["no answer"]
    return messages[0] if messages else ""


def _unchecked(expectation: Expectation, raised: str) -> Text:
    plain = " ".join(raised.split())[:LONGEST_REASON].strip(" .")
    return say("This could not be checked ({raised}). {reason}", raised=plain, reason=expectation.reason)
