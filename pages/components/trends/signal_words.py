"""What the signals and the targets of a chart say, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from pages.components.trends.marks import TONES, rule_words, spanned, tone
from pages.components.trends.series import Series
from pages.components.words import _, figure, language, plain
from pipelines.methods.nelson import Signal

MOST = 6
"""Signals that are told one by one, the newest first."""


def signalled(series: Series) -> Iterator[str]:
    """Markdown: where, which way, and by which rule."""
    chart = series.reading.chart
    found = sorted(chart.signals if chart else (), key=lambda signal: (-signal.last, signal.rule))
    for signal in found[:MOST]:
        yield _one(series, signal)
    if (more := len(found) - MOST) > 0:
        yield f":gray-badge[{_('Signal')}] {_('{count} earlier signals.', count=more)}"


def _one(series: Series, signal: Signal) -> str:
    colour = tone(series, signal.above)
    word = {TONES["worsening"]: _("for the worse"), TONES["improving"]: _("for the better")}.get(colour, "")
    shape = {True: "▲", False: "▼", None: "◆"}[signal.above]
    told = _("{where}: {rule} (Nelson rule {number}).", where=spanned(series, signal), rule=rule_words(signal.rule),
             number=signal.rule)  # fmt: skip
    return f":{colour}-badge[{shape} {' '.join(filter(None, [_('Signal'), word]))}] {plain(told)}"


def targeted(series: Series) -> Iterator[str]:
    """How the target in force lies to what is ordinary: a target beyond the limits is not reached by chance."""
    latest, chart = series.latest, series.reading.chart
    if not series.targets or latest is None or latest.value is None:
        return
    at = max(at for at, point in enumerate(series.points) if point.evaluated)
    for target, is_least in zip(series.targets[at], (True, False), strict=True):
        if target is None:
            continue
        told = _("The target in force is {target}; {period} lies at {value}.",
                 target=_limit(target, is_least, series), period=latest.name, value=latest.said)  # fmt: skip
        low, high = (chart.low[at], chart.high[at]) if chart else (None, None)
        gap = "" if language() == "zh" else " "
        words = gap.join(filter(None, [told, _reach(target, is_least, low, high)]))
        yield f":gray-badge[{_('Target')}] {plain(words)}"


def _limit(target: float, is_least: bool, series: Series) -> str:
    value = figure(target, series.unit)
    return _("at least {limit}", limit=value) if is_least else _("at most {limit}", limit=value)


def _reach(target: float, is_least: bool, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    if low <= target <= high:
        return _("It lies within the control limits, so as things are it is met in some periods and missed in others.")
    met = target < low if is_least else target > high
    if met:
        return _("It lies outside the control limits, so as things are every period meets it.")
    return _("It lies outside the control limits, so as things are no period reaches it.")
