"""What the value at stake rests on, without a few dissatisfied customers."""

from __future__ import annotations

from dataclasses import replace

from pipelines.analyses.small_groups import few, withheld
from pipelines.analyses.value_base.found import ValueBase


def without_small(found: ValueBase, least: int) -> ValueBase:
    one = found.survey.result
    if one is None or not few((one.silent, one.dissatisfied - one.silent), least):
        return found
    return replace(found, survey=withheld(found.survey, least))
