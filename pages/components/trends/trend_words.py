"""What a figure over time says, in sentences: nothing that is not in the measurements."""

from __future__ import annotations

from collections.abc import Sequence

from audit.evidence import Outcome
from audit.measurement import Interval, Kpi
from audit.pairs import SIGN
from audit.sentence import dimension_word, group_word
from audit.text import Text
from audit.wording import say
from pages.components import tags
from pages.components.chart.point import Point
from pages.components.words import _, language, plain, said
from pipelines import definitions
from pipelines.measuring.lineage import read_by
from pipelines.runs.run_folder import Run
from pipelines.signals import Reading

UNBROKEN = 3
"""Periods in a row from which on they are told as "first to last"."""
MOST_REASONS = 4


def answer(kpi: Kpi, series: Sequence[Point], by: str = "", name: str | None = None) -> str:
    """The title: the latest value with its interval and its records, or that there is none."""
    title = said(kpi.title) if name is None else said(named_for(kpi.title, by, name))
    if not series:
        return _("{kpi} has not been measured yet", kpi=title)
    latest = series[-1]
    if latest.hidden:
        return _("{kpi} is not shown {when}: too few records", kpi=title, when=latest.when)
    if not latest.evaluated:
        return _("{kpi} is not evaluated {when}", kpi=title, when=latest.when)
    return _("{kpi}: {value} {when}, from {n} records", kpi=title, value=latest.said, when=latest.when, n=latest.n)


def named_for(title: Text, by: str, name: str) -> Text:
    return say("{kpi} ({dimension}: {group})", kpi=title, dimension=dimension_word(by), group=group_word(name))


def latest_evaluated(series: Sequence[Point]) -> Point | None:
    return next((point for point in reversed(series) if point.evaluated), None)


def said_by_chart(series: Sequence[Point]) -> list[str]:
    """Markdown sentences: the latest value, what is held back and why, and what to be careful about."""
    told = [_latest(series)] if latest_evaluated(series) else []
    silent = [point.because if not point.hidden else "" for point in series]
    told += _reasons(tags.outcome(Outcome.NOT_EVALUATED), series, silent)
    told += _reasons(f":gray-badge[{_('Hidden')}]", series, [point.because if point.hidden else "" for point in series])
    told += _reasons(f":orange-badge[{_('Warning')}]", series, [point.warning for point in series])
    parts = [index for index, point in enumerate(series) if point.is_part]
    if parts:
        words = _("{periods}: only in part inside the audit period.", periods=_named(series, parts))
        told.append(f":gray-badge[{_('Part')}] {plain(words)}")
    return told


def _reasons(badge: str, series: Sequence[Point], reasons: Sequence[str]) -> list[str]:
    """One sentence for each reason with its periods, the latest first; a long list ends with a pointer to the table."""
    together: dict[str, list[int]] = {}
    for index, why in enumerate(reasons):
        if why:
            together.setdefault(why, []).append(index)
    ranked = sorted(together.items(), key=lambda item: -item[1][-1])
    told = [f"{badge} {_told(_named(series, indices), why)}" for why, indices in ranked[:MOST_REASONS]]
    more = sum(len(indices) for _why, indices in ranked[MOST_REASONS:])
    return (
        [*told, f"{badge} {_('{count} more periods, for reasons in the table below.', count=more)}"] if more else told
    )


def _latest(series: Sequence[Point]) -> str:
    latest = latest_evaluated(series)
    assert latest is not None
    words = _("{value} {when}, from {n} records.", value=latest.said, when=latest.when, n=latest.n)
    return f":blue-badge[{_('Latest')}] {plain(words)}"


def _told(periods: str, why: str) -> str:
    return plain(_("{periods}: {why}.", periods=periods, why=why.rstrip("。.")))


def _named(series: Sequence[Point], indices: Sequence[int]) -> str:
    """ "Mar 2025, Jun 2025 to Sep 2025": periods in a row are told by the first and the last."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return _(", ").join(name for run in runs for name in _run(series, run))


def _run(series: Sequence[Point], run: Sequence[int]) -> list[str]:
    if len(run) < UNBROKEN:
        return [series[index].name for index in run]
    return [_("{first} to {last}", first=series[run[0]].name, last=series[run[-1]].name)]


def note(point: Point) -> str:
    """For one row of the table: why it is held back, what to be careful about, or that it is a part only."""
    if point.hidden:
        return plain(point.because)
    if point.because:
        return f"{tags.outcome(Outcome.NOT_EVALUATED)} {plain(point.because)}"
    told = [plain(point.warning)] if point.warning else []
    return _("; ").join([*told, *([_("in part inside the audit period")] if point.is_part else [])])


def caption(kpi: Kpi, run: Run, series: Sequence[Point], read: Reading | None = None) -> str:
    """Definition, interval, marks and source, under the chart."""
    parts = [said(kpi.why).strip()]
    if kpi.interval:
        parts.append(_("Shaded: {interval}.", interval=interval(kpi.interval)))
    else:
        parts.append(_("This figure has no interval."))
    if read and read.chart and any(value is not None for value in read.chart.centre):
        parts.append(_("Dashed: control limits ({kind}).", kind=read.chart.kind))
        parts.append(said(read.chart.reason))
    if any(point.value is not None and not point.evaluated for point in series):
        parts.append(_("Hollow: not evaluated, for the reason named below."))
    parts.append(
        _("Source: {sources}; run {run}, data as of {date}.", sources=_sources(kpi), run=run.id, date=run.as_of)
    )
    return plain(("" if language() == "zh" else " ").join(parts))


def interval(method: Interval) -> str:
    return {
        "wilson": _("95 % Wilson interval of a share"),
        "nps": _("95 % adjusted Wald interval"),
        "mean": _("95 % interval of the mean (Student's t)"),
        "poisson": _("95 % exact Poisson interval (Garwood)"),
        "garwood": _("95 % exact Poisson interval (Garwood)"),
        "dobson": _("95 % interval of units that come in lots (Dobson)"),
        "newcombe": _("95 % interval of a difference of shares (Newcombe)"),
    }[method]


def _sources(kpi: Kpi) -> str:
    known = definitions.sources()
    return _(", ").join(said(known[name].title) for name in read_by(kpi.name))


def dimension(name: str) -> str:
    """A declared pair is named by both of its dimensions."""
    word = SIGN.join(said(dimension_word(each)) for each in name.split(SIGN))
    return word[:1].upper() + word[1:]


def group(name: str) -> str:
    return said(group_word(name))
