"""Each figure of what is at stake, or what is missing for it: an assumption that nobody owns, or data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from audit.assumption import AssumptionName
from audit.text import Text
from pipelines.analyses.lifetime_value.found import LifetimeValue
from pipelines.analyses.part import Part
from pipelines.analyses.value_base.found import ValueBase
from pipelines.methods import value_at_stake
from pipelines.methods.lifetime_value import discounted
from pipelines.methods.value_at_stake import Measured, Worth

StakeName = Literal["lifetime_value", "point_of_retention", "resolved_complaint", "winning_over_keeping", "at_risk"]
Given = Mapping[AssumptionName, float]
OF_A_CUSTOMER: tuple[AssumptionName, ...] = ("contribution_margin", "discount_rate", "horizon")
MENDED: tuple[AssumptionName, ...] = ("kept_when_resolved", "kept_when_not_resolved")


@dataclass(frozen=True)
class Stake:
    name: StakeName
    worth: Worth | None
    missing: tuple[AssumptionName, ...] = ()
    """Assumptions without which there is no figure."""
    because: Text | None = None
    """Why the data gives none."""
    warnings: tuple[Text, ...] = ()


def stakes(lifetime: LifetimeValue, base: ValueBase, given: Given) -> tuple[Stake, ...]:
    measured = _measured(lifetime, base, given)
    customer: list[Part[Any]] = [base.revenue, base.retention]
    mended = () if base.mending.result else MENDED
    coming = lifetime.coming.result

    def of_lifetime() -> Worth:
        assert coming is not None
        return value_at_stake.lifetime_value(
            measured, given, lambda months, yearly: discounted(coming.revenue, months, yearly)
        )

    return (
        _stake("lifetime_value", OF_A_CUSTOMER, [lifetime.coming], given, of_lifetime),
        _stake("point_of_retention", OF_A_CUSTOMER, [base.customers, *customer], given,
               lambda: value_at_stake.point_of_retention(measured, given)),
        _stake("resolved_complaint", (*OF_A_CUSTOMER, *mended), customer, given,
               lambda: value_at_stake.resolved_complaint(measured, given)),
        _stake("winning_over_keeping", ("cost_of_keeping", "winning_over_keeping"), [base.retention], given,
               lambda: value_at_stake.winning_over_keeping(measured, given)),
        _stake("at_risk", ("contribution_margin",), [lifetime.at_risk], given,
               lambda: value_at_stake.at_risk(measured, given)),
    )  # fmt: skip


def _stake(
    name: StakeName, needs: tuple[AssumptionName, ...], parts: list[Part[Any]], given: Given, work: Callable[[], Worth]
) -> Stake:
    missing = tuple(each for each in needs if each not in given)
    silent = next((part.because for part in parts if part.result is None), None)
    warnings = tuple(dict.fromkeys(part.warning for part in parts if part.warning))
    if missing or any(part.result is None for part in parts):
        return Stake(name, None, missing, silent, warnings)
    return Stake(name, work(), (), None, warnings)


def _measured(lifetime: LifetimeValue, base: ValueBase, given: Given) -> Measured:
    retention, mending = base.retention.result, base.mending.result
    coming, risk = lifetime.coming.result, lifetime.at_risk.result
    return Measured(
        customers=base.customers.result,
        revenue_each=base.revenue.result,
        retention=retention.kept if retention else None,
        standing=retention.standing if retention else None,
        kept_resolved=mending.in_time_kept if mending else None,
        kept_not_resolved=mending.late_kept if mending else None,
        complaints=base.complaints.result,
        revenue_ahead=coming.revenue if coming else None,
        error_ahead=coming.error(int(given.get("horizon", 12))) if coming else 0.0,
        at_risk=risk.at_stake if risk else None,
    )
