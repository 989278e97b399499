"""Errors and damages speak the reader's language: whoever makes one gives it a `Text`, never plain words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
ROOMS = ("audit", "pipelines", "pages")
ENGLISH = {
    "pipelines/commands": "a command line stays English",
    "pipelines/spark": "Spark is started from a command line alone",
    "pipelines/portable": "what a query may hold is checked from a command line alone, and names SQL",
}
"""Room -> why its errors may be of one language."""
ERRORS = {"RecordError", "Denied", "Stale", "KeptAlready", "SignInAgain", "SourceError", "SignedOut", "Refused",
          "DefinitionError", "UnitError", "Unfit", "ValueError"}  # fmt: skip
SEEN_BY_NOBODY = {
    ("audit/measurement.py", "ValueError"): "who asks for a quantity has looked whether there is a value",
    ("pipelines/methods/propagate.py", "ValueError"): "an interval of ours always holds its value",
    ("pipelines/methods/spend_model.py", "ValueError"): "who bought for nothing is left out before",
}
"""Where an error is one of the program and not of what a person wrote -> why it cannot happen."""
DAMAGE = "Damage"
LATER = {("pipelines/load.py", "Refused"): 1}
"""Where the words are not the first argument: this one is given the load first."""


def words(call: ast.Call, at: int) -> ast.expr | None:
    """What is given to an error to say, by place or by name."""
    named = {word.arg: word.value for word in call.keywords}
    given = (named[name] for name in ("told", "why", "because", "what") if name in named)
    return call.args[at] if len(call.args) > at else next(given, None)


def place(call: ast.Call) -> ast.expr | None:
    """Where a damage is."""
    named = {word.arg: word.value for word in call.keywords}
    return call.args[1] if len(call.args) > 1 else named.get("where")


def worded(where: ast.expr | None) -> bool:
    """Whether a place is told in words: a path has no blank."""
    parts = where.values if isinstance(where, ast.JoinedStr) else [where]
    return any(" " in str(part.value) for part in parts if isinstance(part, ast.Constant))


def mute(told: ast.expr | None) -> bool:
    """Whether this is put together from plain words, on any way that the program may take."""
    match told:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(left=left, right=right):
            return mute(left) or mute(right)
        case ast.IfExp(body=one, orelse=other):
            return mute(one) or mute(other)
        case ast.BoolOp(values=values):
            return any(map(mute, values))
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()) | ast.JoinedStr())):
            return True  # "...".format(), ", ".join()
        case ast.Call(func=ast.Name(id="str")):
            return True  # an error's English
    return False


def named(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def found(source: str, file: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        name = named(node) if isinstance(node, ast.Call) else ""
        asked = name in ERRORS | {DAMAGE} and (file, name) not in SEEN_BY_NOBODY
        if not isinstance(node, ast.Call) or not asked:
            continue
        if mute(words(node, LATER.get((file, name), 0))) or (name == DAMAGE and worded(place(node))):
            yield f"{file}:{node.lineno}"


def test_no_error_and_no_damage_has_words_of_one_language() -> None:
    files = {path.relative_to(HOUSE).as_posix(): path for room in ROOMS for path in (HOUSE / room).rglob("*.py")}
    asked = {file: path for file, path in files.items() if not file.startswith(tuple(f"{room}/" for room in ENGLISH))}
    wrong = [where for file, path in sorted(asked.items()) for where in found(path.read_text(encoding="utf-8"), file)]
    assert not wrong, "give these a Text: say(...) of audit.wording"


@pytest.mark.parametrize("room", ENGLISH)
def test_a_room_of_one_language_is_there(room: str) -> None:
    assert (HOUSE / room).is_dir()


@pytest.mark.parametrize(("file", "name"), LATER)
def test_an_error_that_is_given_its_words_later_is_there(file: str, name: str) -> None:
    assert f"class {name}(" in (HOUSE / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(("file", "name"), SEEN_BY_NOBODY)
def test_an_error_that_nobody_sees_is_there(file: str, name: str) -> None:
    assert f"raise {name}(" in (HOUSE / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "file", "lines"),
    [
        ('raise RecordError("no")', "audit/a.py", 1),
        ('raise RecordError(f"no {x}") from error', "audit/a.py", 1),
        ('raise errors.Denied("no" + x)', "audit/a.py", 1),
        ('raise SourceError("no %s" % x)', "audit/a.py", 1),
        ('raise SourceError("no {}".format(x))', "audit/a.py", 1),
        ('raise SourceError(x if y else "no")', "audit/a.py", 1),
        ('raise SourceError(x or "no")', "audit/a.py", 1),
        ('raise SourceError(told="no")', "audit/a.py", 1),
        ('found = SourceError("no")', "audit/a.py", 1),
        ('raise Refused(load, "no")', "pipelines/load.py", 1),
        ('raise Refused(load, why="no")', "pipelines/load.py", 1),
        ('raise Refused("no")', "pipelines/methods/a.py", 1),
        ('raise RecordError(say("no"))', "audit/a.py", 0),
        ("raise RecordError(told)", "audit/a.py", 0),
        ('raise Refused(told(x, "no"))', "pipelines/methods/a.py", 0),
        ("raise Refused(load, why)", "pipelines/load.py", 0),
        ('raise DefinitionError("no", file, 1)', "audit/a.py", 1),
        ('raise DefinitionError(f"no {x}")', "pipelines/a.py", 1),
        ('raise UnitError(f"no {x}")', "audit/a.py", 1),
        ('raise Unfit("no")', "audit/a.py", 1),
        ('raise ValueError("no")', "audit/a.py", 1),
        ('raise ValueError(f"no {x}") from None', "pipelines/a.py", 1),
        ('raise ValueError("no")', "audit/measurement.py", 0),
        ('raise DefinitionError("no")', "audit/measurement.py", 1),
        ('raise DefinitionError(say("no"), file, 1)', "audit/a.py", 0),
        ('raise Unfit(say("no"))', "audit/a.py", 0),
    ],
)
def test_plain_words_are_found(source: str, file: str, lines: int) -> None:
    assert list(found(source, file)) == [f"{file}:1"] * lines


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('yield Damage("is missing", where)', 1),
        ('yield Damage(f"run {x} is missing", "run.json")', 1),
        ('found = [trail.Damage("is missing", name) for name in names]', 1),
        ('yield Damage("is missing" if x else say("is changed"), where)', 1),
        ('yield Damage(say("is missing") if x else "is changed", where)', 1),
        ('yield Damage(what="is missing", where=where)', 1),
        ("yield Damage(str(error), where)", 1),
        ('yield Damage(say("is missing"), f"trail, entry {x}")', 1),
        ('yield Damage(say("is missing"), "trail, replayed")', 1),
        ('yield Damage(what=say("is missing"), where=f"row {x}")', 1),
        ('yield Damage(say("is missing"), where)', 0),
        ('yield Damage(say("is missing"), "run.json")', 0),
        ('yield Damage(say("is missing"), f"store/{x}/{y}")', 0),
        ('yield Damage(say("is missing"), say("trail, replayed"))', 0),
        ('yield Damage(say("is missing") if x else say("is changed"), where)', 0),
        ("yield Damage(row.unreadable, _place(entry))", 0),
    ],
)
def test_plain_words_of_a_damage_are_found(source: str, lines: int) -> None:
    assert list(found(source, "audit/a.py")) == ["audit/a.py:1"] * lines


def test_a_damage_is_there() -> None:
    assert f"class {DAMAGE}:" in (HOUSE / "audit/records/trail/trail.py").read_text(encoding="utf-8")
