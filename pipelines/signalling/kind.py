"""Which control chart fits a figure, and why, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audit.errors import SourceError
from audit.measurement import Kpi
from audit.text import Text, sentences
from audit.wording import say
from pipelines.methods.attributes_chart import FEWEST_EVENTS, rare
from pipelines.methods.control_chart import FROZEN, KINDS, Kind
from pipelines.signalling.places import Places

COUNTED: dict[str | None, Kind] = {"wilson": "p", "poisson": "u", "garwood": "c"}
"""By the way in which a figure gets its interval."""
PER = {"%": 100.0, "per 1,000": 1e3, "per 1,000,000": 1e6}


class Choice(NamedTuple):
    kind: Kind
    per: float
    reason: Text


def chosen(kpi: Kpi, series: Places, newest: Places, asked: str | None = None) -> Choice:
    """`newest` has the places since the last change of the process. Raises SourceError where a kind is asked for that
    the figure cannot have."""
    per = PER.get(kpi.unit, 1.0)
    if asked is not None:
        kind = _possible(kpi, series, asked)
        return Choice(kind, per, say("This kind of chart was asked for."))
    kind = COUNTED.get(kpi.interval, "XmR")
    if kind != "XmR" and kpi.rows == "dated in the period":
        return Choice(kind, per, _counted(kind))
    if kpi.unit == "count" and 0.0 in newest.values and _few(newest):
        return Choice("c", per, _counted("c"))
    return Choice("XmR", per, _individual() if kind == "XmR" else _standing())


def exact(reason: Text, rare: bool) -> Text:
    """Where events are few."""
    if not rare:
        return reason
    more = say(
        "Fewer than {least} events are to be expected in a period, so limits are exact and only rule 1 is looked for.",
        least=int(FEWEST_EVENTS),
    )
    return sentences(reason, more)


def _individual() -> Text:
    return say(
        "An XmR chart: each value is one figure for its period and no plain count, so the differences between "
        "neighbouring periods tell what is ordinary."
    )


def _standing() -> Text:
    return say(
        "An XmR chart: the same records count in several periods, so the differences between neighbouring periods tell "
        "what is ordinary."
    )


def widened(reason: Text, stretch: float) -> Text:
    """Where the limits of counts were too narrow."""
    if stretch <= 1:
        return reason
    more = say(
        "In so many records even small differences from period to period are more than chance, so the limits are "
        "{stretch} times as wide (Laney).",
        stretch=f"{stretch:.1f}",
    )
    return sentences(reason, more)


def _counted(kind: Kind) -> Text:
    return {
        "p": say("A p chart: the figure is a share of counted records, so each period's limits follow from its own n."),
        "u": say("A u chart: events are counted per unit, so each period's limits follow from its own n."),
        "c": say("A c chart: the figure is a plain count of events in periods of like length."),
    }[kind]


def _few(counts: Places) -> bool:
    known = [value for value in counts.values if value is not None][:FROZEN]
    return rare("c", known, [1] * len(known), 1.0)


def _possible(kpi: Kpi, series: Places, asked: str) -> Kind:
    kind = next((each for each in KINDS if each.lower() == asked.lower().replace("-", " ")), None)
    if kind is None:
        raise SourceError(
            say("there is no chart '{asked}'; write one of: {known}", asked=asked, known=", ".join(KINDS))
        )
    if misfit := _misfit(kind, kpi, [value for value in series.values if value is not None]):
        raise SourceError(
            say("{kpi} cannot have a {kind} chart: {misfit}; ask for XmR", kpi=kpi.name, kind=kind, misfit=misfit)
        )
    return kind


def _misfit(kind: Kind, kpi: Kpi, values: Sequence[float]) -> Text | None:
    if kind == "p" and (kpi.unit != "%" or not all(0 <= value <= 100 for value in values)):
        return say("that needs a share of records between 0 and 100 %")
    if kind == "u" and (kpi.unit not in ("per 1,000", "per 1,000,000", "count") or min(values, default=0) < 0):
        return say("that needs events per unit, none of them below 0")
    if kind == "c" and (kpi.unit != "count" or any(value < 0 or value != round(value) for value in values)):
        return say("that needs whole counts, none of them below 0")
    return None
