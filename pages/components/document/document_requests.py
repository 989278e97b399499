"""Documents that were asked for: what is open, overdue first, and the forms to ask, fulfil and withdraw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import streamlit as st

from audit.checklist import Checklist
from audit.records.document import document_requests
from audit.records.document.document_requests import NewRequest, Request
from audit.records.document.documents import Revision
from pages.components import draft, session, tags
from pages.components.document.document_fields import Within, requirement_ids
from pages.components.document.document_words import kind_words
from pages.components.table import table
from pages.components.tags import small
from pages.components.words import _, plain, said, shown

DONE = "request_done"


def requests(checklist: Checklist, kept: Sequence[Revision], every: Sequence[Request], today: dt.date) -> None:
    if done := st.session_state.pop(DONE, ""):
        st.success(done)
    open_ = sorted((each for each in every if each.status == "open"), key=lambda each: (each.due_on, each.id))
    if open_:
        _table([_open(checklist, each, today) for each in open_], _("Due"), _("Open requests"))
        _answer(checklist, kept, open_)
    else:
        st.markdown(_("No request is open. Ask for a document below; it stands here until it comes."))
    _ask(checklist, today)
    closed = sorted((each for each in every if each.status != "open"), key=lambda each: each.at, reverse=True)
    if closed:
        with st.expander(_("Fulfilled and withdrawn: {count}", count=len(closed))):
            _table([_closed(checklist, each) for each in closed], _("Status"), _("Fulfilled and withdrawn requests"))


def _table(rows: list[list[str]], first: str, alt: str) -> None:
    table([first, _("Document"), _("Asked of"), _("Note"), _("By whom")], rows, alt)


def _open(checklist: Checklist, each: Request, today: dt.date) -> list[str]:
    late = tags.tag("◷", _("Overdue")) if each.overdue(today) else ""
    return [f"{shown(each.due_on)} {late}".strip(), *_asked(checklist, each), _by(each)]


def _closed(checklist: Checklist, each: Request) -> list[str]:
    if each.status == "fulfilled":
        state = f"{tags.tag('●', _('Fulfilled'))} {small(plain(each.document))}"
    else:
        state = f"{tags.tag('–', _('Withdrawn'))} {small(plain(each.reason))}"
    return [state, *_asked(checklist, each), _by(each)]


def _asked(checklist: Checklist, each: Request) -> list[str]:
    what = f"**{plain(_what(checklist, each))}**  \n{small(plain(', '.join([each.id, *each.requirements])))}"
    return [what, plain(each.asked_of), plain(each.note) or "–"]


def _what(checklist: Checklist, each: Request) -> str:
    return kind_words(checklist, each.kind) if each.kind else _("Any document")


def _by(each: Request) -> str:
    return f"{plain(each.actor)} {small(shown(each.at))}"


def _answer(checklist: Checklist, kept: Sequence[Revision], open_: Sequence[Request]) -> None:
    """One request at a time: the document that fulfils it, or why it is needed no more."""
    with st.expander(_("Fulfil or withdraw a request")):
        known = {each.id: each for each in open_}
        id = st.selectbox(_("Request"), list(known), format_func=lambda id: _named(checklist, known[id]), key="request")
        request = known[id]
        fulfil, away = st.columns(2)
        with fulfil:
            _fulfil(kept, request)
        with away:
            _withdraw(request)


def _named(checklist: Checklist, each: Request) -> str:
    return f"{each.id} · {_what(checklist, each)} · {each.asked_of} · {shown(each.due_on)}"


def _fulfil(kept: Sequence[Revision], request: Request) -> None:
    named = {each.document.id: each.document for each in kept if each.document.status != "obsolete"}
    fitting = [id for id, each in named.items() if not request.kind or each.kind == request.kind]
    if not fitting:
        st.markdown(_("No document of this kind is registered yet. Register it first; then it can be named here."))
        return
    form = f"fulfil {request.id}"
    id = st.selectbox(
        _("Document that fulfils it"), fitting, len(fitting) - 1,
        format_func=lambda id: f"{id} · {named[id].title}", key=f"document {request.id}",
    )  # fmt: skip
    seen = draft.restore(form, {}, request.revision)
    _keep(
        form,
        request,
        draft.button(form, _("It is fulfilled"), "fulfil request"),
        lambda key: document_requests.fulfil(session.records(), request.id, id, session.person(), seen, key),
    )


def _withdraw(request: Request) -> None:
    form = f"withdraw {request.id}"
    fields = {"why": draft.field(form, f"why {request.id}")}
    seen = draft.restore(form, fields, request.revision)
    reason = st.text_input(_("Why it is needed no more"), key=fields["why"], **draft.noting(form, fields))
    _keep(
        form,
        request,
        draft.button(form, _("Withdraw it"), "withdraw request", other=True),
        lambda key: document_requests.withdraw(session.records(), request.id, session.person(), reason, seen, key),
    )


def _keep(form: str, request: Request, pressed: bool, change: Callable[[str], Request]) -> None:
    if draft.send(form, pressed, change):
        st.session_state[DONE] = _("Request {request} is settled.", request=request.id)
        st.rerun()


@st.fragment
def _ask(checklist: Checklist, today: dt.date) -> None:
    form = "request document"
    names = ("kind", "asked_of", "due_on", "requirements", "note")
    fields = {name: draft.field(form, f"request {name}") for name in names}
    kinds, ids = ["", *checklist.documents], requirement_ids(checklist, None)
    with draft.form(form):
        st.markdown(f"**{_('Ask for a document')}**")
        draft.restore(form, fields, None, {"kind": Within(kinds), "requirements": Within(ids)})
        noting = draft.noting(form, fields)
        grid = st.grid(4, min_column_width=190)
        with grid.cell(column_span=2):
            kind = st.selectbox(
                _("Kind that is needed"), kinds, 1,
                format_func=lambda kind: kind_words(checklist, kind) or _("Any document"), key=fields["kind"], **noting,
            )  # fmt: skip
        with grid.cell():
            of = st.text_input(_("Asked of"), key=fields["asked_of"], **noting)
        with grid.cell():
            due = st.date_input(
                _("Needed by"), today + dt.timedelta(days=14), format="YYYY-MM-DD", key=fields["due_on"], **noting
            )
        with grid.cell(column_span=2):
            asks = {r.id: said(r.asks) for clause in checklist.clauses for r in clause.requirements}
            requirements = st.multiselect(
                _("Requirements that it should show"), ids, format_func=lambda id: f"{id} {asks[id]}",
                placeholder=_("none"), key=fields["requirements"], **noting,
            )  # fmt: skip
        with grid.cell(column_span=2):
            note = st.text_input(_("What exactly is needed"), key=fields["note"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the request"), "request"),
            lambda key: _asked_for(document_requests.ask(
                session.records(), NewRequest(of, due, kind, requirements, note), session.person(), key
            )),
        ):  # fmt: skip
            st.rerun()


def _asked_for(request: Request) -> None:
    words = _("Request {request} stands; {name} was asked.", request=request.id, name=plain(request.asked_of))
    st.session_state[DONE] = words
