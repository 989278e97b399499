"""Features that are not the same to every segment of customers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from audit.small_cells import hidden
from audit.withheld import words as withheld
from pages.components import session
from pages.components.needs.words import because, class_word, lead
from pages.components.table import table
from pages.components.tags import muted, small, tag
from pages.components.words import _, plain, said
from pipelines.analyses.part import Part
from pipelines.methods.kano import Feature
from pipelines.methods.kano_segments import InSegments
from pipelines.reports.cell import safe_csv


def kano_segments(found: Part[tuple[InSegments, ...]]) -> None:
    if found.result is None:
        st.markdown(muted(because(found.because)))
        return
    differing = [each for each in found.result if each.classes_differ]
    if not differing:
        st.markdown(_("Every feature has the same class in all segments that have one."))
        return
    beyond = [plain(each.feature) for each in differing if each.differ]
    words = _("Not the same to every segment, by more than chance: {features}.", features=_(", ").join(beyond) or "–")
    st.markdown(words)
    shown = [(each, *one) for each in differing for one in _open(each)]
    header = [_("Feature"), _("Segment"), _("Class"), _("Second class"), "n"]
    table(header, [_row(*each) for each in shown] + _closed(differing), _("Features that differ between segments"))
    told = _("The test is Pearson's chi-square of the answers, with Holm's correction for several features, 5 %.")
    st.markdown(small(told))
    figures = [
        {"feature": each.feature, "segment": name, "class": one.kano_class, "second": one.second, "lead": one.lead,
         "n": one.n, "p": each.p}
        for each, name, one in shown
    ]  # fmt: skip
    content = safe_csv(pd.DataFrame(figures))
    st.download_button(_("Download CSV"), content, "kano-segments.csv", "text/csv", key="csv segments",
                       on_click="ignore")  # fmt: skip


def _row(each: InSegments, segment: str, one: Feature) -> list[str]:
    chance = "" if each.differ else f" {tag('◇', _('may be chance'))}"
    return [plain(each.feature) + chance, plain(segment), f"**{class_word(one.kano_class)}**", lead(one), str(one.n)]


def _open(each: InSegments) -> list[tuple[str, Feature]]:
    gone = _gone(each)
    return [(name, one) for name, one in each.segments if name not in gone]


def _gone(each: InSegments) -> set[str]:
    """Segments whose figures this person may not see."""
    sizes = {("segment", name): one.n for name, one in each.segments} | {("", ""): sum(o.n for _, o in each.segments)}
    return {name for _, name in hidden(sizes, session.least_shown())}


def _closed(differing: Sequence[InSegments]) -> list[list[str]]:
    words = said(withheld(session.least_shown()))
    return [[plain(e.feature), plain(name), plain(words), "–", "–"] for e in differing for name in sorted(_gone(e))]
