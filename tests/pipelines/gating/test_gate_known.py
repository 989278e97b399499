"""What is known of a batch before its rows are read: the answers are the same; what is not sure is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from gate_batches import Case, contract_of, frame_of

from audit.source import Source
from pipelines.gate import answers, validate, validate_files
from pipelines.gating import compiled
from pipelines.gating.batch import Known
from pipelines.gating.rows import Rows, of_files, of_frame
from pipelines.gating.scan import Scan
from pipelines.gating.stream import Stream

TYPES = {"id": "text", "name": "text", "score": "integer", "amount": "number", "on": "date", "at": "timestamp"}
JANUARY, MARCH = dt.datetime(2026, 1, 5), dt.datetime(2026, 3, 31, 23, 59)
BETWEEN, UNIQUE = "expect_column_values_to_be_between", "expect_column_values_to_be_unique"
TOGETHER, MEAN, SUM = (
    "expect_compound_columns_to_be_unique", "expect_column_mean_to_be_between", "expect_column_sum_to_be_between"
)  # fmt: skip
MATCHES = "expect_column_values_to_match_regex"
ASKED: list[Case] = [
    *[("expect_column_values_to_not_be_null", {"column": column}) for column in TYPES],
    *[("expect_column_values_to_be_null", {"column": column}) for column in TYPES],
    ("expect_table_row_count_to_equal", {"value": "6"}),
    (BETWEEN, {"column": "score", "min_value": "1", "max_value": "5"}),
    (BETWEEN, {"column": "score", "min_value": "1", "max_value": "5", "strict_max": "true"}),
    (BETWEEN, {"column": "score", "min_value": "2"}),
    (BETWEEN, {"column": "on", "min_value": "2026-01-05", "max_value": "2026-03-31"}),
    (BETWEEN, {"column": "on", "min_value": "2026-01-05", "strict_min": "true"}),
    (BETWEEN, {"column": "at", "max_value": "2026-03-31 23:59:00"}),
    (BETWEEN, {"column": "at", "max_value": "2026-03-31 23:58:59"}),
    (BETWEEN, {"column": "amount", "min_value": "0"}),
    (UNIQUE, {"column": "id"}),
    (TOGETHER, {"column_list": ["name", "id"]}),
    (TOGETHER, {"column_list": ["name", "id", "score"], "ignore_row_if": "never"}),
    (TOGETHER, {"column_list": ["name", "score"], "ignore_row_if": "any_value_is_missing"}),
]


def row(id: str | None, day: dt.datetime | None, score: int | None = 3, name: str | None = "ann") -> dict[str, Any]:
    at = None if day is None else day.replace(minute=59)
    return {
        "id": id,
        "name": name,
        "score": score,
        "amount": 1.5,
        "on": day and day.replace(hour=0, minute=0),
        "at": at,
    }


FILES: dict[str, list[list[dict[str, Any]]]] = {
    "a month each": [[row("a", JANUARY, 1), row(None, JANUARY)], [row("c", MARCH, 5), row("d", MARCH, None)]],
    "a month in two files, not in order": [[row("a", MARCH)], [row("b", JANUARY, 9)], [row("a", MARCH, None, None)]],
    "rows without a day by themselves": [[row("a", None), row("a", None)], [row("b", MARCH, 6)]],
    "rows without a day among others": [[row("a", None), row("b", MARCH)], [row("b", MARCH, 6)]],
    "two months in a file": [[row("a", JANUARY), row("b", MARCH)], [row("a", MARCH, 0), row(None, MARCH)]],
    "nothing but gaps": [[row(None, None, None, None)] * 3],
    "one id over and over": [[row("a", JANUARY, 1)] * 30, [row("a", MARCH, 2)] * 30, [row(None, MARCH, 1)] * 3],
}  # fmt: skip
KNOWN = {"a month each", "a month in two files, not in order", "rows without a day by themselves", "nothing but gaps"}
KNOWN |= {"one id over and over"}


def written(folder: Path, files: list[list[dict[str, Any]]], **how: Any) -> tuple[list[Path], pd.DataFrame]:
    """In the form of staging, and all rows in one frame."""
    frame = frame_of([row for rows in files for row in rows], TYPES)
    paths, begin = [folder / f"{at}.parquet" for at in range(len(files))], 0
    for path, rows in zip(paths, files, strict=True):
        part = frame.iloc[begin : begin + len(rows)].rename(columns={"line": "_line"})
        table = pa.Table.from_pandas(part, preserve_index=False)
        at = table.column_names.index("on")
        pq.write_table(table.set_column(at, "on", table["on"].cast(pa.date32())), path, row_group_size=2, **how)
        begin += len(rows)
    return paths, frame


def known(files: list[Path], contract: Source) -> Known | None:
    with of_files(files, contract) as rows:
        return rows.batch.known()


@pytest.mark.parametrize("case", FILES)
def test_what_footers_say_is_what_the_rows_say(case: str, tmp_path: Path) -> None:
    contract = contract_of(*ASKED, types=TYPES)
    files, frame = written(tmp_path, FILES[case])
    assert (known(files, contract) is not None) == (case in KNOWN)
    with of_files(files, contract) as rows, of_frame(frame, contract) as held:
        assert answers(rows, contract, "compiled") == answers(held, contract, "gx")
    assert validate_files(files, contract) == validate(frame, contract)


def test_files_without_statistics_are_read(tmp_path: Path) -> None:
    contract = contract_of(*ASKED, types=TYPES)
    files, frame = written(tmp_path, FILES["a month each"], write_statistics=False)
    assert known(files, contract) is None
    assert validate_files(files, contract) == validate(frame, contract, "gx")


def test_statistics_of_some_columns_are_used_for_these_alone(tmp_path: Path) -> None:
    contract = contract_of(*ASKED, types=TYPES)
    files, frame = written(tmp_path, FILES["a month each"], write_statistics=["on", "score"])
    found = known(files, contract)
    assert found is not None
    assert (set(found.missing), set(found.spans)) == ({"on", "score"}, {"on", "score"})
    assert validate_files(files, contract) == validate(frame, contract, "gx")


def test_what_is_not_a_number_counts_as_missing_though_no_footer_says_it(tmp_path: Path) -> None:
    contract = contract_of(*ASKED, types=TYPES)
    files, frame = written(tmp_path, [[row("a", JANUARY)]])
    table = pq.read_table(files[0])
    at = table.column_names.index("amount")
    pq.write_table(table.set_column(at, "amount", pa.array([float("nan")])), files[0])
    results = {result.column: result for result in validate_files(files, contract)[: len(TYPES)]}
    assert (results["amount"].unexpected, results["id"].unexpected) == (1, 0)


def read_for(files: list[Path], contract: Source, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """What the rows were read for: figures, and hashes."""
    figures: list[str] = []
    hashes: list[str] = []

    def noting(run: Callable[[Any, Rows], None], note: Callable[[Any], None]) -> Callable[[Any, Rows], None]:
        def noted(self: Any, rows: Rows) -> None:
            note(self)
            run(self, rows)

        return noted

    monkeypatch.setattr(Scan, "run", noting(Scan.run, lambda scan: figures.extend(scan.asked)))
    monkeypatch.setattr(Stream, "run", noting(Stream.run, lambda stream: hashes.extend(stream.hashes)))
    validate_files(files, contract)
    return figures, hashes


@pytest.mark.parametrize(
    ("kwargs", "read"),
    [
        ({"min_value": "1", "max_value": "5"}, False),
        ({"min_value": "1", "max_value": "5", "mostly": "0.5"}, False),
        ({"min_value": "0", "max_value": "6", "strict_min": "true", "strict_max": "true"}, False),
        ({"min_value": "1", "strict_min": "true"}, True),
        ({"max_value": "5", "strict_max": "true"}, True),
        ({"min_value": "2"}, True),
        ({"max_value": "4"}, True),
    ],
)
def test_a_column_is_not_read_for_limits_that_its_footers_keep(
    kwargs: dict[str, str], read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = contract_of((BETWEEN, {"column": "score"} | kwargs), types=TYPES)
    files, frame = written(tmp_path, FILES["a month each"])
    assert validate_files(files, contract) == validate(frame, contract, "gx")
    figures, _ = read_for(files, contract, monkeypatch)
    assert bool(figures) == read


@pytest.mark.parametrize(
    ("others", "read"),
    [
        ([(UNIQUE, {"column": "name"})], False),
        ([(TOGETHER, {"column_list": ["id", "name"]})], False),
        ([(MATCHES, {"column": "name", "regex": "^[a-z]{3}$"})], False),
        ([(MATCHES, {"column": "name", "regex": "^[a-z]+$"})], True),
        ([(UNIQUE, {"column": "id"})], True),
        ([], True),
    ],
)
@pytest.mark.parametrize("name", FILES)
def test_a_column_that_is_read_row_by_row_is_not_read_again_for_its_gaps(
    others: list[Case], read: bool, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaps: list[Case] = [(f"expect_column_values_to_{be}_null", {"column": "name"}) for be in ("be", "not_be")]
    contract = contract_of(*gaps, *others, types=TYPES)
    files, frame = written(tmp_path, FILES[name], write_statistics=["on"])
    assert validate_files(files, contract) == validate(frame, contract, "gx")
    figures, _ = read_for(files, contract, monkeypatch)
    assert any("null" in figure for figure in figures) == read


def test_rows_that_differ_in_one_column_are_not_compared_in_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, _ = written(tmp_path, FILES["a month each"])
    narrow: Case = (UNIQUE, {"column": "id"})
    wide: Case = (TOGETHER, {"column_list": ["name", "id"]})
    other: Case = (TOGETHER, {"column_list": ["name", "score"]})
    limited: Case = (UNIQUE, {"column": "id", "row_condition": "score > 1", "condition_parser": "pandas"})
    looked_at = {
        case: read_for(files, contract_of(*cases, types=TYPES), monkeypatch)[1]
        for case, cases in {"with": [narrow, wide], "beside": [narrow, other], "limited": [limited, wide]}.items()
    }
    assert [any("not (" in sql for sql in hashes) for hashes in looked_at.values()] == [True, False, False]


def test_a_key_that_staging_has_proved_is_not_compared_again(tmp_path: Path) -> None:
    """Here it has not, so that one sees for what the word is taken."""
    contract = contract_of(
        (UNIQUE, {"column": "id"}),
        (TOGETHER, {"column_list": ["id", "name"]}),
        (UNIQUE, {"column": "name"}),
        types=TYPES,
    )
    files, _ = written(tmp_path, [[row("a", MARCH), row("a", MARCH)]])

    def found(*unique: str) -> list[int]:
        return [result.unexpected for result in validate_files(files, contract, unique=unique)]

    assert found() == found("score") == [2, 2, 2]
    assert found("id") == [0, 0, 2]
    assert found("id", "name") == [2, 0, 2]


@pytest.mark.parametrize(
    "values", [[1, 2, None], [2**52, 2**52 + 1, 1], [2**53 - 1, -(2**53) + 3, 7] * 9, [2**60, 1, -1], [None], []]
)
def test_figures_of_whole_numbers_are_those_of_pandas(values: list[int | None]) -> None:
    """Where the sum is too large to be exact in any order pandas itself is asked."""
    cases: list[Case] = [(type_, {"column": "score", "max_value": "3"}) for type_ in (MEAN, SUM)]
    contract = contract_of(*cases, dated_by=None, types={"id": "text", "score": "integer"})
    frame = frame_of([{"id": "a", "score": value} for value in values], {"id": "text", "score": "integer"})
    with of_frame(frame, contract) as rows:
        assert answers(rows, contract, "compiled") == answers(rows, contract, "gx")


def test_a_text_is_taken_out_of_the_engine_for_a_form_only() -> None:
    """A length alone is asked of the engine, which knows the dictionary of the file."""
    regex, length = "expect_column_values_to_match_regex", "expect_column_value_lengths_to_equal"
    for gate, taken_out in [
        ([(regex, {"column": "id", "regex": "^[a-z]$"}), (length, {"column": "id", "value": "1"})], {"id"}),
        ([(regex, {"column": "id", "regex": "^[a-z]+$"}), (length, {"column": "id", "value": "1"})], set()),
        ([(length, {"column": "id", "value": "1"})], set()),
        ([(regex, {"column": "id", "regex": "^[a-z]$", "row_condition": "score > 1"})], set()),
    ]:
        contract = contract_of(*gate, types=TYPES)  # type: ignore[arg-type]
        plans = compiled._tested([compiled.plan(one, contract, TYPES) for one in contract.gate])  # type: ignore[arg-type]
        assert {plan.columns[0] for plan in plans if isinstance(plan, compiled.RowByRow) and plan.test} == taken_out


def test_the_first_rows_are_found_in_files_of_their_months(tmp_path: Path) -> None:
    files, frame = written(tmp_path, [[row("a", JANUARY)] * 9000, [row("b", MARCH, 9)] * 3, [row("c", JANUARY, 8)] * 2])
    contract = contract_of((BETWEEN, {"column": "score", "max_value": "5"}), types=TYPES)
    assert validate_files(files, contract) == validate(frame, contract, "gx")
    assert validate_files(files, contract)[0].lines == (9002, 9003, 9004, 9005, 9006)


def test_a_batch_tells_its_rows(tmp_path: Path) -> None:
    files, frame = written(tmp_path, FILES["two months in a file"])
    contract = contract_of(*ASKED, types=TYPES)
    with of_files(files, contract) as rows, of_frame(frame, contract) as held:
        each: list[Rows] = [rows, held]
        assert [len(one) for one in each] == [4, 4]
