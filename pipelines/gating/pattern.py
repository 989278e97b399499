"""
Evaluates a regular expression, or a format of dates, on a column of texts.

Great Expectations means Python's `re`; DuckDB has RE2. They agree on a small grammar, and that is written in SQL; for
all else DuckDB calls Python, once for each distinct value of a vector.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pyarrow as pa
from duckdb.func import PythonUDFType

from pipelines.sql import literal, name

# In a class: no '[', and none of the signs that Python may one day read as operations on sets
MEMBER = r"(?:[A-Za-z0-9 _.,:;@#%/+=!<>\"'`(){}?*$]|\\[.\-\]\[\\^/+*?$(){}|])"
CLASS = rf"\[\^?(?:{MEMBER}(?:-[A-Za-z0-9])?)+-?\]"
ATOM = rf"(?:[^\\\[\](){{}}|.*+?^$]|\\[.\-\]\[\\^/+*?$(){{}}|]|{CLASS}|\.|\))"
QUANTIFIER = r"(?:[*+?]|\{[0-9]{1,2}(?:,(?:[0-9]{1,2})?)?\})\??"
OPENING = r"(?:\((?:\?:)?|\|)(?![?*+{])"
COMMON = re.compile(rf"\^?(?:{OPENING}|{ATOM}(?:{QUANTIFIER}(?![*+?{{]))?)*\$?")
LONGEST = 300
SOME_DAY = dt.datetime(2026, 1, 31, 12, 30, 15)

Test = Callable[[str], bool]


@dataclass(frozen=True)
class InPython:
    """A test of one text that DuckDB calls by a name of its own."""

    name: str
    test: Test

    def register(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.create_function(self.name, self._vector, ["varchar"], "boolean", type=PythonUDFType.ARROW)

    def _vector(self, texts: pa.ChunkedArray) -> pa.Array:
        """DuckDB leaves missing values out."""
        coded = texts.combine_chunks().dictionary_encode() if isinstance(texts, pa.ChunkedArray) else texts
        coded = coded if isinstance(coded, pa.DictionaryArray) else coded.dictionary_encode()
        verdicts = pa.array([self.test(text) for text in coded.dictionary.to_pylist()], pa.bool_())
        return verdicts.take(coded.indices)


def matches(column: str, regex: str) -> tuple[str, InPython | None]:
    """SQL that is true where the regex is found in the text, and what it calls. Raises re.error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python's doubts about a pattern are not ours
        compiled = re.compile(regex)
    if (common := in_re2(regex)) is not None:
        return _in_sql(name(column), common, fixed_part(regex)), None
    return _called(column, f"regex {regex}", lambda text: compiled.search(text) is not None)


def fits(column: str, format: str) -> tuple[str, InPython | None]:
    """SQL that is true where the text is a date or time of this format. Raises ValueError where none could be."""
    dt.datetime.strptime(SOME_DAY.strftime(format), format)
    return _called(column, f"format {format}", lambda text: _is_moment(text, format))


def in_re2(regex: str) -> str | None:
    """The same pattern for RE2, where one is sure to find the same; else None."""
    if len(regex) > LONGEST or "\0" in regex or not COMMON.fullmatch(regex):
        return None
    ends = regex.endswith("$") and not re.search(r"(?<!\\)(?:\\\\)*\\\$\Z", regex)
    # Python's $ also stands before a line break that ends the text
    return regex[:-1] + r"\n?\z" if ends else regex


def fixed_part(regex: str) -> str:
    """The longest text that stands in whatever a regex of the common grammar finds; "" where none surely does."""
    parts = re.findall(rf"({OPENING}|{ATOM})({QUANTIFIER})?", regex.removeprefix("^"))
    if any(re.match(OPENING, atom) for atom, _ in parts):
        return ""
    fixed = [atom[-1] if not often and (atom[0] == "\\" or atom[0] not in ".[") else "\0" for atom, often in parts]
    return max("".join(fixed).split("\0"), key=len)


def _in_sql(text: str, regex: str, fixed: str) -> str:
    """The fixed part is looked for once for each value in the dictionary of a file, a regex for each row."""
    found = f"regexp_matches({text}, {literal(regex)})"
    return f"case when not contains({text}, {literal(fixed)}) then false else {found} end" if len(fixed) > 1 else found


def _called(column: str, what: str, test: Test) -> tuple[str, InPython]:
    called = InPython(f"test_{hashlib.sha256(what.encode()).hexdigest()[:16]}", test)
    return f"{called.name}({name(column)})", called


def _is_moment(text: str, format: str) -> bool:
    try:
        dt.datetime.strptime(text, format)
    except ValueError:
        return False
    return True
