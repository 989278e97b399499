"""Faults 7 to 15, 20 to 23 and 35 to 38: how a CSV file is built of fields and names."""

from __future__ import annotations

from answers import HEAD, NAMES, R1, R2, R3, ROWS, TABLE, commented, row
from fault import File, Published, Refused, Variants, fault, lines, whole

RETURNS = "return_id;returned_on;quantity_returned\n"
COMMA = {"delimiter": ";", "columns": {"quantity_returned": {"from": "quantity_returned", "decimal": ","}}}


@fault(7, "semicolons and a decimal comma")
def decimal_comma() -> Variants:
    text = (RETURNS + "a;2026-03-01;9,5\nb;2026-03-02;10\nc;2026-03-03;0,25\n").encode()
    yield "as declared", File(text, COMMA, "returns"), whole(3)
    half = {"delimiter": ";"}
    yield "comma not declared", File(text, half, "returns"), Published(1, dict.fromkeys([2, 4], "quantity_returned"))
    yield "not declared", File(text, {}, "returns"), Refused('line 1: no column .*write delimiter: ";" in the mapping')


@fault(8, "tabs and bars between the fields")
def tabs_and_bars() -> Variants:
    tabs, bars = TABLE.replace(",", "\t").encode(), TABLE.replace(",", "|").encode()
    yield "bars", File(bars, {"delimiter": "|"}), whole(3)
    yield "tabs by the name", File(tabs, name="answers.tsv"), whole(3)
    yield "tabs in a .csv", File(tabs), Refused(r'write delimiter: "\\t" in the mapping')


@fault(9, "several delimiters in one file")
def mixed_delimiters() -> Variants:
    told = "line 3: 1 of 5 fields"
    yield "a semicolon row", File((HEAD + R1 + R2.replace(",", ";") + R3).encode()), Published(2, {3: ""}, told=told)
    yield "a tab row", File((HEAD + R1 + R2.replace(",", "\t") + R3).encode()), Published(2, {3: ""}, told=told)
    half = R2.replace(",", ";", 2)
    yield "half a row", File((HEAD + R1 + half + R3).encode()), Published(2, {3: ""}, told="line 3: 3 of 5 fields")


@fault(10, "one short row")
def short_row() -> Variants:
    yield "first", File((HEAD + "r0,2026-03-01\n" + ROWS).encode()), Published(3, {2: ""}, told="line 2: 2 of 5 fields")
    yield "within", File((HEAD + R1 + "r0\n" + R2).encode()), Published(2, {3: ""}, told="line 3: 1 of 5 fields")
    yield "last", File((TABLE + "r4,2026-03-01,5,9\n").encode()), Published(3, {5: ""}, told="line 5: 4 of 5 fields")


@fault(11, "one long row")
def long_row() -> Variants:
    told = "line 5: 6 fields, the header has 5; put a value with the delimiter in it in quotes"
    yield "a bare comma", File(commented("slow, but fine").encode()), Published(3, {5: ""}, told=told)
    yield "a delimiter at the end", File((HEAD + R1.strip() + ",\n" + R2).encode()), Published(1, {2: ""})
    yield "beside a quoted one", File(commented('"a,b",c').encode()), Published(3, {5: ""})


@fault(12, "no row as wide as the header")
def no_row_fits() -> Variants:
    told = "line 2: 6 fields, header 5, and no row fits the header"
    yield "all longer", File((HEAD + ROWS.replace("\n", ",x\n")).encode()), Refused(told)
    yield "all shorter", File((HEAD + "r1,2026-03-01\nr2,2026-03-01\n").encode()), Refused("line 2: 2 fields, header 5")
    yield "a comma behind every row", File((HEAD + ROWS.replace("\n", ",\n")).encode()), Refused(told)


@fault(13, "a line break inside quotes")
def line_break_inside() -> Variants:
    yield "LF", File((commented('"one\ntwo\n\nfour"') + row("ra")).encode()), whole(5)
    yield (
        "CRLF",
        File((commented('"one\r\ntwo"').replace("\n", "\r\n").replace("\r\r", "\r") + R1.replace("r1", "ra")).encode()),
        whole(5),
    )
    yield "before a bad row", File((commented('"one\n\n"') + "ra\n").encode()), Published(4, {8: ""})


@fault(14, "a quote that is never closed")
def unbalanced_quote() -> Variants:
    told = "a quote is opened in .* and never closed; close it, or write a quote inside a value twice"
    yield "first row", File((HEAD + row(note='"open') + ROWS).encode()), Refused(f"line 2: {told}")
    yield "last row", File(commented('"open').encode()), Refused(f"line 5: {told}")
    yield "in the header", File(TABLE.replace("comment", '"comment').encode()), Refused(f"line 1: {told}")


