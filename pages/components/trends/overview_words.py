"""All figures in one sentence: how many show a signal, and which of them for the worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit.text import Text
from pages.components.trends.marks import TONES, since, spanned
from pages.components.trends.order import ORDER, with_signal
from pages.components.trends.series import Series
from pages.components.words import _, plain, said
from pipelines.methods.nelson import Signal
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
    reading, kpi = series.reading, series.kpi.title
    if reading.signal is None:
        return _drifting(reading.verdict, kpi)
    if (at := since(series)) is not None:
        return _holding(reading.verdict, kpi, series.points[at].name)
    return _passed(series, reading.signal)


def _drifting(verdict: str, kpi: Text) -> str:
    return {
        "worsening": _("{kpi} is worsening", kpi=kpi),
        "improving": _("{kpi} is improving", kpi=kpi),
    }.get(verdict, _("{kpi} has changed", kpi=kpi))


def _holding(verdict: str, kpi: Text, period: str) -> str:
    return {
        "worsening": _("{kpi} is worse since {period}", kpi=kpi, period=period),
        "improving": _("{kpi} is better since {period}", kpi=kpi, period=period),
    }.get(verdict, _("{kpi} has changed since {period}", kpi=kpi, period=period))


def _passed(series: Series, signal: Signal) -> str:
    """Of a single point, or of points after which there are others: what it says need not hold today."""
    values = {"kpi": series.kpi.title, "period": spanned(series, signal)}
    if signal.first == signal.last:
        return {
            "worsening": _("{kpi} had a signal for the worse in {period}", **values),
            "improving": _("{kpi} had a signal for the better in {period}", **values),
        }.get(series.reading.verdict, _("{kpi} had a signal in {period}", **values))
    return {
        "worsening": _("{kpi} had a signal for the worse from {period}", **values),
        "improving": _("{kpi} had a signal for the better from {period}", **values),
    }.get(series.reading.verdict, _("{kpi} had a signal from {period}", **values))


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
