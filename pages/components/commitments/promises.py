"""Promises to customers: how many were kept, by code and touchpoint, and what came of the broken ones."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.commitments.groups import groups
from pages.components.commitments.listed import Loads, listed
from pages.components.commitments.words import told, ways_to_load
from pages.components.complaints.bars import bars
from pages.components.register.register_words import origin
from pages.components.table import code
from pages.components.tags import small, tag
from pages.components.words import _, plain, said, shown
from pipelines.analyses.commitments.found import HELD, LEVELS, Broken, Commitments, Levels, Promises
from pipelines.analyses.commitments.naming import level_word
from pipelines.analyses.commitments.telling import levels_told, method_of_promises, promises_told


def promises(found: Commitments, loads: Loads) -> None:
    st.header(_("Promises kept"), anchor=False)
    kept = found.promises.result
    if not told(found.promises) or kept is None:
        ways_to_load("promises")
        return
    st.markdown(plain(said(promises_told(kept))))
    if kept.still_due:
        st.markdown(small(_("{count} more fall due after the period.", count=kept.still_due)))
    if kept.broken and session.may("see data"):
        _one_by_one(kept, loads)
    groups("promises_by", kept.groups, _("Fell due"))
    _levels(found)
    st.markdown(small(plain(said(method_of_promises()))))
    session.link("kpi_trends", _("Promises kept over time") + " →", kpi="promises_kept")


def _one_by_one(kept: Promises, loads: Loads) -> None:
    header = [_("Promise"), _("Code of conduct"), _("Touchpoint"), _("Due"), _("Done late"), _("Made good")]
    header.append(_("Where it came from"))
    rows = [_row(one, loads) for one in kept.broken]
    listed(_("Broken promises"), header, rows, kept.broken, kept.made_good.of, "promises")


def _row(one: Broken, loads: Loads) -> list[str]:
    return [
        code(one.promise_id),
        plain(one.code),
        plain(one.touchpoint) or "–",
        shown(one.due_on),
        shown(one.kept_on) if one.kept_on else _("not done"),
        shown(one.compensated_on) if one.compensated_on else tag("✕", _("not made good")),
        plain(origin(loads.get(one.load), one.line)),
    ]


def _levels(found: Commitments) -> None:
    st.subheader(_("Levels of service"), anchor=False)
    levels = found.levels.result
    if not told(found.levels) or levels is None:
        return
    sentence = said(levels_told(levels))
    st.markdown(plain(sentence))
    names = [said(level_word(level)) for level in LEVELS]
    charts.draw(bars(names, _parts(levels), [f"{count:,}" for count in levels.counts]), key="levels", alt=sentence)
    st.markdown(small(plain(_("Red: below the line to hold."))))
    rows = [[name, f"{count:,}"] for name, count in zip(names, levels.counts, strict=True)]
    figures = pd.DataFrame({"level": LEVELS, "promises": levels.counts})
    behind("levels-of-service", [_("Level"), _("Promises")], rows, figures)


def _parts(levels: Levels) -> list[tuple[str, list[float], str]]:
    """Below the line to hold in another colour."""
    counted = list(zip(LEVELS, levels.counts, strict=True))
    held = [float(count) if level in HELD else 0.0 for level, count in counted]
    below = [0.0 if level in HELD else float(count) for level, count in counted]
    return [(_("satisfying or better"), held, "accent"), (_("below the line to hold"), below, "red")]