@fault(15, "quotes inside that are not doubled")
def inner_quotes() -> Variants:
    told = "line 5: text follows a closing quote"
    yield "around a word", File(commented('"a "b" c"').encode()), Refused(told)
    yield "behind a line break", File(commented('"a\nb" c').encode()), Refused(f"{told} in line 6")
    # a quote that does not begin the field is one like any sign
    yield "in a bare value", File(commented('5" pipe').encode()), whole(4)


@fault(20, "one name over two columns")
def same_name_twice() -> Variants:
    told = r"line 1: two columns have one name, .*column 3.*column 4.*; rename or delete one of them"
    yield "the same", File(TABLE.replace("recommend", "satisfaction").encode()), Refused(told)
    yield "but for case", File(TABLE.replace("recommend", "SATISFACTION ").encode()), Refused(told)
    yield "but for what nobody sees", File(TABLE.replace("recommend", "satis\u200bfaction").encode()), Refused(told)


@fault(21, "a column without a name")
def nameless_column() -> Variants:
    text = TABLE.replace("comment", "")
    told = "line 1: column 5 has no name, but holds “fine” in line 2; write its name into the header"
    yield "with values", File(text.encode()), Refused(told)
    yield "a comma behind every line", File(TABLE.replace("\n", ",\n").encode()), whole(3, ignored=("#6",))
    yield "of spaces, with values", File(TABLE.replace("comment", " \u200b").encode()), Refused("column 5 has no name")


@fault(22, "a title above the header")
def title_above() -> Variants:
    told = "the header seems to be in line 3: delete the lines above it, or write header_line: 3"
    text = "Answers of March\n\n" + TABLE
    yield "not declared", File(text.encode()), Refused(told)
    yield "declared", File(text.encode(), {"header_line": 3}), whole(3)
    yield "declared wrongly", File(text.encode(), {"header_line": 2}), Refused("no record begins in line 2; correct")


@fault(23, "a total below the rows")
def total_below() -> Variants:
    yield "a word and a mean", File((TABLE + "Total,,4,8,\n").encode()), Published(3, {5: "answered_on"})
    yield "of other width", File((TABLE + "Total: 3 answers\n").encode()), Published(3, {5: ""})
    yield "behind a blank line", File((TABLE + "\n,,12,24,\n").encode()), Published(3, {6: "response_id"}, blank=1)


@fault(35, "columns in another order")
def other_order() -> Variants:
    rows = [line.split(",") for line in TABLE.splitlines()]
    yield "backwards", File(lines(*(one[::-1] for one in rows)).encode()), whole(3)
    swapped = [[one[0], one[1], one[3], one[2], one[4]] for one in rows]
    yield "two scores changed over", File(lines(*swapped).encode()), whole(3)
    # the same change without the names is found by the scale, and where it is not, by nobody
    told = "line 2, satisfaction '9': 9 is not on the scale from 1 to 5"
    wrong = lines(NAMES, *swapped[1:])
    yield (
        "under the wrong names",
        File(wrong.encode()),
        Published(0, dict.fromkeys([2, 3, 4], "satisfaction"), told=told),
    )


@fault(36, "a column that must be there is not")
def missing_column() -> Variants:
    told = r"no column 'answered_on' \(did you mean 'answerd_on'\?\); columns found: response_id, answerd_on"
    yield "misspelt", File(TABLE.replace("answered_on", "answerd_on").encode()), Refused(told)
    yield "two of them", File(b"a,b\n1,2\n"), Refused("no column 'response_id', 'answered_on'; columns found: a, b")
    mapping = {"columns": {"comment": "Remarks"}}
    yield "as mapped", File(TABLE.encode(), mapping), Refused("no column 'Remarks'; columns found: response_id")


@fault(37, "columns that nobody asked for")
def unknown_columns() -> Variants:
    more = TABLE.replace("\n", ",a@b.example\n").replace("comment,a@b.example", "comment,E-mail")
    yield "one", File(more.encode()), whole(3, ignored=("E-mail",))
    yield (
        "two of one name",
        File(more.replace("E-mail", "E-mail,E-mail").replace("example", "example,x").encode()),
        whole(3, ignored=("E-mail", "E-mail")),
    )
    yield (
        "one without a value",
        File(TABLE.replace("\n", ",\n").replace("t,\n", "t,Phone\n", 1).encode()),
        whole(3, ignored=("Phone",)),
    )


@fault(38, "names that look the same and are not")
def odd_names() -> Variants:
    text = TABLE.replace("response_id", " Response_ID\u200b").replace("comment", "\xa0COMMENT ")
    yield "case, spaces, no width", File(text.encode()), whole(3)
    accent = TABLE.replace("comment", "Re\u0301ponse")
    yield "accents put together", File(accent.encode(), {"columns": {"comment": "réponse"}}), whole(3)
    cyrillic = TABLE.replace("response_id", "resp\u043ense_id")
    yield "a letter of another alphabet", File(cyrillic.encode()), Refused(r"no column 'response_id' \(did you mean")
