"""Who can judge: data, documents, samples, people; as words beside a sign."""

from __future__ import annotations

from audit.checklist import Altered, Change, Confidence, FromData, Requirement, Stated
from audit.rule import Kind
from audit.sentence import kind_word
from audit.stated_words import change_word, confidence_word
from pages.components.tags import muted, small
from pages.components.words import _, plain, said

SIGNS: dict[str, str] = {"computed": "∑", "document": "▤", "sample": "⊡", "interview": "☏", "observation": "◉"}


def kinds(requirement: Requirement) -> str:
    return " · ".join(map(kind, requirement.kinds))


def standard(name: str) -> str:
    """ "ISO 9001:2015" for "iso-9001-2015"."""
    house, _dash, rest = name.partition("-")
    number, _dash, edition = rest.rpartition("-")
    return f"{house.upper()} {number.replace('-', ' ')}:{edition}" if number else name.upper()


def kind(value: Kind | str) -> str:
    return f"{SIGNS[value]}\N{NO-BREAK SPACE}{said(kind_word(value))}" if value else ""


def from_data(value: FromData) -> str:
    return {
        "fully": _("judged from data"),
        "partly": _("partly from data"),
        "by people": _("judged by people"),
    }[value]


def change(value: Change) -> str:
    return said(change_word(value))


def confidence(value: Confidence) -> str:
    return said(confidence_word(value))


def stated(fact: Stated | None) -> str:
    """What is known of a fact about the standard, how surely, and from where."""
    if fact is None:
        return ""
    parts = [f"{_('Change')}: {change(fact.change)}"] if isinstance(fact, Altered) else []
    parts.append(confidence(fact.confidence))
    parts += [f"[{', '.join(fact.sources)}]"] if fact.sources else []
    note = f" {plain(said(fact.note))}" if fact.note else ""
    return small(plain(" · ".join(parts))) + (muted(note) if note else "")
