"""What the figures say of an action: proposed here, concluded by a person."""

from __future__ import annotations

from typing import Literal

from audit.tag import Tag
from audit.wording import say

Proposal = Literal["effective", "not shown", "worse", "too early", "too few records", "cannot be judged"]
EVALUATED: tuple[Proposal, ...] = ("effective", "not shown", "worse")
"""The others are no evidence, either way."""


def proposal_tag(proposal: str) -> Tag:
    """Raises KeyError for a word that is no proposal."""
    return {
        "effective": Tag("●", say("effective")),
        "not shown": Tag("–", say("not shown")),
        "worse": Tag("✕", say("worse")),
        "too early": Tag("◷", say("too early to judge")),
        "too few records": Tag("◇", say("too few records to judge")),
        "cannot be judged": Tag("◇", say("cannot be judged from data")),
    }[proposal]
