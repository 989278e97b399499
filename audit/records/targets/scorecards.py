"""The organisation's scorecards: who set which indicators, weights and levels, and why. Each change is a revision."""

from __future__ import annotations

from typing import Any

from audit.records.tables.scorecards import ScorecardRow
from audit.records.targets.declared import Register
from audit.targets.scorecard import Scorecard

ACTION = "set scorecard"
CHANGEABLE = (
    "title", "department", "owner", "grain", "indicators", "bands", "most_missing", "reviewed_every", "why",
    "retired_on",
)  # fmt: skip


def written(scorecard: Scorecard) -> dict[str, Any]:
    """What the table holds of it, by column."""
    told = scorecard.model_dump(mode="json", include=set(CHANGEABLE))
    return {**told, "indicators": [_indicator(each) for each in told["indicators"]], "retired_on": scorecard.retired_on}


def _indicator(told: dict[str, Any]) -> dict[str, Any]:
    levels = [{name: value for name, value in level.items() if value is not None} for level in told["levels"]]
    return {name: value for name, value in told.items() if value != ""} | {"levels": levels}


KEPT = Register(Scorecard, ScorecardRow, "scorecard", "SCO", ACTION, CHANGEABLE, written)
set_scorecard, revise, retire, keep_all = KEPT.begin, KEPT.revise, KEPT.retire, KEPT.keep_all
every, find, revisions, scorecard_of = KEPT.every, KEPT.find, KEPT.revisions, KEPT.of
