"""The register of documents: what the checklist asks for, what is there, what was asked for, and what grows old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from audit.checklist import Checklist
from audit.evidence import Evidence, Outcome
from audit.records.document import document_requests, documents
from audit.records.document.ageing import ageing
from audit.records.document.document_requests import Request
from audit.records.document.documents import Revision
from audit.rule import Documentary, Rule
from pages.components import session, tags
from pages.components.chosen import buttons, chosen
from pages.components.document.document_ageing import ages
from pages.components.document.document_form import register_form, tell
from pages.components.document.document_requests import requests
from pages.components.document.document_words import dates, old, source, status
from pages.components.document.one_document import one_document
from pages.components.frame import page
from pages.components.progress import run_again
from pages.components.table import table
from pages.components.tags import muted, small
from pages.components.words import _, plain, said
from pipelines.runs.run_folder import Run

VIEWS = ("register", "requests", "ages", "revise")


def main() -> None:
    workspace = session.workspace()
    records = session.records(workspace)
    kept, asked, today = documents.register_of(records), document_requests.every(records), records.clock().date()
    checklist = workspace.checklist()
    missing = [kind for kind in checklist.asked_documents() if kind not in {each.document.kind for each in kept}]
    view = chosen("view", VIEWS, "register")
    with page(_answer(checklist, kept, missing), _("Documents"), [("overview", _("Overview"))]):
        run_again(muted(_("The next run uses the register as it stands now.")))
        _urgent(kept, asked, today)
        tell(kept)
        buttons("view", _("More"), VIEWS, _names(asked).__getitem__, labelled=False)
        if view == "register":
            _register(checklist, kept, _evidence(session.latest(workspace)), today)
            register_form(checklist)
        elif view == "requests":
            requests(checklist, kept, asked, today)
        elif view == "ages":
            ages(kept, today)
        else:
            one_document(checklist, kept, today)


def _answer(checklist: Checklist, kept: Sequence[Revision], missing: Sequence[str]) -> str:
    """The title: how many of the kinds of document that the checklist asks for are there."""
    kinds = len(checklist.asked_documents())
    if not kept:
        return _("No document is registered yet; the checklist asks for {count} kinds", count=kinds)
    if not missing:
        return _("Every kind of document that the checklist asks for is registered")
    if len(missing) == 1:
        title = said(checklist.documents[missing[0]].title)
        return _("1 of {count} kinds of document is not registered: {kind}", count=kinds, kind=title)
    return _("{missing} of {count} kinds of document are not registered", missing=len(missing), count=kinds)


def _names(asked: Sequence[Request]) -> dict[str, str]:
    open_ = sum(each.status == "open" for each in asked)
    return {
        "register": _("Register of documents"),
        "requests": _("Requests ({count} open)", count=open_) if open_ else _("Requests"),
        "ages": _("What grows old next"),
        "revise": _("Look at or revise one"),
    }


def _urgent(kept: Sequence[Revision], asked: Sequence[Request], today: dt.date) -> None:
    """What is late already; nothing stands here where nothing is."""
    over = [each.what for each in ageing(kept) if each.over(today)]
    late = sum(each.overdue(today) for each in asked)
    told = [
        (late, "◷", _("{count} requests overdue", count=late) if late > 1 else _("1 request overdue")),
        (n := over.count("review"), "◷", _("{count} reviews overdue", count=n) if n > 1 else _("1 review overdue")),
        (n := over.count("expiry"), "✕", _("{count} documents expired", count=n) if n > 1 else _("1 document expired")),
    ]
    if badges := [tags.tag(mark, words) for count, mark, words in told if count]:
        st.markdown(" ".join(badges))


def _evidence(run: Run | None) -> dict[str, Evidence]:
    every = [e for clause in run.clauses for r in clause.requirements for e in r.evidence] if run else []
    return {evidence.id: evidence for evidence in every}


def _register(checklist: Checklist, kept: Sequence[Revision], found: dict[str, Evidence], today: dt.date) -> None:
    rows: list[list[str]] = []
    for kind in _kinds(checklist, kept):
        of_kind = [each for each in kept if each.document.kind == kind]
        verdict = _weighed(checklist, kind, found)
        rows += [[_kind(checklist, kind), *_document(each, today), verdict] for each in of_kind]
        if not of_kind:
            todo = small(_("Register it below, or conclude without it"))
            rows.append([_kind(checklist, kind), f"**{_('none registered')}**  \n{todo}", "–", "–", "–", verdict])
    header = [
        _("Kind"),
        _("Document"),
        _("Status"),
        _("Owner"),
        _("Dates"),
        _("Weighed in the last run"),
    ]
    with st.container(key="document_register"):
        table(header, rows, _("Register of documents"))


def _kinds(checklist: Checklist, kept: Sequence[Revision]) -> list[str]:
    """Those that the checklist asks for, then any other that somebody registered."""
    return list(dict.fromkeys([*checklist.asked_documents(), *(each.document.kind for each in kept)]))


def _kind(checklist: Checklist, kind: str) -> str:
    known = checklist.documents.get(kind)
    return f"**{plain(said(known.title))}**  \n{small(plain(said(known.meaning)))}" if known else plain(kind)


def _document(each: Revision, today: dt.date) -> list[str]:
    document = each.document
    title = f"{plain(document.title)}  \n{small(plain(document.id))} {source(each) or small(_('no file'))}"
    state = " ".join(filter(None, [status(document.status), old(each, today)]))
    return [title, state, plain(document.owner) or "–", dates(document)]


def _weighed(checklist: Checklist, kind: str, found: dict[str, Evidence]) -> str:
    """What the last run made of this kind: how often it was met, and each piece of evidence that was not."""
    weighed = [found[id] for id in _asking(checklist, kind) if id in found]
    met = sum(evidence.outcome == Outcome.MET for evidence in weighed)
    mark, word = tags.outcome_words(Outcome.MET)
    told = [tags.tag(mark, f"{met} {word}")] if met else []
    told += [
        f"{tags.outcome(e.outcome)} {e.id} {small(plain(said(e.because)))}" for e in weighed if e.outcome != Outcome.MET
    ]
    return " ".join(told) or "–"


def _asking(checklist: Checklist, kind: str) -> list[str]:
    """Ids of the evidence that this kind of document decides, or that it can make good."""
    rules = [rule for _clause, _requirement, rule in checklist.rules()]
    return [r.id for r in rules if _decided_by(r) == kind]


def _decided_by(rule: Rule) -> str | None:
    return rule.document if isinstance(rule, Documentary) else getattr(rule.accept, "acted_on_by", None)


main()
