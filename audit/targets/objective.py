"""A quality objective (6.2): what a figure should reach and from when, who answers for it, and why it was chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator

from audit.quantity import Amount, Quantity
from audit.sentence import joined
from audit.text import Text, Written
from audit.unfit import Unfit
from audit.wording import say

ObjectiveGrain = Literal["month", "quarter", "year", "fiscal_year", "rolling_12_months"]
GRAINS: tuple[ObjectiveGrain, ...] = get_args(ObjectiveGrain)
TINY = 1e-9
"""So that 80 % computed as 79.99999999999999 reaches 80 %."""


def spelled(quantity: Quantity) -> str:
    """As a person writes it, without the rounding of a display."""
    return f"{quantity.value:.15g} {quantity.unit}"


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return dt.datetime.strptime(value.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise Unfit(say("'{value}' is not a date; write it as 2026-10-31", value=value)) from None


Day = Annotated[dt.date, BeforeValidator(_day)]
Goal = Annotated[Amount, PlainSerializer(spelled)]


class Target(Written):
    """One step: it holds from its day until the next step."""

    since: Day
    at_least: Goal | None = None
    at_most: Goal | None = None
    warn_at: Goal | None = None
    """An earlier threshold: a figure that is worse still meets the target, and is on the way to missing it."""
    stretch: Goal | None = None
    """A further one, that would be better still."""

    @model_validator(mode="after")
    def can_be_reached(self) -> Target:
        if not self._sides:
            raise Unfit(say("a step without a target; write at_least or at_most"))
        if len({each.unit for each in self.every}) > 1:
            differing = Text(
                en="' and '".join(map(str, self.every)), zh="”和“".join(each.said("zh") for each in self.every)
            )
            raise Unfit(say("'{differing}' differ in unit; write all of them in the KPI's", differing=differing))
        if self.at_least and self.at_most:
            self._refuse_odd_pair(self.at_least, self.at_most)
        else:
            self._refuse_wrong_order()
        return self

    def _refuse_odd_pair(self, at_least: Quantity, at_most: Quantity) -> None:
        if at_least.value > at_most.value:
            raise Unfit(say("at_least is above at_most, which no figure can meet; exchange the two"))
        if self.warn_at or self.stretch:
            raise Unfit(say("warn_at and stretch go with one of at_least and at_most, not with both; leave them out"))

    def _refuse_wrong_order(self) -> None:
        """From bad to good: target, warning, stretch."""
        up = 1 if self.at_least else -1
        better = say("above") if self.at_least else say("below")
        named = [(name, getattr(self, name)) for name in ("at_least", "at_most", "warn_at", "stretch")]
        for (name, one), (other_name, other) in pairwise([(name, value) for name, value in named if value]):
            if other.value * up <= one.value * up:
                raise Unfit(
                    say(
                        "{name} '{value}' must lie {better} {limit} '{bound}': it is the better figure",
                        name=other_name, value=other, better=better, limit=name, bound=one,
                    )
                )  # fmt: skip

    @property
    def _sides(self) -> list[Quantity]:
        return [each for each in (self.at_least, self.at_most) if each]

    @property
    def every(self) -> list[Quantity]:
        return [*self._sides, *(each for each in (self.warn_at, self.stretch) if each)]

    @property
    def unit(self) -> str:
        return self._sides[0].unit

    def met_by(self, value: float) -> bool:
        return not (_below(value, self.at_least) or _above(value, self.at_most))

    def missed_by_all(self, low: float, high: float) -> bool:
        """Whether no value between the two meets it."""
        return _below(high, self.at_least) or _above(low, self.at_most)

    def warned_by(self, value: float) -> bool:
        return self._worse(value, self.warn_at)

    def stretched_by(self, value: float) -> bool:
        return self.stretch is not None and not self._worse(value, self.stretch)

    def _worse(self, value: float, than: Quantity | None) -> bool:
        return _below(value, than) if self.at_least else _above(value, than)

    @property
    def words(self) -> Text:
        """ "at least 80 %"."""
        parts = [say("at least {limit}", limit=self.at_least)] if self.at_least else []
        return joined([*parts, *([say("at most {limit}", limit=self.at_most)] if self.at_most else [])])


def _below(value: float, bound: Quantity | None) -> bool:
    return bound is not None and value < bound.value - TINY * max(1.0, abs(bound.value))


def _above(value: float, bound: Quantity | None) -> bool:
    return bound is not None and value > bound.value + TINY * max(1.0, abs(bound.value))


def _in_steps(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    if not targets:
        raise Unfit(say("there is no target; write at least one step, as in: since: 2026-01-01, at_least: 80 %"))
    for before, after in pairwise(targets):
        if before.since == after.since:
            raise Unfit(say("two steps begin on {day}; keep one", day=str(after.since)))
        if before.since > after.since:
            raise Unfit(
                say(
                    "the step of {later} stands after that of {earlier}; put them in order",
                    later=str(after.since), earlier=str(before.since),
                )
            )  # fmt: skip
        if before.unit != after.unit:
            raise Unfit(
                say(
                    "one step is in {unit}, another in {wrong}; write all in the KPI's unit",
                    unit=before.unit, wrong=after.unit,
                )
            )  # fmt: skip
    return targets


def stated(instead: Text) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text.strip():
            raise Unfit(say("nothing stands here; write {instead}", instead=instead))
        return text.strip()

    return check


class Objective(Written):
    id: str = Field(default="", pattern=r"^(OBJ-\d{3,9})?$")
    title: Annotated[str, AfterValidator(stated(say("what people call the objective")))]
    kpi: str
    by: str = ""
    """A dimension as segment, or "" for the whole."""
    group: str = ""
    grain: ObjectiveGrain
    targets: Annotated[tuple[Target, ...], AfterValidator(_in_steps)]
    owner: Annotated[str, AfterValidator(stated(say("who answers for it")))]
    why: Annotated[str, AfterValidator(stated(say("why it was chosen")))]
    retired_on: Day | None = None
    """The last day on which it counts."""
    revision: int = 0

    @model_validator(mode="after")
    def is_whole(self) -> Objective:
        if bool(self.by) != bool(self.group):
            raise Unfit(say("for whom it is meant is half named; write by (as in segment) and group, or neither"))
        if self.retired_on and self.retired_on < self.targets[0].since:
            raise Unfit(
                say("it is retired on {day}, before its first step; write a later day", day=str(self.retired_on))
            )
        return self

    @property
    def warn_at(self) -> Quantity | None:
        """That of the last step."""
        return self.targets[-1].warn_at


def target_on(objective: Objective, day: dt.date) -> Target | None:
    """The step in force on a day; None before the first, and after the objective was retired."""
    if objective.retired_on and day > objective.retired_on:
        return None
    begun = [target for target in objective.targets if target.since <= day]
    return begun[-1] if begun else None


def in_force(objectives: Iterable[Objective], day: dt.date) -> list[Objective]:
    """Those that are not retired by that day."""
    return [each for each in objectives if each.retired_on is None or each.retired_on >= day]
