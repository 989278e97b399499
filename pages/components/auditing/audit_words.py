"""An audit's states, criteria and doubts as its readers meet them."""

from __future__ import annotations

from collections.abc import Sequence

from audit.auditing.audit_state import State
from audit.auditing.independence import Doubt
from audit.auditing.independence import sentence as doubted
from audit.records.auditing.audits import Audit
from pages.components import tags
from pages.components.clause.audited_against import edition_name
from pages.components.words import _, plain, said, shown


def state(value: State) -> str:
    return tags.tag(_MARKS[value], state_word(value))


def state_word(value: State) -> str:
    return {
        State.PLANNED: _("Planned"),
        State.IN_PROGRESS: _("In progress"),
        State.REPORTING: _("Reporting"),
        State.CLOSED: _("Closed"),
    }[value]


_MARKS = {State.PLANNED: "…", State.IN_PROGRESS: "△", State.REPORTING: "◷", State.CLOSED: "●"}


def way(now: State) -> str:
    """All four states, the present one as a badge."""
    return " → ".join(state(each) if each == now else tags.muted(state_word(each)) for each in State)


def named(audit: Audit) -> str:
    return f"{plain(audit.id)} {plain(audit.title)}"


def criteria(audit: Audit) -> str:
    name = edition_name(audit.edition)
    return ", ".join(map(plain, (f"ISO {name}" if name != audit.edition else name, *audit.packs)))


def period(audit: Audit) -> str:
    days = [shown(day) for day in (audit.period_from, audit.period_to) if day]
    return " – ".join(dict.fromkeys(days)) or "–"


def doubts(found: Sequence[Doubt]) -> str:
    """One line for each; they are shown and kept, and stop nothing."""
    return "\n".join(f"- {tags.tag('◷', _('Note'))} {plain(said(doubted(each)))}" for each in found)
