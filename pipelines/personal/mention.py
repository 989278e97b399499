"""Whether a file of any kind names a person: as its bytes lie there, and unpacked where they are packed."""

from __future__ import annotations

import codecs
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from audit.errors import AuditError
from pipelines.staging import archive

CODECS = ("utf-8", "utf-16-le", "gb18030")
MOST_BYTES = 4_000_000_000
"""Of one part of a workbook; beyond, the part is taken to name the person."""
PIECE = 4_000_000
OVERLAP = 10_000
"""Characters that are looked at twice, so that no name is cut in two."""
NEXT_RUN = re.compile(
    r"</(?:w:)?t>\s*</(?:w:)?r>\s*<(?:w:)?r(?: [^>]*)?>\s*"
    r"(?:<(?:w:)?rPr>.*?</(?:w:)?rPr>\s*)?<(?:w:)?t(?: [^>]*)?>",
    re.DOTALL,
)
"""Between two parts of one text that are shown in different letters, in a workbook or a document."""
BROKEN = (
    AuditError, zipfile.BadZipFile, pa.ArrowException, OSError, RuntimeError, ValueError, NotImplementedError,
)  # fmt: skip
Named = Callable[[str], bool]


def is_named_in(file: Path, name: str, named: Named) -> bool:
    """`name` is what the file was called when it came."""
    with file.open("rb") as content, ExitStack() as until:
        if _is_in(content, named):
            return True
        try:
            inside = archive.unpacked(content, name, until).content
        except BROKEN:
            inside = content  # as of many files: each part of it that can be read
        try:
            return (inside is not content and _is_in(inside, named)) or _is_in_parts(inside, named)
        except BROKEN:
            return False


def _is_in_parts(inside: IO[bytes], named: Named) -> bool:
    inside.seek(0)
    if inside.read(4) == b"PAR1":
        return any(named(text) for text in windows(_cells(inside)))
    inside.seek(0)
    with zipfile.ZipFile(inside) as office:
        for part in office.infolist():
            with office.open(part) as opened:
                if part.file_size > MOST_BYTES or _is_in(opened, _as_shown(named)):
                    return True
    return False


def _as_shown(named: Named) -> Named:
    """Also in what an office program shows: it writes & as &amp;, and parts a text where its letters change."""
    return lambda text: named(text) or ("<" in text and named(html.unescape(NEXT_RUN.sub("", text))))


def _cells(inside: IO[bytes]) -> Iterator[str]:
    with pq.ParquetFile(inside) as table:
        for batch in table.iter_batches():
            for column in batch.columns:
                different = column if pa.types.is_nested(column.type) else column.unique()
                yield "\n".join(_texts(different.to_pylist())) + "\n"


def _texts(value: object) -> Iterator[str]:
    """Of lists and objects each text in them; a number as a file of text would have it."""
    match value:
        case dict():
            yield from _texts(list(value.items()))
        case list() | tuple():
            for each in value:
                yield from _texts(each)
        case bytes():
            yield value.decode(errors="replace")
        case float() if value.is_integer():
            yield str(int(value))
        case _:
            yield str(value)


def _is_in(content: IO[bytes], named: Named) -> bool:
    for codec in CODECS:
        content.seek(0)
        if any(named(text) for text in windows(_decoded(content, codec))):
            return True
    return False


def _decoded(content: IO[bytes], codec: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    while piece := content.read(PIECE):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def windows(pieces: Iterable[str], size: int = PIECE, overlap: int = OVERLAP) -> Iterator[str]:
    """The text in parts that overlap, each from a blank to a blank where it has any: no word is taken for another."""
    held = io.StringIO()
    for piece in pieces:
        held.write(piece)
        if held.tell() > size:
            text = held.getvalue()
            ends = _blank(text, len(text))
            yield text[:ends]
            held = io.StringIO()
            held.write(text[_blank(text, max(0, ends - overlap)) :])
    yield held.getvalue()


def _blank(text: str, before: int) -> int:
    """The place of the last blank or line end up to there; the place itself where there is none."""
    found = max(text.rfind(" ", 0, before), text.rfind("\n", 0, before))
    return found if found >= 0 else before
