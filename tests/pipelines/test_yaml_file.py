"""YAML that people write: what is read as it was meant, and what is refused, with its place and a way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit.checklist import Clause
from audit.errors import DefinitionError
from audit.mapping import Mapping
from audit.measurement import Kpi
from audit.source import Source
from pipelines.definitions import SOURCES
from pipelines.yaml_file import Page, nearest, read

LONG = "9" * 5000


def mistake(text: str, model: Any = None, first_line: int = 1) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        page = Page(text, "f.yaml", first_line)
        if model:
            page.as_model(model)
    said = str(caught.value)
    assert "\n" not in said and len(said) < 300, "one line that a person can read"
    return caught.value


REFUSED = [
    ("a: &x 1\nb: *x", "1:4", "anchors (&name) are not allowed; write the value out"),
    ("a: *b", "1:4", "aliases (*name) are not allowed"),
    ("a: &a [*a]", "1:4", "anchors"),
    ("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]", "1:4", "anchors"),  # the billion laughs
    ("a:\n\tb: 1", "2:1", "a tab stands where spaces are needed"),
    ("a:\n  b: 1\n\tc: 2", "3:1", "a tab stands where spaces are needed"),
    ("a: 1\nb: 2\na: 3", "3:1", "'a' is written twice, first in line 1; keep one"),
    ("x:\n  - {k: 1, k: 2}", "2:12", "'k' is written twice, first in line 2"),
    ("a: !!python/object/apply:os.system [ls]", "1:4", "tags (!name) are not allowed"),
    ("a: !!int 5", "1:4", "tags"),
    ("a: !own 5", "1:4", "tags"),
    ("[" * 3000, "1:21", "nested deeper than 20 levels"),
    ("- " * 3000 + "a", "1:41", "nested deeper than 20 levels"),
    ("\n".join(" " * at + "a:" for at in range(300)), "21:21", "nested deeper than 20 levels"),
    ("a: 1\n---\nb: 2", "2:1", "another document"),
    ("", "1:1", "the file is empty"),
    ("# only a comment\n", "1:1", "the file is empty"),
    ("a: 1\nb: x\0y", "2:5", "the character U+0000 is not allowed; delete it"),
    ("a: \x07", "1:4", "the character U+0007 is not allowed"),
    ("a: [1, 2", "1:9", "expected ',' or ']'"),
    ("a: 'x", "1:6", "not readable as YAML"),
    ("a: b: c", "1:5", "mapping values are not allowed here"),
    ("a: @x", "1:4", "cannot start any token"),
    ("? [a]\n: b", "1:3", "a key must be plain text"),
    ("a: 1\n b: 2", "2:3", "not readable as YAML"),
    ("a" * 1_000_001, "", "longer than 1,000,000 characters; split the file"),
]


@pytest.mark.parametrize(("text", "place", "words"), REFUSED, ids=[repr(case[0])[:30] for case in REFUSED])
def test_what_is_refused_is_named_with_its_place(text: str, place: str, words: str) -> None:
    found = mistake(text)
    assert str(found).startswith(f"f.yaml:{place}: " if place else "f.yaml: ")
    assert words in found.message


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("clause: 9.10", {"clause": "9.10"}),  # and not 9.1
        ("a: NO\nb: yes\nc: ~\nd: null\ne:", {"a": "NO", "b": "yes", "c": "~", "d": "null", "e": ""}),
        (
            "a: 12:30:45\nb: 2026-03-01\nc: 0x1F\nd: 1_000",
            {"a": "12:30:45", "b": "2026-03-01", "c": "0x1F", "d": "1_000"},
        ),
        ("a: " + LONG, {"a": LONG}),
        ("\ufeffa: 1", {"a": "1"}),
        ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
        ("a: {b: [c, {d: e}]}", {"a": {"b": ["c", {"d": "e"}]}}),
        ("a: 顾客满意", {"a": "顾客满意"}),
        ("a: 'it''s #1'  # why", {"a": "it's #1"}),
        ("--- \na: 1\n...\n", {"a": "1"}),
        ("a: {k: 1}\nb: {k: 2}", {"a": {"k": "1"}, "b": {"k": "2"}}),  # the same key in two places is no repetition
        ("[" * 19 + "a" + "]" * 19, None),
    ],
)
def test_what_is_read_stays_as_it_was_written(text: str, content: Any) -> None:
    assert content is None or Page(text, "f.yaml").content == content


CLAUSE = """clause: "9.1.2"
title: {en: a, zh: b}
requirements:
  - id: 9.1.2-a
    asks: {en: a, zh: b}
    evidence:
      - id: 9.1.2-a-1
        computed: nps
        shows: {en: a, zh: b}
        accept: {at_least: 20 points, sample_of: 30}
        otherwise: minor nonconformity
