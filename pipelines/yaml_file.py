"""Reads YAML that people write: every scalar is text, and every mistake is named with file, line and column."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.reader import ReaderError

from audit.address import without_password
from audit.errors import DefinitionError
from audit.text import Text
from audit.unfit import reason_of
from audit.wording import say

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[str | int, ...]
FAST = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MOST_BYTES = 1_000_000
DEEPEST = 20
LONGEST_SHOWN = 60
HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
REFUSED = {
    "alias": say("aliases (*name) are not allowed; write the value out"),
    "anchor": say("anchors (&name) are not allowed; write the value out"),
    "tag": say("tags (!name) are not allowed; write plain text"),
}
KINDS = {
    "requirements": ("own", "carried"),
    "evidence": ("computed", "document", "sample", "interview", "observation"),
}
SHAPES = {
    "tuple_type": say("write a list, as in [a, b]"),
    "list_type": say("write a list, as in [a, b]"),
    "dict_type": say("write 'name: value' lines"),
    "model_type": say("write 'name: value' lines"),
    "string_type": say("write plain text"),
    "string_too_short": say("write some text"),
    "too_short": say("write at least one entry"),
}


class Page:
    """The content of one YAML file, and where each of its values stands."""

    def __init__(self, text: str, file: str, first_line: int = 1) -> None:
        self.file, self.first_line = file, first_line
        self.places: dict[Loc, tuple[int, int]] = {}
        if len(text) > MOST_BYTES:
            raise self.mistake(say("longer than {most} characters; split the file", most=MOST_BYTES))
        try:
            node = self._composed(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self.mistake(_plain(error), mark) from None
        except ReaderError as error:
            raise self._unreadable(text, error) from None
        if node is None:
            raise DefinitionError(say("the file is empty"), file, first_line, 1)
        self.content = self._value(node, ())

    def _composed(self, text: str) -> Any:
        """By the parser in C; where that finds fault, by the one in Python, which says better where and why."""
        try:
            self._refuse_dangers(text, FAST)
            return yaml.compose(text, Loader=FAST)
        except (yaml.YAMLError, DefinitionError):
            self._refuse_dangers(text, yaml.BaseLoader)
            return yaml.compose(text, Loader=yaml.BaseLoader)

    def mistake(self, told: Text, mark: Any = None) -> DefinitionError:
        line, column = (mark.line + self.first_line, mark.column + 1) if mark else (0, 0)
        return DefinitionError(told, self.file, line, column)

    def _unreadable(self, text: str, error: ReaderError) -> DefinitionError:
        before = text[: error.position].split("\n")
        line, column = self.first_line + len(before) - 1, len(before[-1]) + 1
        return DefinitionError(_not_allowed(text[error.position]), self.file, line, column)

    def at(self, loc: Loc, told: Text) -> DefinitionError:
        """A mistake at the value that `loc` names, or at the nearest value around it."""
        while loc and loc not in self.places:
            loc = loc[:-1]
        line, column = self.places.get(loc, (0, 0))
        return DefinitionError(_on_one_line(told), self.file, line, column)

    def as_model(self, model: type[Model], **more: Any) -> Model:
        """The content as `model`. Raises DefinitionError at the first mistake."""
        if not isinstance(self.content, dict):
            raise self.at((), say("expected 'name: value' lines"))
        for key in self.content.keys() & more.keys():
            raise self.at((key,), say("'{key}' is taken from the file itself; leave the line out", key=key))
        try:
            return model.model_validate({**self.content, **more})
        except ValidationError as error:
            first = min(error.errors(), key=_telling)
            loc = _written(first["loc"])
            raise self.at(loc, _said(first, model, loc)) from None

    def mistakes(self, model: type[BaseModel]) -> list[DefinitionError]:
        """All that keep the content from being a `model`, in the order of the file."""
        if not isinstance(self.content, dict):
            return [self.at((), say("expected 'name: value' lines"))]
        try:
            model.model_validate(self.content)
        except ValidationError as error:
            every = ((_written(each["loc"]), each) for each in error.errors())
            found = [self.at(loc, _said(each, model, loc)) for loc, each in every]
            return sorted(found, key=lambda mistake: (mistake.line, mistake.column))
        return []

    def _refuse_dangers(self, text: str, loader: Any) -> None:
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            mark = event.start_mark
            if isinstance(event, yaml.AliasEvent):
                raise self.mistake(REFUSED["alias"], mark)
            for danger in ("anchor", "tag"):
                if getattr(event, danger, None) is not None:
                    raise self.mistake(REFUSED[danger], mark)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise self.mistake(say("nested deeper than {most} levels", most=DEEPEST), mark)

    def _value(self, node: Any, loc: Loc) -> Any:
        self.places[loc] = (node.start_mark.line + self.first_line, node.start_mark.column + 1)
        if isinstance(node, yaml.ScalarNode):
            for half in HALF_A_CHARACTER.findall(node.value):
                raise self.mistake(_not_allowed(half), node.start_mark)
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [self._value(child, (*loc, index)) for index, child in enumerate(node.value)]
        return self._mapping(node, loc)

    def _mapping(self, node: Any, loc: Loc) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.mistake(say("a key must be plain text"), key.start_mark)
            if key.value in content:
                first = str(self.places[(*loc, key.value)][0])
                told = say("'{key}' is written twice, first in line {line}; keep one", key=key.value, line=first)
                raise self.mistake(told, key.start_mark)
            content[key.value] = self._value(value, (*loc, key.value))
            self.places[(*loc, key.value)] = (key.start_mark.line + self.first_line, key.start_mark.column + 1)
        return content


def read(path: Path) -> Page:
    """Raises DefinitionError when the file is missing or cannot be read."""
    return Page(text_of(path), shown(path))


def text_of(path: Path) -> str:
    """What a definition file says. Raises DefinitionError when it is missing or is not text in UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DefinitionError(say("there is no such file"), shown(path)) from None
    except IsADirectoryError:
        raise DefinitionError(say("this is a folder; name a file"), shown(path)) from None
    except UnicodeDecodeError as error:
        told = say("not UTF-8 at byte {byte}; save the file as UTF-8", byte=str(error.start))
        raise DefinitionError(told, shown(path)) from None
    except OSError as error:
        told = say("cannot be read ({reason}); put a readable file there", reason=error.strerror)
        raise DefinitionError(told, shown(path)) from None


