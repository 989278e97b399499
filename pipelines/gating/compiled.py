"""Answers a contract's suite with one scan of the rows; the rows of what failed are looked up afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from audit.source import Expectation, Source, Type
from pipelines.expectation_arguments import arguments
from pipelines.gating import column_values, several_columns, unexpected, whole_batch
from pipelines.gating.answer import Answer
from pipelines.gating.asked import Asked, Left
from pipelines.gating.plan import Counted, Distinct, Plan, RowByRow, Summary, Variety
from pipelines.gating.repeated import Repeated, variety
from pipelines.gating.rows import Rows
from pipelines.gating.scan import Scan, counting
from pipelines.sql import both, name

COMPILED = {**column_values.COMPILED, **several_columns.COMPILED, **whole_batch.COMPILED}


def plan(expectation: Expectation, contract: Source, types: dict[str, Type]) -> Plan:
    """Raises Left, with the reason, for what Great Expectations itself must answer."""
    if expectation.type not in COMPILED:
        raise Left("this type is not compiled")
    return COMPILED[expectation.type](Asked(arguments(expectation, contract), types))


def answers(rows: Rows, plans: list[Plan]) -> list[Answer]:
    """One for each plan."""
    scan = Scan(rows)
    for each in plans:
        _ask(scan, each)
    scan.run()
    judged = [_judged(rows, scan, each) for each in plans]
    return unexpected.listed(rows, judged)


def _ask(scan: Scan, plan: Plan) -> None:
    match plan:
        case RowByRow():
            for call in plan.calls:
                scan.call(call)
            scan.ask(counting(both(plan.within, plan.broken)))
            scan.ask(counting(plan.within))
            scan.ask(counting(both(plan.within, plan.present or "true")))
        case Distinct():
            scan.ask(counting(plan.within))
            scan.ask(counting(both(plan.within, plan.present)))
        case Counted():
            for aggregate in (plan.value, plan.share_of):
                if isinstance(aggregate, str):
                    scan.ask(aggregate)
        case Variety():
            scan.ask(counting(both(plan.within, f"{name(plan.column)} is not null")))


def _judged(rows: Rows, scan: Scan, plan: Plan) -> unexpected.Judged:
    match plan:
        case RowByRow():
            broken = both(plan.within, plan.broken)
            answer = _counted(scan, plan, scan.answer(counting(broken)))
            answer = replace(answer, by_month=scan.by_month(counting(broken)))
            return unexpected.Judged(answer, plan.columns, plan.shape, broken)
        case Distinct():
            found = Repeated.of(rows, plan)
            answer = replace(_counted(scan, plan, found.count), by_month=found.by_month)
            return unexpected.Judged(answer, plan.columns, plan.shape, "true", found.table)
        case Counted():
            value = _figure(scan, plan)
        case Variety():
            value = variety(rows, plan, scan.answer(counting(both(plan.within, f"{name(plan.column)} is not null"))))
        case Summary():
            value = _summed(rows, plan)
    return unexpected.Judged(Answer(success=plan.limits.hold(value), observed_value=value))


def _figure(scan: Scan, plan: Counted) -> Any:
    value = scan.answer(plan.value) if isinstance(plan.value, str) else plan.value
    if plan.share_of is None:
        return value
    whole = scan.answer(plan.share_of)
    return value / whole if whole else 0


def _counted(scan: Scan, plan: RowByRow | Distinct, count: int) -> Answer:
    elements = scan.answer(counting(plan.within))
    if plan.present is None:
        return _shares(Answer(success=_enough(elements, count, plan.mostly)), elements, elements, count)
    present = scan.answer(counting(both(plan.within, plan.present)))
    answer = _shares(Answer(success=_enough(present, count, plan.mostly)), elements, present, count)
    missing = elements - present
    return replace(
        answer,
        missing_count=missing,
        missing_percent=missing / elements * 100 if elements else None,
        unexpected_percent_nonmissing=answer.unexpected_percent,
        unexpected_percent_total=count / elements * 100 if elements else None,
    )


def _shares(answer: Answer, elements: int, present: int, count: int) -> Answer:
    percent = count / present * 100 if present else None
    return replace(answer, element_count=elements, unexpected_count=count, unexpected_percent=percent)


def _enough(judged: int, unexpected: int, mostly: float) -> bool:
    """As Great Expectations divides, to the last bit."""
    return not judged or (float(judged) - float(unexpected)) / float(judged) >= mostly


def _summed(rows: Rows, plan: Summary) -> Any:
    where = "" if plan.within == "true" else f" where {plan.within}"
    column = rows.connection.execute(f"select {name(plan.column)} as value from rows{where}").fetchnumpy()["value"]
    dtype = "Int64" if rows.types[plan.column] == "integer" else "Float64"
    value = getattr(pd.Series(column, dtype=dtype), plan.figure)()
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value
