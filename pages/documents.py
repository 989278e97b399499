"""The register of documents: what the checklist asks for, what is there, and every revision of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.checklist import Checklist
from audit.evidence import Evidence, Outcome
from audit.records import documents
from audit.records.documents import Revision
from audit.rule import Documentary, Rule
from pages.components import session, tags
from pages.components.chosen import buttons, chosen
from pages.components.document_form import register_form, revise_form
from pages.components.document_words import dates, download, status
from pages.components.frame import page
from pages.components.progress import run_again
from pages.components.table import code, table
from pages.components.tags import muted, small
from pages.components.words import _, plain, said, shown
from pipelines import results
from pipelines.run_folder import Run

VIEWS = ("register", "revise")


def main() -> None:
    workspace = session.workspace()
    kept = documents.register_of(session.records(workspace))
    checklist = workspace.checklist()
    missing = [kind for kind in checklist.asked_documents() if kind not in {each.document.kind for each in kept}]
    view = chosen("view", VIEWS, "register")
    with page(_answer(checklist, kept, missing), _("Documents"), [("overview", _("Overview"))]):
        run_again(muted(_("The next run uses the register as it stands now.")))
        _register(checklist, kept, _evidence(results.latest(workspace)))
        names = {"register": _("Register a document"), "revise": _("Look at or revise one")}
        buttons("view", _("More"), VIEWS, names.__getitem__, labelled=False)
        if view == "register":
            register_form(checklist)
        else:
            _one(checklist, kept)


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


def _evidence(run: Run | None) -> dict[str, Evidence]:
    every = [e for clause in run.clauses for r in clause.requirements for e in r.evidence] if run else []
    return {evidence.id: evidence for evidence in every}


def _register(checklist: Checklist, kept: Sequence[Revision], found: dict[str, Evidence]) -> None:
    rows: list[list[str]] = []
    for kind in _kinds(checklist, kept):
        of_kind = [each for each in kept if each.document.kind == kind]
        verdict = _weighed(checklist, kind, found)
        rows += [[_kind(checklist, kind), *_document(each), verdict] for each in of_kind]
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
    table(header, rows, _("Register of documents"))


def _kinds(checklist: Checklist, kept: Sequence[Revision]) -> list[str]:
    """Those that the checklist asks for, then any other that somebody registered."""
    return list(dict.fromkeys([*checklist.asked_documents(), *(each.document.kind for each in kept)]))


def _kind(checklist: Checklist, kind: str) -> str:
    known = checklist.documents.get(kind)
    return f"**{plain(said(known.title))}**  \n{small(plain(said(known.meaning)))}" if known else plain(kind)


def _document(each: Revision) -> list[str]:
    document = each.document
    file = code(document.file, 40) if document.file else small(_("no file"))
    title = f"{plain(document.title)}  \n{small(plain(document.id))} {file}"
    return [title, status(document.status), plain(document.owner) or "–", dates(document)]


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


def _one(checklist: Checklist, kept: Sequence[Revision]) -> None:
    if not kept:
        st.markdown(
            _("A document can be looked at and revised here. None is registered yet: choose “Register a document”.")
        )
        return
    known = {each.document.id: each for each in kept}
    asked = st.query_params.get("document", "")
    index = list(known).index(asked) if asked in known else 0
    id = st.selectbox(
        _("Document"), list(known), index, format_func=lambda id: f"{id} · {known[id].document.title}", key="document"
    )
    every = documents.revisions(session.records(), id)
    st.header(_("Revisions of {title}", title=plain(every[0].document.title)), anchor=False)
    header = [_("Revision"), _("When and who"), _("Reason"), _("Status"), _("Dates"), _("File")]
    table(header, [_revision(each) for each in every], _("Revisions"))
    download(every)
    revise_form(checklist, every[0])


def _revision(each: Revision) -> list[str]:
    document = each.document
    return [
        str(each.revision),
        f"{shown(each.at)} {small(plain(each.actor))}",
        plain(each.reason) or "–",
        f"{status(document.status)} {small(plain(each.approved_by))}" if each.approved_by else status(document.status),
        dates(document),
        code(document.file, 40) if document.file else "–",
    ]


main()
