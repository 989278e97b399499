"""What is signed, told in the words of its readers: the names of its parts, and what its codes mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from audit import review
from audit.auditing import independence, since
from audit.auditing.independence import Doubt
from audit.auditing.since import Changed
from audit.evidence import Grade, Outcome, Verdict
from audit.finding.finding import reference_word
from audit.signing.signed import NOTHING
from audit.signing.signed_words import in_order, part_word
from audit.tag import grade_tag, outcome_tag, verdict_tag
from audit.text import Language, Text


def told(value: Any, language: Language, name: str = "") -> str:
    """A part of a snapshot as one line of text; `name` is what it stands under."""
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, dict) and value.keys() == {"en", "zh"}:
        return str(value[language])
    if isinstance(value, dict):
        return _sentence(value, name, language) or _named(value, language)
    if isinstance(value, list):
        return _several(value, language, name)
    return value_word(name, str(value)).said(language)


def value_word(name: str, value: str) -> Text:
    """A code in the words that its form has for it; whatever is no code of ours stays as it is."""
    if name == "edition" and value.startswith("iso-"):
        edition = value.upper().replace("-", " ", 1).replace("-", ":")
        return Text(en=edition, zh=edition)
    try:
        return Text(en=value, zh=_CODES[name](value).zh) if name in _CODES else Text(en=value, zh=value)
    except (ValueError, KeyError):
        return Text(en=value, zh=value)


def _named(value: Mapping[str, Any], language: Language) -> str:
    between, end = ("：", "；") if language == "zh" else (": ", "; ")
    parts = [(part_word(each).said(language), told(value[each], language, each)) for each in in_order(value)]
    return end.join(f"{name}{between}{part}" for name, part in parts if part != NOTHING) or NOTHING


def _several(value: list[Any], language: Language, name: str) -> str:
    parts = [told(each, language, name) for each in value]
    if name in _SENTENCES or name == "known":
        return ("" if language == "zh" else " ").join(parts)
    if isinstance(value[0], dict):
        parts = [f"（{part}）" if language == "zh" else f"({part})" for part in parts]
    return ("、" if language == "zh" else ", ").join(parts)


def _sentence(value: Mapping[str, Any], name: str, language: Language) -> str:
    """A doubt and a change have sentences of their own; "" where there is none."""
    try:
        found = _SENTENCES[name](value) if name in _SENTENCES else None
    except (TypeError, ValueError):
        return ""
    return found.said(language) if found else ""


def _kind(kind: str) -> Text:
    return review.kind_word(kind) if kind in review.KINDS else reference_word(kind)


_CODES: dict[str, Callable[[str], Text]] = {
    "proposed": lambda value: verdict_tag(Verdict(value)).word,
    "concluded": lambda value: verdict_tag(Verdict(value)).word,
    "outcome": lambda value: outcome_tag(Outcome(value)).word,
    "grade": lambda value: grade_tag(Grade(value)).word,
    "kind": _kind,
    "status": review.status_word,
}
_SENTENCES: dict[str, Callable[[Mapping[str, Any]], Text | None]] = {
    "doubts": lambda value: independence.sentence(Doubt(**value)),
    "changed": lambda value: since.sentence(Changed(**value)),
}
