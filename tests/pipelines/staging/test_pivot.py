"""A wide questionnaire becomes a row for each question answered, and every cell that was asked for is accounted for."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from small_contract import WORDS, values

from audit.errors import SourceError
from audit.mapping import Mapping
from audit.source import Source
from pipelines import definitions
from pipelines.__main__ import main
from pipelines.loading.load_id import fingerprint
from pipelines.stage import Batch, stage

SCORES = Source.model_validate(
    {
        "name": "scores",
        "title": WORDS,
        "meaning": WORDS,
        "owner": WORDS,
        "key": ["id", "question"],
        "dated_by": "day",
        "tolerance": "5 %",
        "columns": {
            "id": {"meaning": WORDS, "required": True},
            "question": {"meaning": WORDS, "required": True},
            "day": {"meaning": WORDS, "type": "date", "required": True},
            "score": {"meaning": WORDS, "type": "integer", "scale": {"lowest": 1, "highest": 5}},
            "wished": {"meaning": WORDS, "type": "number"},
            "driver": {"meaning": WORDS, "one_of": ["speed", "price"]},
            "skipped": {"meaning": WORDS, "type": "boolean"},
        },
    }
)
DAY = dt.datetime(2026, 3, 1)
TWO = {"a": {"score": "Q1"}, "b": {"score": "Q2"}}
ONE_TO_TEN = {"rescale": {"from": {"lowest": 1, "highest": 9}, "to": {"lowest": 1, "highest": 5}}}
TURNED = {"1": "5", "2": "4", "4": "2", "5": "1"}


def mapping(answers: dict[str, Any] = TWO, columns: dict[str, Any] | None = None, **more: Any) -> Mapping:
    top = {name: more.pop(name) for name in ("skip_lines_after_header", "delimiter", "keep_in") if name in more}
    pivot = {"question": "question", "answers": answers, **more}
    return Mapping.model_validate({"source": "scores", "columns": columns or {}, "pivot": pivot, **top})


def staged(content: str | bytes, answers: dict[str, Any] = TWO, **more: Any) -> Batch:
    written = content.encode() if isinstance(content, str) else content
    return stage(written, "answers.csv", SCORES, mapping(answers, **more))


def account(batch: Batch) -> tuple[int, int, int, int]:
    return batch.lines, len(batch.frame), len(batch.rejects), batch.blank


ROWS: dict[str, tuple[str, dict[str, Any], list[tuple[Any, ...]], tuple[int, int, int, int]]] = {
    "two answers": (
        "id,day,Q1,Q2\nA,2026-03-01,4,5\nB,2026-03-01,1,2\n", {},
        [(2, "A", "a", 4), (2, "A", "b", 5), (3, "B", "a", 1), (3, "B", "b", 2)], (4, 4, 0, 0)
    ),
    "an empty cell gives no row": (
        "id,day,Q1,Q2\nA,2026-03-01,4,\nB,2026-03-01, ,2\n", {}, [(2, "A", "a", 4), (3, "B", "b", 2)], (4, 2, 0, 2)
    ),
    "unless rows are kept": (
        "id,day,Q1,Q2\nA,2026-03-01,4,\n", {"keep_unanswered": True}, [(2, "A", "a", 4), (2, "A", "b", None)],
        (2, 2, 0, 0)
    ),
    "a record without any answer": (
        "id,day,Q1,Q2\nA,2026-03-01,,\nB,2026-03-01,3,3\n", {}, [(3, "B", "a", 3), (3, "B", "b", 3)], (4, 2, 0, 2)
    ),
    "a blank line": (
        "id,day,Q1,Q2\n\nA,2026-03-01,4,5\n,,,\n", {}, [(3, "A", "a", 4), (3, "A", "b", 5)], (6, 2, 0, 4)
    ),
    "a text that means nothing": (
        "id,day,Q1,Q2\nA,2026-03-01,N/A,5\n", {"read_as": {"score": {"missing": "N/A"}}}, [(2, "A", "b", 5)],
        (2, 1, 0, 1)
    ),
    "a text recoded to nothing": (
        "id,day,Q1,Q2\nA,2026-03-01,99,5\n", {"read_as": {"score": {"recode": {"99": ""}}}}, [(2, "A", "b", 5)],
        (2, 1, 0, 1)
    ),
    "one question recoded to nothing": (
        "id,day,Q1,Q2\nA,2026-03-01,6,5\n", {"answers": TWO | {"a": {"score": {"from": "Q1", "recode": {"6": ""}}}}},
        [(2, "A", "b", 5)], (2, 1, 0, 1)
    ),
    "words recoded for all questions": (
        "id,day,Q1,Q2\nA,2026-03-01,good,bad\n", {"read_as": {"score": {"recode": {"good": "5", "bad": "1"}}}},
        [(2, "A", "a", 5), (2, "A", "b", 1)], (2, 2, 0, 0)
    ),
    "another scale": (
        "id,day,Q1,Q2\nA,2026-03-01,9,5\n", {"read_as": {"score": ONE_TO_TEN}},
        [(2, "A", "a", 5), (2, "A", "b", 3)], (2, 2, 0, 0)
    ),
    "one question turned round": (
        "id,day,Q1,Q2\nA,2026-03-01,1,1\nB,2026-03-01,3,4\n",
        {"answers": TWO | {"b": {"score": {"from": "Q2", "recode": TURNED}}}},
        [(2, "A", "a", 1), (2, "A", "b", 5), (3, "B", "a", 3), (3, "B", "b", 2)], (4, 4, 0, 0)
    ),
    "turned round and in words": (
        "id,day,Q1,Q2\nA,2026-03-01,good,good\n",
        {"answers": TWO | {"b": {"score": {"from": "Q2", "recode": {"good": "bad"}}}},
         "read_as": {"score": {"recode": {"good": "5", "bad": "1"}}}},
        [(2, "A", "a", 5), (2, "A", "b", 1)], (2, 2, 0, 0)
    ),
    "lines of the header skipped": (
        "id,day,Q1,Q2\nwho,when,how,how\nA,2026-03-01,4,5\n", {"skip_lines_after_header": 1},
        [(3, "A", "a", 4), (3, "A", "b", 5)], (2, 2, 0, 0)
    ),
    "a record over several lines": (
        'id,day,Q1,Q2,note\nA,2026-03-01,4,5,"x\ny"\nB,2026-03-01,1,,\n', {},
        [(2, "A", "a", 4), (2, "A", "b", 5), (4, "B", "a", 1)], (4, 3, 0, 1)
    ),
    "names spelled otherwise": ("ID,Day, q1 ,Q2\nA,2026-03-01,4,5\n", {}, [(2, "A", "a", 4), (2, "A", "b", 5)],
                                (2, 2, 0, 0)),
    "one question": ("id,day,Q1\nA,2026-03-01,4\n", {"answers": {"a": {"score": "Q1"}}}, [(2, "A", "a", 4)],
                     (1, 1, 0, 0)),
    "the answers before the rest": ("Q2,Q1,day,id\n5,4,2026-03-01,A\n", {}, [(2, "A", "a", 4), (2, "A", "b", 5)],
                                    (2, 2, 0, 0)),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_a_record_gives_a_row_for_each_question_answered(case: str) -> None:
    content, more, rows, figures = ROWS[case]
    batch = staged(content, **more)
    assert values(batch, "line", "id", "question", "score") == rows
    assert (account(batch), batch.rejects) == (figures, [])
    assert set(values(batch, "day")) == {(DAY,)}


PAIRS = {
    "quick": {"score": "Got 1", "wished": "Want 1", "driver": {"constant": "speed"}},
    "cheap": {"score": "Got 2", "wished": "Want 2", "driver": {"constant": "price"}},
    "kind": {"score": "Got 3"},
}


def test_pairs_stay_together_and_half_a_pair_is_a_row() -> None:
    content = "id,day,Want 1,Want 2,Got 1,Got 2,Got 3\nA,2026-03-01,7.5,6,4,,5\nB,2026-03-01,,,2,,\n"
    batch = staged(content, PAIRS)
    assert values(batch, "id", "question", "score", "wished", "driver") == [
        ("A", "quick", 4, 7.5, "speed"),
        ("A", "cheap", None, 6.0, "price"),
        ("A", "kind", 5, None, None),
        ("B", "quick", 2, None, "speed"),
    ]
    assert account(batch) == (6, 4, 0, 2)
    assert (batch.delivered, batch.ignored) == (("id", "question", "day", "score", "wished", "driver"), ())


def test_one_cell_may_say_two_things() -> None:
    answers = {"a": {"score": "Q1", "skipped": {"from": "Q1", "recode": {"N/A": "true", "4": "false"}}}}
    batch = staged("id,day,Q1\nA,2026-03-01,N/A\nB,2026-03-01,4\nC,2026-03-01,\n", answers,
                   read_as={"score": {"missing": "N/A"}})  # fmt: skip
    assert values(batch, "id", "score", "skipped") == [("A", None, True), ("B", 4, False)]


def test_columns_that_nobody_asked_for_are_named_and_answers_are_not_among_them() -> None:
    batch = staged("id,e-mail,day,Q1,Q2,Q3\nA,a@b.c,2026-03-01,4,5,6\n")
    assert (batch.ignored, batch.delivered) == (("e-mail", "Q3"), ("id", "question", "day", "score"))


def test_a_column_that_some_questions_fill_is_taken_from_nowhere_else() -> None:
    answers = {"a": {"score": "Q1", "driver": {"constant": "speed"}}, "b": {"score": "Q2"}}
    batch = staged("id,day,Q1,Q2,driver\nA,2026-03-01,4,5,price\n", answers)
    assert values(batch, "question", "driver") == [("a", "speed"), ("b", None)]
    assert batch.ignored == ("driver",)


REJECTED: dict[str, tuple[str, list[tuple[int, str, str, str]], tuple[int, int, int, int]]] = {
    "a mistake in one answer": (
        "id,day,Q1,Q2\nA,2026-03-01,x,5\n", [(2, "score (Q1)", "x", "not a whole number")], (2, 1, 1, 0)
    ),
    "in both": (
        "id,day,Q1,Q2\nA,2026-03-01,6,7\nB,2026-03-01,1,1\n",
        [(2, "score (Q1)", "6", "not on the scale"), (2, "score (Q2)", "7", "not on the scale")], (4, 2, 2, 0)
    ),
    "in the date": (
        "id,day,Q1,Q2\nA,1.3.2026,4,5\nB,2026-03-01,1,1\n",
        [(2, "day", "1.3.2026", "does not fit"), (2, "day", "1.3.2026", "does not fit")], (4, 2, 2, 0)
    ),
    "in the date, one answer empty": (
        "id,day,Q1,Q2\nA,1.3.2026,4,\nB,2026-03-01,1,1\n", [(2, "day", "1.3.2026", "does not fit")], (4, 2, 1, 1)
    ),
    "no key": (
        "id,day,Q1,Q2\n,2026-03-01,4,\nB,2026-03-01,1,1\n", [(2, "id", "", "no value; every row must")], (4, 2, 1, 1)
    ),
    "too many fields": (
        "id,day,Q1,Q2\nA,2026-03-01,4,5,6\nB,2026-03-01,1,1\n",
        [(2, "", "A,2026-03-01,4,5,6", "5 fields, the header has 4")] * 2, (4, 2, 2, 0)
    ),
    "too few": (
        "id,day,Q1,Q2\nB,2026-03-01,1,1\nA,2026-03-01", [(3, "", "A,2026-03-01", "may be truncated")] * 2, (4, 2, 2, 0)
    ),
    "the same record twice": (
        "id,day,Q1,Q2\nA,2026-03-01,4,5\n\nA,2026-03-01,4,5\n",
        [(4, "id, question", "A/a", "repeats line 2 exactly"), (4, "id, question", "A/b", "repeats line 2 exactly")],
        (6, 2, 2, 2)
    ),
    "the same key with another answer to one question": (
        "id,day,Q1,Q2\nA,2026-03-01,4,5\nA,2026-03-01,4,1\n",
        [(2, "id, question", "A/b", "same key as line 3"), (3, "id, question", "A/a", "repeats line 2 exactly"),
         (3, "id, question", "A/b", "same key as line 2")], (4, 1, 3, 0)
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REJECTED)
def test_a_mistake_rejects_the_rows_that_it_touches_and_no_other(case: str) -> None:
    content, told, figures = REJECTED[case]
    batch = staged(content)
    assert [(one.line, one.column, one.value) for one in batch.rejects] == [one[:3] for one in told]
    assert all(words in one.reason.en for one, (*_, words) in zip(batch.rejects, told, strict=True))
    assert account(batch) == figures


def test_a_fault_of_the_format_in_an_answer_is_no_empty_cell() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [["id", "day", "Q1", "Q2"], ["A", DAY, "=2+2", 5], ["=1+1", DAY, 3, None], ["C", DAY, 1, 2]]:
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    batch = staged(packed.getvalue())
    assert [(one.line, one.column) for one in batch.rejects] == [(2, "score (Q1)"), (3, "id")]
    assert values(batch, "id", "question") == [("A", "b"), ("C", "a"), ("C", "b")]
    assert account(batch) == (6, 3, 2, 1)


def test_json_lines_pivot_as_well_and_a_broken_line_is_all_its_rows() -> None:
    lines = ['{"id":"A","day":"2026-03-01","Q1":[4],"Q2":5}', "{no}", '{"id":"C","day":"2026-03-01","Q2":1}', ""]
    batch = staged("\n".join(lines))
    assert [(one.line, one.column) for one in batch.rejects] == [(1, "score (Q1)"), (2, ""), (2, "")]
    assert (values(batch, "id", "question"), account(batch)) == ([("A", "b"), ("C", "b")], (6, 2, 3, 1))


def test_the_account_is_of_rows_asked_for_and_says_how_many_each_record_gives() -> None:
    batch = staged("id,day,Q1,Q2\nA,2026-03-01,4,\n\n")
    assert (batch.rows_of_record, batch.lines, batch.physical_lines) == (2, 2 * 2, 3)
    with pytest.raises(AssertionError, match="3 lines are not 2 for each record"):
        dataclasses.replace(batch, lines=3)
    with pytest.raises(AssertionError, match="rejected"):
        dataclasses.replace(batch, blank=2)


NESTED = io.BytesIO()
pq.write_table(pa.table({"id": ["A"], "day": ["2026-03-01"], "Q1": [[1]], "Q2": [1]}), NESTED)
REFUSED: dict[str, tuple[str | bytes, dict[str, Any], str]] = {
    "a question that the file lacks": ("id,day,Q1,Q3\nA,2026-03-01,4,5\n", {}, "no column 'Q2'"),
    "a shared column that it lacks": ("id,Q1,Q2\nA,4,5\n", {}, "no column 'day'"),
    "a question in two columns": ("id,day,Q1,Q2,q1\nA,2026-03-01,4,5,6\n", {}, "two columns have one name"),
    "no answer at all": ("id,day,Q1,Q2\nA,2026-03-01,,\n", {}, "not one answer to any question of the mapping"),
    "no answer but a broken line": ("id,day,Q1,Q2\nA,2026-03-01,,\nB\n", {}, "not one answer to any question"),
    "no row": ("id,day,Q1,Q2\n", {}, "0 rows below the header"),
    "no record that fits": ("id,day,Q1,Q2\nA,1\n", {}, "line 2: 2 fields, header 4, and no row fits"),
    "another delimiter": ("id;day;Q1;Q2\nA;2026-03-01;4;5\n", {}, 'write delimiter: ";"'),
    "a row among the skipped lines": (
        "id,day,Q1,Q2\nA,2026-03-01,4,5\nB,2026-03-01,4,5\n", {"skip_lines_after_header": 1},
        "line 2: this line is a row, and the mapping skips it; write 'skip_lines_after_header: 0'",
    ),
    "lists for answers": (NESTED.getvalue(), {}, "column 'Q1' holds list<element: int64>; write one value in each row"),
    "a question that is no key": (
        "id,day,Q1\nA,2026-03-01,4\n", {"answers": {"speed": {"score": "Q1"}}, "question": "driver"},
        r"'driver' is not in the key of scores \(id, question\)",
    ),
    "a column without a name": ("id,day,Q1,Q2,\nA,2026-03-01,4,5,6\n", {}, "column 5 has no name, but holds “6”"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_pivoted_is_refused_in_one_line(case: str) -> None:
    content, more, told = REFUSED[case]
    with pytest.raises(SourceError, match=told) as caught:
        staged(content, **more)
    assert str(caught.value).startswith("answers.csv") and str(caught.value).isprintable()


UNWRITTEN: dict[str, tuple[dict[str, Any], str]] = {
    "no question": ({"answers": {}}, "at least 1 item"),
    "no name": ({"answers": {" ": {"score": "Q1"}}}, "a question has no name"),
    "no column of the file": ({"answers": {"a": {"driver": {"constant": "speed"}}}}, "'a' names no column of the file"),
    "nothing at all": ({"answers": {"a": {}}}, "'a' names no column of the file"),
    "a column of the file for two questions": (
        {"answers": {"a": {"score": "Q1"}, "b": {"score": "Q1"}}}, "'a' and 'b' have one column of the file for 'score'"
    ),
    "the question as an answer": ({"answers": {"a": {"question": "Q1"}}}, "names the question and cannot be an answer"),
    "a reading of nothing": ({"read_as": {"wished": {"decimal": ","}}}, "no question fills 'wished'"),
    "a source and a constant": (
        {"answers": {"a": {"score": {"from": "Q1", "constant": "4"}}}}, "either 'from: <column of the file>' or"
    ),
    "an answer under columns too": ({"columns": {"score": "Q1"}}, "'score' stands under 'columns' and under 'pivot'"),
    "the question under columns too": ({"columns": {"question": "Q"}}, "'question' stands under 'columns' and under"),
    "a format of one question": ({"answers": {"a": {"score": {"from": "Q1", "format": "%d"}}}}, "not permitted"),
    "a zone without a home": (
        {"answers": {"a": {"score": "Q1"}}, "read_as": {"score": {"time_zone": "UTC"}}}, "add 'keep_in: UTC'"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNWRITTEN)
def test_a_pivot_that_means_nothing_is_refused_where_it_is_written(case: str) -> None:
    more, told = UNWRITTEN[case]
    with pytest.raises(ValidationError, match=told):
        mapping(**more)


def test_a_mapping_without_a_pivot_is_the_mapping_it_was_and_with_one_another() -> None:
    plain = Mapping(source="scores")
    assert "pivot" not in plain.model_dump(mode="json", by_alias=True)
    turned = mapping(TWO | {"b": {"score": {"from": "Q2", "recode": TURNED}}})
    assert len({fingerprint(one) for one in (plain, mapping(), turned, mapping(keep_unanswered=True))}) == 4


ANSWER = st.sampled_from(["", "", " ", "1", "2", "3", "4", "5", " 5", "0", "6", "x", "N/A"])
RECORD = st.one_of(st.none(), st.tuples(st.sampled_from(["2026-03-01", "01.03.2026"]), *[ANSWER] * 3))


@settings(max_examples=150, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=12), st.permutations(["Q1", "Q2", "Q3"]), st.booleans())
def test_the_rows_grouped_back_are_the_wide_table(
    records: list[tuple[str, ...] | None], order: list[str], keep: bool
) -> None:
    """Judged cell by cell, without the program: what is answered well, what badly, and what not at all."""
    text, good, bad, none = ["id,day," + ",".join(order)], dict[tuple[int, str], int | None](), Counter[int](), 0
    records = [*records, ("2026-03-01", "3", "3", "3")]
    for line, record in enumerate(records, start=2):
        text.append(f"R{line}," + ",".join(record) if record else "")
        for name, answer in zip(order, record[1:] if record else [None] * 3, strict=True):
            empty = answer is None or answer.strip() in ("", "N/A")
            if record is None or (empty and not keep):
                none += 1
            elif record[0] != "2026-03-01" or not (empty or answer.strip() in set("12345")):
                bad[line] += 1
            else:
                good[line, name] = None if empty else int(answer)
    asked = {name: {"score": name} for name in ("Q2", "Q1", "Q3")}
    batch = staged("\n".join(text), asked, read_as={"score": {"missing": "N/A"}}, keep_unanswered=keep)
    found = {(line, question): score for line, question, score in values(batch, "line", "question", "score")}
    assert found == good
    assert [row[0] for row in values(batch, "id")] == [f"R{line}" for (line,) in values(batch, "line")]
    assert Counter(reject.line for reject in batch.rejects) == bad
    assert account(batch) == (3 * len(records), len(good), bad.total(), none)


def test_the_command_line_loads_a_matrix_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "workspace.yaml").write_text("organisation: A\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "source: expectations\ncolumns:\n  response_id: Nr\n  answered_on: {from: Date, format: '%d.%m.%Y'}\n"
        "  scale_lowest: {constant: '1'}\n  scale_highest: {constant: '7'}\n"
        "pivot:\n  question: question\n  answers:\n"
        "    prompt: {expected: E1, perceived: P1, dimension: {constant: responsiveness}}\n"
        "    polite: {expected: E2, perceived: P2, dimension: {constant: empathy}}\n",
        encoding="utf-8",
    )
    (tmp_path / "a.csv").write_text(
        "Nr,Date,E1,P1,E2,P2\nA,01.10.2026,7,5,6,6\nB,02.10.2026,7,five,,\n", encoding="utf-8"
    )
    at = ["--workspace", str(tmp_path), "--json"]
    asked = ["load", str(tmp_path / "a.csv"), "--source", "expectations", "--mapping", str(tmp_path / "m.yaml"), *at]
    assert main(asked) == 2
    output = capsys.readouterr()
    (told,) = json.loads(output.out)
    assert {name: told[name] for name in ("lines", "loaded", "rejected", "blank", "rows_of_record", "published")} == {
        "lines": 4, "loaded": 2, "rejected": 1, "blank": 1, "rows_of_record": 2, "published": True
    }  # fmt: skip
    assert "line 3, perceived (P1) 'five'" in output.err
    assert main(["rejects", told["load"], *at]) == 0
    assert [(one["line"], one["column"]) for one in json.loads(capsys.readouterr().out)] == [(3, "perceived (P1)")]


def test_the_contracts_in_long_form_can_be_pivoted_and_the_others_not(tmp_path: Path) -> None:
    in_long_form = {"survey_answers": "question", "expectations": "question", "kano_answers": "feature"}
    for name, question in in_long_form.items():
        assert question in definitions.source(name).key
    assert definitions.source("employee_survey").key == ("response_id",)
