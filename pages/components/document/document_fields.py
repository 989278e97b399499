"""What a person writes about a document, as fields of a form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from audit.checklist import Checklist
from audit.limits import MOST_MONTHS
from audit.records.document.documents import STATUSES, Revision
from pages.components import draft, session
from pages.components.document.document_words import status_words
from pages.components.words import _, said

NAMES = (
    *("title", "status", "owner", "approved_by", "reviewed_on", "review_every", "expires_on", "covers_from"),
    *("covers_to", "retain_until", "link", "requirements", "note"),
)
EARLIEST, LATEST = dt.date(1980, 1, 1), dt.date(2150, 12, 31)


class Within(tuple[str, ...]):
    """A list of some of these is an option, too."""

    def __contains__(self, value: object) -> bool:
        return all(each in tuple(self) for each in value) if isinstance(value, list) else super().__contains__(value)


def keys(form: str, of: str) -> dict[str, str]:
    return {name: draft.field(form, f"{name} {of}") for name in NAMES}


def options(checklist: Checklist, former: Revision | None) -> dict[str, Within]:
    return {"status": Within(statuses(former)), "requirements": Within(requirement_ids(checklist, former))}


def statuses(former: Revision | None) -> Sequence[str]:
    """Who may not approve can still keep approved what is approved."""
    may = session.may("approve") or (former is not None and former.document.status == "approved")
    return [each for each in STATUSES if may or each != "approved"]


def requirement_ids(checklist: Checklist, former: Revision | None) -> Sequence[str]:
    """Those of the checklist, and those that the document names already."""
    own = former.document.requirements if former else ()
    return list(dict.fromkeys([*(r.id for clause in checklist.clauses for r in clause.requirements), *own]))


def document_fields(
    checklist: Checklist, former: Revision | None, keys: Mapping[str, str], noting: dict[str, Any]
) -> dict[str, Any]:
    """Filled with the former revision where there is one. The approver is left to the records where nobody is named."""
    was = former.document if former else None
    told: dict[str, Any] = {}

    def day(name: str, words: str, value: dt.date | None) -> None:
        with grid.cell():
            told[name] = st.date_input(
                words, value, min_value=EARLIEST, max_value=LATEST, format="YYYY-MM-DD", key=keys[name], **noting
            )

    grid = st.grid(4, min_column_width=190)
    with grid.cell(column_span=2):
        told["title"] = st.text_input(_("Title"), was.title if was else "", key=keys["title"], **noting)
    with grid.cell():
        names = statuses(former)
        at = names.index(was.status) if was else 0
        told["status"] = st.selectbox(_("Status"), names, at, format_func=status_words, key=keys["status"], **noting)
    with grid.cell():
        told["owner"] = st.text_input(_("Owner"), was.owner if was else "", key=keys["owner"], **noting)
    if not session.records().signing_in:
        with grid.cell():
            approver = st.text_input(
                _("Approved by"), key=keys["approved_by"], placeholder=_("you, unless you name another"), **noting
            )
        told |= {"approved_by": approver} if approver.strip() else {}
    day("reviewed_on", _("Reviewed on"), was.reviewed_on if was else None)
    with grid.cell():
        told["review_every"] = st.number_input(
            _("Review every … months"),
            1,
            MOST_MONTHS,
            was.review_every if was else None,
            key=keys["review_every"],
            **noting,
        )
    day("expires_on", _("Expires on"), was.expires_on if was else None)
    day("covers_from", _("Covers from"), was.covers_from if was else None)
    day("covers_to", _("Covers to"), was.covers_to if was else None)
    day("retain_until", _("Must be kept until"), former.retain_until if former else None)
    with grid.cell(column_span=2):
        told["link"] = st.text_input(
            _("Link, where it is kept elsewhere"),
            was.link if was else "",
            key=keys["link"],
            placeholder="https://",
            **noting,
        )
    with grid.cell(column_span=2):
        told["requirements"] = _requirements(checklist, former, keys["requirements"], noting)
    told["note"] = st.text_input(_("Note"), former.note if former else "", key=keys["note"], **noting)
    return told


def _requirements(checklist: Checklist, former: Revision | None, key: str, noting: dict[str, Any]) -> list[str]:
    asks = {r.id: said(r.asks) for clause in checklist.clauses for r in clause.requirements}
    return st.multiselect(
        _("Requirements that it helps to show"),
        requirement_ids(checklist, former),
        list(former.document.requirements) if former else None,
        format_func=lambda id: f"{id} {asks.get(id, '')}",
        placeholder=_("none"),
        key=key,
        **noting,
    )
