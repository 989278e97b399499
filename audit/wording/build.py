"""Collects the program's words, keeps their translations, and builds the catalogue: `make words`."""

from __future__ import annotations

import ast
import datetime as dt
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(__file__).parent / "zh" / "LC_MESSAGES"
PO, MO = FOLDER / "clauselight.po", FOLDER / "clauselight.mo"
KEYWORDS: dict[str, None] = {"say": None, "spoken": None, "_": None, "word": None}
UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The same words give the same bytes, whenever they are built."""
ROOMS = ("audit", "pipelines", "pages", "data")


def python_words(
    file: IO[bytes], keywords: Mapping[str, object], tags: object, options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's own way with Python does not see a word inside an f-string; the syntax tree does."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords and node.args:
            match node.args[0]:
                case ast.Constant(value=str(message)):
                    yield node.lineno, node.func.id, message, []


METHODS: list[tuple[str, Any]] = [("**.py", python_words), ("**.html", "jinja2.ext:babel_extract")]


def collected() -> dict[str, list[str]]:
    """Message -> the files that say it."""
    found: dict[str, list[str]] = {}
    for file, _, message, _, _ in extract_from_dir(HOUSE, METHODS, keywords=KEYWORDS, directory_filter=_ours):
        if isinstance(message, str) and message:
            found.setdefault(message, []).append(file)
    return found


def _ours(folder: str) -> bool:
    """Rooms in which the program speaks."""
    parts = Path(folder).absolute().relative_to(HOUSE).parts
    return not parts or (parts[0] in ROOMS and "workspaces" not in parts and "__pycache__" not in parts)


def translated() -> Catalog:
    return read_po(io.BytesIO(PO.read_bytes()), locale="zh") if PO.exists() else Catalog(locale="zh")


def catalogue() -> Catalog:
    """The collected words in alphabetical order, each with the translation that stands."""
    known = translated()
    made = Catalog(locale="zh", project="Clauselight", charset="utf-8")
    for message, files in sorted(collected().items()):
        standing = known.get(message)
        made.add(message, standing.string if standing else "", locations=[(file, 0) for file in sorted(set(files))])
    return made


def po_bytes(made: Catalog) -> bytes:
    held = io.BytesIO()
    write_po(held, made, width=0, omit_header=True, include_lineno=False)
    return b'msgid ""\nmsgstr ""\n"Language: zh\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n' + held.getvalue()


def mo_bytes(made: Catalog) -> bytes:
    made.creation_date = made.revision_date = UNDATED
    held = io.BytesIO()
    write_mo(held, made)
    return held.getvalue()


def main() -> int:
    made = catalogue()
    FOLDER.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po_bytes(made))
    MO.write_bytes(mo_bytes(read_po(io.BytesIO(PO.read_bytes()), locale="zh")))
    missing = [message.id for message in made if message.id and not message.string]
    for message in missing:
        print(f"not translated yet: {message}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
