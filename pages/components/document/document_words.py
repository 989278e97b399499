"""A registered document in words: its status, its dates, what its file is, and how it was approved."""

from __future__ import annotations

import datetime as dt

from audit.checklist import Checklist
from audit.evidence import Document
from audit.records.document.ageing import review_due
from audit.records.document.documents import Revision
from audit.records.document.file_type import UNKNOWN
from audit.sentence import status_word
from pages.components import tags
from pages.components.table import code
from pages.components.tags import small
from pages.components.words import _, plain, said, shown

COLOURS = {"draft": "gray", "in review": "orange", "approved": "green", "obsolete": "red"}


def status(value: str) -> str:
    return f":{COLOURS.get(value, 'gray')}-badge[{status_words(value)}]"


def status_words(value: str) -> str:
    word = said(status_word(value))
    return word[:1].upper() + word[1:]


def kind_words(checklist: Checklist, kind: str) -> str:
    return said(checklist.documents[kind].title) if kind in checklist.documents else kind


def dates(document: Document) -> str:
    """When it was reviewed, for which period it speaks, and until when it holds."""
    reviewed, first, last, expires = map(
        _unbroken, (document.reviewed_on, document.covers_from, document.covers_to, document.expires_on)
    )
    told = [_("reviewed {date}", date=reviewed)] if reviewed else []
    if first and last:
        told.append(_("covers {first} to {last}", first=first, last=last))
    elif last:
        told.append(_("covers up to {last}", last=last))
    elif first:
        told.append(_("covers from {first}", first=first))
    if expires:
        told.append(_("expires {date}", date=expires))
    return "  \n".join(told) or _("never reviewed")


def _unbroken(day: dt.date | None) -> str:
    return shown(day).replace(" ", "\N{NO-BREAK SPACE}") if day else ""


def old(each: Revision, today: dt.date) -> str:
    """What is over, as badges; nothing where all is well, or where it is obsolete anyway."""
    if each.document.status == "obsolete":
        return ""
    told = []
    if each.document.expires_on and each.document.expires_on < today:
        told.append(tags.tag("✕", _("Expired")))
    if (due := review_due(each)) and due < today:
        told.append(tags.tag("◷", _("Review overdue")))
    return " ".join(told)


def approval(each: Revision) -> str:
    """By whom, and how independent that was; nothing where it is not approved."""
    if not each.approved_by:
        return ""
    by = plain(each.approved_by)
    told = {
        "independent": _("approved by {name}, who is not its author", name=by),
        "own": _("approved by its author {name}: not independent", name=by),
        "stated": _("approved by {name}, for whom nobody vouches", name=by),
    }
    words = told.get(each.approval, _("approved by {name}", name=by))
    return f"{words} ({shown(each.approved_on)})" if each.approved_on else words


def source(each: Revision) -> str:
    """Where the document itself is: the file with its type, or the address."""
    document, told = each.document, []
    if document.file:
        told.append(f"{code(document.file, 40)} {small(type_words(each.file_type))}".strip())
    if document.link:
        told.append(code(document.link, 60))
    return "  \n".join(told)


def type_words(found: str) -> str:
    words = {
        "": "",
        UNKNOWN: _("of a kind not known here"),
        "text": _("text"),
        "html": _("web page"),
        "ole": _("old Office document"),
        "zip": _("ZIP archive"),
        "opendocument": "OpenDocument",
    }
    macros = " with macros"
    if found.endswith(macros):
        return _("{kind} with macros", kind=found.removesuffix(macros).upper())
    return words.get(found, found.upper())
