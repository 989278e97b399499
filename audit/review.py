"""What a management review looks at and decides: clauses 9.3.2 and 9.3.3 in short words of our own."""

from __future__ import annotations

from typing import Literal, get_args

from audit.text import Text
from audit.wording import say

DecisionKind = Literal["improvement", "change of the system", "resources"]
KINDS: tuple[DecisionKind, ...] = get_args(DecisionKind)
DecisionStatus = Literal["open", "done", "dropped"]
Heard = Literal["complaint", "survey comment", "need", "conversation", "other"]
HEARD: tuple[Heard, ...] = get_args(Heard)
INPUTS = (
    "9.3.2-a", "9.3.2-b", "9.3.2-c1", "9.3.2-c2", "9.3.2-c3", "9.3.2-c4", "9.3.2-c5", "9.3.2-c6", "9.3.2-c7",
    "9.3.2-d", "9.3.2-e", "9.3.2-f", "9.3.2-g",
)  # fmt: skip
"""By the requirement that asks for them."""
ADDED = ("9.3.2-g",)
"""Of these, what ISO 9001:2026 added: a review by the edition before does not look at it."""


def input_word(input: str) -> Text:
    return {
        "9.3.2-a": say("Earlier decisions"),
        "9.3.2-b": say("Changes inside and outside"),
        "9.3.2-c1": say("Satisfaction and feedback"),
        "9.3.2-c2": say("Quality objectives"),
        "9.3.2-c3": say("Processes, products and services"),
        "9.3.2-c4": say("Nonconformities and corrective actions"),
        "9.3.2-c5": say("Monitoring and measurement"),
        "9.3.2-c6": say("Audit results"),
        "9.3.2-c7": say("External providers"),
        "9.3.2-d": say("Resources"),
        "9.3.2-e": say("Actions on risks and opportunities"),
        "9.3.2-f": say("Opportunities for improvement"),
        "9.3.2-g": say("Changed needs of interested parties"),
    }[input]


def kind_word(kind: str) -> Text:
    return {
        "improvement": say("opportunity for improvement"),
        "change of the system": say("change of the management system"),
        "resources": say("resources"),
    }[kind]


def status_word(status: str) -> Text:
    return {"open": say("open"), "done": say("done"), "dropped": say("dropped")}[status]


def heard_word(heard: str) -> Text:
    return {
        "complaint": say("complaint"),
        "survey comment": say("survey comment"),
        "need": say("need"),
        "conversation": say("conversation"),
        "other": say("other"),
    }[heard]
