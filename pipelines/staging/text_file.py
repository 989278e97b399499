"""Turns the bytes of a file into text, by the declared encoding and never by a guess."""

from __future__ import annotations

import codecs
import difflib
import io
import logging
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO

import charset_normalizer
import numpy as np
import pyarrow as pa

from audit.errors import SourceError
from audit.text import Text
from audit.wording import say

MARKS = {
    codecs.BOM_UTF8: ("utf-8", "utf-8-sig"),
    codecs.BOM_UTF32_LE: ("utf-32-le", "utf-32"),
    codecs.BOM_UTF16_LE: ("utf-16-le", "utf-16"),
    codecs.BOM_UTF16_BE: ("utf-16-be", "utf-16"),
}
"""What a file that begins so is written in, and the other name by which a mapping may call it."""
USUAL = ["utf-8", "utf-16", "gb18030", "gbk", "big5", "shift_jis", "cp1252", "latin-1", "iso-8859-15", "cp1251"]
LIKELY = ["gb18030", "big5", "shift_jis", "cp1252", "cp1251"]
SAMPLE = 200_000
NOTHING = "\ufeff \t\r\n\f\v\0\u3000\xa0"


def as_utf8(stream: IO[bytes], file: str, encoding: str, until: ExitStack) -> IO[bytes]:
    """
    The text as UTF-8, from behind its byte order mark on. What is UTF-8 already is not looked at here: whoever reads
    on calls `refuse_no_text` for each piece. What is opened here is closed with `until`. Raises SourceError for
    anything else that is not text.
    """
    head = stream.read(SAMPLE)
    codec = _codec(head, file, encoding)
    if len(head) < SAMPLE:
        decode(head, file, encoding)
    if codec == "utf-8":
        stream.seek(len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0)
        return stream
    stream.seek(0)
    return _transcoded(stream, file, codec, until)


def lines(stream: IO[bytes], file: str, number: int) -> Iterator[str]:
    """The lines of UTF-8 from here on, with their ends; the first of them has this number."""
    reader = io.TextIOWrapper(stream, "utf-8", newline="")
    try:
        for line in reader:
            if "\0" in line:
                raise SourceError(_of_nul(file, number))
            yield line
            number += 1
    except UnicodeDecodeError as error:
        raise _where(stream, file, "utf-8", error) from None
    finally:
        if not stream.closed:
            reader.detach()  # else it would close the stream with itself


def refuse_no_text(piece: bytes | bytearray, stream: IO[bytes], file: str, number: int) -> None:
    """Raises SourceError where a piece of UTF-8, whose first line has this number, holds what no text holds."""
    if b"\0" in piece:
        before = piece[: piece.index(b"\0") + 1].decode("latin-1")
        raise SourceError(_of_nul(file, number - 1 + len(lines_of(before))))
    if not piece.isascii() and not _is_utf8(piece):
        try:
            piece.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _where(stream, file, "utf-8", error) from None


def _is_utf8(piece: bytes | bytearray) -> bool:
    """Ten times as fast as to decode it."""
    ends = pa.py_buffer(np.array([0, len(piece)], dtype=np.int32))
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(piece)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def empty(file: str) -> Text:
    return say("{file}: the file is empty; export it again, with a header line and at least one row", file=file)


def _transcoded(stream: IO[bytes], file: str, codec: str, until: ExitStack) -> IO[bytes]:
    read = codecs.getincrementaldecoder(codec)()
    kept, begins = until.enter_context(tempfile.TemporaryFile()), True  # noqa: SIM115
    try:
        while piece := stream.read(SAMPLE):
            text = read.decode(piece)
            kept.write((text.removeprefix("\ufeff") if begins else text).encode("utf-8"))
            begins = begins and not text
        kept.write(read.decode(b"", final=True).encode("utf-8"))
    except UnicodeError as error:
        raise _where(stream, file, codec, error) from None
    kept.seek(0)
    return kept


def _where(stream: IO[bytes], file: str, encoding: str, error: UnicodeError) -> SourceError:
    """Only now that something is wrong the whole file is read at once, to say in which line."""
    stream.seek(0)
    try:
        decode(stream.read(), file, encoding)
    except SourceError as told:
        return told
    return SourceError(
        say("{file}: not {encoding} ({error}); save the file as UTF-8", file=file, encoding=encoding, error=error)
    )


