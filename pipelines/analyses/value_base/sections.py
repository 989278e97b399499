"""What value at stake rests on, as a report tells it; assumptions of the organisation are not in a run."""

from __future__ import annotations

from collections.abc import Sequence

from audit.text import Text
from audit.wording import say
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.analyses.value_base.found import Mending, ValueBase
from pipelines.methods.propagate import Known

Row = tuple[Cell, ...]


def sections(found: ValueBase) -> Sequence[Section]:
    return [_base(found), _mending(found), _survey(found)]


def _heads() -> tuple[Text, ...]:
    return (say("Figure"), say("Value"), say("Lower bound"), say("Upper bound"))


def _base(found: ValueBase) -> Section:
    title = say("What the value at stake rests on")
    method = say(
        "Measured in the twelve months to the end of the run. What it is worth depends on the organisation's own "
        "assumptions (margin, discount rate, horizon and others), which stand on the page Value at stake."
    )
    retention = found.retention.result
    rows: list[Row] = []
    if found.customers.result is not None:
        rows.append((say("customers on the last day"), found.customers.result, None, None))
    if found.revenue.result:
        rows.append((say("revenue of a customer in a year"), *_known(found.revenue.result)))
    if retention:
        rows.append((say("retention in a year, %"), *_known(retention.kept)))
    if found.complaints.result is not None:
        rows.append((say("complaints in a year"), found.complaints.result, None, None))
    parts = (found.customers, found.revenue, found.retention, found.complaints)
    because = [part.because for part in parts if part.because]
    if not rows:
        return nothing(title, because[0] if because else None, method)
    told = say("From {starts} to {ends}.", starts=found.starts, ends=found.ends)
    if because:
        told = say("{one} Not evaluated: {because}.", one=told, because=because[0].within_a_sentence())
    return Section(title, told, method, _heads(), tuple(rows))


def mending_method() -> Text:
    return say(
        "Customers by their first complaint of the two years before the last half year: in time is closed by the "
        "promised day, or within 30 days where none was promised; kept is still a customer 182 days after the "
        "complaint, by the register, or by a further order where the register does not say who left. Difference with "
        "the interval of Zou and Donner (2008). Those answered in time may differ in more than the answer."
    )


def mending_sentence(found: Mending) -> Text:
    return say(
        "Of {n} customers answered in time {kept} % stayed, of {others} not answered in time {other} %: a difference "
        "of {gained} points ({low} to {high}).",
        n=found.in_time, kept=f"{found.in_time_kept.value:.1f}", others=found.late,
        other=f"{found.late_kept.value:.1f}", gained=f"{found.gained.value:.1f}",
        low=f"{found.gained.low:.1f}", high=f"{found.gained.high:.1f}",
    )  # fmt: skip


def _mending(found: ValueBase) -> Section:
    title, part = say("Do customers stay whose complaint is answered in time?"), found.mending
    if part.result is None:
        return nothing(title, part.because, mending_method())
    one = part.result
    rows: tuple[Row, ...] = (
        (say("kept when answered in time, %"), *_known(one.in_time_kept)),
        (say("kept when not answered in time, %"), *_known(one.late_kept)),
        (say("difference, points"), *_known(one.gained)),
    )
    return Section(title, mending_sentence(one), mending_method(), _heads(), rows)


def survey_method() -> Text:
    return say(
        "The last answer of each customer in the twelve months; dissatisfied is 1 or 2 of 5; heard is a complaint on "
        "record in the same months. Wilson intervals, taken to all customers as if those who answered were like the "
        "others."
    )


def _survey(found: ValueBase) -> Section:
    title, part = say("Who is dissatisfied and was not heard?"), found.survey
    if part.result is None:
        return nothing(title, part.because, survey_method())
    one = part.result
    told = say(
        "Of {n} customers who answered that they are dissatisfied, {silent} never complained.",
        n=one.dissatisfied, silent=one.silent,
    )  # fmt: skip
    rows: tuple[Row, ...] = (
        (say("dissatisfied who did not complain, %"), *_known(one.share_silent)),
        (say("dissatisfied who complained, %"), *_known(one.share_that_complains)),
        (say("unheard among all customers"), *_known(one.unheard)),
    )
    return Section(title, told, survey_method(), _heads(), rows)


def _known(known: Known) -> tuple[float, float, float]:
    return known.value, known.low, known.high
