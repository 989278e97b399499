"""Every word of the program that a user reads is translated, and the built catalogue is the written one."""

from __future__ import annotations

import io
import string

from babel.messages.pofile import read_po

from audit.wording import build


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_every_word_of_the_program_has_a_translation() -> None:
    known = build.translated()
    missing = [message for message in build.collected() if not known.get(message) or not known.get(message).string]
    assert not missing, "run 'make words' and translate these in audit/wording/zh/LC_MESSAGES/clauselight.po"


def test_no_translation_is_left_over() -> None:
    said = build.collected()
    assert [message.id for message in build.translated() if message.id and message.id not in said] == []


def test_the_built_catalogue_is_the_written_one() -> None:
    written = build.mo_bytes(read_po(io.BytesIO(build.PO.read_bytes()), locale="zh"))
    assert build.MO.read_bytes() == written, "run 'make words'"


def test_a_translation_says_the_same_values_as_its_message() -> None:
    wrong = {m.id: m.string for m in build.translated() if m.id and fields(m.id) != fields(str(m.string))}
    assert wrong == {}


def test_translations_are_chinese() -> None:
    """A letter that only names something (n, KPI, CSV, a file) may stand alone."""
    plain = [m.id for m in build.translated() if m.id and not any("\u4e00" <= c <= "\u9fff" for c in str(m.string))]
    allowed = [m for m in plain if not any(len(word) > 4 and word.isalpha() for word in _without_fields(m).split())]
    assert set(plain) == set(allowed)


def _without_fields(message: str) -> str:
    return "".join(text for text, _, _, _ in string.Formatter().parse(message))
