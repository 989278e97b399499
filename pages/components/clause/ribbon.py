"""The verdict ribbon: a cell for each clause, by chapter, that says what is proposed and what was concluded."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

from audit.evidence import Verdict
from pages.components import session, tags
from pages.components.clause.chapters import by_chapter, chapter_name
from pages.components.words import _


class Cell(NamedTuple):
    clause: str
    title: str
    proposed: Verdict
    concluded: Verdict | None
    open: str = ""
    """The sign of an open major nonconformity, whatever was concluded."""


def ribbon(cells: Sequence[Cell]) -> None:
    """Links that wrap: they open with a click or a key, print, and fit a telephone."""
    told = "; ".join(map(spoken_of, cells))
    st.html(f'<p class="unseen">{escape(told)}</p>')  # for those who hear the page
    with st.container(horizontal=True, gap="small", key="ribbon"):
        for number, clauses in by_chapter(cells, lambda cell: cell.clause).items():
            with st.container(horizontal=True, gap="xsmall", width="content", vertical_alignment="center"):
                st.markdown(tags.small(chapter_name(number)), width="content")
                for cell in clauses:
                    _cell(cell)


def _cell(cell: Cell) -> None:
    """Its border is dotted while nobody has concluded; the style sheet colours it by its key."""
    mark = tags.verdict_words(cell.proposed)[0]
    signs = mark if cell.concluded is None else f"{mark} → {tags.verdict_words(cell.concluded)[0]}"
    signs += f" {cell.open}" if cell.open else ""
    standing = "open" if cell.concluded is None else "concluded"
    with st.container(key=f"cell {cell.clause} {tags.COLOURS[mark]} {standing}", width="content"):
        session.link("clause", f"**{cell.clause}** {signs}", told=spoken_of(cell), clause=cell.clause)


def spoken_of(cell: Cell) -> str:
    told = _(
        "{clause}: proposed {proposed}, concluded {concluded}",
        clause=f"{cell.clause} {cell.title}",
        proposed=tags.verdict_words(cell.proposed)[1],
        concluded=tags.verdict_words(cell.concluded)[1],
    )
    return f"{told}, {_('a major nonconformity is open')}" if cell.open else told
