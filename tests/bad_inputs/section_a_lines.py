"""Faults 24 to 34: line ends, lengths, and files that are none."""

from __future__ import annotations

import codecs
import gzip

from answers import HEAD, R1, R2, R3, ROWS, TABLE, commented, row
from fault import Elsewhere, File, Published, Refused, Variants, fault, whole
from workbooks import workbook, zipped

CHINESE = TABLE.replace("fine", "很满意")


@fault(24, "lines that end in CR alone")
def cr_alone() -> Variants:
    yield "all", File(TABLE.replace("\n", "\r").encode()), whole(3)
    yield "none at the end", File(TABLE.strip().replace("\n", "\r").encode()), whole(3)
    inside = commented('"one\rtwo"').replace("\n", "\r")
    yield "one inside quotes", File(inside.encode()), whole(4)


@fault(25, "line ends of several kinds")
def mixed_line_ends() -> Variants:
    yield "CRLF, then LF", File((HEAD.replace("\n", "\r\n") + ROWS).encode()), whole(3)
    yield "LF, then CRLF", File((HEAD + R1 + R2 + R3.replace("\n", "\r\n")).encode()), whole(3)
    yield "all three", File((HEAD + R1.replace("\n", "\r") + R2.replace("\n", "\r\n") + R3).encode()), whole(3)


@fault(26, "no line end at the end")
def no_final_line_end() -> Variants:
    yield "LF before", File((HEAD + R1 + R2).strip().encode()), whole(2)
    yield "CRLF before", File((HEAD + R1 + R2).strip().replace("\n", "\r\n").encode()), whole(2)
    yield "a quote at the end", File((HEAD + R1 + 'r2,2026-03-02,4,8,"slow"').encode()), whole(2)


@fault(27, "cut off within a row")
def cut_off() -> Variants:
    told = "2 of 5 fields; the file may be truncated, export it again"
    yield "between two values", File((HEAD + R1 + "r2,2026-0").encode()), Published(1, {3: ""}, told=told)
    yield (
        "in a quoted value",
        File((HEAD + R1 + 'r2,2026-03-02,4,8,"sl').encode()),
        Refused("line 3: a quote is opened"),
    )
    cut = CHINESE.encode()[: CHINESE.encode().index("满".encode()) + 1]
    yield "within a character", File(cut), Refused(r"line 2: not utf-8 at byte \d+")


@fault(28, "a field of a megabyte")
def megabyte() -> Variants:
    told = "1,000,000 characters; at most 100,000 can be loaded"
    yield "that is loaded", File(commented("x" * 1_000_000).encode()), Published(3, {5: "comment"}, told=told)
    beside = TABLE.replace("\n", ",\n").replace("comment,", "comment,other", 1).replace("slow,", "slow," + "y" * 10**6)
    yield "that nobody asked for", File(beside.encode()), whole(3, ignored=("other",))
    yield "of just the longest text", File(commented("好" * 100_000).encode()), whole(4)


@fault(29, "a field longer than any reader's line")
def three_megabytes() -> Variants:
    yield "a comment", File(lambda: commented("x" * 3_100_000).encode()), Published(3, {5: "comment"})
    yield (
        "of many lines",
        File(lambda: commented('"' + ("a" * 999 + "\n") * 3_100 + '"').encode()),
        Published(3, {5: "comment"}),
    )
    yield "a key", File(lambda: (HEAD + R1 + row("k" * 3_100_000) + R2).encode()), Published(2, {3: "response_id"})


@fault(30, "a hash where others write comments")
def hash() -> Variants:
    yield "before a line", File((HEAD + R1 + row("#2") + R3).encode()), whole(3)
    yield "before a text", File(commented("# not a comment").encode()), whole(4)
    text = TABLE.replace("comment", "#comment")
    yield "before a name", File(text.encode(), {"columns": {"comment": "#comment"}}), whole(3)


@fault(31, "blank lines")
def blank_lines() -> Variants:
    yield "between rows", File((HEAD + R1 + "\n\n" + R2).encode()), whole(2, blank=2)
    yield "of delimiters", File((HEAD + R1 + ",,,,\n , ,\t,\n" + R2).encode()), whole(2, blank=2)
    yield "above and below", File(("\n \n" + TABLE + "\r\n\u3000\n\n").encode()), whole(3, blank=5)


@fault(32, "a web page")
def web_page() -> Variants:
    told = "looks like HTML, a web page and not a CSV file; sign in"
    yield "a sign-in", File(b"<!DOCTYPE html><html><title>Sign in</title></html>"), Refused(told)
    yield "behind a mark", File(codecs.BOM_UTF8 + b"\r\n <HTML><body>"), Refused(told)
    yield "of XML", File(b'<?xml version="1.0"?><rows/>'), Refused(told)


@fault(33, "another kind of file that is called .csv")
def another_kind() -> Variants:
    yield (
        "a PDF",
        File(b"%PDF-1.7\n1 0 obj\n"),
        Refused("this is a PDF document and not a table; save the table as CSV"),
    )
    yield (
        "a zip of two tables",
        File(zipped({"a.csv": TABLE.encode(), "b.csv": b""})),
        Refused(r"holds 2 files \(a.csv, b.csv\); pack one"),
    )
    broken = "archive that is broken or cut off; pack or download it again"
    yield "half of a zip", File(zipped({"a.csv": TABLE.encode()})[:-30]), Refused(f"a zip {broken}")
    yield "half of a gzip", File(gzip.compress(TABLE.encode())[:-9]), Refused(f"a gzip {broken}")
    # a file is what its content says
    yield "a workbook", File(workbook()), whole(3)


@fault(
    34,
    "more than the machine can hold",
    Elsewhere(
        "no limit but the disk's is set for CSV",
        "tests/pipelines/test_format.py::test_an_archive_is_counted_and_not_believed",
    ),
)
def too_large() -> Variants:
    bomb = gzip.compress(TABLE.encode() + R1.encode() * 1_000_000)
    yield (
        "a small archive of equal rows",
        File(bomb),
        Refused(r"expands to more than \d+ MB, .*load the table unpacked"),
    )
    yield "zeros", File(lambda: gzip.compress(bytes(30_000_000))), Refused("expands to more than")