def decode(content: bytes, file: str, encoding: str) -> str:
    """Line ends stay as they are. Raises SourceError for anything that is not text in the declared encoding."""
    codec = _codec(content, file, encoding)
    try:
        text = content.decode(codec).removeprefix("\ufeff")
        text.encode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(error, content, file, encoding) from None
    except UnicodeEncodeError as error:
        told = say(
            "{file}: half a character at character {at}; save the file as UTF-8", file=file, at=str(error.start + 1)
        )
        raise SourceError(told) from None
    if not text.strip(NOTHING):
        raise SourceError(empty(file))
    if "\0" in text:
        raise SourceError(_of_nul(file, len(lines_of(text[: text.index("\0") + 1]))))
    return text


def lines_of(text: str) -> list[str]:
    """Lines with their ends: CR, LF or CRLF. (str.splitlines would also break at form feeds and U+2028.)"""
    return list(io.StringIO(text, newline=""))


def shown(text: str, longest: int = 60) -> str:
    """A value in a message of one line: cut, and with what does not print written out."""
    printable = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
    return printable if len(printable) <= longest else printable[: longest - 1] + "…"


def _codec(content: bytes, file: str, encoding: str) -> str:
    """A byte order mark is the file's own declaration; one that contradicts the mapping is refused."""
    try:
        declared = codecs.lookup(encoding).name
        b"a".decode(declared, errors="ignore")  # not every codec is one for text
    except (LookupError, ValueError):
        raise _unknown(file, encoding) from None
    names = next((names for mark, names in MARKS.items() if content.startswith(mark)), (declared,))
    if declared in names:
        return declared
    if declared != "utf-8":
        raise SourceError(
            say(
                "{file}: it begins with the mark of {mark}, but the mapping says {encoding}; write 'encoding: {mark}'",
                file=file, mark=names[0], encoding=encoding,
            )
        )  # fmt: skip
    return names[0]


def _unknown(file: str, encoding: str) -> SourceError:
    near = difflib.get_close_matches(encoding.lower(), USUAL, n=1)
    hint = say("write one of: {known}", known=", ".join(USUAL))
    if near:
        hint = say("did you mean '{near}'?", near=near[0])
    return SourceError(
        say(
            "{file}: the mapping's encoding '{encoding}' is not known; {hint}",
            file=file, encoding=shown(encoding), hint=hint,
        )
    )  # fmt: skip


def _undecodable(error: UnicodeDecodeError, content: bytes, file: str, encoding: str) -> SourceError:
    before = content[: error.start].decode(error.encoding, errors="replace")
    line = len(lines_of(before + "."))
    begin = max(0, error.start - SAMPLE // 2) // 2 * 2
    return SourceError(
        say(
            "{file}, line {line}: not {encoding} at byte {byte}; {advice} in the mapping, or save the file as UTF-8",
            file=file, line=str(line), encoding=encoding, byte=str(error.start),
            advice=_advice(_candidates(content[begin : error.start + SAMPLE // 2])),
        )
    )  # fmt: skip


def _advice(may_be: list[str]) -> Text:
    match may_be:
        case []:
            return say("write its encoding")
        case [one]:
            return say("it may be {one}: write 'encoding: {one}'", one=one)
    return say("it may be {one} or {other}: write 'encoding: {one}'", one=may_be[0], other=may_be[1])


def _candidates(sample: bytes) -> list[str]:
    """Only a suggestion for the reader: an encoding is never guessed on somebody's behalf."""
    if b"\0" in sample:  # beside each sign of ASCII, in UTF-16
        return ["utf-16-le" if sample.index(b"\0") % 2 else "utf-16-be"]
    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    matches = charset_normalizer.from_bytes(sample, cp_isolation=LIKELY)
    return [match.encoding for match in matches][:2]


def _of_nul(file: str, line: int) -> Text:
    return say(
        "{file}, line {line}: a NUL character, so this is not plain text; export the file again as CSV (UTF-8), "
        "or write 'encoding: utf-16-le' in the mapping if that is what it is",
        file=file, line=str(line),
    )  # fmt: skip
