"""Which role may do what. One table; what it does not name, nobody may do."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    VIEWER = "viewer"
    AUDITOR = "auditor"
    QUALITY_MANAGER = "quality manager"
    ADMINISTRATOR = "administrator"
    GUEST_AUDITOR = "guest auditor"
    """Sees one audit until a day, and changes nothing."""
    LOCAL_USER = "local user"
    """Whoever sits at the computer that keeps the workspace, where nobody signs in; nobody vouches for the name."""


GIVEN = tuple(role for role in Role if role != Role.LOCAL_USER)
"""Roles that an administrator can give."""

_A, _Q, _X, _V, _G = Role.AUDITOR, Role.QUALITY_MANAGER, Role.ADMINISTRATOR, Role.VIEWER, Role.GUEST_AUDITOR
_ALLOWED: dict[str, set[Role]] = {
    # what can be seen
    "see results": {_V, _A, _Q, _X},
    "see audit": {_V, _A, _Q, _X, _G},
    "see trail": {_A, _Q, _X},
    "see people": {_X},
    "see data": {_A, _Q, _X},
    "export": {_A, _Q},
    # data, and what the organisation asks of itself
    "load": {_Q},
    "run": {_A, _Q},
    "set": {_Q},
    "reset": {_Q},
    "erase": {_X},
    # documents
    "register": {_A, _Q},
    "revise": {_A, _Q},
    "approve": {_Q},
    "request": {_A, _Q},
    "fulfil request": {_A, _Q},
    "withdraw request": {_A, _Q},
    "acknowledge": {_V, _A, _Q, _X},
    # audits and judging
    "programme": {_A, _Q},
    "open audit": {_A, _Q},
    "conduct audit": {_A},
    "close audit": {_A},
    "conclude": {_A},
    "answer": {_A},
    "rate": {_A, _Q},
    "plan": {_A, _Q},
    # what stands beside figures
    "note event": {_A, _Q},
    "set objective": {_Q},
    "set scorecard": {_Q},
    "set assumption": {_Q},
    # findings and actions
    "raise": {_A, _Q},
    "restate": {_A, _Q},
    "assign": {_A, _Q},
    "grade": {_A},
    "respond": {_Q},
    "act": {_A, _Q},
    "review effectiveness": {_A, _Q},
    "close finding": {_A},
    "reopen finding": {_A},
    # management review, and what customers were told
    "review": {_Q},
    "improve": {_Q},
    # signing, and the records themselves
    "sign": {_A, _Q},
    "review trail": {_A, _Q},
    "people": {_X},
    "back up": {_X},
    "restore": {_X},
}
PERMISSIONS: dict[str, frozenset[Role]] = {
    action: frozenset({*roles, Role.LOCAL_USER}) for action, roles in _ALLOWED.items()
}


def may(role: Role | None, action: str) -> bool:
    return role is not None and role in PERMISSIONS.get(action, frozenset())