def shown(path: Path) -> str:
    """The path as a person would write it: relative to the working folder where that is shorter."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError, RuntimeError):  # elsewhere, or a link that leads to itself
        return path.as_posix()


def nearest(word: str, known: list[str]) -> str:
    """' (did you mean x?)' where a known word is near, else ''."""
    meant = near(word, known)
    return meant.en if isinstance(meant, Text) else meant


def near(word: str, known: list[str]) -> Text | str:
    """As `nearest`, in both languages."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return say(" (did you mean '{word}'?)", word=close[0]) if close else ""


def _not_allowed(character: str) -> Text:
    return say("the character {code} is not allowed; delete it", code=f"U+{ord(character):04X}")


def _on_one_line(told: Text) -> Text:
    return Text(en=" ".join(told.en.split()), zh=" ".join(told.zh.split()))


def _plain(error: yaml.MarkedYAMLError) -> Text:
    problem = error.problem or error.context or "not readable"
    if "\\t" in problem or "'\t'" in problem:
        return say("a tab stands where spaces are needed; indent with spaces")
    if "another document" in problem:
        return say("another document begins here; keep one in a file, and delete the line ---")
    return say("not readable as YAML: {problem}", problem=problem)


def _written(loc: Loc) -> Loc:
    """Where a person wrote it: without the kind that pydantic puts behind the number of a requirement or evidence."""
    return tuple(part for at, part in enumerate(loc) if at < 2 or part not in KINDS.get(str(loc[at - 2]), ()))


def _telling(error: Any) -> tuple[bool, bool]:
    """Sorts first what explains the others: a second kind of evidence, then a key that is not known."""
    return error["type"] != "extra_forbidden", not _second_kind(_written(error["loc"]))


def _second_kind(loc: Loc) -> bool:
    return len(loc) > 2 and loc[-3] == "evidence" and loc[-1] in KINDS["evidence"]


def _said(error: Any, model: type[BaseModel], loc: Loc) -> Text:
    name = ".".join(str(part) for part in loc)
    last = _short(str(loc[-1])) if loc else ""
    if error["type"] == "extra_forbidden":
        return _unknown(last, model, loc)
    if error["type"] == "missing":
        return say("'{key}' is missing; add it", key=last)
    why, written = SHAPES.get(error["type"]) or reason_of(error), error.get("input")
    if isinstance(written, str):
        why = _quoting(written, why)
    return say("{where}: {mistake}", where=name, mistake=why) if name else why


def _unknown(key: str, model: type[BaseModel], loc: Loc) -> Text:
    if _second_kind(loc):
        return say("'{key}' is a second kind of evidence; give it an entry of its own", key=key)
    known = _known_words(model)
    if key in known:
        return say("'{key}' has no place here; leave it out", key=key)
    return say("'{key}' is not known here{near}", key=key, near=near(key, known))


def _quoting(written: str, why: Text) -> Text:
    """With what was written before it, unless it stands in it."""
    if f"'{written}'" in why.en:
        return Text(en=why.en.replace(written, _short(written)), zh=why.zh.replace(written, _short(written)))
    lower = Text(en=why.en[:1].lower() + why.en[1:], zh=why.zh)
    return say("'{written}': {mistake}", written=_short(written), mistake=lower)


def _short(text: str) -> str:
    """On one line, and not longer than a reader needs to find it."""
    plain = " ".join((without_password(text) if "://" in text else text).split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"


def _known_words(model: type[BaseModel]) -> list[str]:
    schema = model.model_json_schema()
    shapes = [schema, *schema.get("$defs", {}).values()]
    return sorted({word for shape in shapes for word in shape.get("properties", {})})
