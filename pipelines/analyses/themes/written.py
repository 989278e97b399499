"""The themes that people declare: themes.yaml of the house, and over it the organisation's own. Mistakes are placed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from audit.errors import DefinitionError
from audit.text import LANGUAGES, Language, Text, Written
from pipelines import yaml_file
from pipelines.analyses.themes.found import Theme
from pipelines.methods.keywords import HAN, STAR, Words, alike
from pipelines.yaml_file import Loc, Page

HOUSE = Path(__file__).with_name("themes.yaml")
FILE = "themes.yaml"
"""In the organisation's workspace."""
MOST = 40
NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
LATIN_WORD = re.compile(r"[^\W_](?:['\s./&-]*[^\W_])+")


class Spoken(Written):
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def of(self, language: Language) -> tuple[str, ...]:
        return self.zh if language == "zh" else self.en

    @property
    def every(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.en, *self.zh)))


class WrittenTheme(Written):
    name: Text
    words: Spoken
    but_not: Spoken = Field(default_factory=Spoken)


class WrittenThemes(Written):
    themes: dict[str, WrittenTheme] = Field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    """Themes of the house that do not count here."""


def themes(folder: Path) -> tuple[Theme, ...]:
    """Of an organisation with this workspace. Raises DefinitionError at the first mistake in its own file."""
    house, own = read(HOUSE), _own(folder)
    if own is None:
        return _found(house)
    kept = {id: theme for id, theme in house.themes.items() if id not in own.leave_out}
    return _found(WrittenThemes(themes=kept | own.themes))


def read(path: Path) -> WrittenThemes:
    page = yaml_file.read(path)
    written = page.as_model(WrittenThemes)
    for mistake in _mistakes(page, written):
        raise mistake
    return written


def mistakes(path: Path) -> list[DefinitionError]:
    """All of them."""
    try:
        page = yaml_file.read(path)
        written = page.as_model(WrittenThemes)
    except DefinitionError as mistake:
        return [mistake]
    return list(_mistakes(page, written))


def _own(folder: Path) -> WrittenThemes | None:
    path = folder / FILE
    return read(path) if path.exists() else None


def _found(written: WrittenThemes) -> tuple[Theme, ...]:
    return tuple(Theme(id, one.name, one.words.every, one.but_not.every) for id, one in written.themes.items())


def _mistakes(page: Page, written: WrittenThemes) -> Iterator[DefinitionError]:
    if len(written.themes) > MOST:
        yield page.at(("themes",), f"{len(written.themes)} themes; write at most {MOST}, so that each stays readable")
    for id, theme in written.themes.items():
        yield from (page.at(loc, told) for loc, told in _of_theme(id, theme))
    known = list(read(HOUSE).themes) if written.leave_out else []
    for at, id in enumerate(written.leave_out):
        if id not in known:
            near = yaml_file.nearest(id, known)
            yield page.at(("leave_out", at), f"there is no theme '{id}'{near} in the house's file; leave the line out")
        elif id in written.themes:
            yield page.at(("leave_out", at), f"'{id}' is written above and left out here; keep one")


def _of_theme(id: str, theme: WrittenTheme) -> Iterator[tuple[Loc, str]]:
    if not NAME.fullmatch(id):
        yield ("themes", id), f"'{id}' is no name of a theme; write small letters and digits, as in spare_parts"
    if not theme.words.every:
        yield ("themes", id, "words"), "no word is declared; write one at least, as in 'en: [deliver*]'"
    seen: dict[str, str] = {}
    wrong = False
    for kind, language, at, word in _words(theme):
        loc: Loc = ("themes", id, kind, language, at)
        like = alike(word.strip())
        told = _wrong(word, language) or (f"'{word}' is declared twice; keep one" if like in seen else None)
        seen[like], wrong = word, wrong or told is not None
        if told:
            yield loc, told
    if not wrong:
        yield from _idle(id, theme)


def _words(theme: WrittenTheme) -> Iterator[tuple[str, Language, int, str]]:
    for kind, spoken in (("words", theme.words), ("but_not", theme.but_not)):
        for language in LANGUAGES:
            yield from ((kind, language, at, word) for at, word in enumerate(spoken.of(language)))


def _wrong(word: str, language: Language) -> str | None:
    stem = alike(word).strip()
    is_han = bool(HAN.search(stem))
    if language == "zh":
        if not is_han:
            return f"'{word}' holds no Chinese character; write it under 'en'"
        return f"'{word}': a star has no meaning in Chinese; leave it out" if STAR in stem else None
    if is_han:
        return f"'{word}' is Chinese; write it under 'zh'"
    stem, open_ended = stem.removesuffix(STAR), stem.endswith(STAR)
    if STAR in stem:
        return f"'{word}': a star may stand at the end alone, as in deliver*"
    if open_ended and len(stem) < 3:
        return f"'{word}' would find too much; write at least three letters before the star"
    if not LATIN_WORD.fullmatch(stem):
        return f"'{word}' is no word; write letters and digits, two at least, with blanks or hyphens between words"
    return None


def _idle(id: str, theme: WrittenTheme) -> Iterator[tuple[Loc, str]]:
    """A word that excludes must have something to exclude."""
    words = Words(theme.words.every)
    for kind, language, at, word in _words(theme):
        if kind == "but_not" and not _reaches(words, alike(word)):
            yield (
                ("themes", id, kind, language, at),
                f"'{word}' excludes nothing: no word of '{id}' stands in it; leave it out or add the word it is for",
            )


def _reaches(words: Words, excluding: str) -> bool:
    """With the star taken for the end of a word, for a letter that goes on, or for what follows a word's stem."""
    return any(words.stand_in(excluding.replace(STAR, end)) for end in ("", "s"))
