"""The states of an audit: what may follow, and what may still be changed in each."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    PLANNED = "planned"
    IN_PROGRESS = "in progress"
    REPORTING = "reporting"
    CLOSED = "closed"


OPENED = (State.IN_PROGRESS, State.REPORTING)
"""While it is in one of these, answers, conclusions and findings belong to it."""

STEPS: dict[str, tuple[State, State]] = {
    "begin": (State.PLANNED, State.IN_PROGRESS),
    "report": (State.IN_PROGRESS, State.REPORTING),
    "resume": (State.REPORTING, State.IN_PROGRESS),
    "close": (State.REPORTING, State.CLOSED),
}
"""What can be done with an audit: in which state, and the state that it has then."""

_TEAM = frozenset({"lead", "auditors", "plan", "period_from", "period_to"})
CHANGEABLE: dict[State, frozenset[str]] = {
    State.PLANNED: _TEAM | {"programme", "title", "objectives", "scope", "edition", "packs"},
    State.IN_PROGRESS: _TEAM,
    State.REPORTING: frozenset(),
    State.CLOSED: frozenset(),
}
"""Once it has begun, an audit keeps its objectives, scope and criteria."""