"""


@pytest.mark.parametrize(
    ("written", "instead", "place", "words"),
    [
        ("title:", "titel:", "2:1", "'titel' is not known here (did you mean 'title'?)"),
        ("title: {en: a, zh: b}\n", "", "1:1", "'title' is missing; add it"),
        ("at_least:", "at_lest:", "10:18", "'at_lest' is not known here (did you mean 'at_least'?)"),
        ("    asks:", "    zzz: 1\n    asks:", "5:5", "'zzz' is not known here"),
        ("20 points", "20 percents", "10:18", "'20 percents' is not a quantity; write a number and one of: %"),
        ("20 points", f"{LONG} points", "10:18", "is not a quantity"),
        ("sample_of: 30", f"sample_of: {LONG}", "10:39", "unable to parse input string as an integer"),
        ("sample_of: 30", "sample_of: 0", "10:39", "greater than or equal to 1"),
        ("sample_of: 30", "sample_of: many", "10:39", "'many': input should be a valid integer"),
        ("sample_of: 30", "over: 2 days", "10:39", "'2 days' is not a period; write whole months, as in '12 months'"),
        ("at_least: 20 points, ", "", "10:9", "write at least one of: at_least, at_most"),
        ("minor nonconformity", "minor", "11:9", "'minor': input should be 'major nonconformity'"),
        ("        computed: nps\n", "", "7:9", "'computed' is missing; add it"),
        ("computed: nps", "interviewed: nps", "8:9", "'interviewed' is not known here"),
        ("{en: a, zh: b}\n    evidence", "{en: a}\n    evidence", "5:5", "'zh' is missing; add it"),
        ("{en: a, zh: b}\n    evidence", "only words\n    evidence", "5:5", "'only words': write 'name: value' lines"),
        ('clause: "9.1.2"', "clause: nine", "1:1", "'nine' is no number of a clause"),
        ('clause: "9.1.2"', "clause: [9]", "1:1", "clause: write plain text"),
    ],
)
def test_a_mistake_in_a_clause_is_named_at_its_own_line(written: str, instead: str, place: str, words: str) -> None:
    assert written in CLAUSE
    found = mistake(CLAUSE.replace(written, instead, 1), Clause)
    assert f"{found.line}:{found.column}" == place
    assert words in found.message


@pytest.mark.parametrize("entry", ["hello", "[a, b]", "''"])
def test_evidence_that_is_no_mapping_is_a_mistake_and_no_crash(entry: str) -> None:
    found = mistake(CLAUSE.split("      - id")[0] + f"      - {entry}\n", Clause)
    assert (found.line, found.column) == (7, 9) and "write 'name: value' lines" in found.message


def test_the_clause_itself_is_right() -> None:
    clause = Page(CLAUSE, "f.yaml").as_model(Clause)
    assert clause.clause == "9.1.2" and clause.requirements[0].evidence[0].id == "9.1.2-a-1"


@pytest.mark.parametrize(
    ("written", "instead", "line", "words"),
    [
        ("tolerance: 5 %", "tolerance: 5 days", 9, "'5 days' is not a share; write it as '5 %'"),
        ("tolerance: 5 %", "tolerance: 500 %", 9, "is not a share"),
        ("tolerance: 5 %", "tolerance: -5 %", 9, "is not a share"),
        ("stale_after: 62 days", "stale_after: 2 months", 8, "'2 months' is not in days; write it as '62 days'"),
        ("owner:", "name: other\nowner:", 5, "'name' is taken from the file itself; leave the line out"),
        ("key: [order_id]", "key: order_id", 6, "'order_id': write a list, as in [a, b]"),
        ("key: [order_id]", "key: []", 6, "key: "),
        ("key: [order_id]", "key: [order]", 1, "column 'order' is not among the columns: order_id"),
        ("dated_by: ordered_at", "dated_by: order_date", 1, "column 'order_date' is not among the columns"),
        ("column_A: delivered_at", "column_A: [delivered_at]", 1, "is not among the columns"),
        ("{column: amount, min", "{column: amont, min", 1, "column 'amont' is not among the columns"),
        ("pairs: [[product, channel]]", "pairs: [[produkt, channel]]", 1, "'produkt' is not among the columns"),
        ("pairs: [[product, channel]]", "pairs: [[product, product]]", 1, "two different dimensions"),
        ("pairs: [[product, channel]]", "pairs: [[product, channel], [channel, product]]", 1, "stands there twice"),
        ("type: timestamp", "typ: timestamp", 17, "'typ' is not known here (did you mean 'type'?)"),
        ("type: timestamp", "type: datetime", 17, "'datetime': input should be 'text'"),
        ("severity: critical", "severity: fatal", 44, "'fatal': input should be 'critical' or 'warning'"),
        ("required: yes", "required: perhaps", 14, "'perhaps': input should be a valid boolean"),
    ],
)
def test_a_mistake_in_a_contract_is_named(written: str, instead: str, line: int, words: str) -> None:
    text = (SOURCES / "orders.yaml").read_text(encoding="utf-8")
    assert written in text
    changed = text.replace(written, instead, 1)
    with pytest.raises(DefinitionError) as caught:
        Page(changed, "orders.yaml").as_model(Source, name="orders")
    assert caught.value.line == line
    assert words in caught.value.message and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("source: orders\ncolums: {}", "'colums' is not known here (did you mean 'columns'?)"),
        ("source: orders\ncolumns: {a: {form: x}}", "'form' is not known here (did you mean 'format'?)"),
        (
            "source: orders\ncolumns: {a: {format: x}}",
            "write either 'from: <column of the file>' or 'constant: <value>'",
        ),
        ("source: orders\ndelimiter: ';;'", "';;': string should have at most 1 character"),
        ('source: orders\n"a\\nb": 1', "'a b' is not known here"),
        (f"source: orders\n{'k' * 500}: 1", f"'{'k' * 60}…' is not known here"),
        ("just text", "expected 'name: value' lines"),
        ("[source, orders]", "expected 'name: value' lines"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(text: str, words: str) -> None:
    assert words in mistake(text, Mapping).message


def test_a_header_inside_another_file_counts_its_lines_from_there() -> None:
    assert mistake("unit: '%'\nunit: days", first_line=2).line == 3
    assert mistake("title: {en: a}", Kpi, first_line=2).line == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [("顾客: 1".encode("gbk"), "not UTF-8 at byte 0; save the file as UTF-8"), (b"a: \xff\xfe", "not UTF-8 at byte 3")],
)
def test_bytes_that_are_no_utf_8_are_named(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "f.yaml").write_bytes(content)
    with pytest.raises(DefinitionError, match=words):
        read(tmp_path / "f.yaml")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"gone\.yaml: there is no such file"):
        read(tmp_path / "gone.yaml")
    with pytest.raises(DefinitionError, match="this is a folder; name a file"):
        read(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("source: orders", encoding="utf-8-sig")
    assert read(tmp_path / "f.yaml").content == {"source": "orders"}


@pytest.mark.parametrize(
    ("word", "found"),
    [("wieght", " (did you mean 'weight'?)"), ("weight", " (did you mean 'weight'?)"), ("colour", ""), ("", "")],
)
def test_the_nearest_word_is_offered_only_when_it_is_near(word: str, found: str) -> None:
    assert nearest(word, ["weight", "height_of_it"]) == found
    assert nearest(word, []) == ""
