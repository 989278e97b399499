"""Roles and what they may do, in the words of the reader."""

from __future__ import annotations

from audit.access import role_words
from audit.access.roles import Role
from pages.components.words import said


def role_word(role: Role) -> str:
    return said(role_words.role_word(role))


def action_words() -> dict[str, str]:
    """Action -> what it is, in the order of the table of permissions."""
    return {action: said(words) for action, words in role_words.action_words().items()}
