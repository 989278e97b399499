"""Texts in two languages, and sentences filled with values in the reader's way."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from string import Formatter

import pytest
from pydantic import ValidationError

from audit.quantity import Quantity
from audit.text import LANGUAGES, Language, Text
from audit.wording import say, show, spoken, translate

HOUSE = Path(__file__).resolve().parents[2]

SHOWN = [
    (dt.date(2026, 3, 1), "1 Mar 2026", "2026-03-01"),
    (dt.datetime(2026, 12, 31, 23, 59), "31 Dec 2026", "2026-12-31"),
    (0, "0", "0"),
    (999, "999", "999"),
    (1_234_567, "1,234,567", "1,234,567"),
    (-1_000, "-1,000", "-1,000"),
    (True, "True", "True"),
    (Quantity(12, "months"), "12 months", "12 个月"),
    (Text(en="segment", zh="细分"), "segment", "细分"),
    ("plain", "plain", "plain"),
    ("", "", ""),
]


@pytest.mark.parametrize(("value", "english", "chinese"), SHOWN)
def test_a_value_is_shown_as_each_reader_expects(value: object, english: str, chinese: str) -> None:
    assert (show(value, "en"), show(value, "zh")) == (english, chinese)


@pytest.mark.parametrize("hostile", ["{n}", "{", "}", "%s", "{0.__class__}", "50 %", "a\nb"])
def test_a_name_from_the_data_is_never_read_as_a_placeholder(hostile: str) -> None:
    assert say("xx {name} has {n} records xx", name=hostile, n=3).en == f"xx {hostile} has 3 records xx"
    assert hostile in say("xx {name} xx", name=Text(en=hostile, zh=hostile)).zh


def test_a_sentence_within_a_sentence_keeps_its_language() -> None:
    inner = Text(en="late", zh="迟")
    assert say("xx {inner} xx", inner=inner) == Text(en="xx late xx", zh="xx 迟 xx")


def test_a_sentence_without_its_value_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        say("xx {missing} xx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_translate_stays_nothing(language: Language) -> None:
    """gettext answers the empty message with the catalogue's header."""
    assert translate("", language) == "" and spoken("", language) == ""


@pytest.mark.parametrize("written", [{"en": "a"}, {"zh": "a"}, {"en": "", "zh": "a"}, {"en": "a", "zh": ""},
                                     {"en": "a", "zh": "b", "de": "c"}, {"en": 1, "zh": "b"}, "a"])  # fmt: skip
def test_a_text_needs_both_languages_and_no_other(written: object) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(written)


def test_a_text_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Text(en="a", zh="b").en = "c"  # type: ignore[misc]


def calls_of_say() -> list[tuple[str, ast.Call]]:
    rules = sorted((HOUSE / "audit").rglob("*.py"))
    return [
        (f"{path.name}:{node.lineno}", node)
        for path in rules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    ]


@pytest.mark.parametrize("call", [pytest.param(call, id=where) for where, call in calls_of_say()])
def test_every_sentence_of_the_rules_is_literal_and_gets_exactly_its_values(call: ast.Call) -> None:
    message = call.args[0]
    assert isinstance(message, ast.Constant) and isinstance(message.value, str), "Babel finds literal messages only"
    asked = {name for _, name, _, _ in Formatter().parse(message.value) if name}
    assert asked == {word.arg for word in call.keywords}
    filled = say(message.value, **dict.fromkeys(asked, "X"))
    assert filled.en and filled.zh and "{" not in filled.en + filled.zh
