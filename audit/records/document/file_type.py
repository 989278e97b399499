"""
What a file is, by its content: a name proves nothing. Programs are refused, and so is a content that its name denies.

Nothing is opened: the first and the last bytes are compared, and of a ZIP archive the list of its parts is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from audit.errors import RecordError
from audit.text import Text
from audit.wording import say

PROGRAMS = (
    (b"MZ", say("a Windows program")),
    (b"\x7fELF", say("a Linux program")),
    (b"\xfe\xed\xfa\xce", say("a macOS program")),
    (b"\xfe\xed\xfa\xcf", say("a macOS program")),
    (b"\xce\xfa\xed\xfe", say("a macOS program")),
    (b"\xcf\xfa\xed\xfe", say("a macOS program")),
    (b"\xca\xfe\xba\xbe", say("a compiled program")),
    (b"\x00asm", say("a compiled program")),
    (b"dex\n", say("a compiled program")),
    (b"L\x00\x00\x00\x01\x14\x02\x00", say("a Windows shortcut")),
    (b"X5O!P%@AP", say("the test file of virus scanners")),
    (b"#!", say("a script")),
)
SIGNS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
)
ONLY_BINARY = (b"MZ", b"dex\n")
"""Signs that are letters, with which a text may begin too."""
RUNNABLE = frozenset(
    ("bat", "cmd", "com", "cpl", "exe", "hta", "jar", "js", "jse", "lnk", "msi", "msix", "ps1", "psm1", "reg", "scr")
    + ("sh", "vb", "vbe", "vbs", "wsf")
)
"""Names by which a computer runs a file, whatever it contains."""
MARKED_UP = ("text", "html", "xml", "svg")
ENDINGS = {
    "pdf": ("pdf",),
    "png": ("png",),
    "jpg": ("jpeg",),
    "jpeg": ("jpeg",),
    "gif": ("gif",),
    "tif": ("tiff",),
    "tiff": ("tiff",),
    "rtf": ("rtf",),
    "docx": ("docx",),
    "docm": ("docx with macros",),
    "xlsx": ("xlsx",),
    "xlsm": ("xlsx with macros",),
    "pptx": ("pptx",),
    "pptm": ("pptx with macros",),
    "doc": ("ole", "rtf"),
    "xls": ("ole",),
    "ppt": ("ole",),
    "msg": ("ole",),
    "odt": ("opendocument",),
    "ods": ("opendocument",),
    "odp": ("opendocument",),
    "zip": ("zip",),
    "gz": ("gzip",),
    "7z": ("7z",),
    "rar": ("rar",),
    "parquet": ("parquet",),
    "html": ("html", "text"),
    "htm": ("html", "text"),
    "svg": ("svg", "xml", "text"),
    "xml": ("xml", "svg", "html", "text"),
    **{name: MARKED_UP for name in ["txt", "md", "log"]},
    # a page that asks to sign in is often saved as what was to be downloaded
    **{name: ("text", "xml", "svg") for name in ["csv", "tsv", "json", "yaml", "yml", "eml"]},
}
"""What a name promises, first by what it is called; a name that promises nothing fits every content."""
UNKNOWN = "unknown"
MARKUP = (("<!doctype html", "html"), ("<html", "html"), ("<head", "html"), ("<body", "html"), ("<script", "html"),
          ("<svg", "svg"), ("<?xml", "xml"))  # fmt: skip
COMMENTS = re.compile(r"\A(\s*<!--.*?-->)*\s*", re.DOTALL)
"""What may stand before markup."""
OFFICE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The part that Office documents with a password have."""
INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")
"""Windows keeps its installers in the same kind of file as old Office documents."""
LOOKED_AT = 4096
TAIL = 4096
"""Readers look for the end of a PDF in its last 1,024 bytes; scanners and mail servers append lines of their own."""
PADDING = b"\x00\t\n\f\r "


