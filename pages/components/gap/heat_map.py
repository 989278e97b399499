"""Clause by group or process: what the figures of one region, segment, product or process say by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go
import streamlit as st

from audit.evidence import ClauseAssessment, Outcome, Verdict
from audit.sentence import dimension_word, group_word
from pages.components import frozen, session, tags
from pages.components.chart import charts
from pages.components.chosen import buttons, chosen
from pages.components.table import table
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.readiness.by_group import PROCESS, GroupVerdict, Place
from pipelines.runs.run_folder import Run

SYMBOLS = {"●": "circle", "✕": "x", "◇": "diamond-open", "–": "line-ew-open"}
ROW = 30
Cells = Mapping[Place, GroupVerdict]


def heat_map(run: Run) -> None:
    workspace = session.workspace()
    known = frozen.grouped_by(workspace, run)
    if not known:
        st.info(_("No figure of this checklist is measured by group."))
        return
    dimension = chosen("group", known, known[0])
    buttons("group", _("Group by"), known, lambda name: said(dimension_word(name)))
    cells = frozen.groups(workspace, run, dimension)
    groups = sorted({group for _clause, group in cells}, key=lambda group: (group == "", group))
    clauses = [clause for clause in run.clauses if any(place[0] == clause.clause for place in cells)]
    st.markdown(tags.muted(_("Only what data says; documents and people speak for the whole organisation. All of it "
                             "is proposed; click a cell to see why.")))  # fmt: skip
    picked = _picture(clauses, groups, cells)
    st.markdown(" ".join([*map(tags.verdict, list(Verdict)[:3]), tags.small(_("empty: no such figure"))]))
    _behind(cells, picked)
    with st.expander(_("As a table")):
        _table(clauses, groups, cells)


def _named(group: str) -> str:
    """A process goes by the records that it leaves."""
    known = definitions.sources()
    if st.session_state.get("group") == PROCESS and group in known:
        return said(known[group].title)
    return said(group_word(group))


def _picture(clauses: Sequence[ClauseAssessment], groups: Sequence[str], cells: Cells) -> Place | None:
    """A shape and a fill in each cell, dotted because nobody concludes by group. Gives the cell that was clicked."""
    colours = charts.palette()
    names = [_named(group) for group in groups]
    top = 40 + 5 * max(len(name) + sum(ord(sign) > 255 for sign in name) for name in names)  # they stand aslant
    chart = charts.figure(ROW * len(clauses) + top + 6, margin=dict(l=116, r=44, t=top, b=4), hovermode="closest")
    chart.update_xaxes(side="top", tickvals=list(range(len(groups))), range=[-0.5, len(groups) - 0.5], ticks="",
                       ticktext=[escape(name) for name in names], showline=False, tickangle=-40,
                       tickfont=dict(color=colours["text"]))  # fmt: skip
    chart.update_yaxes(tickvals=list(range(len(clauses))), range=[len(clauses) - 0.5, -0.5], showgrid=False,
                       ticktext=[_row_name(clause, cells) for clause in clauses],
                       tickfont=dict(color=colours["text"]))  # fmt: skip
    places = [(y, x, (clause.clause, group)) for y, clause in enumerate(clauses) for x, group in enumerate(groups)]
    shown = [(y, x, place) for y, x, place in places if place in cells]
    chart.update_layout(shapes=[_box(y, x, cells[place].verdict, colours) for y, x, place in shown])
    marks = [tags.verdict_words(cells[place].verdict)[0] for _y, _x, place in shown]
    ink = [colours[tags.COLOURS[mark]] for mark in marks]
    titles = {clause.clause: said(clause.title) for clause in clauses}
    chart.add_trace(go.Scatter(
        x=[x for _y, x, _place in shown], y=[y for y, _x, _place in shown], mode="markers",
        marker=dict(symbol=[SYMBOLS[mark] for mark in marks], color=ink, size=11, line=dict(width=2, color=ink)),
        unselected=dict(marker=dict(opacity=1)), hovertemplate="%{text}<extra></extra>",
        text=[f"{escape(f'{place[0]} {titles[place[0]]}')}<br>{escape(_told(place, cells))}" for *_, place in shown],
    ))  # fmt: skip
    alt = "; ".join(f"{place[0]} {_told(place, cells)}" for *_, place in shown)
    picked = charts.draw(chart, "heat_map", alt, on_select="rerun", selection_mode="points")
    points = picked["selection"]["points"] if picked else []
    return shown[points[0]["point_index"]][2] if points else None


def _box(y: int, x: int, verdict: Verdict, colours: Mapping[str, str]) -> dict[str, object]:
    colour = tags.COLOURS[tags.verdict_words(verdict)[0]]
    edge = dict(
        x0=x - 0.46, x1=x + 0.46, y0=y - 0.44, y1=y + 0.44, line=dict(color=colours[colour], width=1, dash="dot")
    )
    return dict(edge, type="rect", layer="below", fillcolor=colours[f"{colour} fill"])


def _row_name(clause: ClauseAssessment, cells: Cells) -> str:
    """The clause with its counts: "10.2  ✕ 3  ● 1"."""
    verdicts = [each.verdict for (name, _group), each in cells.items() if name == clause.clause]
    order = (Verdict.DOES_NOT_CONFORM, Verdict.UNDETERMINED, Verdict.CONFORMS)
    counts = [f"{tags.verdict_words(v)[0]} {verdicts.count(v)}" for v in order if v in verdicts]
    return f"<b>{clause.clause}</b>  {'  '.join(counts)}"


def _told(place: Place, cells: Cells) -> str:
    each = cells[place]
    met = sum(evidence.outcome == Outcome.MET for evidence in each.evidence)
    counted = _("{met} of {count}", met=met, count=len(each.evidence))
    return f"{_named(place[1])}: {' '.join(tags.verdict_words(each.verdict))}, {counted}"


def _table(clauses: Sequence[ClauseAssessment], groups: Sequence[str], cells: Cells) -> None:
    header = [_("Clause"), *(plain(_named(group)) for group in groups)]
    rows = [
        [f"**{clause.clause}** {plain(said(clause.title))}", *(_cell(cells.get((clause.clause, g))) for g in groups)]
        for clause in clauses
    ]
    table(header, rows, _("Clause by group"))


def _cell(each: GroupVerdict | None) -> str:
    return tags.verdict(each.verdict) if each else "–"


def _behind(cells: Cells, picked: Place | None) -> None:
    """Why a cell says what it says: the one that was clicked, else those that do not conform."""
    failing = sorted(place for place, each in cells.items() if each.verdict == Verdict.DOES_NOT_CONFORM)
    if picked is None and failing:
        st.subheader(_("Behind the cells that do not conform"), anchor=False)
    for clause, group in [picked] if picked else failing:
        with st.expander(f"**{clause}** · {plain(_named(group))}", expanded=picked is not None):
            every = cells[(clause, group)].evidence
            named = [e for e in every if picked or e.outcome == Outcome.NOT_MET]
            st.markdown("\n".join(f"- {tags.outcome(e.outcome)} {plain(said(e.because))}" for e in named))
            session.link("clause", _("Open the clause") + " →", clause=clause)
