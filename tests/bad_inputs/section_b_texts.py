"""Faults 50 to 63: keys, words and signs that a reader could take for others."""

from __future__ import annotations

from answers import HEAD, R1, TABLE, commented, row
from fault import Elsewhere, File, Published, Variants, fault, whole
from other_sources import complaint, visit


@fault(50, "the same row twice")
def twice() -> Variants:
    told = "repeats line 2 exactly, in every column that is loaded"
    yield "letter by letter", File((TABLE + R1).encode()), Published(3, {5: "response_id"}, told=told)
    again = R1.replace(",5,9,", ", 05 ,+9,")
    yield "with numbers written otherwise", File((TABLE + again).encode()), Published(3, {5: "response_id"})
    many = {line: "response_id" for line in range(5, 10)}
    yield "six times", File((TABLE + R1 * 5).encode()), Published(3, many)


@fault(51, "one key over different rows")
def contradiction() -> Variants:
    told = "same key as line 5, other content; keep the right one in the file"
    both = {2: "response_id", 5: "response_id"}
    yield "another score", File((TABLE + R1.replace(",5,", ",4,")).encode()), Published(2, both, told=told)
    wrong = {2: "response_id", 5: "satisfaction"}
    yield "one of them broken", File((TABLE + R1.replace(",5,", ",6,")).encode()), Published(2, wrong)
    three = both | {6: "response_id"}
    yield "identical and different", File((TABLE + R1 + R1.replace("fine", "bad")).encode()), Published(2, three)
    # spaces and case are part of an identifier
    yield "nearly one key", File((TABLE + R1.replace("r1", "R1") + R1.replace("r1", "r1 ")).encode()), whole(5)


@fault(52, "a row of an unknown customer")
def orphan() -> Variants:
    yield "a complaint", complaint(customer_id="nobody"), whole(1)
    yield "no customer at all", complaint(customer_id=""), whole(1)


@fault(53, "a category written in several ways")
def misspelt_category() -> Variants:
    told = "“Low” is not one of: low, medium, high"
    yield "case", complaint(severity="Low"), Published(0, {2: "severity"}, told=told)
    yield "a misspelling", complaint(severity="hihg"), Published(0, {2: "severity"})
    recoded = {"columns": {"severity": {"from": "severity", "recode": {"P1": "high"}}}}
    yield "recoded", File(complaint(severity="P1").bytes, recoded, "complaints"), whole(1)


@fault(54, "an identifier with leading zeros")
def leading_zeros() -> Variants:
    yield "beside one without", File((HEAD + row("00123") + row("123") + row("0123")).encode()), whole(3)
    yield "in quotes", File((HEAD + row('"007"') + row("7")).encode()), whole(2)
    yield "of a score", File((HEAD + row("1", satisfaction="05")).encode()), whole(1)


@fault(55, "an identifier like a number")
def number_like_id() -> Variants:
    yield "a power", File((HEAD + row("1E5") + row("100000") + row("1e5")).encode()), whole(3)
    digits = "12345678901234567890"
    yield "twenty digits", File((HEAD + row(digits) + row(digits[:-1] + "1")).encode()), whole(2)
    yield (
        "with decimals",
        File((HEAD + row("1.0") + row("1") + row("1.00") + row("0x10") + row("16")).encode()),
        whole(5),
    )


@fault(56, "words that some readers take for nothing")
def null_words() -> Variants:
    words = ["NULL", "NA", "None", "N/A", "NO", "nan", "-", "\\N", "null", "true"]
    as_text = "".join(row(word, note=word) for word in words)
    yield "as text", File((HEAD + as_text).encode()), whole(len(words))
    as_score = "".join(row(word, recommend=word) for word in words)
    yield "as scores", File((HEAD + R1 + as_score).encode()), Published(1, {at: "recommend" for at in range(3, 13)})
    mapping = {"columns": {"recommend": {"from": "recommend", "missing": words[:5]}}}
    yield (
        "as declared",
        File((HEAD + as_score).encode(), mapping),
        Published(5, {at: "recommend" for at in range(7, 12)}),
    )


@fault(57, "letters for true and false, a ratio for a time")
def truth_and_time() -> Variants:
    told = "“t” is neither true nor false; write true or false"
    yield "t", visit(left_unserved="t"), Published(1, {3: "left_unserved"}, told=told)
    yield "10:30 as a text", File(commented("10:30").encode()), whole(4)
    yield "10:30 as a moment", visit(arrived_at="10:30"), Published(1, {3: "arrived_at"})
    yield "24:00:00", visit(arrived_at="2026-03-01 24:00:00"), Published(1, {3: "arrived_at"})
    yield "a zone", visit(arrived_at="2026-03-01T08:00:00Z"), Published(1, {3: "arrived_at"})
    yield "a fraction of a second", visit(arrived_at="2026-03-01 08:00:00.5"), Published(1, {3: "arrived_at"})
    yield "yes, T between", visit(left_unserved=" YES", arrived_at="2026-03-01T08:00:00"), whole(2)


