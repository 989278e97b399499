"""Faults 75 to 81: what is uploaded as evidence, and under which names."""

from __future__ import annotations

import io
import zipfile

from answers import TABLE
from fault import Elsewhere, File, Kept, Refused, Upload, Variants, fault, whole

PDF = b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /JS (app.alert(1)) >> >>\nendobj\n%%EOF\n"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The text with which virus scanners are tried; harmless."""
OCTETS = Elsewhere(
    "downloads are octets, never shown in the page",
    "tests/bad_inputs/test_evidence_files.py::test_a_document_leaves_as_octets_and_never_as_a_page",
)


def behind(first: bytes) -> bytes:
    """A zip archive may have anything before it."""
    packed = io.BytesIO(first)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("a.csv", TABLE)
    return packed.getvalue()


@fault(75, "one file of two kinds", OCTETS)
def polyglot() -> Variants:
    yield (
        "PDF and zip, as data",
        File(behind(PDF), name="answers.csv"),
        Refused("this is a PDF document and not a table"),
    )
    yield "PDF and zip, as evidence", Upload(behind(PDF), "method.pdf", "method.pdf"), Kept()
    page = b"<html><script>alert(1)</script>" + PDF
    yield "HTML and PDF, as evidence", Upload(page, "method.pdf", "method.pdf"), Kept()
    yield "HTML and zip, as data", File(behind(page)), Refused("looks like HTML")


@fault(76, "a picture or a page that runs scripts", OCTETS)
def active_content() -> Variants:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    yield "SVG as evidence", Upload(svg, "chart.svg", "chart.svg"), Kept()
    yield "HTML as evidence", Upload(b"<html><script>alert(1)</script></html>", "page.html", "page.html"), Kept()
    yield "SVG as data", File(svg, name="chart.svg.csv"), Refused("chart.svg.csv.*")


@fault(
    77,
    "a document without a byte, or too large",
    Elsewhere(
        "the server stops it before it is read",
        "tests/bad_inputs/test_evidence_files.py::test_the_server_takes_no_file_above_its_limit",
    ),
)
def empty_or_huge() -> Variants:
    yield "no byte", Upload(b"", "method.pdf", "method.pdf"), Refused("'method.pdf' is empty; choose the file again")
    yield "one byte", Upload(b"x", "method.pdf", "method.pdf"), Kept()


@fault(
    78,
    "the same document twice",
    Elsewhere(
        "it takes two files", "tests/bad_inputs/test_evidence_files.py::test_the_same_content_twice_is_kept_once"
    ),
)
def same_twice() -> Variants:
    yield "as data under another name", File(TABLE.encode(), name="renamed.csv"), whole(3)


@fault(
    79,
    "two documents of one name",
    Elsewhere(
        "it takes two files", "tests/bad_inputs/test_evidence_files.py::test_two_documents_of_one_name_are_both_kept"
    ),
)
def same_name() -> Variants:
    yield "as data", File(TABLE.encode(), name="answers (1).csv"), whole(3)


NAMES = {
    "folders": ("../../etc/passwd.csv", "passwd.csv"),
    "folders of Windows": ("C:\\Users\\me\\x.csv", "x.csv"),
    "a NUL": ("a\0b.csv", "ab.csv"),
    "a device": ("CON.csv", "_CON.csv"),
    "a stream": ("a:b.csv", "a_b.csv"),
    "three thousand signs": ("x" * 3000 + ".csv", "x" * 116 + ".csv"),
    "backwards": ("abc\u202evsc.exe", "abcvsc.exe"),
    "a tag": ("<img src=x onerror=y>.csv", "_img src=x onerror=y_.csv"),
    "a formula": ("=cmd|calc.csv", "=cmd_calc.csv"),
    "lines": ("a\r\nb.csv", "ab.csv"),
    "points alone": ("..", "unnamed"),
    "nothing": ("", "unnamed"),
}


@fault(80, "a name that leads elsewhere")
def dangerous_name() -> Variants:
    for name, (sent, shown) in NAMES.items():
        yield name, Upload(b"method", sent, shown), Kept()
    for name, sent in (
        ("a device, as data", "con.csv"),
        ("two lines, as data", "a\nb.csv"),
        ("a tag, as data", "<b>.csv"),
    ):
        yield name, File(TABLE.encode(), name=sent), whole(3)


@fault(81, "a program", OCTETS)
def program() -> Variants:
    yield (
        "Windows, as data",
        File(b"MZ\x90\0\3\0\0\0" + bytes(60)),
        Refused("this is a Windows program and not a table"),
    )
    yield "Linux, as data", File(b"\x7fELF\2\1\1\0" + bytes(60)), Refused("answers.csv.*NUL")
    yield "a virus test, as data", File(EICAR), Refused("no column|0 rows")
    yield "a virus test called PDF, as evidence", Upload(EICAR, "method.pdf", "method.pdf"), Kept()
