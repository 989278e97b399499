"""Kano classes without those of small segments."""

from __future__ import annotations

from dataclasses import replace

from pipelines.analyses.kano.found import Kano
from pipelines.analyses.small_groups import gone, with_result
from pipelines.methods.kano_segments import InSegments


def without_small(found: Kano, least: int) -> Kano:
    return replace(found, segments=with_result(found.segments, lambda each: tuple(_large(one, least) for one in each)))


def _large(one: InSegments, least: int) -> InSegments:
    small = gone({name: feature.n for name, feature in one.segments}, least)
    return replace(one, segments=tuple((name, feature) for name, feature in one.segments if name not in small))
