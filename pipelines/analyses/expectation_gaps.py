"""Where customers got less than they expected: the gaps of SERVQUAL and the zone of tolerance of the latest months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import TypeAdapter

from audit.text import Text
from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.part import Part
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.measuring.lineage import Read
from pipelines.methods.expectation_pairs import Pairs
from pipelines.methods.gap_words import METHOD, ZONE_METHOD, dimension_name, sentence, signed, zone_sentence
from pipelines.methods.service_gaps import Gap, ServiceGaps, service_gaps
from pipelines.methods.tolerance_zone import ToleranceZone, Zone, tolerance_zone
from pipelines.survey_soundness.reach import within

FILE = "expectation_gaps.json"
COLUMNS = {"response_id", "question", "answered_on", "dimension", "expected", "perceived", "scale_lowest",
           "scale_highest"}  # fmt: skip
READ: Read = {"expectations": frozenset(COLUMNS)}
READ_ZONE: Read = {"expectations": READ["expectations"] | {"least_acceptable"}}


@dataclass(frozen=True)
class ExpectationGaps:
    starts: dt.date
    ends: dt.date
    gaps: Part[ServiceGaps]
    zone: Part[ToleranceZone]


FOUND = TypeAdapter(ExpectationGaps)


def look(asked: Asked) -> ExpectationGaps:
    starts, ends = asked.latest.starts, asked.latest.ends
    gaps = asked.part(READ, lambda: service_gaps(_pairs(asked)))
    return ExpectationGaps(starts, ends, gaps, asked.part(READ_ZONE, lambda: tolerance_zone(_pairs(asked))))


def _pairs(asked: Asked) -> Pairs:
    """In the order of the keys, so that sums come out the same to the last digit."""
    found = asked.connection.execute(
        "select response_id, question, dimension, expected::double as expected, perceived::double as perceived, "
        "least_acceptable::double as least, scale_lowest::double as low, scale_highest::double as high "
        f"from expectations where {within(asked.latest, 'answered_on')} order by 1, 2"
    ).fetchnumpy()
    who, question, dimension = (np.asarray(found[name]) for name in ("response_id", "question", "dimension"))
    expected, perceived, least, low, high = (
        np.ma.filled(found[name], np.nan) for name in ("expected", "perceived", "least", "low", "high")
    )
    return Pairs(who, question, dimension, expected, perceived, least, low, high)


def sections(found: ExpectationGaps) -> Sequence[Section]:
    return [_gaps(found), _zone(found)]


def _gaps(found: ExpectationGaps) -> Section:
    title, gaps = say("Expectation against perception"), found.gaps.result
    if gaps is None:
        return nothing(title, found.gaps.because, METHOD)
    heads = (
        say("Dimension"), say("Question"), say("Respondents"), say("Expected"), say("Perceived"),
        say("Gap (95 % interval)"), say("Got less, %"), say("Got as much, %"), say("Got more, %"),
    )  # fmt: skip
    whole = [gaps.whole] if gaps.whole else []
    rows = tuple(_row(one) for one in [*whole, *gaps.dimensions, *gaps.questions])
    return Section(title, sentence(gaps, found.starts, found.ends), METHOD, heads, rows)


def _row(one: Gap) -> tuple[Cell, ...]:
    name = dimension_name(one.dimension) if one.dimension else say("all dimensions")
    return (
        name, one.name if one.name != one.dimension else None, one.n, f"{one.expected:.2f}", f"{one.perceived:.2f}",
        bounded(one.gap, one.low, one.high), *(f"{share.value:.0f}" for share in (one.less, one.equal, one.more)),
    )  # fmt: skip


def _zone(found: ExpectationGaps) -> Section:
    title, zone = say("Zone of tolerance"), found.zone.result
    if zone is None:
        return nothing(title, found.zone.because, ZONE_METHOD)
    heads = (
        say("Dimension"), say("Respondents"), say("Least acceptable"), say("Expected"), say("Perceived"),
        say("Adequacy (95 % interval)"), say("Below the zone, %"), say("Inside, %"), say("Above, %"),
    )  # fmt: skip
    rows = tuple(_zone_row(one) for one in [zone.whole, *zone.dimensions])
    return Section(title, zone_sentence(zone), ZONE_METHOD, heads, rows)


def _zone_row(one: Zone) -> tuple[Cell, ...]:
    name: Text = dimension_name(one.name) if one.name else say("all dimensions")
    return (
        name, one.n, f"{one.acceptable:.2f}", f"{one.expected:.2f}", f"{one.perceived:.2f}",
        bounded(one.adequacy, one.adequacy_low, one.adequacy_high),
        *(f"{share:.0f}" for share in (one.below, one.inside, one.above)),
    )  # fmt: skip


def bounded(value: float, low: float | None, high: float | None) -> str:
    return signed(value) if low is None or high is None else f"{signed(value)} ({signed(low)} … {signed(high)})"
