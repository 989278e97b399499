"""What grows old next in the register, soonest first, and how long each document must be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from audit.records.document.ageing import Ageing, ageing, disposable_from
from audit.records.document.documents import Revision
from pages.components import tags
from pages.components.table import table
from pages.components.tags import small
from pages.components.words import _, plain, shown


def ages(kept: Sequence[Revision], today: dt.date) -> None:
    found = ageing(kept)
    if found:
        header = [_("When"), _("What"), _("Document"), _("Owner")]
        table(header, [_row(each, today) for each in found], _("What grows old next"))
    else:
        words = _(
            "No document has a review interval or an expiry yet, so none grows old here. Give one when you register or "
            "revise a document."
        )
        st.markdown(words)
    _retention(kept, today)


def _row(each: Ageing, today: dt.date) -> list[str]:
    document = each.revision.document
    return [
        f"{shown(each.on)} {small(_away(each.on, today))}",
        _what(each, today),
        f"{plain(document.title)} {small(plain(document.id))}",
        plain(document.owner) or "–",
    ]


def _away(on: dt.date, today: dt.date) -> str:
    days = (on - today).days
    if days == 0:
        return _("today")
    if days in (1, -1):
        return _("in 1 day") if days == 1 else _("1 day ago")
    return _("in {days} days", days=days) if days > 0 else _("{days} days ago", days=-days)


def _what(each: Ageing, today: dt.date) -> str:
    if each.what == "review":
        return tags.tag("◷", _("Review overdue")) if each.over(today) else _("Review due")
    return tags.tag("✕", _("Expired")) if each.over(today) else _("Expires")


def _retention(kept: Sequence[Revision], today: dt.date) -> None:
    bound = sorted((each for each in kept if each.retain_until), key=lambda each: each.retain_until or today)
    st.header(_("Retention"), anchor=False)
    st.markdown(
        _(
            "The program disposes of no document. Until its day a document must not be disposed of by anybody; one "
            "without a day is kept for good."
        )
    )
    if bound:
        table(
            [_("Must be kept until"), _("What"), _("Document")], [_kept(each, today) for each in bound], _("Retention")
        )


def _kept(each: Revision, today: dt.date) -> list[str]:
    free = disposable_from(each)
    over = free is not None and free <= today
    what = _("may be disposed of since {date}", date=free) if over else _("must be kept")
    return [shown(each.retain_until), what, f"{plain(each.document.title)} {small(plain(each.document.id))}"]
