"""Faults 1 to 6 and 16 to 19: encodings, and files with nothing in them."""

from __future__ import annotations

import codecs

from answers import HEAD, R1, ROWS, TABLE, row
from fault import File, Refused, Variants, fault, whole

MARK = codecs.BOM_UTF8
FRENCH = TABLE.replace("fine", "très bon")
QUOTED = TABLE.replace("fine", "it’s “fine”")
CHINESE = TABLE.replace("fine", "很满意，回复很快").replace("slow", "物流太慢，客服态度不错")
RARE = TABLE.replace("fine", "很好𠮷")


@fault(1, "a byte order mark before UTF-8")
def marked_utf_8() -> Variants:
    yield "plain", File(MARK + TABLE.encode()), whole(3)
    yield "before a quoted name", File(MARK + TABLE.replace("response_id", '"response_id"').encode()), whole(3)
    yield "before a blank line", File(MARK + b"\r\n" + TABLE.replace("\n", "\r\n").encode()), whole(3, blank=1)


@fault(2, "UTF-16 with its mark")
def marked_utf_16() -> Variants:
    yield "little end first", File(codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le")), whole(3)
    yield "big end first", File(codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be")), whole(3)
    yield "without a mark", File(TABLE.encode("utf-16-le")), Refused("line 1: a NUL .*'encoding: utf-16-le'")
    told = r"line 2: not utf-8 at byte \d+; it may be utf-16-be: write 'encoding: utf-16-be' in the mapping"
    yield "Chinese without a mark", File(CHINESE.encode("utf-16-be")), Refused(told)
    other = File(codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), {"encoding": "utf-16-le"})
    yield "declared the other way round", other, Refused("mark of utf-16-be, but .*write 'encoding: utf-16-be'")
    yield "declared without a mark", File(CHINESE.encode("utf-16-le"), {"encoding": "utf-16-le"}), whole(3)


@fault(3, "Chinese that is not UTF-8")
def chinese() -> Variants:
    told = r"line 2: not utf-8 at byte \d+; it may be gb18030.*write 'encoding: gb18030' in the mapping"
    yield "GBK", File(CHINESE.encode("gbk")), Refused(told)
    yield "four bytes for one sign", File(RARE.encode("gb18030")), Refused(r"line 2: not utf-8 at byte \d+; ")
    yield "GB18030 as declared", File(RARE.encode("gb18030"), {"encoding": "gb18030"}), whole(3)


@fault(4, "accents of Latin-1")
def latin_1() -> Variants:
    yield "not declared", File(FRENCH.encode("latin-1")), Refused(r"line 2: not utf-8 at byte \d+; .*encoding")
    yield "declared", File(FRENCH.encode("latin-1"), {"encoding": "latin-1"}), whole(3)
    last = (TABLE + row(note="é")).encode("latin-1")
    yield "in the last line alone", File(last), Refused(r"line 5: not utf-8 at byte \d+")


@fault(5, "curly quotes of Windows-1252")
def windows_1252() -> Variants:
    yield "not declared", File(QUOTED.encode("cp1252")), Refused(r"line 2: not utf-8 at byte \d+; .*encoding")
    yield "declared", File(QUOTED.encode("cp1252"), {"encoding": "windows-1252"}), whole(3)
    none = TABLE.encode().replace(b"slow", b"\x81")
    yield "a byte it does not have", File(none, {"encoding": "cp1252"}), Refused(r"line 3: not cp1252 at byte \d+")


@fault(6, "several encodings in one file")
def mixed_encodings() -> Variants:
    start = CHINESE.encode()
    yield "UTF-8, then Latin-1", File(start + row(note="é").encode("latin-1")), Refused("line 5: not utf-8 at byte")
    yield "UTF-8, then GBK", File(start + row(note="慢").encode("gbk") + R1.encode()), Refused("line 5: not utf-8")
    marked = MARK + TABLE.encode()
    yield (
        "a mark that contradicts",
        File(marked, {"encoding": "gbk"}),
        Refused("mark of utf-8.*write 'encoding: utf-8'"),
    )


@fault(16, "a NUL")
def nul() -> Variants:
    yield "in a text", File(TABLE.replace("slow", "sl\0w").encode()), Refused("line 3: a NUL character")
    yield "as the last byte", File(TABLE.encode() + b"\0"), Refused("line 5: a NUL character")
    yield "in the header", File(b"\0" + TABLE.encode()), Refused("line 1: a NUL character")


@fault(17, "nothing")
def nothing() -> Variants:
    yield "no byte", File(b""), Refused("the file is empty; export it again")
    yield "white space", File(b" \r\n\t\n\xc2\xa0"), Refused("the file is empty")
    yield "a mark and delimiters", File(MARK + b"\n,,,,\n"), Refused("the file is empty")


@fault(18, "a header and no row")
def header_alone() -> Variants:
    told = "0 rows below the header in line 1; export it again, with its rows"
    yield "one line", File(HEAD.encode()), Refused(told)
    yield "no line end", File(HEAD.strip().encode()), Refused(told)
    yield "blank rows", File(HEAD.encode() + b"\n,,,,\n \n"), Refused(told)


@fault(19, "no header")
def no_header() -> Variants:
    told = "line 1: no column 'response_id', 'answered_on'; columns found: r1, 2026-03-01"
    yield "rows", File(ROWS.encode()), Refused(told)
    yield "one row", File(R1.encode()), Refused("answers.csv.*r1, 2026-03-01|0 rows")
    yield "numbers alone", File(b"1,2,3,4,5\n6,7,8,9,0\n"), Refused("columns found: 1, 2, 3, 4, 5")
