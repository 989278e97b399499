"""Each gap with what is missing, why it matters, and what is planned for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil

import streamlit as st

from audit.checklist import by_number
from audit.readiness import effort_word, priority_word
from audit.rule import Kind
from audit.sentence import kind_word
from pages.components import session, tags
from pages.components.chosen import buttons, chosen
from pages.components.clause import judged_by
from pages.components.clause.chapters import by_chapter, chapter, chapter_name
from pages.components.gap.gap_file import gap_file
from pages.components.gap.gap_plan import gap_plan
from pages.components.table import table
from pages.components.words import _, language, plain, said, shown
from pipelines.readiness.gap_analysis import Planned
from pipelines.reports import gap
from pipelines.runs.run_folder import Run

ALL = "all"
A_PAGE = 20
KINDS: tuple[Kind, ...] = ("computed", "document", "sample", "interview", "observation")


def gap_list(run: Run, every: Sequence[Planned]) -> None:
    if not every:
        st.success(_("There is no gap: everything that is asked is shown."))
        return
    rows = _filtered(every)
    if not rows:
        st.info(_("No gap fits these filters. Choose “all” in one of them."))
        return
    gap_plan(rows)
    heads = [_("Requirement"), _("What is missing"), _("Priority"), _("Effort"), _("Owner"), _("Due")]
    table(heads, [_row(each) for each in _page(rows)], _("Gaps, the most pressing first"))
    with st.container(horizontal=True):
        st.download_button(_("Download as CSV"), gap_file(rows), "gaps.csv", "text/csv", on_click="ignore")
        st.download_button(
            _("Gap report to print (HTML)"),
            lambda: gap.page(session.workspace(), session.records(), run, language()),
            f"gap-analysis.{language()}.html",
            "text/html",
            on_click="ignore",
        )


def _filtered(rows: Sequence[Planned]) -> list[Planned]:
    """With dozens of gaps the pressing ones come first, the others on demand."""
    pressing = [name for name in ("first", "next", "later") if any(each.gap.priority == name for each in rows)]
    chapters = list(by_chapter(sorted(rows, key=lambda each: by_number(each.gap.clause)), lambda each: each.gap.clause))
    wanted = chosen("priority", [*pressing, ALL], pressing[0])
    among = [each for each in rows if wanted in (ALL, each.gap.priority)]
    kind = chosen("by", [ALL, *KINDS], ALL)
    part = chosen("chapter", [ALL, *chapters], ALL)
    counts: Counter[str] = Counter(each.gap.priority for each in rows)
    kinds = Counter(name for each in among for name in {e.kind for e in each.gap.missing})
    with st.container(horizontal=True, gap="medium"):
        buttons("priority", _("Priority"), [*pressing, ALL], lambda name: _priority(name, counts))
        buttons("by", _("What would show it"), [ALL, *(k for k in KINDS if kinds[k] or k == kind)],
                lambda name: _kind(name, kinds))  # fmt: skip
        buttons("chapter", _("Chapter"), [ALL, *chapters], lambda name: _("all") if name == ALL else name)
    if part != ALL:
        st.markdown(tags.small(chapter_name(part)))
    return [each for each in among if _fits(each, kind, part)]


def _fits(each: Planned, kind: str, part: str) -> bool:
    return kind in (ALL, *(e.kind for e in each.gap.missing)) and part in (ALL, chapter(each.gap.clause))


def _priority(name: str, counts: Counter[str]) -> str:
    return f"{_('all')} ({counts.total()})" if name == ALL else f"{said(priority_word(name))} ({counts[name]})"


def _kind(name: str, counts: Counter[str]) -> str:
    return _("all") if name == ALL else f"{judged_by.SIGNS[name]} {said(kind_word(name))} ({counts[name]})"


def _page(rows: list[Planned]) -> list[Planned]:
    pages = ceil(len(rows) / A_PAGE)
    if pages < 2:
        return rows
    with st.container(horizontal=True, vertical_alignment="center"):
        at = st.pagination(pages, key="gaps_page")
        first = (at - 1) * A_PAGE
        last = min(first + A_PAGE, len(rows))
        told = _("{first} to {last} of {count} gaps", first=first + 1, last=last, count=len(rows))
        st.markdown(tags.muted(told), width="content")
    return rows[first:last]


def _concluded(each: Planned) -> list[str]:
    if each.decision is None:
        return []
    one = each.decision
    told = f"{tags.verdict(one.concluded)} {plain(one.actor)}, {shown(one.at.date())}"
    return [f"{_('Concluded')}{_(': ')}{told}" + (f"{_(': ')}{plain(one.reason)}" if one.reason else "")]


def _row(each: Planned) -> list[str]:
    found = each.gap
    missing = [f"{tags.outcome(e.outcome)} {plain(said(e.because))}" for e in found.missing[:2]]
    more = [tags.small(_("({more} more)", more=len(found.missing) - 2))] if len(found.missing) > 2 else []
    grade = f" {tags.grade(found.grade)}" if found.grade else ""
    return [
        f"**{found.requirement.id}** {plain(said(found.requirement.asks))}",
        "  \n".join([*_concluded(each), *missing, *more]) or _("Only people can judge this; record a conclusion."),
        f"**{said(priority_word(found.priority))}**{grade}  \n{tags.small(plain(said(found.why)))}",
        said(effort_word(each.effort)) + ("" if each.plan else f" {tags.small(_('as usual'))}"),
        plain(each.owner) or "–",
        shown(each.due_on) if each.due_on else "–",
    ]
