"""
Forms that lose nothing: what is typed is noted while typing, stands in the form again after a lost session, and is
kept once however often it is sent.

    form = f"revise {id}"
    fields = {"title": draft.field(form, f"title {id}"), "due": draft.field(form, f"due {id}")}
    with draft.form(form):                          # in the place of st.form
        seen = draft.restore(form, fields, now)     # before the fields; `now` is the revision that is shown
        title = st.text_input(_("Title"), was.title, key=fields["title"], **draft.noting(form, fields))
        due = st.date_input(_("Due"), was.due, key=fields["due"], **draft.noting(form, fields))
        if draft.send(
            form,
            draft.button(form, _("Keep"), "revise"),
            lambda key: documents.revise(..., seen=seen, key=key),
            lambda: [(_("Title"), theirs().title, title)],              # asked for after a Stale alone
        ):
            st.rerun()

A fragment still holds what the page was drawn with, so `theirs` reads the records.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from audit.errors import AuditError, KeptAlready, RecordError, Stale
from audit.records import drafts
from pages.components import session
from pages.components.states import in_words
from pages.components.table import table
from pages.components.words import _, language, plain, shown

Fields = Mapping[str, str]
"""The keys of the form's widgets by the names of its fields. Files are no part of a draft."""
Both = Sequence[tuple[str, str, str]]
"""Label, their text, the own text."""
KEEP, OTHER = "keep", "other"
SCRIPT = Path(__file__).with_suffix(".html")


def form(name: str, border: bool = True) -> DeltaGenerator:
    """Streamlit's own form tells the program nothing before it is sent; in this one every field does."""
    st.html(SCRIPT, unsafe_allow_javascript=True)
    return st.container(border=border, key=f"draft {name}")


def field(name: str, widget: str) -> str:
    """The widget's key for this filling: another one once the form is kept or discarded, so that the field is new."""
    return f"{widget} {turn(name)}" if turn(name) else widget


def turn(name: str) -> int:
    """How many fillings of the form went before, in this session."""
    return int(st.session_state.get(f"draft turn {name}", 0))


def key(name: str) -> str:
    """Of this filling of the form, for the records."""
    return str(st.session_state.setdefault(f"draft key {name}", uuid.uuid4().hex))


def noting(name: str, fields: Fields) -> dict[str, Any]:
    """What makes a widget note its form whenever it changes."""
    return {"on_change": note, "args": (name, fields)}


def button(name: str, label: str, action: str, other: bool = False) -> bool:
    """One that sends the form; closed where the person's role does not allow the action. A form may have an `other`."""
    key = f"draft {OTHER if other else KEEP} {name}"
    return st.button(label, type="secondary" if other else "primary", key=key, disabled=bool(session.closed(action)))


def restore(
    name: str, fields: Fields, now: int | None, options: Mapping[str, Sequence[Any]] | None = None
) -> int | None:
    """
    Call it before the widgets. Gives the revision that the person looked at while typing: `now`, or the draft's.
    `now` is None where the form makes something new. A form without fields has a revision too.
    `options` by field: a draft's value that is no option any more is left out.
    """
    empty = [field for field, widget in fields.items() if widget not in st.session_state]
    if empty:
        _fill(name, fields, empty, options or {})
    pressed = any(st.session_state.get(f"draft {button} {name}") for button in (KEEP, OTHER))
    if not pressed and not st.session_state.get(f"draft begun {name}"):
        st.session_state[f"draft seen {name}"] = now  # what is shown; whoever begins to type has seen it
    _tell(name)
    seen: int | None = st.session_state.get(f"draft seen {name}", now)
    return seen


def note(name: str, fields: Fields) -> None:
    """A widget's callback: keeps what stands in the form as the person's draft."""
    typed = {field: _told(st.session_state.get(widget)) for field, widget in fields.items()}
    seen = st.session_state.get(f"draft seen {name}")
    st.session_state[f"draft begun {name}"] = True
    st.session_state.pop(f"draft problem {name}", None)
    try:
        drafts.note(session.records(), session.person(), name, typed, key(name), seen)
    except RecordError as error:
        st.session_state[f"draft problem {name}"] = error.said(language())


