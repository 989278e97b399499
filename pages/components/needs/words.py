"""Words of the page about needs."""

from __future__ import annotations

from audit.text import Text
from pages.components.tags import muted, tag
from pages.components.words import _, plain, said
from pipelines.methods.kano import Coefficient, Feature
from pipelines.methods.kano_table import KanoClass
from pipelines.methods.kano_words import WORDS


def class_word(name: KanoClass) -> str:
    return said(WORDS[name])


def written(text: str) -> str:
    """A class as the register has it."""
    return next((said(words) for name, words in WORDS.items() if name == text), plain(text) or _("none"))


def share(one: Coefficient | None) -> str:
    return "–" if one is None else f"{one.value:.2f} ({one.low:.2f} … {one.high:.2f})"


def lead(one: Feature) -> str:
    """The second class, by how many answers it is behind, and whether that tells the two apart."""
    second = class_word(one.second)
    if not one.lead:
        words = _("{second}, as many answers", second=second)
    elif one.lead == 1:
        words = _("{second}, 1 answer less", second=second)
    else:
        words = _("{second}, {count} answers less", second=second, count=one.lead)
    return words if one.told_apart else f"{words} {tag('◇', _('too close to tell apart'))}"


def because(reason: Text | None) -> str:
    return plain(said(reason)) if reason else ""


def said_by_word(name: str) -> str:
    return {"customer": _("a customer"), "organisation": _("the organisation")}.get(name, _("not stated"))


def or_dash(text: str) -> str:
    return text or muted("–")
