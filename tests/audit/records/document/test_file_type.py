"""What a file is, by its content: named rightly it is kept with its type, named wrongly or runnable it is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import RecordError
from audit.records.document.file_type import file_type


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return held.getvalue()


def office(folder: str, *more: str) -> bytes:
    return archive("[Content_Types].xml", "_rels/.rels", f"{folder}/main.xml", *more)


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + bytes(6000) + b"\nstartxref\n9\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(6000) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
SMALL = b"\xff\xe1\x00\x0e\xff\xd8\xff\xda\x00\x02in\xff\xd9\x00\x00"
"""A small picture inside of a picture, with its own end."""
PICTURE = b"\xff\xda\x00\x02" + b"light and dark" * 500
JPEG = b"\xff\xd8\xff\xe0\x00\x07JFIF\x00" + SMALL + b"\xff" + PICTURE + b"\xff\xd9"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")
MSI = OLE + bytes.fromhex("84100c0000000000c000000000000046") + bytes(100)
DOCX, XLSX, PPTX = office("word"), office("xl"), office("ppt")
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(100)
ELF = b"\x7fELF\x02\x01\x01" + bytes(57)
HTML = b"<!DOCTYPE html><html><body>Sign in</body></html>"

KEPT = [
    (PDF, "plan.pdf", "pdf"),
    (PDF, "PLAN.PDF", "pdf"),
    (PDF, "plan", "pdf"),
    (PDF, "plan.v2", "pdf"),
    (b"@PJL SET\n" + PDF, "printed.pdf", "pdf"),
    (PNG, "photo.png", "png"),
    (JPEG, "photo.jpg", "jpeg"),
    (JPEG, "photo.JPEG", "jpeg"),
    (PDF + b"%PDF-1.7 part 2" + bytes(100_000), "padded.pdf", "pdf"),
    (PDF + b"<!-- scanned by -->" * 50, "scanned.pdf", "pdf"),
    (PNG + b"taken with" * 9, "photo.png", "png"),
    (JPEG + b"\x00\x00\x00\x18ftypmp42" + bytes(100_000), "moving.jpg", "jpeg"),
    (b"\xff\xd8" + PICTURE + b"\xff\xd9", "bare.jpg", "jpeg"),
    (b"GIF89a\x01\x00", "chart.gif", "gif"),
    (b"GIF87a\x01\x00", "chart.gif", "gif"),
    (b"II*\x00\x08\x00", "scan.tif", "tiff"),
    (b"MM\x00*\x00\x08", "scan.tiff", "tiff"),
    (b"II+\x00\x08\x00\x00\x00", "large.tif", "tiff"),
    (b"MM\x00+\x00\x08\x00\x00", "large.TIFF", "tiff"),
    (b"{\\rtf1\\ansi hello}", "letter.rtf", "rtf"),
    (b"{\\rtf1\\ansi hello}", "letter.doc", "rtf"),
    (DOCX, "plan.docx", "docx"),
    (XLSX, "list.xlsx", "xlsx"),
    (PPTX, "talk.pptx", "pptx"),
    (office("xl", "xl/vbaProject.bin"), "list.xlsm", "xlsx with macros"),
    (archive("mimetype", "content.xml", "META-INF/manifest.xml"), "plan.odt", "opendocument"),
    (archive("a.txt", "b/c.txt"), "both.zip", "zip"),
    (archive(), "nothing.zip", "zip"),
    (OLE, "old.doc", "ole"),
    (OLE, "old.xls", "ole"),
    (OLE, "mail.msg", "ole"),
    (b"id,score\r\n1,5\r\n", "survey.csv", "text"),
    ("编号,评分\n1,5\n".encode(), "survey.csv", "text"),
    ("编号,评分\n1,5\n".encode("gb18030"), "survey.csv", "text"),
    ("\ufeffid,score\n".encode(), "survey.csv", "text"),
    ("id,score\n".encode("utf-16"), "survey.csv", "text"),
    (b"MZ-17,4\nMZ-18,5\n", "order-numbers.csv", "text"),
    (b"dex\nters\n", "notes.txt", "text"),
    (b"# Heading\n\nBody\n", "method.md", "text"),
    (b"<b>bold</b> is no page\n", "method.md", "text"),
    (b"4 < 5 and <html> is a word\n", "notes.txt", "text"),
    (HTML, "page.html", "html"),
    (b"<p>A part of a page</p>", "part.htm", "text"),
    (b'<?xml version="1.0"?><svg/>', "chart.svg", "xml"),
    (b'<svg xmlns="x"/>', "chart.svg", "svg"),
    (b'<?xml version="1.0"?><orders/>', "orders.xml", "xml"),
    (b'<Invoice xmlns="urn:x"><a/></Invoice>', "invoice.xml", "text"),
    (b"<!-- made by hand -->\n<orders/>", "orders.xml", "text"),
    (b'<!-- made by hand -->\n<?xml version="1.0"?><orders/>', "orders.xml", "xml"),
    (b"<!-- Generator: X -->\n<!-- 2 -->\r\n<svg xmlns='x'></svg>", "logo.svg", "svg"),
    (b"\xef\xbb\xbf<!DOCTYPE svg PUBLIC 'x' 'y'><svg/>", "logo.svg", "text"),
    (b"<!--" + b"x" * 5000 + b"--><svg/>", "logo.svg", "text"),
    (b"<s:svg xmlns:s='x'/>", "logo.svg", "text"),
    (b"<html> is a tag of web pages\n", "method.md", "html"),
    (b"<html> is a tag of web pages\n", "notes.txt", "html"),
    (b"<!DOCTYPE html><p>an answer of the server", "server.log", "html"),
    (b'<?xml version="1.0"?> stands first\n', "method.md", "xml"),
    (b'<?xml version="1.0"?> stands first\n', "notes.txt", "xml"),
    (b"<svg> draws\n", "notes.txt", "svg"),
    (b"<?xml is not a word,4\n", "odd.csv", "xml"),
    (b"\x00\x00\x00\x18ftypmp42", "interview.mp4", "unknown"),
    (b"PAR1" + bytes(8), "facts.parquet", "parquet"),
    (b"\x1f\x8b\x08\x00", "log.gz", "gzip"),
]
PROGRAMS = [
    *[(EXE, name) for name in ("setup.exe", "survey.csv", "plan.pdf", "photo.png", "no-ending", "a.docx", "a.pdf.exe")],
    (ELF, "plan.pdf"), (ELF, "tool"),
    (b"\xcf\xfa\xed\xfe" + bytes(20), "tool"), (b"\xca\xfe\xba\xbe" + bytes(20), "Main.class"),
    (b"\x00asm\x01\x00", "x.bin"), (b"dex\n035\x00", "x.dat"),
    (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(20), "plan.pdf"),
    (b"#!/bin/sh\nrm -rf ~\n", "notes.txt"), (b"#!/usr/bin/env python3\n", "tool"),
    (b"X5O!P%@AP[4", "plan.txt"),
    (archive("META-INF/MANIFEST.MF", "Main.class"), "plan.zip"), (archive("classes.dex"), "app.bin"),
    (MSI, "plan.doc"), (MSI, "old"),
    *[(b"echo hello\r\n", f"go.{ending}") for ending in ("bat", "cmd", "ps1", "vbs", "js", "hta", "SCR", "com")],
    (PDF, "plan.pdf.scr"), (DOCX, "plan.exe"),
]  # fmt: skip
DENIED = [
    (PDF, "survey.csv", "'survey.csv' is a PDF by its content, not text; attach the file under its own name"),
    (DOCX, "plan.pdf", "'plan.pdf' is a DOCX by its content, not a PDF"),
    (DOCX, "list.xlsx", "is a DOCX by its content, not an XLSX"),
    (XLSX, "survey.csv", "is an XLSX by its content, not text"),
    (OLE, "list.xlsx", "is an old Office document by its content, not an XLSX"),
    (HTML, "survey.csv", "is a web page by its content, not text"),
    (HTML, "plan.pdf", "is a web page by its content, not a PDF"),
    (HTML, "old.xls", "is a web page by its content, not an old Office document"),
    (b"  \r\n<HTML>x", "survey.csv", "is a web page by its content, not text"),
    (b"<!-- saved from url --><html>x", "survey.csv", "is a web page by its content, not text"),
    (b"<html>x", "list.json", "is a web page by its content, not text"),
    (b"<html>x", "chart.svg", "is a web page by its content, not an SVG"),
    (b"<!-- c --><!doctype HTML>x", "chart.svg", "is a web page by its content, not an SVG"),
    (PDF, "orders.xml", "is a PDF by its content, not an XML"),
    (PDF, "chart.svg", "is a PDF by its content, not an SVG"),
    (PDF, "notes.txt", "is a PDF by its content, not text"),
    (PDF, "page.html", "is a PDF by its content, not a web page"),
    (OLE, "orders.xml", "is an old Office document by its content, not an XML"),
    (JPEG, "letter.doc", "is a JPEG by its content, not an old Office document"),
    (b"II+", "scan.tif", "is text by its content, not a TIFF"),
    (b'<?xml version="1.0"?><a/>', "plan.pdf", "is an XML by its content, not a PDF"),
    (b"plain words", "plan.pdf", "is text by its content, not a PDF"),
    (b"plain words", "plan.docx", "is text by its content, not a DOCX"),
    (b"\x00\x01\x02", "plan.pdf", "is of no known kind by its content, not a PDF"),
    (b"a,b\n1,\x00\n", "survey.csv", "is of no known kind by its content, not text"),
    (JPEG, "photo.png", "is a JPEG by its content, not a PNG"),
    (PNG, "photo.jpg", "is a PNG by its content, not a JPEG"),
    (office("xl", "xl/vbaProject.bin"), "list.xlsx", "is an XLSX with macros by its content, not an XLSX"),
    (archive("a.txt"), "plan.odt", "is a ZIP by its content, not an OpenDocument file"),
    (DOCX[:60], "plan.docx", "is cut short or damaged; attach the whole file again"),
    (b"PK\x03\x04" + bytes(40), "both.zip", "is cut short or damaged"),
    *[
        (whole[:-4], name, f"'{name}' is cut short or damaged; attach the whole file again")
        for whole, name in [(PDF, "plan.pdf"), (PDF, "plan"), (b"@PJL\n" + PDF, "printed.pdf"), (JPEG, "photo.jpg")]
    ],
    *[
        (whole[: len(whole) // 2], name, "is cut short or damaged; attach the whole file again")
        for whole, name in [(PDF, "plan.pdf"), (PNG, "photo.png"), (PNG, "photo"), (JPEG, "photo.jpg")]
    ],
    (b"%PDF-1.7\n%%EOF\n" + bytes(100) + b"x" * 9000, "linear.pdf", "is cut short or damaged"),
    (JPEG[:40], "photo.jpg", "is cut short or damaged"),
    (LOCKED, "list.xlsx", "is locked by a password; attach it without one, so that it can be read later"),
    (LOCKED, "old.doc", "is locked by a password"),
]


@pytest.mark.parametrize(("content", "name", "type"), KEPT)
def test_a_file_under_a_fitting_name_is_known_by_its_content(content: bytes, name: str, type: str) -> None:
    assert file_type(content, name) == type


@pytest.mark.parametrize(("content", "name"), PROGRAMS)
def test_a_program_is_refused_under_any_name(content: bytes, name: str) -> None:
    with pytest.raises(RecordError) as refused:
        file_type(content, name)
    said = str(refused.value)
    assert said.startswith(f"'{name}'") and "no document; attach what it shows, as in a PDF" in said


@pytest.mark.parametrize(("content", "name", "sentence"), DENIED)
def test_a_content_that_its_name_denies_is_refused_in_one_line(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        file_type(content, name)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)


def test_as_many_files_are_kept_as_are_refused_for_their_name() -> None:
    assert len(KEPT) >= len(DENIED)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_whatever_it_is_the_answer_is_a_type_or_one_line(content: bytes, name: str) -> None:
    try:
        assert file_type(content, name)
    except RecordError as refused:
        assert str(refused).endswith(("PDF", "name", "again", "later"))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300))
def test_text_is_text_unless_it_begins_like_something_else(words: str) -> None:
    known = ("%pdf-", "gif8", "{\\rtf", "pk", "par1", "rar!", "7z", "#!", "x5o!", "<", "ii*", "mm")
    if not words.lstrip("\ufeff \t").lower().startswith(known) and "%PDF-" not in words:
        assert file_type(words.encode(), "notes.txt") == "text"
