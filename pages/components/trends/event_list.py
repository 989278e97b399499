"""The events that concern a figure, as a table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.event import Event
from audit.sentence import dimension_word, group_word
from pages.components import tags
from pages.components.table import table
from pages.components.words import _, plain, said, shown
from pipelines import definitions


def event_list(standing: Sequence[Event], withdrawn: Sequence[Event]) -> None:
    if standing:
        _table(standing, _("Events"))
    else:
        st.markdown(_("No event is noted for this figure."))
    if withdrawn:
        with st.expander(_("Withdrawn: {count}", count=len(withdrawn))):
            _table(withdrawn, _("Withdrawn events"))


def scope(kpi: str, by: str = "", group: str = "") -> str:
    """Whom an event concerns, in words."""
    known = definitions.kpis()
    figure = said(known[kpi].title) if kpi in known else kpi
    if not by:
        return figure or _("every figure")
    part = f"{said(dimension_word(by))}{_(': ')}{said(group_word(group))}"
    return _("{figure}, {part}", figure=figure, part=part) if figure else _("every figure, {part}", part=part)


def named(event: Event) -> str:
    """As a list of choices shows it."""
    return f"{event.id} · {shown(event.day)} · {event.words}"


def _table(events: Sequence[Event], alt: str) -> None:
    table([_("Day"), _("What happened"), _("Concerns"), _("By whom")], [_row(event) for event in events], alt)


def _row(event: Event) -> list[str]:
    baseline = f" :gray-badge[┃ {_('Baseline')}]" if event.baseline else ""
    why = f"  \n{tags.small(plain(event.reason))}" if event.reason else ""
    return [
        shown(event.day),
        f"{plain(event.words)}{baseline}{why}",
        plain(scope(event.kpi, event.by, event.group)),
        f"{plain(event.actor)} {tags.small(plain(event.id))}",
    ]
