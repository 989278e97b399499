"""The zone of tolerance: from the least that a customer accepts up to what was expected.

Zeithaml, Berry and Parasuraman (1993; Parasuraman, Zeithaml and Berry, 1994). Adequacy is what was perceived less the
least acceptable; superiority is what was perceived less what was expected; both as means over respondents with the
interval of Student's t. Of the answers: inside the zone, ends included, below it, above it. Only answers with all three
parts count; where the least acceptable is more than was expected there is no zone, so such answers are left out and
counted. Limits as in SERVQUAL: difference scores, ceiling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from audit.wording import say
from pipelines.methods.expectation_pairs import Pairs
from pipelines.methods.interval import Array
from pipelines.methods.refused import Refused
from pipelines.methods.service_gaps import LEAST, mean_of, names_of


@dataclass(frozen=True)
class Zone:
    """`n` respondents with their `answers`; the shares are of the answers, in per cent."""

    name: str
    n: int
    answers: int
    acceptable: float
    expected: float
    perceived: float
    adequacy: float
    adequacy_low: float | None
    adequacy_high: float | None
    superiority: float
    superiority_low: float | None
    superiority_high: float | None
    below: float
    inside: float
    above: float


@dataclass(frozen=True)
class ToleranceZone:
    lowest: float
    highest: float
    rescaled: bool
    contrary: int
    """Answers of which the least acceptable is more than what was expected; left out."""
    dimensions: tuple[Zone, ...]
    whole: Zone
    """Of all answers, each respondent counted once."""


def tolerance_zone(asked: Pairs, least: int = LEAST) -> ToleranceZone:
    triples = asked.on_one_scale().with_least()
    kept = triples.where(triples.least <= triples.expected)
    respondents = len(set(kept.respondent.tolist()))
    if respondents < max(2, least):
        raise Refused(
            say(
                "{n} respondents said what would still be acceptable; at least {least} are needed",
                n=respondents,
                least=max(2, least),
            )
        )
    return ToleranceZone(
        kept.lowest,
        kept.highest,
        kept.rescaled,
        len(triples.low) - len(kept.low),
        tuple(_dimensions(kept)),
        _zone("", kept),
    )


def _dimensions(pairs: Pairs) -> Iterator[Zone]:
    for name in names_of(pairs.dimension):
        yield _zone(name, pairs.where(pairs.dimension == name))


def _zone(name: str, pairs: Pairs) -> Zone:
    codes = np.unique(pairs.respondent, return_inverse=True)[1]
    counts = np.bincount(codes)

    def means(values: Array) -> Array:
        return np.asarray(np.bincount(codes, values) / counts)

    acceptable, expected, perceived = map(means, (pairs.least, pairs.expected, pairs.perceived))
    below, above = pairs.perceived < pairs.least, pairs.perceived > pairs.expected
    return Zone(
        name,
        len(counts),
        len(codes),
        float(acceptable.mean()),
        float(expected.mean()),
        float(perceived.mean()),
        *mean_of(perceived - acceptable),
        *mean_of(perceived - expected),
        100 * float(below.mean()),
        100 * float((~below & ~above).mean()),
        100 * float(above.mean()),
    )
