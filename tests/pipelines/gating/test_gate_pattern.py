"""A regex is found in the same texts by DuckDB as by Python; and where that is not sure, Python is asked."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import duckdb
import pytest
from gate_batches import NAMES

from pipelines.gating.pattern import fits, fixed_part, in_re2, matches

TEXTS = [
    *NAMES, "\n", "\n\n", "b\n\n", "ab\nb", "R00000001", "R0000001", "a" * 40, "a-b", "a]b", "a\\b", "$", "a$", "a$\n",
    "AAA", "aa\r\n", "a\tb", "x.y", "x\u2028y", "\u00a0", "ſ", "K", "١٢", "a+b", "(a)", "2026-01-31", "31.01.2026",
    "a://b.c", "a://b", "://", "//b", "/b", "a//", ".//", "a:/b.c",
]  # fmt: skip
IN_SQL = [
    "", "a", "^a", "a$", "^a$", "^$", "b$", "^[a-z]+$", "[^a]", "[^a]$", ".", "^.$", "a.b", "a.*b", "x.y", "^.*$",
    "a|b$",     "^(ann|A-[0-9]{2})$", "^R[0-9]{8}$", "(?:a|b)+", "a?b", "a{2}", "a{2,}", "a{1,3}?$", "a*?b", r"\$",
    r"a\$$", r"\.",
    r"a\\b", r"a\]b", r"[\]\\-]", r"[a-zA-Z0-9_.+-]", r"\(a\)", "é", "客+", " ", "[+]",
    "((a)|(b))", "[0-9.]+$", "://", "[a-z]+://[a-z]+[.][a-z]+", "x?//b", "/?/b", "^ab*//", "a//|b", r"\.//", "(?:://)?b",
]  # fmt: skip
IN_PYTHON = [
    r"\d", r"^\d+$", r"\w", r"\s", r"\S+", r"\bA", r"\Ab", r"b\Z", "(?i)ann", "(?=a)", "(?!a)", r"(a)\1", "(?P<n>a)",
    "a$|b",     "(a$)", "a^b", "a++", "a{,2}", "[[:alpha:]]", "[a-z&&[^b]]", r"[\d]",
    r"\x41", "{", "a]", r"\n", "x{100}",
    "(?s).", "\\u00e9",
]  # fmt: skip


Finder = Callable[[str, list[str]], list[bool]]


@pytest.fixture(scope="module")
def found_by_duckdb() -> Iterator[Finder]:
    with duckdb.connect(config={"threads": 1}) as connection:

        def found(regex: str, texts: list[str]) -> list[bool]:
            sql, called = matches("text", regex)
            if called:
                called.register(connection)
            query = f"select {sql} from (select unnest(?::varchar[]) as text)"
            return [bool(verdict) for (verdict,) in connection.execute(query, [texts]).fetchall()]

        yield found


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("regex", [*IN_SQL, *IN_PYTHON])
def test_the_same_texts_are_found_as_by_python(regex: str, found_by_duckdb: Finder) -> None:
    assert found_by_duckdb(regex, TEXTS) == [re.search(regex, text) is not None for text in TEXTS]


@pytest.mark.parametrize("regex", IN_SQL)
def test_what_both_read_alike_is_left_to_duckdb(regex: str) -> None:
    assert in_re2(regex) is not None


@pytest.mark.parametrize("regex", IN_PYTHON)
def test_what_they_may_read_differently_is_not(regex: str) -> None:
    assert in_re2(regex) is None


@pytest.mark.parametrize(
    ("regex", "fixed"),
    [
        ("[A-Za-z0-9.]+://[A-Za-z0-9]+[.][a-z]+", "://"),
        ("^abc$", "abc"),
        (r"ab\.c\$", "ab.c$"),
        ("ab.cde[0-9]fg", "cde"),
        ("客户.", "客户"),
        # what may be absent, or come several times, is not fixed, nor is what has another way beside it
        ("abc?", "ab"),
        ("abc*de{0,2}", "ab"),
        ("a{0}bc+", "b"),
        ("ab|cd", ""),
        ("(ab)?c", ""),
        ("(?:ab|cd)e", ""),
        ("[ab][cd]", ""),
        ("", ""),
    ],
)
def test_the_fixed_part_of_a_regex_is_in_all_that_it_finds(regex: str, fixed: str) -> None:
    assert fixed_part(regex) == fixed


def test_patterns_at_random_find_what_python_finds(found_by_duckdb: Finder) -> None:
    dice = random.Random(9)
    parts = ["a", "b", ".", "[a-c]", "[^b]", "(a|b)", "(?:ab)", "é", "\\.", "\n", "|", "-"]
    more = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "*?"]
    texts = ["".join(dice.choices("abc.é\n-", k=dice.randint(0, 6))) for _ in range(150)]
    for _ in range(60):
        chosen = [
            part + (dice.choice(more) if part != "|" else "") for part in dice.choices(parts, k=dice.randint(1, 5))
        ]
        regex = dice.choice(["", "^"]) + "".join(chosen) + dice.choice(["", "$"])
        assert found_by_duckdb(regex, texts) == [re.search(regex, text) is not None for text in texts], regex


def test_a_format_that_no_day_is_written_in_is_refused() -> None:
    with pytest.raises(ValueError, match="bad directive"):
        fits("text", "%Q")
