"""What is known of a fact about the standard, and how surely, in the reader's words."""

from __future__ import annotations

from audit.checklist import Change, Confidence
from audit.text import Text
from audit.wording import say


def change_word(value: Change) -> Text:
    words: dict[Change, Text] = {
        "none": say("unchanged"),
        "wording": say("wording"),
        "new": say("new"),
        "moved": say("moved"),
    }
    return words[value]


def confidence_word(value: Confidence) -> Text:
    words: dict[Confidence, Text] = {
        "high": say("high confidence"),
        "medium": say("medium confidence"),
        "low": say("low confidence"),
        "uncertain": say("uncertain: check it in your licensed copy"),
    }
    return words[value]
