"""What the comparison says, as one sentence in both languages."""

from __future__ import annotations

import datetime as dt
from math import isnan
from typing import TYPE_CHECKING

from audit.finding.effect import Proposal
from audit.measurement import Kpi
from audit.quantity import Quantity, Unit, number
from audit.sentence import dimension_word, group_word
from audit.text import Text
from audit.wording import say
from pipelines.effects.aim import Aimed
from pipelines.methods.difference import Difference
from pipelines.methods.pooling import Side

if TYPE_CHECKING:
    from pipelines.effects.effectiveness import Effect

MEAN_OF_COUNTS: tuple[Unit, ...] = ("count", "months")
"""Units of whole numbers, whose mean over months needs decimals."""


def no_direction(kpi: Kpi) -> Text:
    return say("{kpi} has no better direction, so data cannot say whether the action worked.", kpi=kpi.title)


def not_done() -> Text:
    return say("The action is not done yet.")


def not_expected(expected_on: dt.date, until: dt.date) -> Text:
    return say("The effect is expected by {day}; the run's data end on {until}.", day=expected_on, until=until)


def too_soon(months: int) -> Text:
    return say("Whole months of data since the action: {count}; at least 3 are needed.", count=months)


def few_months(before: bool, usable: int, unusable: int) -> Text:
    values = {"count": usable, "unusable": unusable}
    if before:
        return say(
            "before the action {count} months can be used and {unusable} cannot; at least 3 are needed", **values
        )
    return say("after the action {count} months can be used and {unusable} cannot; at least 3 are needed", **values)


def few_records(before: bool, n: int, least: int) -> Text:
    if before:
        return say("only {n} records before the action; at least {least} are needed", n=n, least=least)
    return say("only {n} records after the action; at least {least} are needed", n=n, least=least)


def joined(parts: list[Text]) -> Text:
    """Clauses as one sentence, with a capital and a full stop."""
    en, zh = "; ".join(part.en for part in parts), "；".join(part.zh for part in parts)
    return Text(en=f"{en[0].upper()}{en[1:]}.", zh=f"{zh}。")


def compared(seen: Effect, proposed: Proposal, action: Aimed, left_out: int) -> Text:
    assert seen.before and seen.after and seen.change
    moved = say(
        "{name}: {before} before the action, {after} after it, a change of {change}",
        name=_name(seen.kpi, action), before=_side(seen.before, seen.kpi.unit),
        after=_side(seen.after, seen.kpi.unit), change=_change(seen.change, seen.kpi.unit),
    )  # fmt: skip
    parts = [moved, *_elsewhere(seen, action), _chart(seen)]
    if left_out:
        parts.append(say("months left out, because their data are few or not to be trusted: {count}", count=left_out))
    return joined([*parts, _conclusion(proposed)])


def _name(kpi: Kpi, action: Aimed) -> Text:
    if not action.by:
        return kpi.title
    group, dimension = group_word(action.group), dimension_word(action.by)
    return say("{kpi} ({dimension}: {group})", kpi=kpi.title, dimension=dimension, group=group)


def _side(side: Side, unit: Unit) -> Text:
    value = Quantity(side.value, "score" if unit in MEAN_OF_COUNTS else unit)
    shown = Text(en=value.said("en", aligned=True), zh=value.said("zh", aligned=True))
    return say("{value} ({months} months, n = {n})", value=shown, months=side.months, n=side.n)


def _change(change: Difference, unit: Unit) -> Text:
    value, low, high = (_signed(figure, unit) for figure in (change.value, change.low, change.high))
    if isnan(change.low):
        return say("{value} (nothing varies, so how far chance reaches cannot be told)", value=value)
    if unit == "%":
        return say("{value} percentage points (95 % interval {low} to {high})", value=value, low=low, high=high)
    return say("{value} (95 % interval {low} to {high})", value=value, low=low, high=high)


def _signed(figure: float, unit: Unit) -> str:
    shown = number(figure, "score" if unit in MEAN_OF_COUNTS else unit, aligned=True).replace("-", "−")
    return shown if shown.startswith("−") or not any(digit in shown for digit in "123456789") else f"+{shown}"


def _elsewhere(seen: Effect, action: Aimed) -> list[Text]:
    if not action.by:
        return []
    dimension = dimension_word(action.by)
    if seen.elsewhere is None or seen.beyond is None:
        return [say("no comparison: the other groups by {dimension} have too few records", dimension=dimension)]
    values = {"dimension": dimension, "elsewhere": _signed(seen.elsewhere.value, seen.kpi.unit)}
    more = _change(seen.beyond, seen.kpi.unit)
    return [say("the other groups by {dimension} changed by {elsewhere}; beyond them {more}", **values, more=more)]


def _chart(seen: Effect) -> Text:
    if seen.limits is None:
        return say("no control chart: fewer than 6 months before the action")
    up = seen.kpi.better == "higher"
    kinds = {signal.above == up for signal in seen.signals}
    if kinds == {True}:
        return say("the control chart signals a change for the better")
    if kinds == {False}:
        return say("the control chart signals a change for the worse")
    return say("the control chart signals both ways") if kinds else say("the control chart shows no signal")


def _conclusion(proposed: Proposal) -> Text:
    if proposed == "effective":
        return say("this is more than chance explains, for the better")
    if proposed == "worse":
        return say("this is more than chance explains, for the worse")
    return say("an effect is not shown")
