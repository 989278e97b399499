"""All figures in one sentence: how many show a signal, and which of them for the worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pages.components.trends.marks import TONES, since
from pages.components.trends.order import ORDER, with_signal
from pages.components.trends.series import Series
from pages.components.words import _, plain, said
from pipelines.signalling.sentence import verdict_word

NAMED = 2
"""Figures that the title has room for."""


def answer(found: Sequence[Series]) -> str:
    told = with_signal(found)
    if not found:
        return _("Nothing has been measured yet")
    if not told:
        return _("None of {count} measures shows a signal", count=len(found))
    if len(told) == 1:
        first = _("1 of {count} measures shows a signal", count=len(found))
    else:
        first = _("{signals} of {count} measures show a signal", signals=len(told), count=len(found))
    rest = len(told) - NAMED
    named = _("; ").join([*map(_one, told[:NAMED]), *([_("and {more} more", more=rest)] if rest > 0 else [])])
    return _("{sentence}: {named}", sentence=first, named=named)


def _one(series: Series) -> str:
    values = {"kpi": series.kpi.title, "period": _since(series)}
    if not values["period"]:
        return {
            "worsening": _("{kpi} is worsening", **values),
            "improving": _("{kpi} is improving", **values),
        }.get(series.reading.verdict, _("{kpi} has changed", **values))
    return {
        "worsening": _("{kpi} is worse since {period}", **values),
        "improving": _("{kpi} is better since {period}", **values),
    }.get(series.reading.verdict, _("{kpi} has changed since {period}", **values))


def _since(series: Series) -> str:
    at = since(series)
    return "" if at is None else series.points[at].name


def counts(found: Sequence[Series]) -> str:
    """Badges with how many figures each verdict has."""
    by = Counter(str(each.reading.verdict) for each in found)
    return " ".join(
        f":{TONES.get(verdict, 'gray')}-badge[{said(verdict_word(verdict))} {by[verdict]}]"
        for verdict in ORDER
        if by[verdict]
    )


def latest(series: Series) -> str:
    """Markdown: the last value that is evaluated, with its interval, period and records."""
    point = series.latest
    if point is None:
        return f":gray[{_('no value yet')}]"
    value, bracket, spread = point.said.partition(" (")
    return f"**{plain(value)}** :gray[:small[{plain(bracket.strip() + spread)} {point.name}, n = {point.count}]]"


def told(series: Series) -> str:
    """What the picture shows, for those who do not see it."""
    point = series.latest
    value = f"{point.said} {point.when}, n = {point.count}. " if point else ""
    return f"{said(series.kpi.title)}: {value}{said(series.reading.because)}"
