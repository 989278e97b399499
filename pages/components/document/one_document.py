"""One document: what is known of it, its revisions and files, who has read it, and the form for a new revision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from audit.checklist import Checklist
from audit.records.document import documents
from audit.records.document.ageing import review_due
from audit.records.document.documents import Revision
from pages.components import session
from pages.components.document.document_file import download
from pages.components.document.document_form import revise_form
from pages.components.document.document_readers import readers
from pages.components.document.document_words import approval, dates, kind_words, old, source, status
from pages.components.table import code, table
from pages.components.tags import small
from pages.components.words import _, plain, shown


def one_document(checklist: Checklist, kept: Sequence[Revision], today: dt.date) -> None:
    if not kept:
        st.markdown(
            _("None is registered yet: begin at “Register of documents”; then each can be looked at and revised here.")
        )
        return
    known = {each.document.id: each for each in kept}
    asked = st.query_params.get("document", "")
    index = list(known).index(asked) if asked in known else 0
    id = st.selectbox(
        _("Document"), list(known), index, format_func=lambda id: f"{id} · {known[id].document.title}", key="document"
    )
    every = documents.revisions(session.records(), id)
    st.header(plain(every[0].document.title), anchor=False)
    _facts(checklist, every, today)
    download(every)
    st.header(_("Revisions of {title}", title=plain(every[0].document.title)), anchor=False)
    header = [_("Revision"), _("When and who"), _("Reason"), _("Status"), _("Dates"), _("File or link")]
    table(header, [_revision(each) for each in every], _("Revisions"))
    readers(every[0])
    revise_form(checklist, every[0])


def _facts(checklist: Checklist, every: Sequence[Revision], today: dt.date) -> None:
    last = every[0]
    document = last.document
    told = {
        _("Kind"): plain(kind_words(checklist, document.kind)),
        _("Status"): " ".join(filter(None, [status(document.status), approval(last), old(last, today)])),
        _("Owner"): plain(document.owner),
        _("File or link"): source(last),
        "SHA-256": code(f"{document.sha256[:16]}…") if document.sha256 else "",
        _("Uploaded"): shown(_uploaded(every)),
        _("Covers"): _period(last),
        _("Reviewed on"): shown(document.reviewed_on) if document.reviewed_on else _("never reviewed"),
        _("Next review due"): _due(last),
        _("Expires on"): shown(document.expires_on) if document.expires_on else "",
        _("Must be kept until"): shown(last.retain_until) if last.retain_until else "",
        _("Requirements that it helps to show"): plain(", ".join(document.requirements)),
        _("Note"): plain(last.note),
    }
    rows = [{"": name, " ": value} for name, value in told.items() if value]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, hide_header=True)


def _uploaded(every: Sequence[Revision]) -> dt.date:
    """The day on which what it holds now was brought in, whatever period that covers."""
    now = every[0].document
    same = [each for each in every if (each.document.sha256, each.document.link) == (now.sha256, now.link)]
    return same[-1].at.date()


def _period(last: Revision) -> str:
    document = last.document
    if not document.covers_from and not document.covers_to:
        return ""
    first, to = (shown(day) if day else "…" for day in (document.covers_from, document.covers_to))
    return f"{first} – {to}"


def _due(last: Revision) -> str:
    due = review_due(last)
    interval = last.document.review_every
    if not interval:
        return ""
    every = small(_("every {months} months", months=interval)) if interval > 1 else small(_("every month"))
    return f"{shown(due)} {every}" if due else every


def _revision(each: Revision) -> list[str]:
    document = each.document
    return [
        str(each.revision),
        f"{shown(each.at)} {small(plain(each.actor))}",
        plain(each.reason) or "–",
        f"{status(document.status)} {small(approval(each))}" if each.approved_by else status(document.status),
        dates(document),
        source(each) or "–",
    ]
