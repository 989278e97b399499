"""Did an action move its KPI? The months before it and after it, compared; proposed, never concluded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from audit.errors import DefinitionError
from audit.finding.effect import Proposal
from audit.measurement import Kpi
from audit.text import Text
from audit.wording import say
from pipelines import definitions, yaml_file
from pipelines.effects import sentence as words
from pipelines.effects.aim import Aim as Aim
from pipelines.effects.aim import Aimed
from pipelines.effects.limits import Chart, chart, signals_after
from pipelines.effects.series import FEWEST, Compared, Month, others, own, sides
from pipelines.methods.difference import Difference, beyond, difference
from pipelines.methods.nelson import Signal
from pipelines.methods.pooling import Side, method, months_of, pooled, standing
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

BASELINE = 6
"""Months before from which a control chart is drawn."""


@dataclass(frozen=True)
class Effect:
    proposed: Proposal
    sentence: Text
    kpi: Kpi
    months: tuple[Month, ...] = ()
    others: tuple[Month, ...] = ()
    """The other groups of the same dimension as one figure; empty where the action is meant for the whole."""
    before: Side | None = None
    after: Side | None = None
    change: Difference | None = None
    elsewhere: Difference | None = None
    """What changed in the other groups; None where they cannot be compared."""
    beyond: Difference | None = None
    """What changed here beyond what changed elsewhere."""
    limits: Chart | None = None
    signals: tuple[Signal, ...] = ()
    """Places count the evaluated months after the action."""


def judge(workspace: Workspace, run: Run, action: Aimed) -> Effect:
    """Raises DefinitionError where the action names a figure or a dimension that there is not."""
    kpi = named(action)
    found = results.measurements(workspace, run.id, kpi.name, "month")
    return judged(kpi, found, action, min(run.ends, run.as_of))


def judged(kpi: Kpi, found: pd.DataFrame, action: Aimed, until: dt.date) -> Effect:
    """`found` has the KPI's measurements by month, in every grouping; `until` is the last day that they cover."""
    months = own(found, kpi, action.by, action.group)
    elsewhere = others(found, kpi, action.by, action.group) if action.by else ()
    shown = Effect("cannot be judged", words.no_direction(kpi), kpi, months, elsewhere)
    if kpi.better == "neither":
        return shown
    if action.done_on is None:
        return replace(shown, proposed="too early", sentence=words.not_done())
    if action.expected_on and until < action.expected_on:
        sentence = words.not_expected(action.expected_on, until)
        return replace(shown, proposed="too early", sentence=sentence)
    return _weighed(shown, *sides(months, action.done_on), action)


def _weighed(shown: Effect, before: Compared, after: Compared, action: Aimed) -> Effect:
    if len(after.months) < FEWEST:
        return replace(shown, proposed="too early", sentence=words.too_soon(len(after.months)))
    lacking = [*_lacking(before, shown.kpi, True), *_lacking(after, shown.kpi, False)]
    if lacking:
        return replace(shown, proposed="too few records", sentence=words.joined(lacking))
    one, other = _side(before, shown.kpi), _side(after, shown.kpi)
    seen = replace(_compared_elsewhere(shown, difference(one, other), action), before=one, after=other)
    seen = _charted(seen, before, after)
    proposed = _proposed(seen)
    left_out = before.untrusted + after.untrusted
    return replace(seen, proposed=proposed, sentence=words.compared(seen, proposed, action, left_out))


def _lacking(side: Compared, kpi: Kpi, before: bool) -> list[Text]:
    """What this side needs before it is evidence of anything."""
    if len(side.usable) < FEWEST:
        return [words.few_months(before, len(side.usable), side.untrusted)]
    return [words.few_records(before, side.n, kpi.least)] if side.n < kpi.least else []


def _side(compared: Compared, kpi: Kpi) -> Side:
    return pooled(months_of(compared.usable, standing(kpi)), method(kpi))


def _compared_elsewhere(shown: Effect, change: Difference, action: Aimed) -> Effect:
    """With the other groups over the same months, where they have enough records too."""
    seen = replace(shown, change=change)
    if not shown.others or action.done_on is None:
        return seen
    before, after = sides(shown.others, action.done_on)
    if _lacking(before, shown.kpi, True) or _lacking(after, shown.kpi, False):
        return seen
    elsewhere = difference(_side(before, shown.kpi), _side(after, shown.kpi))
    return replace(seen, elsewhere=elsewhere, beyond=beyond(change, elsewhere))


def _charted(seen: Effect, before: Compared, after: Compared) -> Effect:
    if len(before.evaluated) < BASELINE:
        return seen
    limits = chart([month.value for month in before.evaluated if month.value is not None])
    values = [month.value for month in after.evaluated if month.value is not None]
    return replace(seen, limits=limits, signals=tuple(signals_after(limits, values)))


def _proposed(seen: Effect) -> Proposal:
    """A clear change, not shared by the other groups, which no signal of the control chart contradicts."""
    up = 1 if seen.kpi.better == "higher" else -1
    weighed = [each for each in (seen.change, seen.beyond) if each]
    directions = {_direction(each) * up for each in weighed}
    against = {1 if signal.above else -1 for signal in seen.signals}
    if directions == {1} and -up not in against:
        return "effective"
    return "worse" if directions == {-1} and up not in against else "not shown"


def _direction(change: Difference) -> int:
    """1 where the whole interval lies above 0, -1 where it lies below."""
    return (change.low > 0) - (change.high < 0)


def named(action: Aimed) -> Kpi:
    """The figure that the action should move. Raises DefinitionError where there is none."""
    known = definitions.kpis()
    if action.kpi not in known:
        near = yaml_file.near(action.kpi, list(known))
        raise DefinitionError(say("there is no KPI '{kpi}'{near}", kpi=action.kpi, near=near))
    kpi = known[action.kpi]
    if action.by and action.by not in kpi.by:
        raise DefinitionError(
            say(
                "{kpi} is not measured by '{by}'; write one of: {known}",
                kpi=kpi.name, by=action.by, known=", ".join(kpi.by),
            )
        )  # fmt: skip
    return kpi