@fault(
    58,
    "a formula in a text",
    Elsewhere(
        "what leaves the house is quoted there",
        "tests/pipelines/reports/test_cell.py::test_what_looks_like_a_formula_is_quoted",
    ),
)
def formula() -> Variants:
    for name, text in (("a command", "=cmd|' /C calc'!A0"), ("signs", "+1-1@SUM(A1)"), ("a tab", '"\t=1"')):
        yield name, File(commented(text).encode()), whole(4)
    told = r"recommend '=1\+1': “=1\+1” is not a whole number"
    yield "in a score", File((TABLE + row(recommend="=1+1")).encode()), Published(3, {5: "recommend"}, told=told)


@fault(
    59,
    "a script in a text",
    Elsewhere(
        "pages show it letter by letter",
        "tests/pages/test_documents_page.py::test_a_hostile_title_is_shown_letter_by_letter",
    ),
)
def script() -> Variants:
    yield "HTML", File(commented("<script>alert(1)</script>").encode()), whole(4)
    yield "Markdown", File(commented("[x](javascript:alert(1))").encode()), whole(4)
    yield "SQL", File((TABLE + row("'; drop table facts; --", note="%s {x} $1")).encode()), whole(4)


@fault(60, "signs that nobody sees or that look like others")
def invisible_signs() -> Variants:
    yield "backwards, without width", File((TABLE + row("a\u202eb") + row("a\u200bb") + row("ab")).encode()), whole(6)
    yield "other alphabets", File((TABLE + row("А1") + row("A1") + row("Ａ１")).encode()), whole(6)
    told = r"satisfaction '\\u202e5'"
    hidden = File((TABLE + row(satisfaction="\u202e5")).encode())
    yield "in a score", hidden, Published(3, {5: "satisfaction"}, told=told)
    marks = "".join(
        row(f"m{at}", recommend=text) for at, text in enumerate(["\ufeff9", "9\u200b", "٣", "９", "\xa09\u3000"])
    )
    yield (
        "marks, other digits, wide spaces",
        File((TABLE + marks).encode()),
        Published(4, {line: "recommend" for line in range(5, 9)}),
    )


@fault(61, "what is no number")
def not_a_number() -> Variants:
    bad = ["NaN", "nan", "inf", "-Infinity", "1e999", "0x10", "1_000", "٣", "--1", "1e", ".", "5 0"]
    text = "".join(f"x{at},2026-03-01,{one}\n" for at, one in enumerate(bad))
    content = ("return_id,returned_on,quantity_returned\na,2026-03-01,1\n" + text).encode()
    rejects = {line: "quantity_returned" for line in range(3, 3 + len(bad))}
    yield "as a number", File(content, {}, "returns"), Published(1, rejects, told="“NaN” is not a number; write digits")
    scores = "".join(row(f"x{at}", recommend=one) for at, one in enumerate([*bad, "1e1", "5.0", "5."]))
    rejects = {line: "recommend" for line in range(3, 3 + len(bad) + 3)}
    yield "as a score", File((HEAD + R1 + scores).encode()), Published(1, rejects)
    good = "".join(f"x{at},2026-03-01,{one}\n" for at, one in enumerate(["+5", "05", "5.", ".5", "1e3", "1E-2", " 5 "]))
    fine = ("return_id,returned_on,quantity_returned\n" + good).encode()
    yield "a number all the same", File(fine, {}, "returns"), whole(7)
    nought = row("z", recommend="-0") + row("y", recommend="+0") + row("x", recommend="00")
    yield "nought with a sign", File((TABLE + nought).encode()), whole(6)


@fault(62, "signs of four bytes and signs put together")
def emoji() -> Variants:
    yield "emoji", File(commented("👩‍🔧 👍🏽 ok").encode()), whole(4)
    yield "accents stored apart", File((TABLE + row("e\u0301") + row("é")).encode()), whole(5)
    yield "rare Chinese, old Greek", File(commented("𠮷𐅁 \u2028 \x85 \x0b \x1c").encode()), whole(4)


@fault(63, "an address or a number in a free text")
def personal() -> Variants:
    address, number = "write to ann@example.com", "call +49 30 123456"
    yield "an e-mail address", File(commented(address).encode()), whole(4, masked={address: "write to [e-mail]"})
    yield "a telephone number", File(commented(number).encode()), whole(4, masked={number: "call [phone]"})
    more = TABLE.replace("\n", ",Ann\n").replace("comment,Ann", "comment,Name")
    yield "a column that nobody asked for", File(more.encode()), whole(3, ignored=("Name",))
