"""Answers a contract's suite with one scan of the rows; the rows of what failed are looked up afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from audit.source import Expectation, Source, Type
from pipelines.gating import column_values, several_columns, summary, unexpected, whole_batch
from pipelines.gating.answer import Answer
from pipelines.gating.asked import Asked, Left
from pipelines.gating.batch import Known, Month
from pipelines.gating.expectation_arguments import arguments
from pipelines.gating.plan import Counted, Distinct, Plan, RowByRow, Summary, Variety
from pipelines.gating.repeated import Repetitions, variety
from pipelines.gating.rows import Rows
from pipelines.gating.scan import Figures, Scan, counting, in_words
from pipelines.gating.stream import Stream
from pipelines.gating.texts import Form
from pipelines.sql import both, name

COMPILED = {**column_values.COMPILED, **several_columns.COMPILED, **whole_batch.COMPILED}


def plan(expectation: Expectation, contract: Source, types: dict[str, Type]) -> Plan:
    """Raises Left, with the reason, for what Great Expectations itself must answer."""
    if expectation.type not in COMPILED:
        raise Left("this type is not compiled")
    return COMPILED[expectation.type](Asked(arguments(expectation, contract), types))


class Readings:
    """What is asked of rows, and found in them, for all plans at once."""

    def __init__(
        self, plans: list[Plan], types: dict[str, Type], unique: frozenset[str], known: Known | None = None
    ) -> None:
        self.plans, self.stream, self.scan = _tested(plans), Stream(), Scan(types, known)
        distinct = [plan for plan in self.plans if isinstance(plan, Distinct)]
        self.repetitions = Repetitions(distinct, unique, self.stream, self.scan)
        for each in self.plans:
            _ask(self, each)
        self.scan.leave_to(self.stream, self.repetitions.presents())

    def run(self, rows: Rows) -> None:
        self.stream.run(rows)
        self._finish(rows)

    def see(self, rows: Rows, table: pa.Table, month: Month) -> None:
        """Rows of one month that are in memory: `rows` has them as `table` has."""
        self.stream.see(rows, table, month)
        self._finish(rows)

    def take(self, other: Readings, before: int) -> None:
        """What another, asked the same, has found in rows behind so many others."""
        self.stream.take(other.stream, before)
        self.scan.take(other.scan)

    def _finish(self, rows: Rows) -> None:
        self.scan.learn_from(self.stream)
        self.scan.run(rows)


def answers(rows: Rows, plans: list[Plan], passed: Readings | None = None) -> list[Answer]:
    """One for each plan. `passed` has found in these rows what is asked of them already."""
    read = passed or Readings(plans, rows.types, rows.unique, rows.batch.known())
    read.scan.ready(rows.connection)
    if passed is None:
        read.run(rows)
    read.repetitions.compare(rows)
    return unexpected.listed(rows, [_judged(rows, read, each) for each in read.plans])


def _tested(plans: list[Plan]) -> list[Plan]:
    """Texts are taken out of the engine for a regex, which costs it most; the length is then at hand."""
    taken_out = {plan.columns for plan in plans if isinstance(plan, RowByRow) and isinstance(plan.test, Form)}
    return [
        replace(plan, test=None) if isinstance(plan, RowByRow) and plan.columns not in taken_out else plan
        for plan in plans
    ]


def _ask(read: Readings, plan: Plan) -> None:
    scan = read.scan
    match plan:
        case RowByRow():
            scan.ask(counting(plan.within))
            scan.ask(counting(both(plan.within, plan.present or "true")))
            if plan.test:
                read.stream.test(plan.columns[0], plan.test)
                return
            for call in plan.calls:
                scan.call(call)
            broken = counting(both(plan.within, plan.broken))
            if plan.limits and scan.lies_within(plan.columns[0], plan.limits):
                scan.known[broken] = {}
            scan.ask(broken)
        case Distinct():
            scan.ask(counting(plan.within))
        case Counted():
            for aggregate in (plan.value, plan.share_of):
                if isinstance(aggregate, str):
                    scan.ask(aggregate)
        case Variety():
            scan.ask(counting(both(plan.within, f"{name(plan.column)} is not null")))
        case Summary():
            summary.ask(scan, plan)


def _judged(rows: Rows, read: Readings, plan: Plan) -> unexpected.Judged:
    match plan:
        case RowByRow():
            present = None if plan.present is None else read.scan.answer(counting(both(plan.within, plan.present)))
            return _unexpected(read, plan, present, *_broken(read, plan))
        case Distinct():
            found = read.repetitions.of(plan)
            return _unexpected(read, plan, read.repetitions.present(plan), found.by_month, found.places)
        case Counted():
            value = _figure(read.scan, plan)
        case Variety():
            present = read.scan.answer(counting(both(plan.within, f"{name(plan.column)} is not null")))
            value = variety(rows, plan, present)
        case Summary():
            value = summary.answer(rows, read.scan, plan)
    return unexpected.Judged(Answer(success=plan.limits.hold(value), observed_value=value))


def _broken(read: Readings, plan: RowByRow) -> tuple[Figures, Sequence[int]]:
    """By month how many rows, and the places of the first where they are known."""
    if plan.test:
        found = read.stream.tests[plan.columns[0], plan.test]
        return found.by_month, found.first
    return read.scan.found[counting(both(plan.within, plan.broken))], ()


def _unexpected(
    read: Readings, plan: RowByRow | Distinct, present: int | None, by_month: Figures, places: Sequence[int]
) -> unexpected.Judged:
    counted = _counted(read.scan.answer(counting(plan.within)), present, sum(by_month.values()), plan.mostly)
    answer = replace(counted, by_month=in_words(by_month))
    broken = both(plan.within, plan.broken) if isinstance(plan, RowByRow) else ""
    months = [month for month, count in by_month.items() if count]
    return unexpected.Judged(answer, plan.columns, plan.shape, places, broken, months)


def _figure(scan: Scan, plan: Counted) -> Any:
    value = scan.answer(plan.value) if isinstance(plan.value, str) else plan.value
    if plan.share_of is None:
        return value
    whole = scan.answer(plan.share_of)
    return value / whole if whole else 0


def _counted(elements: int, present: int | None, count: int, mostly: float) -> Answer:
    """`present` is None where the result does not speak of missing values."""
    judged = elements if present is None else present
    percent = count / judged * 100 if judged else None
    answer = Answer(
        success=_enough(judged, count, mostly),
        element_count=elements,
        unexpected_count=count,
        unexpected_percent=percent,
    )
    if present is None:
        return answer
    missing = elements - present
    return replace(
        answer,
        missing_count=missing,
        missing_percent=missing / elements * 100 if elements else None,
        unexpected_percent_nonmissing=percent,
        unexpected_percent_total=count / elements * 100 if elements else None,
    )


def _enough(judged: int, unexpected: int, mostly: float) -> bool:
    """As Great Expectations divides, to the last bit."""
    return not judged or (float(judged) - float(unexpected)) / float(judged) >= mostly