def file_type(content: bytes, name: str) -> str:
    """Raises RecordError for a program, and for a content that is not what its name promises."""
    ending = PurePosixPath(name).suffix[1:].lower()
    found = _found(content, name)
    if ending in RUNNABLE:
        raise RecordError(
            say("'{name}' is named like a program, which is no document; attach what it shows, as in a PDF", name=name)
        )
    promised = ENDINGS.get(ending)
    if promised and found not in promised:
        raise RecordError(
            say(
                "'{name}' is {inside} by its content, not {promised}; attach the file under its own name",
                name=name,
                inside=say("of no known kind") if found == UNKNOWN else _named(found),
                promised=_named(ending),
            )
        )
    if found in WHOLE and not WHOLE[found](content):
        raise _cut_short(name)
    return found


def _found(content: bytes, name: str) -> str:
    _refuse_programs(content, name)
    found = next((kind for sign, kind in SIGNS if content.startswith(sign)), "")
    if found == "zip":
        return _archive(content, name)
    if found == "ole" and INSTALLER in content:
        raise RecordError(
            say("'{name}' installs a program, which is no document; attach what it shows, as in a PDF", name=name)
        )
    if found == "ole" and LOCKED in content:
        raise RecordError(
            say("'{name}' is locked by a password; attach it without one, so that it can be read later", name=name)
        )
    return found or _without_sign(content)


def _refuse_programs(content: bytes, name: str) -> None:
    for sign, program in PROGRAMS:
        if content.startswith(sign) and (sign not in ONLY_BINARY or not _is_text(content[:LOOKED_AT])):
            raise _no_document(name, program)


def _no_document(name: str, program: Text) -> RecordError:
    return RecordError(
        say(
            "'{name}' is {program}, which is no document; attach what it shows, as in a PDF",
            name=name,
            program=program,
        )
    )


def _cut_short(name: str) -> RecordError:
    return RecordError(say("'{name}' is cut short or damaged; attach the whole file again", name=name))


def _whole_jpeg(content: bytes) -> bool:
    """From the picture on: a small picture before it has an end of its own, and a telephone may append a film."""
    at = 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] != b"\xda":
        at += 1 if content[at + 1 : at + 2] == b"\xff" else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return b"\xff\xd9" in content[at:]


WHOLE: dict[str, Callable[[bytes], bool]] = {
    "pdf": lambda content: b"%%EOF" in content.rstrip(PADDING)[-TAIL:],
    "png": lambda content: b"IEND" in content[-TAIL:],
    "jpeg": _whole_jpeg,
}
"""How a file of this kind ends when nothing of it is missing."""


def _archive(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _cut_short(name) from error
    if any(part.endswith((".class", ".dex")) for part in parts):
        raise _no_document(name, say("a compiled program"))
    if "[Content_Types].xml" in parts:
        kind = next((kind for folder, kind in OFFICE if any(part.startswith(folder) for part in parts)), "zip")
        macros = any(part.endswith("vbaProject.bin") for part in parts)
        return f"{kind} with macros" if macros else kind
    return "opendocument" if {"mimetype", "META-INF/manifest.xml"} <= set(parts) else "zip"


def _without_sign(content: bytes) -> str:
    head = content[:LOOKED_AT]
    if b"%PDF-" in head[:1024]:
        return "pdf"  # some writers put a line of their own before it
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    elif _is_text(head):
        text = head.decode("utf-8", "replace")
    else:
        return UNKNOWN
    begins = COMMENTS.sub("", text.lstrip("\ufeff")).lower()
    return next((kind for sign, kind in MARKUP if begins.startswith(sign)), "text")


def _is_text(head: bytes) -> bool:
    return not any(byte < 32 and byte not in b"\t\n\f\r\x1b" for byte in head)


WORDS = {
    "ole": say("an old Office document"),
    "text": say("text"),
    "opendocument": say("an OpenDocument file"),
    "html": say("a web page"),
}


def _named(kind: str) -> Text:
    """A type, or what an ending promises, in words."""
    promised = ENDINGS.get(kind, (kind,))[0]
    if promised in WORDS:
        return WORDS[promised]
    bare = promised.removesuffix(" with macros").upper()
    name = bare if promised == bare.lower() else say("{kind} with macros", kind=bare)
    return say("an {name}", name=name) if bare[0] in "AEFHILMNORSX" else say("a {name}", name=name)
