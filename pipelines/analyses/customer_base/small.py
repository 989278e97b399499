"""The customers without those of whom a figure would speak singly."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from pipelines.analyses.customer_base.found import Climbed, Cohorts, Complained, CustomerBase, Quiet, Revenue, Silent
from pipelines.analyses.part import Part
from pipelines.analyses.small_groups import few, gone, with_result, withheld
from pipelines.methods.concentration import Concentration


def without_small(found: CustomerBase, least: int) -> CustomerBase:
    return replace(
        found,
        retention=with_result(found.retention, lambda one: _cohorts(one, least)),
        purchases=with_result(found.purchases, lambda one: _cohorts(one, least)),
        revenue=_revenue(found.revenue, least),
        complaints=_complaints(found.complaints, least),
        ladder=_ladder(found.ladder, least),
        silent=with_result(found.silent, lambda one: _silent(one, least)),
    )


def _cohorts(found: Cohorts, least: int) -> Cohorts:
    small = gone({one.name: one.n for one in found.triangle.cohorts}, least)
    kept = tuple(one for one in found.triangle.cohorts if one.name not in small)
    return replace(found, triangle=replace(found.triangle, cohorts=kept))


def _revenue(part: Part[Revenue], least: int) -> Part[Revenue]:
    """The largest customer is one."""
    if part.result is None or _hangs_on_few(part.result.concentration, least):
        return withheld(part, least) if part.result else part
    curve = _curve(part.result.concentration, least)
    return replace(part, result=replace(part.result, concentration=curve, largest=()))


def _complaints(part: Part[Complained], least: int) -> Part[Complained]:
    if part.result is None or _hangs_on_few(part.result.concentration, least):
        return withheld(part, least) if part.result else part
    return replace(part, result=replace(part.result, concentration=_curve(part.result.concentration, least)))


def _hangs_on_few(found: Concentration, least: int) -> bool:
    return min(found.needed_count, found.top_count) < least


def _curve(found: Concentration, least: int) -> Concentration:
    """Its beginning is the largest customers."""
    curve = (nan if at * found.n < 100 * least else share for at, share in enumerate(found.curve))
    return replace(found, curve=tuple(curve))


def _ladder(part: Part[Climbed], least: int) -> Part[Climbed]:
    """Whole or not at all: with the sums that are told beside it a hidden step could be worked out."""
    if part.result and few((n for rung in part.result.ladder.rungs for n in (rung.count, rung.before or 0)), least):
        return withheld(part, least)
    return part


def _silent(found: Silent, least: int) -> Silent:
    return replace(
        found,
        segments=_large(found.segments, least),
        sizes=with_result(found.sizes, lambda each: _large(each, least)),
        revenue_share=None if few([found.whole.count], least) else found.revenue_share,
    )


def _large(groups: tuple[Quiet, ...], least: int) -> tuple[Quiet, ...]:
    small = gone({one.group: one.n for one in groups}, least)
    return tuple(one for one in groups if one.group not in small)
