"""Turns the bytes of a file into text, by the declared encoding and never by a guess."""

from __future__ import annotations

import codecs
import difflib
import io
import logging

import charset_normalizer

from audit.errors import SourceError

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = {
    b"PK\x05\x06": "an empty zip archive",
    b"%PDF-": "a PDF document",
    OLE: "an old Excel workbook (xls) or an encrypted Office file",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"SQLite format 3\0": "an SQLite database",
    b"PAR1": "a Parquet file that is cut off",
    b"MZ": "a Windows program",
}
LIKE_TEXT = (b"PAR1", b"MZ")
"""Signatures with which a header line could begin as well."""
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
PAGES = (b"<!doctype", b"<html", b"<head", b"<?xml")
USUAL = ["utf-8", "utf-16", "gb18030", "gbk", "big5", "shift_jis", "cp1252", "latin-1", "iso-8859-15", "cp1251"]
LIKELY = ["gb18030", "big5", "shift_jis", "cp1252", "cp1251"]
SAMPLE = 200_000


def decode(content: bytes, file: str, encoding: str) -> str:
    """Line ends stay as they are. Raises SourceError for anything that is not text in the declared encoding."""
    _refuse_other_files(content, file)
    try:
        text = content.decode(_codec(content, file, encoding)).removeprefix("\ufeff")
        text.encode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(error, content, file, encoding) from None
    except UnicodeEncodeError as error:
        raise SourceError(f"{file}: half a character at character {error.start + 1}; save the file as UTF-8") from None
    except (LookupError, ValueError):
        near = difflib.get_close_matches(encoding.lower(), USUAL, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"write one of: {', '.join(USUAL)}"
        raise SourceError(f"{file}: the mapping's encoding '{shown(encoding)}' is not known; {hint}") from None
    _refuse_no_text(text, file)
    return text


def lines_of(text: str) -> list[str]:
    """Lines with their ends: CR, LF or CRLF. (str.splitlines would also break at form feeds and U+2028.)"""
    return list(io.StringIO(text, newline=""))


def shown(text: str, longest: int = 60) -> str:
    """A value in a message of one line: cut, and with what does not print written out."""
    printable = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
    return printable if len(printable) <= longest else printable[: longest - 1] + "…"


def _refuse_other_files(content: bytes, file: str) -> None:
    for signature, what in SIGNATURES.items():
        if content.startswith(signature) and (signature not in LIKE_TEXT or _binary(content)):
            how = "save without password, as xlsx or as CSV" if signature == OLE else "save the table as CSV (UTF-8)"
            raise SourceError(f"{file}: this is {what} and not a table; {how} and load that")
    if content.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower().startswith(PAGES):
        raise SourceError(
            f"{file}: this looks like HTML, a web page and not a CSV file; "
            "sign in to the tool that holds the data and export it as CSV again"
        )


def _binary(content: bytes) -> bool:
    return any(byte < 9 or 13 < byte < 32 for byte in content[:64]) or content.endswith(b"PAR1")


def _codec(content: bytes, file: str, encoding: str) -> str:
    """A byte order mark is the file's own declaration; one that contradicts the mapping is refused."""
    declared = codecs.lookup(encoding).name
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), None)
    if marked is None or declared.startswith(marked):
        return declared
    if declared != "utf-8":
        raise SourceError(
            f"{file}: it begins with the mark of {marked}, but the mapping says {encoding}; write 'encoding: {marked}'"
        )
    return marked


def _undecodable(error: UnicodeDecodeError, content: bytes, file: str, encoding: str) -> SourceError:
    before = content[: error.start].decode(error.encoding, errors="replace")
    line = len(lines_of(before + "."))
    may_be = _candidates(content[max(0, error.start - SAMPLE // 2) : error.start + SAMPLE // 2])
    advice = f"it may be {' or '.join(may_be)}: write 'encoding: {may_be[0]}'" if may_be else "write its encoding"
    return SourceError(
        f"{file}, line {line}: not {encoding} at byte {error.start}; {advice} in the mapping, or save the file as UTF-8"
    )


def _candidates(sample: bytes) -> list[str]:
    """Only a suggestion for the reader: an encoding is never guessed on somebody's behalf."""
    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    matches = charset_normalizer.from_bytes(sample, cp_isolation=LIKELY)
    return [match.encoding for match in matches][:2]


def _refuse_no_text(text: str, file: str) -> None:
    if not text.strip("\ufeff \t\r\n\f\v\0\u3000\xa0"):
        raise SourceError(f"{file}: the file is empty; export it again, with a header line and at least one row")
    if "\0" in text:
        line = len(lines_of(text[: text.index("\0") + 1]))
        raise SourceError(
            f"{file}, line {line}: a NUL character, so this is not plain text; export the file again as CSV (UTF-8), "
            "or write 'encoding: utf-16-le' in the mapping if that is what it is"
        )
