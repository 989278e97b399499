"""All findings, overdue first: as a board by stage or as a table, filtered, and as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import streamlit as st

from audit.evidence import Grade
from audit.finding.finding import Followed, Stage, overdue_first
from pages.components import session, tags
from pages.components.chosen import choice, chosen
from pages.components.finding import finding_words as words
from pages.components.finding.finding_file import finding_file
from pages.components.table import table
from pages.components.words import _, plain

ALL, NONE = "all", "none"
MOST_CARDS = 8


def filtered(every: Sequence[Followed]) -> list[Followed]:
    """By grade, clause, owner and audit; each filter offers what there is."""
    of: dict[str, Callable[[Followed], str]] = {
        "grade": lambda each: str(each.finding.grade or NONE),
        "clause": lambda each: each.finding.clause or NONE,
        "owner": lambda each: words.owner(each) or NONE,
        "audit": lambda each: each.finding.audit or NONE,
    }
    names = {"grade": _("Grade"), "clause": _("Clause"), "owner": _("Owner"), "audit": _("Audit")}
    kept = list(every)
    with st.container(horizontal=True):
        for name, told in of.items():
            options = [ALL, *sorted({told(each) for each in every})]
            wanted = chosen(name, options, ALL)
            if len(options) > 2 or wanted != ALL:
                choice(name, names[name], options, _grade_name if name == "grade" else _name)
            kept = [each for each in kept if wanted in (ALL, told(each))]
    return kept


def finding_table(every: Sequence[Followed], today: dt.date) -> None:
    heads = [_("Finding"), _("Grade"), _("What was found"), _("Clause"), _("Stage"), _("Owner"), _("Due")]
    rows = [_row(each, today) for each in overdue_first(every, today)]
    table(heads, rows, _("Findings, overdue first"))
    _opener(every, today)


def board(every: Sequence[Followed], today: dt.date) -> None:
    """A column for each stage; the words of a card lead to all that is known of the finding."""
    grid = st.grid(5, min_column_width=210, gap="small")
    for stage in Stage:
        of_stage = overdue_first([each for each in every if each.stage == stage], today)
        with grid.cell():
            st.markdown(f"**{words.stage(stage)}** {tags.muted(str(len(of_stage)))}")
            for each in of_stage[:MOST_CARDS]:
                _card(each, today)
            if len(of_stage) > MOST_CARDS:
                more = _("and {more} more in the table", more=len(of_stage) - MOST_CARDS)
                st.markdown(tags.muted(more))


def download(every: Sequence[Followed], today: dt.date) -> None:
    told = finding_file(overdue_first(every, today), today)
    st.download_button(_("Download as CSV"), told, "findings.csv", "text/csv", on_click="ignore")


def _card(each: Followed, today: dt.date) -> None:
    finding = each.finding
    with st.container(border=True, gap="xsmall", key=f"card {finding.id}"):
        st.markdown(f"{words.grade(finding)} {tags.muted(plain(words.clause(finding)))}")
        st.markdown(plain(words.said_shortly(finding)))
        owner = plain(words.owner(each))
        told = [part for part in (owner, words.due(each, today) if each.next_due else "") if part]
        if told:
            st.markdown(tags.small(" · ".join(told)))
        session.link("findings", f"{finding.id} →", finding=finding.id)


def _row(each: Followed, today: dt.date) -> list[str]:
    finding = each.finding
    return [
        f"**{finding.id}**",
        words.grade(finding),
        plain(words.said_shortly(finding)),
        plain(words.clause(finding)),
        words.stage(each.stage),
        plain(words.owner(each)) or "–",
        words.due(each, today),
    ]


def _opener(every: Sequence[Followed], today: dt.date) -> None:
    """Cells of a table cannot be pressed: links to the findings in the order of the table."""
    with st.container(horizontal=True, gap="small"):
        st.markdown(tags.muted(_("Go to")), width="content")
        for each in overdue_first(every, today)[:40]:
            session.link("findings", each.finding.id, finding=each.finding.id)


def _grade_name(value: str) -> str:
    if value in list(Grade):
        return " ".join(tags.grade_words(Grade(value)))
    return _("Not graded") if value == NONE else _("all")


def _name(value: str) -> str:
    return {ALL: _("all"), NONE: _("none")}.get(value, value)
