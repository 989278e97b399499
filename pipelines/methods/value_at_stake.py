"""What keeping customers is worth: figures of the organisation's own, put together step by step.

A customer kept is worth the margin of a year times the years that are expected to remain: every month counts with the
probability of still being a customer, from the retention of a year, and is discounted: Gupta and Lehmann (2005),
Managing Customers as Investments. Margin, discount rate, horizon and what keeping costs are the organisation's
assumptions; none is supplied. Limits: one retention for all customers, the same in every year; revenue per customer
stays as it was; customers who complained and were answered in time may differ from others in more than the answer.
Intervals cover what was measured, by `propagate`, and nothing of the assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from audit.assumption import AssumptionName
from pipelines.methods.propagate import Known, propagate

Unit = Literal["currency", "customers", "years", "%", "points", "times", "complaints"]
Origin = Literal["measured", "assumed", "computed"]
StepName = Literal[
    "customers", "one_point", "revenue_each", "margin", "margin_each", "retention", "years", "point_worth", "gain",
    "gain_worth", "kept_resolved", "kept_not_resolved", "kept_more", "customer_worth", "resolved_worth", "complaints",
    "resolved_all", "lost", "cost_keeping", "times", "cost_winning", "replaced", "kept_instead", "dearer",
    "revenue_ahead", "discount", "costs", "lifetime", "at_risk", "at_risk_margin",
]  # fmt: skip
Given = Mapping[AssumptionName, float]


@dataclass(frozen=True)
class Step:
    name: StepName
    value: float
    unit: Unit
    origin: Origin
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Measured:
    """Of the last twelve months; what was not measured is None."""

    customers: int | None = None
    """Now."""
    revenue_each: Known | None = None
    """Of a customer in a year."""
    retention: Known | None = None
    """Per cent, of a year."""
    standing: int | None = None
    """Customers when that year began."""
    kept_resolved: Known | None = None
    """Per cent of those whose complaint was answered in time."""
    kept_not_resolved: Known | None = None
    complaints: int | None = None
    revenue_ahead: tuple[float, ...] | None = None
    """Of each month to come, with the error of the whole as a share."""
    error_ahead: float = 0.0
    at_risk: float | None = None
    """Revenue of a year that customers at risk would bring if they still bought, less what is expected of them."""


@dataclass(frozen=True)
class Worth:
    """`steps` end with the figure itself."""

    steps: tuple[Step, ...]

    @property
    def total(self) -> Step:
        return self.steps[-1]


def remaining_years(retention: float, yearly: float, months: int) -> float:
    """Expected and discounted, of a customer who is one now: per cent in, years out."""
    kept, rate = (max(retention, 0.0) / 100) ** (1 / 12), (1 + yearly / 100) ** (1 / 12)
    return float(sum((kept / rate) ** month for month in range(1, months + 1))) / 12


def point_of_retention(measured: Measured, given: Given) -> Worth:
    """What it is worth that one customer in a hundred stays who would have gone."""
    assert measured.customers is not None
    customers = measured.customers
    steps = [
        Step("customers", customers, "customers", "measured"),
        Step("one_point", customers / 100, "customers", "computed"),
    ]
    each, worth = _customer(measured, given)
    point = _computed("point_worth", lambda m: customers / 100 * worth(m), _of_customer(measured))
    steps += [*each, point]
    if (gain := given.get("retention_gain")) is not None:
        steps.append(Step("gain", gain, "points", "assumed"))
        steps.append(_computed("gain_worth", lambda m: gain * customers / 100 * worth(m), _of_customer(measured)))
    return Worth(tuple(steps))


def resolved_complaint(measured: Measured, given: Given) -> Worth:
    """What it is worth that a complaint is answered in time: by so many points more customers stay."""
    each, worth = _customer(measured, given)
    kept: dict[str, Known] = {}
    steps = [*each, _computed("customer_worth", worth, _of_customer(measured))]
    both = (("kept_resolved", measured.kept_resolved), ("kept_not_resolved", measured.kept_not_resolved))
    own = all(known is not None for _name, known in both)
    for (name, known), assumed in zip(both, ("kept_when_resolved", "kept_when_not_resolved"), strict=True):
        if own and known:
            kept[name] = known
            steps.append(Step(name, known.value, "%", "measured", known.low, known.high))  # type: ignore[arg-type]
        else:
            kept[name] = Known(*(3 * [given[assumed]]))  # type: ignore[index]
            steps.append(Step(name, given[assumed], "%", "assumed"))  # type: ignore[arg-type,index]

    def more(m: Mapping[str, float]) -> float:
        return m["kept_resolved"] - m["kept_not_resolved"]

    steps.append(_computed("kept_more", more, kept, "points"))
    parts = kept | _of_customer(measured)
    steps.append(_computed("resolved_worth", lambda m: more(m) / 100 * worth(m), parts))
    if (count := measured.complaints) is not None:
        all_of = _computed("resolved_all", lambda m: count * more(m) / 100 * worth(m), parts)
        steps = [*steps[:-1], Step("complaints", count, "complaints", "measured"), all_of, steps[-1]]
    return Worth(tuple(steps))


def winning_over_keeping(measured: Measured, given: Given) -> Worth:
    """What it costs to win anew as many customers as were lost in a year, beyond what keeping them would have."""
    assert measured.retention and measured.standing is not None
    standing, keeping, times = measured.standing, given["cost_of_keeping"], given["winning_over_keeping"]
    parts = {"retention": measured.retention}

    def lost(m: Mapping[str, float]) -> float:
        return standing * (100 - m["retention"]) / 100

    return Worth(
        (
            Step("customers", standing, "customers", "measured"),
            _measured("retention", measured.retention, "%"),
            _computed("lost", lost, parts, "customers"),
            Step("cost_keeping", keeping, "currency", "assumed"),
            Step("times", times, "times", "assumed"),
            Step("cost_winning", keeping * times, "currency", "computed"),
            _computed("replaced", lambda m: lost(m) * keeping * times, parts),
            _computed("kept_instead", lambda m: lost(m) * keeping, parts),
            _computed("dearer", lambda m: lost(m) * keeping * (times - 1), parts),
        )
    )


def lifetime_value(measured: Measured, given: Given, discounted: Callable[[int, float], float]) -> Worth:
    """What today's customers are expected to bring within the horizon: from revenue to margin of today's money."""
    assert measured.revenue_ahead is not None
    months, share = int(given["horizon"]), given["contribution_margin"] / 100
    plain, today = discounted(months, 0.0), discounted(months, given["discount_rate"])
    half = 1.959963984540054 * measured.error_ahead

    def part(name: StepName, value: float, origin: Origin = "computed") -> Step:
        ends = sorted((value * (1 - half), value * (1 + half)))
        return Step(name, value, "currency", origin, *ends)

    return Worth(
        (
            part("revenue_ahead", plain, "measured"),
            part("discount", today - plain),
            part("costs", -today * (1 - share)),
            part("lifetime", today * share),
        )
    )


def at_risk(measured: Measured, given: Given) -> Worth:
    assert measured.at_risk is not None
    share = given["contribution_margin"]
    return Worth(
        (
            Step("at_risk", measured.at_risk, "currency", "measured"),
            Step("margin", share, "%", "assumed"),
            Step("at_risk_margin", measured.at_risk * share / 100, "currency", "computed"),
        )
    )


def _customer(measured: Measured, given: Given) -> tuple[list[Step], Callable[[Mapping[str, float]], float]]:
    """What a customer who is kept is worth: the steps to it, and the formula."""
    assert measured.revenue_each and measured.retention
    share, yearly, months = given["contribution_margin"] / 100, given["discount_rate"], int(given["horizon"])
    parts = _of_customer(measured)

    def years(m: Mapping[str, float]) -> float:
        return remaining_years(m["retention"], yearly, months)

    steps = [
        _measured("revenue_each", measured.revenue_each, "currency"),
        Step("margin", 100 * share, "%", "assumed"),
        _computed("margin_each", lambda m: m["revenue_each"] * share, parts),
        _measured("retention", measured.retention, "%"),
        _computed("years", years, parts, "years"),
    ]
    return steps, lambda m: m["revenue_each"] * share * years(m)


def _of_customer(measured: Measured) -> dict[str, Known]:
    assert measured.revenue_each and measured.retention
    return {"revenue_each": measured.revenue_each, "retention": measured.retention}


def _measured(name: StepName, known: Known, unit: Unit) -> Step:
    return Step(name, known.value, unit, "measured", known.low, known.high)


def _computed(
    name: StepName, formula: Callable[[Mapping[str, float]], float], parts: Mapping[str, Known], unit: Unit = "currency"
) -> Step:
    found = propagate(formula, parts)
    return Step(name, found.value, unit, "computed", found.low, found.high)
