"""What moves satisfaction: the part of each driver, and which drivers to work on first."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from pages.components import tags
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chosen import buttons, chosen
from pages.components.drivers.importance_map import drawn
from pages.components.drivers.map_words import importance_words
from pages.components.not_found import told, warned
from pages.components.soundness.dots import Dot, dots
from pages.components.words import _, plain, said
from pipelines.analyses.key_drivers.found import Driving, Moving
from pipelines.analyses.key_drivers.sections import aside
from pipelines.analyses.part import Part
from pipelines.methods.driver_words import MAP_METHOD, METHOD, by_part, map_sentence, quadrant_name, sentence
from pipelines.methods.importance_performance import Estimate, ImportancePerformance, Placed
from pipelines.methods.key_drivers import Driver

WAYS = ("stated", "derived")


def drivers(found: Moving) -> None:
    st.header(_("What moves satisfaction?"), anchor=False)
    if told(found.driving) and found.driving.result:
        st.markdown(tags.small(_("{starts} to {ends}", starts=found.starts, ends=found.ends)))
        warned(found.driving)
        _parts(found.driving.result)
    _map(found)


def _parts(driving: Driving) -> None:
    words = " ".join(said(one) for one in [sentence(driving.drivers), *aside(driving)])
    st.markdown(plain(words))
    rows = by_part(driving.drivers)
    drawn_rows = [_dot(one, driving.drivers.n) for one in rows]
    most = max(one.share_high for one in rows)
    alt = f"{words} {'; '.join(row.told for row in drawn_rows)}"
    charts.draw(dots(drawn_rows, " %", (0, most * 1.08)), key="driver_parts", alt=alt)
    legend = _("Share of what all drivers together explain, with 95 % intervals.")
    st.markdown(tags.small(f"{plain(legend)} {plain(said(METHOD))}"))
    header = [
        _("Driver"), _("Share, % (95 % interval)"), _("Part of R² (95 % interval)"),
        _("Standardised effect (95 % interval)"), _("Correlation"), _("Variance inflation"),
    ]  # fmt: skip
    behind("key-drivers", header, [_row(one) for one in rows], pd.DataFrame([asdict(one) for one in rows]))


def _dot(one: Driver, n: int) -> Dot:
    words = _("{driver}: {share} % ({low} to {high}), n = {n}", driver=one.driver, share=f"{one.share:.0f}",
              low=f"{one.share_low:.0f}", high=f"{one.share_high:.0f}", n=n)  # fmt: skip
    return Dot(one.driver, one.share, one.share_low, one.share_high, f"{one.share:.0f} %", told=words)


def _row(one: Driver) -> list[str]:
    return [
        plain(one.driver), _span(one.share, one.share_low, one.share_high, 0), _span(one.lmg, one.low, one.high, 3),
        _span(one.effect, one.effect_low, one.effect_high, 2), f"{one.correlation:.2f}", f"{one.vif:.1f}",
    ]  # fmt: skip


def _map(found: Moving) -> None:
    st.subheader(_("Which drivers to work on first?"), anchor=False)
    way = chosen("importance", WAYS, WAYS[0])
    names = {"stated": _("As customers say it"), "derived": _("As it follows from their answers")}
    buttons("importance", _("Importance"), WAYS, names.__getitem__)
    part: Part[ImportancePerformance] = found.derived
    one_sided: tuple[str, ...] = ()
    if way == "stated":
        stated = found.stated.result
        part = Part(stated.map if stated else None, found.stated.because, found.stated.warning)
        one_sided = stated.one_sided if stated else ()
    if told(part) and part.result:
        warned(part)
        _placed(part.result, way, one_sided)


def _placed(found: ImportancePerformance, way: str, one_sided: tuple[str, ...]) -> None:
    words = said(map_sentence(found))
    if one_sided:
        words += " " + _("Asked in one way only, or by too few: {drivers}.", drivers=_(", ").join(one_sided))
    st.markdown(plain(words))
    alt = f"{words} {'; '.join(importance_words(one) for one in found.drivers)}"
    axis = _("Importance, 0 to 100") if way == "stated" else _("Importance, share in %")
    charts.draw(drawn(found, axis, _("Performance, 0 to 100")), key="importance_map", alt=alt)
    legend = _("A square is not clear: one of its intervals crosses a line.")
    st.markdown(tags.small(f"{plain(legend)} {plain(said(MAP_METHOD))}"))
    header = [
        _("Driver"), _("Importance (95 % interval)"), _("Respondents"), _("Performance (95 % interval)"),
        _("Respondents") + " ", _("Where it stands"),
    ]  # fmt: skip
    rows = [_placed_row(one) for one in found.drivers]
    behind(f"importance-{way}", header, rows, pd.DataFrame([_figures(one) for one in found.drivers]))


def _placed_row(one: Placed) -> list[str]:
    where = tags.tag("–" if one.quadrant == "not clear" else "●", said(quadrant_name(one.quadrant)))
    if one.quadrant == "concentrate here":
        where = tags.tag("▣", said(quadrant_name(one.quadrant)))
    return [plain(one.driver), *_cells(one.importance), *_cells(one.performance), where]


def _cells(one: Estimate) -> list[str]:
    return [_span(one.value, one.low, one.high, 1), f"{one.n:,}"]


def _figures(one: Placed) -> dict[str, object]:
    sides = {"importance": one.importance, "performance": one.performance}
    flat = {f"{side}_{key}": value for side, found in sides.items() for key, value in asdict(found).items()}
    return {"driver": one.driver} | flat | {"quadrant": one.quadrant, "nearest": one.nearest}


def _span(value: float, low: float, high: float, digits: int) -> str:
    return _(
        "{value} ({low} to {high})", value=f"{value:z.{digits}f}", low=f"{low:z.{digits}f}", high=f"{high:z.{digits}f}"
    )