def send(name: str, pressed: bool, keep: Callable[[str], object], both: Callable[[], Both] = list) -> bool:
    """
    Call it in every run: `pressed` says whether to send. Gives whether it is kept, now or by an earlier sending.
    `keep` takes the key of this filling; `both` gives the texts that stand there where somebody else was faster.
    """
    kept = pressed and _sent(name, keep)
    if not kept:
        _compare(name, both)
    return kept


def _sent(name: str, keep: Callable[[str], object]) -> bool:
    try:
        keep(key(name))
    except KeptAlready:
        pass
    except Stale as stale:
        st.session_state[f"draft stale {name}"] = stale
        return False
    except AuditError as error:
        st.error(in_words(error))
        return False
    done(name)
    return True


def done(name: str) -> None:
    """The draft has served; the form begins anew."""
    with suppress(RecordError):  # a draft whose key stands in the trail is not offered again
        drafts.discard(session.records(), session.person(), name)
    st.session_state[f"draft turn {name}"] = turn(name) + 1
    for what in ("key", "seen", "begun", "at", "stale", "problem"):
        st.session_state.pop(f"draft {what} {name}", None)


def _compare(name: str, both: Callable[[], Both]) -> None:
    """After somebody else was faster: who, when, which revision, and both texts."""
    stale = st.session_state.get(f"draft stale {name}")
    if not isinstance(stale, Stale):
        return
    st.warning(
        _(
            "Changed by {by} at {at}, revision {seen} → {now}. Nothing of yours was kept yet; it stays here as your "
            "draft. Compare, then keep yours after theirs or discard it.",
            by=plain(stale.by),
            at=_moment(stale.at),
            seen=stale.seen,
            now=stale.now,
        )
    )
    rows = [[plain(label), plain(theirs) or "–", plain(own) or "–"] for label, theirs, own in both()]
    if rows:
        table(["", _("Theirs, kept"), _("Yours, a draft")], rows, _("Both texts"))
    with st.container(horizontal=True):
        st.button(_("Mine may follow theirs"), key=f"follow {name}", on_click=_follow, args=(name, stale.now))
        st.button(_("Discard mine"), key=f"yield {name}", on_click=done, args=(name,))


def _follow(name: str, now: int) -> None:
    st.session_state.update({f"draft seen {name}": now, f"draft begun {name}": True})  # a fragment would forget it
    st.session_state.pop(f"draft stale {name}", None)


def _fill(name: str, fields: Fields, empty: Sequence[str], options: Mapping[str, Sequence[Any]]) -> None:
    draft = drafts.found(session.records(), session.person(), name)
    if draft is None:
        if len(empty) == len(fields):  # as after another page: nothing is typed any more
            st.session_state.pop(f"draft begun {name}", None)
        return
    for field in empty:
        value = _meant(draft.typed.get(field))
        if field in options and value is not None:
            value = next((option for option in options[field] if option == value), value)
            if value not in options[field]:
                continue
        if field in draft.typed:
            st.session_state[fields[field]] = value
    if len(empty) == len(fields):
        begun = {"key": draft.key, "seen": draft.seen, "at": draft.at, "begun": True}
        st.session_state.update({f"draft {what} {name}": value for what, value in begun.items()})


def _tell(name: str) -> None:
    if problem := st.session_state.get(f"draft problem {name}"):
        st.warning(_("What you type here is not noted as a draft: {reason}", reason=plain(problem)))
    if at := st.session_state.get(f"draft at {name}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_(":blue-background[Restored] what you typed at {at}", at=_moment(at)), width="content")
            st.button(_("Discard"), type="tertiary", key=f"discard {name}", on_click=done, args=(name,))


def _moment(at: dt.datetime) -> str:
    """The hour on this computer's clock, with the day where it was another one."""
    local, today = at.astimezone(), dt.datetime.now().astimezone().date()
    hour = f"{local:%H:%M}"
    return hour if local.date() == today else f"{shown(local.date())} {hour}"


def _told(value: Any) -> Any:
    """As JSON holds it."""
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple):
        return [_told(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _meant(value: Any) -> Any:
    if isinstance(value, dict):
        return dt.date.fromisoformat(value["day"])
    return [_meant(each) for each in value] if isinstance(value, list) else value
