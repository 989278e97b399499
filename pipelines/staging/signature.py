"""Refuses, by their first bytes, files that hold no table at all."""

from __future__ import annotations

import codecs

from audit.errors import SourceError
from audit.wording import say

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = {
    b"PK\x05\x06": say("an empty zip archive"),
    b"%PDF-": say("a PDF document"),
    OLE: say("an old Excel workbook (xls) or an encrypted Office file"),
    b"7z\xbc\xaf\x27\x1c": say("a 7z archive"),
    b"SQLite format 3\0": say("an SQLite database"),
    b"PAR1": say("a Parquet file that is cut off"),
    b"MZ": say("a Windows program"),
}
LIKE_TEXT = (b"PAR1", b"MZ")
"""Signatures with which a header line could begin as well."""
PAGES = (b"<!doctype", b"<html", b"<head", b"<?xml")


def refuse_other_files(head: bytes, tail: bytes, file: str) -> None:
    """`head` and `tail` are the first and the last bytes of the file."""
    for signature, what in SIGNATURES.items():
        if head.startswith(signature) and (signature not in LIKE_TEXT or _binary(head, tail)):
            how = say("save the table as CSV (UTF-8)")
            if signature == OLE:
                how = say("save without password, as xlsx or as CSV")
            raise SourceError(
                say("{file}: this is {what} and not a table; {how} and load that", file=file, what=what, how=how)
            )
    if head.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower().startswith(PAGES):
        raise SourceError(
            say(
                "{file}: this looks like HTML, a web page and not a CSV file; "
                "sign in to the tool that holds the data and export it as CSV again",
                file=file,
            )
        )


def _binary(head: bytes, tail: bytes) -> bool:
    return any(byte < 9 or 13 < byte < 32 for byte in head[:64]) or tail.endswith(b"PAR1")
