"""What is compiled and what is left to Great Expectations; batches in files; batches that are not small."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from gate_batches import BATCHES, Case, contract_of, frame_of
from gate_cases import EVERY, JUDGED

from audit.source import Source
from pipelines import definitions
from pipelines.gate import answers, validate, validate_files
from pipelines.gating import compiled
from pipelines.gating.asked import Left
from pipelines.gating.expectation_arguments import of_day
from pipelines.gating.rows import of_frame

HANDED_OVER: dict[tuple[str, str, str], str] = {}
"""Source, type and column of what the contracts ask and is not compiled, and why."""


def test_whatever_the_contracts_ask_is_compiled_or_handed_over_with_a_reason() -> None:
    left = {}
    for written in definitions.sources().values():
        contract = of_day(written, dt.date(2026, 3, 31))
        types = {name: column.type for name, column in contract.columns.items()}
        for expectation in contract.gate:
            try:
                compiled.plan(expectation, contract, types)
            except Left as reason:
                left[(contract.name, expectation.type, expectation.column)] = str(reason)
    assert left == HANDED_OVER


BETWEEN, IN_SET = "expect_column_values_to_be_between", "expect_column_values_to_be_in_set"
GREATER, EQUAL = "expect_column_pair_values_a_to_be_greater_than_b", "expect_column_pair_values_to_be_equal"
NOT_NULL, REGEX = "expect_column_values_to_not_be_null", "expect_column_values_to_match_regex"
BOTH = {"column_A": "most", "column_B": "score"}
LEFT: list[tuple[str, dict[str, Any], str]] = [
    ("expect_column_values_to_be_increasing", {"column": "score"}, "type is not compiled"),
    ("expect_column_values_to_be_wonderful", {"column": "score"}, "type is not compiled"),
    ("expect_column_distinct_values_to_be_in_set", {"column": "code", "value_set": ["1"]}, "type is not compiled"),
    ("expect_column_values_to_be_in_type_list", {"column": "code", "type_list": ["str"]}, "type is not compiled"),
    ("expect_multicolumn_sum_to_equal", {"column_list": ["score", "most"], "sum_total": "5"}, "type is not compiled"),
    (BETWEEN, {"column": "score"}, "limits are refused"),
    (BETWEEN, {"column": "score", "min_value": "5", "max_value": "1"}, "limits are refused"),
    (BETWEEN, {"column": "score", "min_vlaue": "1"}, "min_vlaue"),
    (BETWEEN, {"column": "score", "min_value": "9007199254740993"}, "cannot be held against"),
    (BETWEEN, {"column": "score", "min_value": "true"}, "cannot be held against"),
    (BETWEEN, {"column": "score", "min_value": "1", "strict_min": "maybe"}, "truth value"),
    (BETWEEN, {"column": "score", "min_value": "1", "mostly": "ninety"}, "share"),
    (BETWEEN, {"column": "score", "min_value": "1", "mostly": "90"}, "share"),
    (BETWEEN, {"column": "code", "min_value": "1"}, "'code' is text"),
    (BETWEEN, {"column": "agreed", "min_value": "1"}, "'agreed' is boolean"),
    (BETWEEN, {"column": "on", "min_value": "1"}, "cannot be held against"),
    (BETWEEN, {"column": "on", "min_value": "2026-01-01T00:00:00+01:00"}, "cannot be held against"),
    (IN_SET, {"column": "score", "value_set": ["1.5"]}, "not of the type"),
    (IN_SET, {"column": "score", "value_set": ["one"]}, "not of the type"),
    (IN_SET, {"column": "score", "value_set": ["null", "1"]}, "not of the type"),
    (IN_SET, {"column": "agreed", "value_set": ["1"]}, "not of the type"),
    (IN_SET, {"column": "on", "value_set": ["soon"]}, "cannot be held against"),
    (IN_SET, {"column": "code"}, "not a list"),
    (REGEX, {"column": "code", "regex": "(["}, "Python does not read"),
    (REGEX, {"column": "score", "regex": "1"}, "'score' is integer"),
    ("expect_column_value_lengths_to_equal", {"column": "score", "value": "1"}, "'score' is integer"),
    ("expect_column_value_lengths_to_equal", {"column": "code", "value": "1.5"}, "whole number"),
    ("expect_column_values_to_match_strftime_format", {"column": "code", "strftime_format": "%Q"}, "refused"),
    ("expect_column_values_to_match_strftime_format", {"column": "on", "strftime_format": "%Y"}, "'on' is date"),
    (GREATER, BOTH, "where none is missing"),
    (GREATER, BOTH | {"ignore_row_if": "never"}, "where none is missing"),
    (GREATER, {"column_A": "code", "column_B": "score"}, "not compared"),
    (EQUAL, {"column_A": "agreed", "column_B": "agreed"}, "not compared"),
    ("expect_compound_columns_to_be_unique", {"column_list": ["code", "on"], "ignore_row_if": "neither"}, "neither"),
    ("expect_column_max_to_be_between", {"column": "on"}, "without a limit"),
    ("expect_column_max_to_be_between", {"column": "code", "max_value": "5"}, "'code' is text"),
    ("expect_column_mean_to_be_between", {"column": "score", "mostly": "0.5"}, "mostly"),
    ("expect_table_row_count_to_equal", {}, "missing"),
    *[
        (NOT_NULL, {"column": "id", "row_condition": written, "condition_parser": parser}, "row condition")
        for written, parser in [
            ("score > most", "pandas"),
            ("score > 1 & most < 5", "pandas"),
            ("(score > 1) | (most < 5) and (score < 9)", "pandas"),
            ("0 < score < 5", "pandas"),
            ("score + 1 > 5", "pandas"),
            ("code > 5", "pandas"),
            ("code.str.len() > 1", "pandas"),
            ("on == '2026-01-15'", "pandas"),
            ("`other code` == '1'", "pandas"),
            ("score in [1, 2]", "pandas"),
            ("nobody > 1", "pandas"),
            ("score >", "pandas"),
            ('col("score") > 1 and col("most") < 5', "great_expectations"),
            ('col("on") > date("2026-01-15")', "great_expectations"),
            ('col("code") == " north"', "great_expectations"),
            ('col("nobody").notnull()', "great_expectations"),
            ('col("score") > 1', "spark"),
        ]
    ],
]  # fmt: skip


@pytest.mark.parametrize(("type_", "kwargs", "reason"), LEFT)
def test_what_is_not_surely_the_same_is_left_to_great_expectations(
    type_: str, kwargs: dict[str, Any], reason: str
) -> None:
    contract = contract_of((type_, kwargs))
    with pytest.raises(Left, match=reason):
        compiled.plan(contract.gate[0], contract, {name: c.type for name, c in contract.columns.items()})


def test_what_is_left_gets_the_answer_of_great_expectations_in_its_place() -> None:
    """One that raises says so, and spoils nothing else."""
    some = [(type_, kwargs) for type_, kwargs, _ in LEFT[:40:2]]
    mixed: list[Case] = [case for one in some for case in (one, EVERY[0])]
    contract = contract_of(*mixed)
    with of_frame(frame_of(BATCHES["dirtier"]), contract) as rows:
        found, asked = answers(rows, contract, "compiled"), answers(rows, contract, "gx")
    assert found == asked
    raised = {mixed[at][0] for at, answer in enumerate(found) if answer.raised}
    assert raised >= {BETWEEN, GREATER}
    assert EVERY[0][0] not in {mixed[at][0] for at in range(1, len(mixed), 2) if found[at].raised}


ASKED: list[Case] = [*JUDGED, *[case for case in EVERY if "regex" in str(case[1])][:4]]


def written(frame: pd.DataFrame, contract: Source, folder: Path, rows: int) -> list[Path]:
    """The frame in Parquet files of so many rows each, dates as the table of the source has them."""
    stored = pa.Table.from_pandas(frame.rename(columns={"line": "_line"}), preserve_index=False)
    for at, name in enumerate(stored.column_names):
        if name in contract.columns and contract.columns[name].type == "date":
            stored = stored.set_column(at, name, stored[name].cast(pa.date32()))
    files = []
    for start in range(0, max(len(frame), 1), rows):
        files.append(folder / f"it's block {start:06}.parquet")
        pq.write_table(stored.slice(start, rows), files[-1], row_group_size=rows // 2 + 1)
    return files


@pytest.mark.parametrize("rows", [1000, 70])
@pytest.mark.parametrize("batch", ["dirty", "empty", "all missing"])
def test_files_are_held_to_the_same_as_the_rows_in_them(batch: str, rows: int, tmp_path: Path) -> None:
    frame, contract = frame_of(BATCHES[batch]), contract_of(*ASKED)
    files = written(frame, contract, tmp_path, rows)
    assert validate_files(files, contract) == validate(frame, contract)


def test_great_expectations_reads_the_same_rows_from_files(tmp_path: Path) -> None:
    frame, contract = (
        frame_of(BATCHES["dirty"]),
        contract_of(*ASKED, ("expect_column_values_to_be_increasing", {"column": "score"})),
    )
    files = written(frame, contract, tmp_path, 123)
    assert validate_files(files, contract, "gx") == validate(frame, contract) == validate_files(files, contract)


def test_the_first_rows_are_the_first_in_a_batch_of_many_blocks(tmp_path: Path) -> None:
    """Several threads read it; rare ones and those near the end are in order, too."""
    total, dirty_at = 400_000, [*range(399_000, 399_060, 2), 5, 200_001, 122_880]
    score = pd.Series(1, index=range(total), dtype="Int64")
    score.iloc[dirty_at] = 9
    texts = pd.Series([f"r{at}" for at in range(total)], dtype="str")
    texts.iloc[[7, 300_000]] = "twice"
    frame = pd.DataFrame({"id": texts, "score": score, "line": range(10, total + 10)})
    contract = contract_of(
        (BETWEEN, {"column": "score", "max_value": "5"}),
        ("expect_column_values_to_be_unique", {"column": "id"}),
        dated_by=None,
        types={"id": "text", "score": "integer"},
    )
    files = written(frame, contract, tmp_path, 150_000)
    for results in (validate(frame, contract), validate_files(files, contract)):
        assert results[0].lines == tuple(at + 10 for at in sorted(dirty_at)[:20])
        assert (results[0].unexpected, results[0].by_month) == (33, {"": 33})
        assert (results[1].unexpected, results[1].lines) == (2, (17, 300_010))


def test_values_are_compared_where_hashes_are_equal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hashes for all values; and the hashes are looked at in parts."""
    from pipelines.gating import repeated, stream

    contract = contract_of(*[case for case in EVERY if "unique" in case[0]])
    frame = frame_of(BATCHES["dirty"])
    expected = validate(frame, contract)
    monkeypatch.setattr(stream, "MOST_HASHES", 100)
    assert validate(frame, contract) == expected
    hashed = repeated.hashed
    monkeypatch.setattr(repeated, "hashed", lambda columns: f"({hashed(columns)} % 3)")
    assert validate(frame, contract) == expected


def test_columns_that_differ_in_case_alone_are_left_to_great_expectations() -> None:
    contract = contract_of(
        ("expect_column_values_to_be_unique", {"column": "Id"}),
        ("expect_column_values_to_be_unique", {"column": "id"}),
        dated_by=None,
        types={"id": "text", "Id": "text"},
    )
    frame = pd.DataFrame({"id": ["a", "b"], "Id": ["c", "c"], "line": [2, 3]}).astype({"id": "str", "Id": "str"})
    assert validate(frame, contract) == validate(frame, contract, "gx")
