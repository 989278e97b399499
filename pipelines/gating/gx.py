"""Asks Great Expectations itself, on a DataFrame: whatever is not compiled, and everything where that is wanted."""

from __future__ import annotations

import logging
import os
import threading
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit.source import Expectation, Source
from pipelines.gating.answer import FIRST, Answer
from pipelines.gating.expectation_arguments import arguments
from pipelines.gating.month import months

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.interfaces import Batch

# Great Expectations keeps the project that it works for in a global: one gate at a time.
ONE_AT_A_TIME = threading.Lock()
COUNTS = ("element_count", "missing_count", "unexpected_count")
PERCENTS = ("missing_percent", "unexpected_percent", "unexpected_percent_total", "unexpected_percent_nonmissing")


def answers(frame: pd.DataFrame, contract: Source, gate: Sequence[Expectation]) -> list[Answer]:
    """One for each expectation. `frame` is as staging makes it, its index counting from 0."""
    if not gate:
        return []
    with ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own former ways, and of pandas' doubts about a pattern
        found = _found(frame.drop(columns="line"), contract, gate)
    of_month = months(frame, contract)
    return [_answer(one, frame["line"], of_month) for one in found]


def _found(rows: pd.DataFrame, contract: Source, gate: Sequence[Expectation]) -> list[Any]:
    """What Great Expectations answers to each expectation: its validation result, or what it raised instead."""
    batch = _batch(rows)
    found: list[Any] = [_built(expectation, contract, index) for index, expectation in enumerate(gate)]
    suite = [expectation for expectation in found if not isinstance(expectation, Exception)]
    for answer in _results(batch, contract.name, suite):
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


def _results(batch: Batch, name: str, suite: Sequence[Any]) -> Sequence[Any]:
    from great_expectations import ExpectationSuite

    wanted = {"result_format": "COMPLETE", "partial_unexpected_count": FIRST}
    answers = batch.validate(ExpectationSuite(name=name, expectations=list(suite)), result_format=wanted)
    return list(answers.results)


def _answer(found: Any, line: pd.Series[int], of_month: pd.Series[str]) -> Answer:
    raised = _raised(found)
    if raised:
        return Answer(raised=raised)
    result = found.result
    at = list(result.get("unexpected_index_list") or [])
    return Answer(
        success=bool(found.success),
        observed_value=_plain(result.get("observed_value")),
        partial_unexpected_list=tuple(_plain(value) for value in result.get("partial_unexpected_list") or ()),
        partial_unexpected_index_list=tuple(int(place) for place in at[:FIRST]),
        lines=tuple(sorted(int(number) for number in line.iloc[at[:FIRST]])),
        by_month={month: int(count) for month, count in of_month.iloc[at].value_counts().sort_index().items()},
        **{name: None if result.get(name) is None else int(result[name]) for name in COUNTS},  # type: ignore[arg-type]
        **{name: None if result.get(name) is None else float(result[name]) for name in PERCENTS},  # type: ignore[arg-type]
    )


def _plain(value: Any) -> Any:
    """As plain Python has it, whatever array it was in."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list | set):
        return tuple(_plain(part) for part in value)
    if value is None or pd.isna(value):
        return None
    if type(value).__name__ == "datetime64":
        value = pd.Timestamp(value)
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


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
