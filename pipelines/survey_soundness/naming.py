"""How readers call the groups that customers are compared by."""

from __future__ import annotations

from audit.sentence import dimension_word, group_word
from audit.text import Text
from audit.wording import say
from pipelines.methods.representativeness import Group
from pipelines.survey_soundness.who import REVENUE


def dimension_text(dimension: str) -> Text:
    own = {"key_customer": say("key customers"), REVENUE: say("size by revenue")}
    return own.get(dimension) or dimension_word(dimension)


def group_text(dimension: str, group: str) -> Text:
    keys = {"true": say("key customers"), "false": say("customers who are not key")}
    sizes = {
        "A": say("customers who make the first 80 % of revenue"),
        "B": say("customers who make the next 15 %"),
        "C": say("customers who make the last 5 %"),
        "none": say("customers without an order"),
    }
    own = {"key_customer": keys, REVENUE: sizes}.get(dimension, {})
    return own.get(group) or group_word(group)


def remark_text(group: Group) -> Text | None:
    """Of whom nobody answered, or fewer than chance explains."""
    if not group.missing:
        return None
    return say("under-represented") if group.respondents else say("missing")
