"""The themes that people declare: themes.yaml of the house, and over it the organisation's own. Mistakes are placed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from audit.errors import DefinitionError
from audit.text import LANGUAGES, Language, Text, Written
from audit.wording import say
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
    return _understood(yaml_file.text_of(path), path)


@lru_cache(maxsize=16)
def _understood(text: str, path: Path) -> WrittenThemes:
    """Once while the file says the same: reading the words of the house takes a fifth of a second."""
    page = Page(text, yaml_file.shown(path))
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
        count = str(len(written.themes))
        told = say("{count} themes; write at most {most}, so that each stays readable", count=count, most=MOST)
        yield page.at(("themes",), told)
    for id, theme in written.themes.items():
        yield from (page.at(loc, told) for loc, told in _of_theme(id, theme))
    known = list(read(HOUSE).themes) if written.leave_out else []
    for at, id in enumerate(written.leave_out):
        if id not in known:
            near = yaml_file.near(id, known)
            told = say("there is no theme '{id}'{near} in the house's file; leave the line out", id=id, near=near)
            yield page.at(("leave_out", at), told)
        elif id in written.themes:
            yield page.at(("leave_out", at), say("'{id}' is written above and left out here; keep one", id=id))


def _of_theme(id: str, theme: WrittenTheme) -> Iterator[tuple[Loc, Text]]:
    if not NAME.fullmatch(id):
        yield (
            ("themes", id),
            say("'{id}' is no name of a theme; write small letters and digits, as in spare_parts", id=id),
        )
    if not theme.words.every:
        yield ("themes", id, "words"), say("no word is declared; write one at least, as in 'en: [deliver*]'")
    seen: dict[str, str] = {}
    wrong = False
    for kind, language, at, word in _words(theme):
        loc: Loc = ("themes", id, kind, language, at)
        like = alike(word.strip())
        twice = say("'{word}' is declared twice; keep one", word=word) if like in seen else None
        told = _wrong(word, language) or twice
        seen[like], wrong = word, wrong or told is not None
        if told:
            yield loc, told
    if not wrong:
        yield from _idle(id, theme)


def _words(theme: WrittenTheme) -> Iterator[tuple[str, Language, int, str]]:
    for kind, spoken in (("words", theme.words), ("but_not", theme.but_not)):
        for language in LANGUAGES:
            yield from ((kind, language, at, word) for at, word in enumerate(spoken.of(language)))


def _wrong(word: str, language: Language) -> Text | None:
    stem = alike(word).strip()
    is_han = bool(HAN.search(stem))
    if language == "zh":
        if not is_han:
            return say("'{word}' holds no Chinese character; write it under 'en'", word=word)
        return say("'{word}': a star has no meaning in Chinese; leave it out", word=word) if STAR in stem else None
    if is_han:
        return say("'{word}' is Chinese; write it under 'zh'", word=word)
    stem, open_ended = stem.removesuffix(STAR), stem.endswith(STAR)
    if STAR in stem:
        return say("'{word}': a star may stand at the end alone, as in deliver*", word=word)
    if open_ended and len(stem) < 3:
        return say("'{word}' would find too much; write at least three letters before the star", word=word)
    if not LATIN_WORD.fullmatch(stem):
        return say(
            "'{word}' is no word; write letters and digits, two at least, with blanks or hyphens between words",
            word=word,
        )
    return None


def _idle(id: str, theme: WrittenTheme) -> Iterator[tuple[Loc, Text]]:
    """A word that excludes must have something to exclude."""
    words = Words(theme.words.every)
    for kind, language, at, word in _words(theme):
        if kind == "but_not" and not _reaches(words, alike(word)):
            yield (
                ("themes", id, kind, language, at),
                say(
                    "'{word}' excludes nothing: no word of '{id}' stands in it; leave it out or add the word it is for",
                    word=word,
                    id=id,
                ),
            )


def _reaches(words: Words, excluding: str) -> bool:
    """With the star taken for the end of a word, for a letter that goes on, or for what follows a word's stem."""
    return any(words.stand_in(excluding.replace(STAR, end)) for end in ("", "s"))
