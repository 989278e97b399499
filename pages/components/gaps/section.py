"""Where customers got less than they expected, by dimension or question, and what they would still accept."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.components import tags
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chosen import buttons, chosen
from pages.components.gaps.gap_chart import Joined, joined
from pages.components.gaps.zone_chart import Span, spans
from pages.components.not_found import told, warned
from pages.components.words import _, plain, said
from pipelines.analyses.expectation_gaps import ExpectationGaps
from pipelines.methods.gap_words import (
    METHOD,
    ZONE_METHOD,
    clearly_short,
    dimension_name,
    sentence,
    signed,
    zone_sentence,
)
from pipelines.methods.service_gaps import Gap, ServiceGaps
from pipelines.methods.tolerance_zone import ToleranceZone, Zone

BY = ("dimension", "question")


def gaps(found: ExpectationGaps) -> None:
    st.header(_("Where did customers get less than they expected?"), anchor=False)
    if told(found.gaps) and found.gaps.result:
        warned(found.gaps)
        _gaps(found.gaps.result, found)
        _zone(found)


def _gaps(result: ServiceGaps, found: ExpectationGaps) -> None:
    words = said(sentence(result, found.starts, found.ends))
    st.markdown(plain(words))
    by = chosen("gaps", BY, BY[0])
    names = {"dimension": _("By dimension"), "question": _("By question")}
    buttons("gaps", _("Gaps"), BY, names.__getitem__, labelled=False)
    every = result.dimensions if by == "dimension" else result.questions
    rows = sorted(every, key=lambda one: (one.gap, one.name))
    short = clearly_short(rows)
    lines = [_line(one, one in short) for one in rows]
    alt = f"{words} {'; '.join(line.told for line in lines)}"
    charts.draw(joined(lines, (result.lowest, result.highest)), key="gap_chart", alt=alt)
    legend = _("Ring: expected. Dot: perceived; a square where it clearly fell short (of all together, by Holm).")
    st.markdown(tags.small(f"{plain(legend)} {plain(said(METHOD))}"))
    _behind(by, [*([result.whole] if result.whole else []), *rows])


def _line(one: Gap, short: bool) -> Joined:
    words = _("{name}: expected {expected}, perceived {perceived}, gap {gap}, n = {n}", name=_named(one),
              expected=f"{one.expected:.2f}", perceived=f"{one.perceived:.2f}", gap=bounded(one.gap, one.low, one.high),
              n=one.n)  # fmt: skip
    return Joined(_named(one), one.expected, one.perceived, signed(one.gap), words, short)


def _named(one: Gap) -> str:
    """The dimensions in the reader's language, a question as it was asked."""
    if not one.name:
        return _("all dimensions")
    return said(dimension_name(one.name)) if one.name == one.dimension else one.name


def _behind(by: str, rows: Sequence[Gap]) -> None:
    header = [
        _("Dimension") if by == "dimension" else _("Question"), _("Respondents"), _("Expected"), _("Perceived"),
        _("Gap (95 % interval)"), _("Got less, %"), _("Got as much, %"), _("Got more, %"),
    ]  # fmt: skip
    cells = [
        [
            plain(_named(one)), f"{one.n:,}", f"{one.expected:.2f}", f"{one.perceived:.2f}",
            bounded(one.gap, one.low, one.high), _share(one.less.value, one.less.low, one.less.high),
            f"{one.equal.value:.0f}", f"{one.more.value:.0f}",
        ]
        for one in rows
    ]  # fmt: skip
    behind(f"expectation-gaps-by-{by}", header, cells, pd.DataFrame([_figures(one) for one in rows]))


def _figures(one: Gap) -> dict[str, object]:
    shares = {name: getattr(one, name).value for name in ("less", "equal", "more")}
    keys = ("name", "dimension", "n", "pairs", "expected", "perceived", "gap", "low", "high")
    return {key: getattr(one, key) for key in keys} | shares


def _zone(found: ExpectationGaps) -> None:
    st.subheader(_("What would they still accept?"), anchor=False)
    if not told(found.zone) or found.zone.result is None:
        return
    zone: ToleranceZone = found.zone.result
    words = said(zone_sentence(zone))
    st.markdown(plain(words))
    rows = sorted(zone.dimensions, key=lambda one: (one.adequacy, one.name))
    lines = [_span(one) for one in rows]
    alt = f"{words} {'; '.join(line.told for line in lines)}"
    charts.draw(spans(lines, (zone.lowest, zone.highest)), key="zone_chart", alt=alt)
    legend = _("Bar: from the least acceptable to what was expected. Dot: perceived; a square where it lies below.")
    st.markdown(tags.small(plain(f"{legend} {said(ZONE_METHOD)}")))
    header = [
        _("Dimension"), _("Respondents"), _("Least acceptable"), _("Expected"), _("Perceived"),
        _("Adequacy (95 % interval)"), _("Below the zone, %"), _("Inside, %"), _("Above, %"),
    ]  # fmt: skip
    cells = [_cells(one) for one in [zone.whole, *rows]]
    behind("zone-of-tolerance", header, cells, pd.DataFrame([vars(one) for one in [zone.whole, *rows]]))


def _span(one: Zone) -> Span:
    name = said(dimension_name(one.name))
    words = _("{name}: acceptable from {least}, expected {expected}, perceived {perceived}, n = {n}", name=name,
              least=f"{one.acceptable:.2f}", expected=f"{one.expected:.2f}", perceived=f"{one.perceived:.2f}",
              n=one.n)  # fmt: skip
    below = _("{share} % below", share=f"{one.below:.0f}")
    return Span(name, one.acceptable, one.expected, one.perceived, below, words, one.perceived < one.acceptable)


def _cells(one: Zone) -> list[str]:
    name = said(dimension_name(one.name)) if one.name else _("all dimensions")
    means = (f"{value:.2f}" for value in (one.acceptable, one.expected, one.perceived))
    shares = (f"{share:.0f}" for share in (one.below, one.inside, one.above))
    return [plain(name), f"{one.n:,}", *means, bounded(one.adequacy, one.adequacy_low, one.adequacy_high), *shares]


def bounded(value: float, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return signed(value)
    return _("{value} ({low} to {high})", value=signed(value), low=signed(low), high=signed(high))


def _share(value: float, low: float, high: float) -> str:
    return f"{value:.0f} ({low:.0f}–{high:.0f})"
