"""How readers call what orders and promises are told apart by."""

from __future__ import annotations

from audit.sentence import dimension_word
from audit.text import Text
from audit.wording import say
from pipelines.analyses.commitments.found import Break, By, Group


def dimension(by: By) -> Text:
    own = {"kind": say("kind of order"), "form": say("form")}
    return own.get(by) or dimension_word(by)


def group_name(group: Group) -> Text:
    """Codes and touchpoints are data, and the same in both languages."""
    if not group.name:
        return say("not stated")
    known = {"kind": kind_words(), "form": form_words()}.get(group.by, {})
    return known.get(group.name) or Text(en=group.name, zh=group.name)


def kind_words() -> dict[str, Text]:
    return {
        "contract": say("contract"),
        "order": say("order"),
        "oral order": say("oral order"),
        "amendment": say("amendment"),
        "new product": say("new product"),
    }


def form_words() -> dict[str, Text]:
    return {"written": say("written"), "oral": say("oral")}


def level_word(level: str) -> Text:
    return {
        "basic": say("basic"),
        "satisfying": say("satisfying"),
        "exceeding": say("exceeding expectations"),
        "memorable": say("memorable"),
    }[level]


def break_word(broken: Break) -> Text:
    return say("never reviewed") if broken == "never reviewed" else say("reviewed after acceptance")
