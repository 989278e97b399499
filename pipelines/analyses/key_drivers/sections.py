"""Key drivers and the maps of importance as a report tells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.text import Text, sentences
from audit.wording import say
from pipelines.analyses.key_drivers.found import Driving, Moving
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.methods.driver_words import (
    MAP_METHOD,
    METHOD,
    by_part,
    map_sentence,
    quadrant_name,
    sentence,
)
from pipelines.methods.importance_performance import Estimate, ImportancePerformance
from pipelines.methods.key_drivers import KeyDrivers


def sections(found: Moving) -> Sequence[Section]:
    return [_driving(found), _stated(found), _derived(found)]


def _driving(found: Moving) -> Section:
    title, driving = say("Key drivers of satisfaction"), found.driving.result
    if driving is None:
        return nothing(title, found.driving.because, METHOD)
    heads = (
        say("Driver"), say("Part of R² (95 % interval)"), say("Share, % (95 % interval)"),
        say("Standardised effect (95 % interval)"), say("Correlation"), say("Variance inflation"),
    )  # fmt: skip
    return Section(
        title, sentences(sentence(driving.drivers), *aside(driving)), METHOD, heads, tuple(_rows(driving.drivers))
    )


def aside(driving: Driving) -> list[Text]:
    """What was left out before the method was asked."""
    told = []
    if driving.seldom:
        names = ", ".join(driving.seldom)
        told.append(say("Left out, because fewer than half of them judged it: {drivers}.", drivers=names))
    if driving.one_in > 1:
        told.append(say("Every {n}th questionnaire was looked at.", n=driving.one_in))
    return told


def _rows(found: KeyDrivers) -> Iterator[tuple[Cell, ...]]:
    for one in by_part(found):
        yield (
            one.driver, _span(one.lmg, one.low, one.high, 3), _span(one.share, one.share_low, one.share_high, 0),
            _span(one.effect, one.effect_low, one.effect_high, 2), f"{one.correlation:.2f}", f"{one.vif:.1f}",
        )  # fmt: skip


def _stated(found: Moving) -> Section:
    title, stated = say("Stated importance against performance"), found.stated.result
    if stated is None:
        return nothing(title, found.stated.because, MAP_METHOD)
    told = map_sentence(stated.map)
    if stated.one_sided:
        names = ", ".join(stated.one_sided)
        told = sentences(told, say("Asked in one way only, or by too few: {drivers}.", drivers=names))
    return Section(title, told, MAP_METHOD, _heads(), tuple(_placed(stated.map)))


def _derived(found: Moving) -> Section:
    title, derived = say("Derived importance against performance"), found.derived.result
    if derived is None:
        return nothing(title, found.derived.because, MAP_METHOD)
    return Section(title, map_sentence(derived), MAP_METHOD, _heads(), tuple(_placed(derived)))


def _heads() -> tuple[Text, ...]:
    importance, performance = say("Importance (95 % interval)"), say("Performance (95 % interval)")
    return say("Driver"), importance, say("Respondents"), performance, say("Respondents"), say("Where it stands")


def _placed(found: ImportancePerformance) -> Iterator[tuple[Cell, ...]]:
    for one in found.drivers:
        yield (one.driver, *_cells(one.importance), *_cells(one.performance), quadrant_name(one.quadrant))


def _cells(found: Estimate) -> tuple[Cell, Cell]:
    return _span(found.value, found.low, found.high, 1), found.n


def _span(value: float, low: float, high: float, digits: int) -> str:
    return f"{value:z.{digits}f} ({low:z.{digits}f} … {high:z.{digits}f})"
