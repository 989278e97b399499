"""Lifetime value without what a few customers are expected to bring."""

from __future__ import annotations

from dataclasses import replace

from pipelines.analyses.lifetime_value.found import LifetimeValue
from pipelines.analyses.small_groups import few, with_result, withheld
from pipelines.methods.purchase_check import PurchaseCheck


def without_small(found: LifetimeValue, least: int) -> LifetimeValue:
    key, risk = found.key, found.at_risk
    if key.result and few((key.result.named.customers, key.result.top.customers), least):
        key = withheld(key, least)
    if risk.result and few([risk.result.customers], least):
        risk = withheld(risk, least)
    return replace(found, key=key, at_risk=risk, check=with_result(found.check, lambda one: _check(one, least)))


def _check(found: PurchaseCheck, least: int) -> PurchaseCheck:
    return replace(found, rows=tuple(row for row in found.rows if row.customers >= least))
