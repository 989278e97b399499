"""Events beside a chart: what happened to the process, and the forms to note, revise and withdraw it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import streamlit as st

from audit.event import Event, NewEvent
from audit.records import Records
from audit.records import events as kept
from pages.components import draft, session, tags
from pages.components.trends.event_list import event_list, named, scope
from pages.components.words import _, plain

DONE = "event_done"
FIRST_DAY = dt.date(2000, 1, 1)
HERE, FIGURE, ALL = "group", "figure", "all"


def events(records: Records, kpi: str, by: str = "", group: str = "") -> None:
    """
    The events that concern this figure (its name, as in "nps") and group, and below them the forms for who may note
    events. Draws no heading. What a chart should mark is `audit.records.events.of(records, kpi, by, group)`; after a
    change the page runs again by itself.
    """
    if done := st.session_state.pop(DONE, ""):
        st.success(done)
    every = [event for event in kept.every(records) if event.concerns(kpi, by, group)]
    standing = [event for event in every if not event.withdrawn]
    event_list(standing, [event for event in every if event.withdrawn])
    if session.closed("note event"):
        return
    with st.expander(_("Note an event")):
        _note(records, kpi, by, group)
    if standing:
        with st.expander(_("Change or withdraw an event")):
            _change(records, standing)


@st.fragment
def _note(records: Records, kpi: str, by: str, group: str) -> None:
    form = f"note event {kpi} {by} {group}".strip()
    fields = {name: draft.field(form, f"{form} {name}") for name in ("day", "words", "scope", "baseline")}
    scopes = {HERE: (kpi, by, group), FIGURE: (kpi, "", ""), ALL: ("", "", "")}
    offered = [HERE, FIGURE, ALL] if by else [FIGURE, ALL]
    with draft.form(form):
        draft.restore(form, fields, None, {"scope": offered})
        noting = draft.noting(form, fields)
        with st.container(horizontal=True):
            day: Any = st.date_input(
                _("Day"), None, min_value=FIRST_DAY, format="YYYY-MM-DD", key=fields["day"], width=170, **noting
            )
            concerned = st.selectbox(
                _("Concerns"), offered, format_func=lambda name: scope(*scopes[name]), key=fields["scope"], width=320,
                **noting,
            )  # fmt: skip
        words = _words(fields["words"], "", noting)
        baseline = _baseline(fields["baseline"], False, noting)
        to_kpi, to_by, to_group = scopes[concerned]
        new = NewEvent(day, words, to_kpi, to_by, to_group, baseline)
        pressed = draft.button(form, _("Note the event"), kept.ACTION)
        if draft.send(form, pressed, lambda key: kept.note(records, new, session.person(), key)):
            _again(_("The event is noted."))


@st.fragment
def _change(records: Records, standing: Sequence[Event]) -> None:
    known = {event.id: event for event in standing}
    id = st.selectbox(
        _("Event"), list(known), len(known) - 1, format_func=lambda id: named(known[id]), key="event chosen"
    )
    _revise(records, known[id])
    _withdraw(records, known[id])


def _revise(records: Records, was: Event) -> None:
    form = f"revise event {was.id}"
    fields = {name: draft.field(form, f"{form} {name}") for name in ("day", "words", "baseline", "reason")}
    with draft.form(form):
        seen = draft.restore(form, fields, was.revision)
        noting = draft.noting(form, fields)
        day = st.date_input(
            _("Day"), was.day, min_value=FIRST_DAY, format="YYYY-MM-DD", key=fields["day"], width=170, **noting
        )
        words = _words(fields["words"], was.words, noting)
        baseline = _baseline(fields["baseline"], was.baseline, noting)
        reason = st.text_input(_("Why it is changed"), key=fields["reason"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the change"), kept.ACTION),
            lambda key: kept.revise(
                records, was.id, seen or was.revision, session.person(), reason, key, day=day, words=words,
                baseline=baseline,
            ),
            lambda: [(_("What happened"), _theirs(records, was).words, words)],
        ):  # fmt: skip
            _again(_("The event is changed; its former words stay in the trail."))


def _withdraw(records: Records, was: Event) -> None:
    """Only after a question, because limits may begin elsewhere without it."""
    form = f"withdraw event {was.id}"
    with st.popover(_("Withdraw the event …"), disabled=bool(session.closed(kept.ACTION))):
        st.markdown(
            _("Withdraw “{words}”? It leaves every chart; the register and the trail keep it.", words=plain(was.words))
        )
        if was.baseline:
            st.markdown(_("It is a baseline: without it control limits rest on the points before this day as well."))
        fields = {"reason": draft.field(form, f"{form} reason")}
        seen = draft.restore(form, fields, was.revision)
        reason = st.text_input(_("Why it does not count"), key=fields["reason"], **draft.noting(form, fields))
        if draft.send(
            form,
            draft.button(form, _("Yes, withdraw it"), kept.ACTION),
            lambda key: kept.withdraw(records, was.id, seen or was.revision, session.person(), reason, key),
            lambda: [(_("What happened"), _theirs(records, was).words, was.words)],
        ):
            _again(_("The event is withdrawn."))


def _theirs(records: Records, was: Event) -> Event:
    """As it stands now; a fragment still holds what the page was drawn with."""
    return next(event for event in kept.every(records) if event.id == was.id)


def _words(key: str, was: str, noting: dict[str, Any]) -> str:
    asked: str = st.text_input(_("What happened"), was, max_chars=kept.LONGEST, key=key, **noting)
    st.markdown(tags.small(_("In one sentence, naming no customer: what is noted here can never be erased.")))
    return asked


def _baseline(key: str, was: bool, noting: dict[str, Any]) -> bool:
    return st.checkbox(
        _("The process itself was changed: control limits begin anew from this day"), was, key=key, **noting
    )


def _again(done: str) -> None:
    st.session_state[DONE] = done
    st.rerun()
