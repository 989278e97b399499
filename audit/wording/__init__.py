"""Every word of the program that a user reads, by gettext: English is the source, Simplified Chinese beside it."""

from __future__ import annotations

import datetime as dt
import gettext
from functools import cache
from pathlib import Path
from typing import Any

from audit.text import Language, Text


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation("clauselight", Path(__file__).parent, [language], fallback=language == "en")


def translate(message: str, language: Language) -> str:
    return catalogue(language).gettext(message) if message else ""


def say(message: str, /, **values: Any) -> Text:
    """One sentence in both languages. `{name}` in the message is filled from `values`, each in the reader's way."""
    return Text(en=spoken(message, "en", **values), zh=spoken(message, "zh", **values))


def spoken(message: str, language: Language, /, **values: Any) -> str:
    return translate(message, language).format(**{name: show(value, language) for name, value in values.items()})


def show(value: Any, language: Language) -> str:
    """A value as a reader of this language expects it."""
    if hasattr(value, "said"):  # a Text, a quantity, an error
        return str(value.said(language))
    if isinstance(value, dt.date):
        return value.strftime("%Y-%m-%d") if language == "zh" else f"{value.day} {value:%b %Y}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value).encode(errors="replace").decode()  # half a character, as a command line can bring, is no text
